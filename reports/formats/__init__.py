"""Formats: the model put down for one kind of reader each. Nothing is computed here; what a format needs, the model has.

Two laws hold for all of them: what was not assessed never looks like a pass, and what is waived is marked, never left out.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from reports.formats.given import Common, Given
from reports.formats.hdf import hdf
from reports.formats.junit import junit
from reports.formats.lines import LINES
from reports.formats.mail import mails
from reports.formats.ocsf import ocsf
from reports.formats.oscal import oscal
from reports.formats.pages import department_pages, pages
from reports.formats.pdf import company_pdfs, department_pdfs
from reports.formats.prometheus import prometheus
from reports.formats.sarif import sarif
from reports.formats.tables import tables
from reports.formats.workbook import workbooks
from reports.model import Department

OF_DEPARTMENTS: dict[str, Callable[[Common, Department], Iterator[tuple[Path, bytes]]]] = {
    "html": department_pages,
    "xlsx": workbooks,
    "eml": mails,
    "hdf": hdf,
    "pdf": department_pdfs,
}
"""Name of a format -> what writes a department's own files in it, knowing no other department."""

OF_COMPANY: dict[str, Callable[[Given], Iterator[tuple[Path, bytes]]]] = {
    "html": pages,
    "csv": tables,
    "junit": junit,
    "sarif": sarif,
    "oscal": oscal,
    "ocsf": ocsf,
    "prometheus": prometheus,
    "pdf": company_pdfs,
}
"""Name of a format -> what writes its files that are about all departments."""

WITHOUT_INSTANCES = frozenset({"html", "pdf", "prometheus"})
"""Formats whose files about all departments name no instance, so that nobody has to hold all of them at once."""

FORMATS: tuple[str, ...] = (
    "html", "json", "xlsx", "jsonl", "csv", "eml", "junit", "sarif", "oscal", "ocsf", "hdf", "prometheus",
)  # fmt: skip
"""`json` is the model alone, which every other format lies beside: all of them can be held against it."""

EXTRA: tuple[str, ...] = ("pdf",)
"""Formats that need an extra, and libraries of the system."""

DEFAULT: tuple[str, ...] = ("html", "json", "xlsx")
"""What people need; programs are asked for by name."""

__all__ = [
    "DEFAULT",
    "EXTRA",
    "FORMATS",
    "LINES",
    "OF_COMPANY",
    "OF_DEPARTMENTS",
    "WITHOUT_INSTANCES",
    "Common",
    "Given",
]
