"""Workbooks that come from outside, as rows of text: whoever saved them, and however they are damaged."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl

from engine.errors import SnapshotError
from engine.workbooks import DAMAGED, unpacked_size
from reports.clean import clean

_LARGEST = 2_000_000_000
"""Bytes of a workbook when it is unpacked, beyond which it is not a list of ours."""


@dataclass(frozen=True)
class Line:
    """A row of a sheet that says anything."""

    number: int
    texts: tuple[str, ...]
    formulas: frozenset[int]
    """Columns, counted from one."""


def sheets(name: str, body: bytes, columns: int, kind: str = "action list") -> dict[str, list[Line]]:
    """Title of a sheet -> its rows, so many columns of each; `kind` is what messages call such a workbook.

    Raises:
        SnapshotError: it is no workbook, or unpacks to more than any of ours
    """
    try:
        if unpacked_size(body) > _LARGEST:
            raise SnapshotError(
                f"{name}: no {kind} of ours: unpacked it is larger than any", "send it as it was"
            )
        book = openpyxl.load_workbook(io.BytesIO(body), read_only=True)
        return {sheet.title: list(_lines(sheet, columns)) for sheet in book.worksheets}
    except DAMAGED as error:
        raise SnapshotError(
            f"{name}: no {kind} of ours: not an XLSX workbook", "save it again as .xlsx"
        ) from error


def _lines(sheet: Any, columns: int) -> Iterator[Line]:
    """The rows of a sheet that say anything, however far down they stand."""
    for number, cells in enumerate(sheet.iter_rows(max_col=columns), start=1):
        texts = [_text(cell) for cell in cells]
        if any(texts):
            formulas = frozenset(
                column for column, cell in enumerate(cells, start=1) if cell.data_type == "f"
            )
            yield Line(number, (*texts, *[""] * (columns - len(texts))), formulas)


def _text(cell: Any) -> str:
    """What a cell says, whatever the program that saved it made of it."""
    value = cell.value
    match value:
        case None:
            return ""
        case datetime():
            return f"{value:%Y-%m-%d}"
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return squeezed(str(clean(str(value))))


def squeezed(text: str) -> str:
    """Blanks as one: spreadsheet programs do not agree about them."""
    return " ".join(text.split())
