"""Reports: what an audit found, for the people who act on it.

`write` makes a folder of reports from a run folder and needs nothing else: no snapshot, no rules, no clock.
"""

from reports.folder import FORMATS, write
from reports.formats import DEFAULT
from reports.frames import LANGUAGES, OFFERED

__all__ = ["DEFAULT", "FORMATS", "LANGUAGES", "OFFERED", "write"]
