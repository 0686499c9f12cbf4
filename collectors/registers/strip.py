"""What of a register may leave the transport: the columns that become facts.

An unknown heading stays, so that the reader can say that it is wrong; what stands below it does not.
"""

import csv
import io
from collections.abc import Sequence
from datetime import datetime

import openpyxl
import yaml

from collectors.registers.entries import column_names
from collectors.registers.kinds import Register
from collectors.registers.sheets import UNRECKONED, Sheet, chosen_sheet, csv_rows, sheet
from engine.errors import UnparsableError
from engine.facts.declared import plain_heading

_NO_VALUE = "=0"
"""A formula that reaches for nothing, and that nobody has reckoned."""

_MADE_AT = datetime(2026, 1, 1)  # noqa: DTZ001  # workbooks know no zones


def stripped(register: Register, name: str, body: bytes, wanted: str | None, encoding: str | None) -> bytes:
    """The file without further sheets and without what stands in columns that are none of the register's."""
    try:
        found = sheet(name, body, wanted, encoding)
    except UnparsableError:
        # the reader will say why, and make nothing of it
        return body
    dropped = _dropped(register, found)
    if name.lower().endswith(".xlsx"):
        return _workbook(name, body, found, wanted, dropped)
    if not dropped:
        return body
    if name.lower().endswith(".csv"):
        return _csv(name, body, found, dropped, encoding)
    return _yaml(found, dropped)


def _dropped(register: Register, found: Sheet) -> frozenset[int]:
    named = column_names(register)
    return frozenset(
        place
        for place, heading in enumerate(found.headings)
        if not any(plain_heading(part) in named for part in heading.split(" / "))
    )


def _csv(name: str, body: bytes, found: Sheet, dropped: frozenset[int], encoding: str | None) -> bytes:
    numbers = {row.number for row in found.rows}
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for number, row in enumerate(csv_rows(name, body, encoding), start=1):
        writer.writerow(_blanked(row, dropped) if number in numbers else row)
    return text.getvalue().encode(encoding or "utf-8")


def _workbook(name: str, body: bytes, found: Sheet, wanted: str | None, dropped: frozenset[int]) -> bytes:
    # values, so that no formula can reach for what was dropped
    full = openpyxl.load_workbook(io.BytesIO(body), data_only=True)
    title = chosen_sheet(name, full, wanted)
    if not dropped and set(full.sheetnames) <= {title, "_meta"}:
        return body
    numbers = {row.number for row in found.rows}
    unreckoned = {
        (row.number, place)
        for row in found.rows
        for place, cell in enumerate(row.cells)
        if cell == UNRECKONED and place not in dropped
    }
    kept = openpyxl.Workbook()
    kept.epoch = full.epoch
    kept.properties.created = kept.properties.modified = _MADE_AT
    kept.remove(kept.worksheets[0])
    for one in (title, *(other for other in full.sheetnames if other == "_meta" != title)):
        target = kept.create_sheet(one)
        for row in full[one].iter_rows():
            for place, cell in enumerate(row):
                if cell.value is not None and not (one == title and place in dropped and cell.row in numbers):
                    copy = target.cell(cell.row, cell.column, cell.value)
                    copy.number_format = cell.number_format
    for number, place in unreckoned:
        # the reader must find that there is no value, and not an empty cell
        kept[title].cell(number, place + 1, _NO_VALUE)
    written = io.BytesIO()
    kept.save(written)
    return written.getvalue()


def _yaml(found: Sheet, dropped: frozenset[int]) -> bytes:
    about = {("total" if name == "rows" else name): value for name, value in found.stated.items()}
    rows = [
        {
            heading: "" if place in dropped else list(cell) if isinstance(cell, tuple) else cell
            for place, (heading, cell) in enumerate(zip(found.headings, row.cells, strict=True))
        }
        for row in found.rows
    ]
    text = yaml.safe_dump({**about, "rows": rows}, allow_unicode=True, sort_keys=False, default_style='"')
    return text.encode()


def _blanked(row: Sequence[str], dropped: frozenset[int]) -> list[str]:
    return ["" if place in dropped else cell for place, cell in enumerate(row)]
