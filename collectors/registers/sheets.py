"""A register as rows of text, whatever kind of file it is: CSV, XLSX or YAML."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl
import yaml

from collectors.registers.cells import Cell
from engine.errors import UnparsableError
from engine.facts.declared import plain_heading

_STATED = {
    "as of": "as_of", "截至日期": "as_of", "截止日期": "as_of",
    "author": "author", "編製人": "author", "编制人": "author", "填表人": "author",
    "rows": "rows", "total": "rows", "行數": "rows", "行数": "rows",
}  # fmt: skip
"""How the file itself may call what it states about the register."""

_EMPTY_TEXT = "str"
"""How openpyxl calls a formula whose value is an empty text: it was reckoned, and says that there is nothing."""

UNRECKONED = "\0="
"""What stands for a formula without a value: no cell of a workbook can hold it."""

NOT_RECKONED = "found a formula that was never reckoned, needs its value: open the file in a spreadsheet program and save it"

_NOT_SHOWN = re.compile(r'\[\$[^\]]*\]|"[^"]*"|\\.')
"""Parts of a number format that are no places of a number or date: the language, and text that is shown as it stands."""

_EXAMPLE = ("例：", "例:", "example:")


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, and its cells in the order of the headings."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """A register as rows of text, with what the file states about it."""

    place: str
    """File and sheet, for messages."""
    stated: dict[str, str]
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def sheet(name: str, body: bytes, wanted: str | None, encoding: str | None) -> Sheet:
    """The register in a file.

    Args:
        name: the file's name, which says by its ending what it is
        body: its bytes
        wanted: XLSX: the sheet to read
        encoding: CSV: how it is encoded; none: UTF-8, else GB18030

    Raises:
        UnparsableError: it is no such file, or has no headings
    """
    ending = name.rpartition(".")[2].lower()
    if ending == "csv":
        return _of_table(name, list(csv_rows(name, body, encoding)))
    if ending == "xlsx":
        return _of_workbook(name, body, wanted)
    if ending in {"yaml", "yml"}:
        return _of_yaml(name, body)
    raise UnparsableError(
        f"{name}: found the ending .{ending}, needs .csv, .xlsx or .yaml", "export it as one of them"
    )


def csv_rows(name: str, body: bytes, encoding: str | None) -> list[list[str]]:
    """The rows of a CSV file, empty ones included.

    Raises:
        UnparsableError: it is neither UTF-8 nor GB18030, or no CSV
    """
    text = _decoded(name, body, encoding)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise UnparsableError(f"{name}: no CSV ({error})", "save it again as CSV UTF-8") from error


def _decoded(name: str, body: bytes, encoding: str | None) -> str:
    tried = (encoding,) if encoding else ("utf-8-sig", "gb18030")
    for one in tried:
        try:
            return body.decode(one)
        except UnicodeDecodeError:
            continue
    raise UnparsableError(
        f"{name}: unknown encoding, found bytes that are not {' or '.join(tried)}", "save it as CSV UTF-8"
    )


def _of_table(place: str, table: list[list[str]], stated: dict[str, str] | None = None) -> Sheet:
    stated = dict(stated or {})
    headings: tuple[str, ...] = ()
    rows = []
    for number, cells in enumerate(table, start=1):
        written = [cell.strip() for cell in cells]
        while written and not written[-1]:
            written.pop()
        if not written or (not headings and written[0].startswith("#")):
            continue
        if not headings:
            about = _about(written[0])
            if about:
                stated[about] = next((cell for cell in written[1:] if cell), "")
            else:
                headings = tuple(written)
        elif not written[0].casefold().startswith(_EXAMPLE):
            rows.append(Row(number, tuple(written)))
    if not headings:
        raise UnparsableError(f"{place}: found no row of headings", "start from a template: clausewise init")
    return Sheet(place, stated, headings, tuple(rows))


def _about(text: str) -> str | None:
    parts = [plain_heading(part) for part in text.split(" / ")]
    return next((_STATED[part] for part in parts if part in _STATED), None)


def chosen_sheet(name: str, book: openpyxl.Workbook, wanted: str | None) -> str:
    """The title of the sheet of a workbook that holds the register: the one asked for, else the only one.

    Raises:
        UnparsableError: there is no such sheet, or there are several and nobody says which
    """
    names = [title for title in book.sheetnames if not title.startswith("_")]
    if wanted is None and len(names) != 1:
        raise UnparsableError(
            f"{name}: found the sheets {', '.join(names)}, needs to know which", "state `sheet`"
        )
    title = wanted if wanted is not None else names[0]
    if title not in book.sheetnames:
        raise UnparsableError(f"{name}: found no sheet {title!r}, has {', '.join(names)}", "correct `sheet`")
    return title


def _of_workbook(name: str, body: bytes, wanted: str | None) -> Sheet:
    try:
        values = openpyxl.load_workbook(io.BytesIO(body), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(body))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnparsableError(f"{name}: no XLSX workbook", "save it again as .xlsx") from error
    title = chosen_sheet(name, values, wanted)
    place = f"{name} [{title}]"
    table = [
        [
            UNRECKONED if _is_unreckoned(value, formula) else _text(value)
            for value, formula in zip(shown, written, strict=True)
        ]
        for shown, written in zip(values[title].iter_rows(), formulas[title].iter_rows(), strict=True)
    ]
    stated = {}
    if "_meta" in values.sheetnames:
        for row in values["_meta"].iter_rows():
            cells = [_text(cell) for cell in row]
            about = _about(cells[0]) if cells else None
            if about and len(cells) > 1:
                stated[about] = cells[1]
    found = _of_table(place, table, stated)
    wrong = [f"heading {number}" for number, text in enumerate(found.headings, 1) if text == UNRECKONED]
    wrong += [name for name, text in found.stated.items() if text == UNRECKONED]
    if wrong:
        raise UnparsableError("\n".join(f"{place}, {name}: {NOT_RECKONED}" for name in wrong))
    return found


def _is_unreckoned(value: Any, formula: Any) -> bool:
    return bool(formula.data_type == "f" and value.value is None and value.data_type != _EMPTY_TEXT)


def reckoned(found: Sheet) -> Sheet:
    """The same register, if every formula in it has a value.

    Raises:
        UnparsableError: some have none; all of them are named
    """
    wrong = [
        f"{found.place}, row {row.number}, column {_heading(found, place)}: {NOT_RECKONED}"
        for row in found.rows
        for place, cell in enumerate(row.cells)
        if cell == UNRECKONED
    ]
    if wrong:
        raise UnparsableError("\n".join(wrong))
    return found


def _heading(found: Sheet, place: int) -> str:
    return found.headings[place] if place < len(found.headings) else str(place + 1)


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        # a date is a midnight in a spreadsheet: only its format tells them apart
        has_hours = "h" in _NOT_SHOWN.sub("", cell.number_format).lower()
        return value.strftime("%Y-%m-%d %H:%M:%S" if has_hours else "%Y-%m-%d")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        # 00042 may be kept as 42 in a cell that shows five places: what people see counts
        places = _NOT_SHOWN.sub("", cell.number_format)
        return str(int(value)).zfill(len(places) if set(places) == {"0"} else 0)
    return str(value).strip()


def _of_yaml(name: str, body: bytes) -> Sheet:
    try:
        root = yaml.compose(_decoded(name, body, "utf-8-sig"), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise UnparsableError(f"{name}{line}: no YAML", "correct the line") from error
    wanted = "needs the keys as_of, author and rows: a list of rows, each `heading: value`"
    if not isinstance(root, yaml.MappingNode):
        raise UnparsableError(f"{name}: {wanted}")
    stated: dict[str, str] = {}
    rows: yaml.Node | None = None
    for key, value in root.value:
        about = _about(str(key.value))
        # `rows` is the list here, so that the control total is called total
        if key.value == "rows":
            rows = value
        elif about and isinstance(value, yaml.ScalarNode):
            stated[about] = value.value
        else:
            raise UnparsableError(f"{name}, line {key.start_mark.line + 1}: found {key.value!r}, {wanted}")
    if not isinstance(rows, yaml.SequenceNode):
        raise UnparsableError(f"{name}: {wanted}")
    return _of_mappings(name, stated, rows, wanted)


def _of_mappings(name: str, stated: dict[str, str], rows: yaml.SequenceNode, wanted: str) -> Sheet:
    headings: dict[str, None] = {}
    found: list[tuple[int, dict[str, Cell]]] = []
    for row in rows.value:
        line = row.start_mark.line + 1
        if not isinstance(row, yaml.MappingNode):
            raise UnparsableError(f"{name}, line {line}: {wanted}")
        cells: dict[str, Cell] = {}
        for key, value in row.value:
            if key.value in cells:
                raise UnparsableError(
                    f"{name}, line {key.start_mark.line + 1}: found {key.value!r} twice in one row"
                )
            cells[key.value] = _of_node(name, value)
            headings[key.value] = None
        found.append((line, cells))
    return Sheet(
        name,
        stated,
        tuple(headings),
        tuple(Row(line, tuple(cells.get(heading, "") for heading in headings)) for line, cells in found),
    )


def _of_node(name: str, node: yaml.Node) -> Cell:
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return tuple(str(item.value).strip() for item in node.value)
    if not isinstance(node, yaml.ScalarNode):
        raise UnparsableError(
            f"{name}, line {node.start_mark.line + 1}: found a map, needs a value or a list of values"
        )
    return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value).strip()
