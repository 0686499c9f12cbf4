"""The auditor's pack: all that somebody needs to believe a run, to recount it and to make it again, in one ZIP."""

from reports.auditor.archive import Archive
from reports.auditor.contents import Material, contents
from reports.auditor.masked import masked
from reports.auditor.pseudonyms import Pseudonyms, names_in

__all__ = ["Archive", "Material", "Pseudonyms", "contents", "masked", "names_in"]
