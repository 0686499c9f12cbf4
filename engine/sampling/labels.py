"""Reading a labelled workbook: what is asked may be filled in, and everything else must be as it was drawn."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from engine.errors import UnparsableError
from engine.sampling.draw import digest_of_draw
from engine.sampling.form import DRAW_CELL, FIRST_ROW, QUESTIONS, REVIEWER_CELL, SHEET, TOLD, given, heading
from engine.workbooks import DAMAGED, unpacked_size

LARGEST = 64 * 1024 * 1024
"""Bytes of a workbook when unpacked: ten thousand messages take a tenth of it."""

_TOLD_ERRORS = 100
_SHOWN = 60
_LONGEST = 100
"""Characters of a name or an employee number."""

_HELP = "label a fresh copy of the workbook that was drawn, and change nothing but the answers"

Cells = dict[tuple[int, int], str]


@dataclass(frozen=True)
class Labels:
    """What one reviewer said."""

    reviewer: str
    answers: dict[str, dict[str, str]]
    """Number of the message -> field -> answer; what was not answered is not there."""


def labels(name: str, body: bytes, document: dict[str, Any]) -> Labels:
    """What a workbook says about the messages of a draw.

    Args:
        name: of the file, for messages
        body: its bytes
        document: the draw

    Raises:
        UnparsableError: it is no workbook of this draw, or was changed; every row that is wrong or missing is named
    """
    cells = _cells(name, body, FIRST_ROW + len(document["items"]))
    found = cells.get(DRAW_CELL, "")
    if found != digest_of_draw(document):
        raise UnparsableError(
            f"{name}: belongs to the draw {found[:12] or '(none)'}…, needs {digest_of_draw(document)[:12]}…",
            _HELP,
        )
    reviewer = cells.get(REVIEWER_CELL, "")
    problems = [] if reviewer else ["B1: found no name, needs that of the reviewer"]
    if len(reviewer) > _LONGEST:
        problems.append(f"B1: found {len(reviewer)} characters, needs a name")
    problems += _headings(cells)
    rows, wrong = _rows(cells, document)
    problems += wrong
    answers: dict[str, dict[str, str]] = {}
    for item in document["items"]:
        row = rows.get(item["number"])
        if row is None:
            problems.append(f"{item['number']}: its row is missing")
            continue
        problems += _edited(cells, row, item)
        answers[item["number"]], wrong = _answers(cells, row, item)
        problems += wrong
    if problems:
        more = len(problems) - _TOLD_ERRORS
        told = [f"{name}: {problem}" for problem in problems[:_TOLD_ERRORS]]
        raise UnparsableError("\n".join([*told, *([f"{name}: and {more} more"] if more > 0 else [])]), _HELP)
    return Labels(reviewer, answers)


def _cells(name: str, body: bytes, rows: int) -> Cells:
    """Every cell that is filled, by row and column from 0; no formulas."""
    try:
        size = unpacked_size(body)
        if size > LARGEST:
            raise UnparsableError(f"{name}: holds {size} bytes when unpacked, needs at most {LARGEST}", _HELP)
        book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=False)
        if SHEET not in book.sheetnames:
            raise UnparsableError(f"{name}: found no sheet {SHEET!r}", _HELP)
        return dict(_filled(name, book[SHEET], rows))
    except DAMAGED as error:
        raise UnparsableError(f"{name}: no XLSX workbook", _HELP) from error


def _filled(name: str, sheet: Any, rows: int) -> Iterator[tuple[tuple[int, int], str]]:
    # what the file says of its own size is nothing to go by
    sheet.reset_dimensions()
    for row in sheet.iter_rows():
        for cell in row:
            value = cell.value
            if value is None or str(value).strip() == "":
                continue
            place = f"{get_column_letter(cell.column)}{cell.row}"
            if cell.data_type == "f":
                raise UnparsableError(f"{name}: {place}: found a formula, needs a value", _HELP)
            if cell.row > rows or cell.column > len(TOLD) + len(QUESTIONS):
                raise UnparsableError(
                    f"{name}: {place}: found {_short(value)}, nothing was drawn there", _HELP
                )
            yield (cell.row - 1, cell.column - 1), str(value).strip()


def _headings(cells: Cells) -> Iterator[str]:
    wanted = [heading(zh, en) for _, zh, en in TOLD] + [heading(each.zh, each.en) for each in QUESTIONS]
    for column, right in enumerate(wanted):
        found = cells.get((FIRST_ROW - 1, column), "")
        if found != right:
            yield f"{_place(FIRST_ROW - 1, column)}: found the heading {_short(found)}, needs {right!r}"


def _rows(cells: Cells, document: dict[str, Any]) -> tuple[dict[str, int], list[str]]:
    """Number -> row; a reviewer may have sorted them."""
    known = {item["number"] for item in document["items"]}
    rows: dict[str, int] = {}
    problems = []
    for row in sorted({row for row, _ in cells if row >= FIRST_ROW}):
        number = cells.get((row, 0), "")
        if number not in known:
            problems.append(f"row {row + 1}: found the number {_short(number)}, which was not drawn")
        elif number in rows:
            problems.append(f"row {row + 1}: found {number} again, it stands in row {rows[number] + 1}")
        else:
            rows[number] = row
    return rows, problems


def _edited(cells: Cells, row: int, item: dict[str, Any]) -> Iterator[str]:
    for column, (field, _, _) in enumerate(TOLD):
        found, right = cells.get((row, column), ""), item[field].strip()
        if found != right:
            yield f"{item['number']}: {_place(row, column)} was changed, found {_short(found)}, was {_short(right)}"


def _answers(cells: Cells, row: int, item: dict[str, Any]) -> tuple[dict[str, str], list[str]]:
    found: dict[str, str] = {}
    problems = []
    for column, question in enumerate(QUESTIONS, start=len(TOLD)):
        place, text = _place(row, column), cells.get((row, column), "")
        settled = given(item, question)
        if settled:
            if text != settled:
                problems.append(
                    f"{item['number']}: {place} was changed, found {_short(text)}, was {settled!r}"
                )
            continue
        if not text:
            continue
        answer = question.answer(text)
        if answer is None or len(text) > _LONGEST:
            right = ", ".join(question.shown()) or "an employee number"
            problems.append(f"{item['number']}: {place}: found {_short(text)}, needs {right}")
        else:
            found[question.field] = answer
    if found.get("request") == "yes":
        problems += [
            f"{item['number']}: a request needs {name}, or ?"
            for name in ("addressee", "reply")
            if name not in found
        ]
    return found, problems


def _place(row: int, column: int) -> str:
    return f"{get_column_letter(column + 1)}{row + 1}"


def _short(value: object) -> str:
    text = repr(str(value))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
