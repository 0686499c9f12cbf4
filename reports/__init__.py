"""Reports: what an audit found, for the people who act on it.

`write` makes a folder of reports from a run folder and needs nothing else: no snapshot, no rules, no clock.
"""

from reports.folder import Written, write
from reports.formats import DEFAULT, EXTRA, FORMATS
from reports.frames import LANGUAGES, OFFERED
from reports.rendering import Earlier

__all__ = ["DEFAULT", "EXTRA", "FORMATS", "LANGUAGES", "OFFERED", "Earlier", "Written", "write"]
