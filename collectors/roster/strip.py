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
from openpyxl.worksheet.worksheet import Worksheet

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
    rows = csv_rows(file, body, options.encoding)
    bare = _bare(rows, found.headings, _known(table, found.headings, options))
    if bare == rows:
        return body
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(bare)
    return written.getvalue().encode(_encoding(body, options))


def _bare(rows: Sequence[Sequence[str]], headings: Sequence[str], known: frozenset[int]) -> list[list[str]]:
    """The rows without remarks, and without cells that stand in no known column."""
    bare: list[list[str]] = []
    is_above = True
    for row in rows:
        is_above = is_above and [cell.strip() for cell in row][: len(headings)] != list(headings)
        if not is_above:
            bare.append([cell if place in known else "" for place, cell in enumerate(row)])
        elif row and row[0].lstrip().startswith("#"):
            bare.append([])
        else:
            bare.append([cell if place < _STATED_CELLS else "" for place, cell in enumerate(row)])
    return bare


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
    for table, found in wanted.items():
        title = found.place.removeprefix(f"{file} [").removesuffix("]")
        cells = [
            ["" if cell.value is None else str(cell.value) for cell in row] for row in full[title].iter_rows()
        ]
        bare = _bare(cells, found.headings, _known(table, found.headings, options))
        _copy(full[title], kept.create_sheet(title), bare)
    if _META in full.sheetnames:
        meta = [["x"] * _STATED_CELLS for _ in full[_META].iter_rows()]
        _copy(full[_META], kept.create_sheet(_META), meta)
    written = io.BytesIO()
    kept.save(written)
    return written.getvalue()


def _copy(full: Worksheet, target: Worksheet, wanted: list[list[str]]) -> None:
    """Copy the cells at the places where something is wanted, with their formats: a date is a number without one."""
    for row, places in zip(full.iter_rows(), wanted, strict=True):
        for cell, text in zip(row, places, strict=False):
            if text and cell.value is not None:
                target.cell(cell.row, cell.column, cell.value).number_format = cell.number_format


def _known(table: TableName, headings: Sequence[str], options: RosterOptions) -> frozenset[int]:
    return frozenset(
        place for place, heading in enumerate(headings) if column_of(table, heading, options) is not None
    )
