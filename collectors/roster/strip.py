"""What of HR's files may leave the transport: the columns that become facts, and no other.

An export may hold telephone numbers, identity cards and salaries beside them, in further columns or further sheets.
"""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace

import openpyxl
import yaml

from collectors.registers.sheets import csv_rows
from collectors.roster.options import TABLES, RosterOptions, TableName
from collectors.roster.tables import column_of, sheet_of
from collectors.transport import Request, Response

_SIDE = ("as_of", "totals")

_STATED_CELLS = 2
"""What a row above the headings needs: a word and its value."""

_META = "_meta"
"""The sheet on which a workbook made from a template states what it is."""


def strip(options: RosterOptions, request: Request, response: Response) -> Response:
    """The file with nothing but the columns that are known, at the places where they stood."""
    if request.key == options.side_file:
        return replace(response, body=_side_file(response.body))
    here = tuple(table for table in TABLES if options.place(table)[0] == request.key)
    if request.key.lower().endswith(".xlsx"):
        return replace(response, body=_workbook(request.key, response.body, here, options))
    return replace(response, body=_csv(request.key, response.body, here[0], options))


def _side_file(body: bytes) -> bytes:
    try:
        stated = yaml.safe_load(body)
    except yaml.YAMLError:
        # the collector will say so
        return b""
    kept = {name: stated[name] for name in _SIDE if name in stated} if isinstance(stated, dict) else None
    return json.dumps(kept, default=str, sort_keys=True).encode()


def _csv(file: str, body: bytes, table: TableName, options: RosterOptions) -> bytes:
    found = sheet_of(table, file, body, options)
    dropped = _dropped(table, found.headings, options)
    rows = csv_rows(file, body, options.encoding)
    begins = next(number for number, row in enumerate(rows) if _is(row, found.headings))
    if not dropped and not any(_is_remark(row) for row in rows[:begins]):
        return body
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    for row in rows[:begins]:
        writer.writerow([] if _is_remark(row) else row[:_STATED_CELLS])
    writer.writerows(_blanked(row, dropped) for row in rows[begins:])
    return written.getvalue().encode(_encoding(body, options))


def _is(row: Sequence[str], headings: Sequence[str]) -> bool:
    return bool(headings) and [cell.strip() for cell in row][: len(headings)] == list(headings)


def _is_remark(row: Sequence[str]) -> bool:
    return bool(row) and row[0].lstrip().startswith("#")


def _encoding(body: bytes, options: RosterOptions) -> str:
    if options.encoding:
        return options.encoding
    try:
        body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _workbook(file: str, body: bytes, tables: tuple[TableName, ...], options: RosterOptions) -> bytes:
    wanted = {table: sheet_of(table, file, body, options) for table in tables}
    # values, so that no formula can reach for what was dropped
    full = openpyxl.load_workbook(io.BytesIO(body), data_only=True)
    kept = openpyxl.Workbook()
    kept.epoch = full.epoch
    kept.remove(kept.worksheets[0])
    titles = {found.place.partition("[")[2].rstrip("]"): table for table, found in wanted.items()}
    for title in (*titles, *(name for name in full.sheetnames if name == _META)):
        target = kept.create_sheet(title)
        dropped = (
            _dropped(titles[title], wanted[titles[title]].headings, options)
            if title in titles
            else frozenset()
        )
        for row in full[title].iter_rows():
            for place, cell in enumerate(row):
                if cell.value is not None and place not in dropped:
                    copy = target.cell(cell.row, cell.column, cell.value)
                    copy.number_format = cell.number_format
    written = io.BytesIO()
    kept.save(written)
    return written.getvalue()


def _dropped(table: TableName, headings: Sequence[str], options: RosterOptions) -> frozenset[int]:
    return frozenset(
        place
        for place, heading in enumerate(headings)
        if heading and column_of(table, heading, options) is None
    )


def _blanked(row: Sequence[str], dropped: frozenset[int]) -> list[str]:
    return ["" if place in dropped else cell for place, cell in enumerate(row)]
