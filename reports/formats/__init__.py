"""Formats: the model put down for one kind of reader each. Nothing is computed here; what a format needs, the model has.

Two laws hold for all of them: what was not assessed never looks like a pass, and what is waived is marked, never left out.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from reports.formats.given import Given
from reports.formats.hdf import hdf
from reports.formats.junit import junit
from reports.formats.lines import lines
from reports.formats.mail import mails
from reports.formats.ocsf import ocsf
from reports.formats.oscal import oscal
from reports.formats.pages import model, pages
from reports.formats.prometheus import prometheus
from reports.formats.sarif import sarif
from reports.formats.tables import tables
from reports.formats.workbook import workbooks

Writer = Callable[[Given], Iterator[tuple[Path, bytes]]]

WRITERS: dict[str, Writer] = {
    "html": pages,
    "json": model,
    "xlsx": workbooks,
    "jsonl": lines,
    "csv": tables,
    "eml": mails,
    "junit": junit,
    "sarif": sarif,
    "oscal": oscal,
    "ocsf": ocsf,
    "hdf": hdf,
    "prometheus": prometheus,
}
"""Name of a format -> what writes it. `model.json` is written with every format: all of them can be held against it."""

DEFAULT: tuple[str, ...] = ("html", "json", "xlsx")
"""What people need; programs are asked for by name."""

__all__ = ["DEFAULT", "WRITERS", "Given"]
