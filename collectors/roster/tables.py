"""HR's tables as rows whose cells are read by name; every wrong cell is noted, and all are told at once."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

import openpyxl

from collectors.clocks import instant, start_of_day
from collectors.registers.moments import written
from collectors.registers.sheets import Sheet, reckoned, sheet
from collectors.roster.options import RosterOptions, TableName
from engine.errors import UnparsableError
from engine.facts.declared import plain_heading

COLUMNS: dict[TableName, dict[str, str]] = {
    "people": {
        "employee_no": "工號",
        "name": "姓名",
        "status": "狀態",
        "employment_type": "用工類型",
        "hire_date": "入職日期",
        "last_working_day": "最後工作日",
        "left_recorded_at": "離職登記時間",
        "department_code": "部門代碼",
        "position": "職位",
        "post_since": "現職起始日",
        "manager_employee_no": "上級工號",
        "second_department_code": "兼職部門代碼",
        "second_position": "兼職職位",
        "leave_from": "休假開始",
        "leave_until": "休假結束",
    },
    "departments": {
        "code": "代碼",
        "name": "名稱",
        "parent_code": "上級代碼",
        "valid_from": "生效日期",
        "valid_until": "終止日期",
        "renamed_from": "曾用代碼",
        "merged_into": "併入",
    },
    "heads": {
        "department_code": "部門代碼",
        "employee_no": "工號",
        "from": "開始",
        "until": "結束",
        "acting": "代理",
        "deputy": "副職",
    },
}
"""Table -> column -> its Chinese heading."""

NEEDED: dict[TableName, tuple[str, ...]] = {
    "people": (
        *("employee_no", "name", "status", "employment_type", "hire_date", "last_working_day"),
        *("left_recorded_at", "department_code", "manager_employee_no"),
    ),
    "departments": ("code", "name", "parent_code"),
    "heads": ("department_code", "employee_no", "from", "until"),
}
"""Columns without which a table says too little."""

_BROKEN = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)")
"""What a spreadsheet shows where a formula failed."""


@dataclass
class Table:
    """One of HR's tables."""

    sheet: Sheet
    options: RosterOptions
    zone: tzinfo
    columns: Mapping[str, int]
    wrong: list[str] = field(default_factory=list)

    def rows(self) -> Iterator["TableRow"]:
        """The rows, in the order of the file."""
        for row in self.sheet.rows:
            cells = {
                name: str(row.cells[place]) if place < len(row.cells) else ""
                for name, place in self.columns.items()
            }
            yield TableRow(self, row.number, cells)


@dataclass(frozen=True)
class TableRow:
    """One row of a table."""

    table: Table
    number: int
    cells: Mapping[str, str]

    def text(self, name: str) -> str:
        """Text for people."""
        cell = self.cells.get(name, "")
        if _BROKEN.fullmatch(cell):
            self._wrong(name, "a value, not a formula that failed")
            return ""
        return cell

    def code(self, name: str) -> str:
        """A number or code: full-width digits and letters become plain ones."""
        return unicodedata.normalize("NFKC", self.text(name)).strip()

    def number_of(self, name: str) -> str:
        """An employee number, with the leading zeros that a spreadsheet may have lost."""
        code = self.code(name)
        width = self.table.options.employee_no_width
        return code.zfill(width) if width and code.isdecimal() else code

    def must(self, name: str, found: str) -> str:
        """The same text, which may not be empty."""
        if not found:
            self._wrong(name, "a value in every row")
        return found

    def codes(self, name: str) -> tuple[str, ...]:
        """Several codes in one cell."""
        return tuple(part for part in re.split(r"[;；、,，\s]+", self.code(name)) if part)

    def day(self, name: str) -> date | None:
        """A civil date; none if the cell is empty or wrong."""
        text = self.code(name)
        found = written(text) if text else None
        if text and (found is None or isinstance(found, datetime)):
            self._wrong(name, "a date like 2026-09-30")
            return None
        return found

    def moment(self, name: str) -> str | None:
        """An instant; a bare date is the start of that day."""
        text = self.code(name)
        found = written(text) if text else None
        if text and found is None:
            self._wrong(name, "a date and time like 2026-09-30 18:00")
        if isinstance(found, datetime):
            return instant(found if found.tzinfo else found.replace(tzinfo=self.table.zone))
        return start_of_day(found, self.table.zone) if found else None

    def word(self, name: str, words: Mapping[str, str], otherwise: str | None = None) -> str:
        """One of our words; `otherwise` if the cell is empty."""
        text = self.code(name).casefold()
        if not text and otherwise is not None:
            return otherwise
        known = {**words, **{said.casefold(): word for said, word in self.table.options.words.items()}}
        if known.get(text) not in words.values():
            choices = ", ".join(dict.fromkeys(words.values()))
            self._wrong(name, f"one of {choices} (other words can be declared under words:)")
            return next(iter(words.values()))
        return known[text]

    def raw(self) -> dict[str, str]:
        """The row as it was read."""
        return dict(self.cells)

    def _wrong(self, name: str, right: str) -> None:
        sheet = self.table.sheet
        heading = sheet.headings[self.table.columns[name]] if name in self.table.columns else name
        found = self.cells.get(name, "")
        self.table.wrong.append(
            f"{sheet.place}, row {self.number}, column {heading}: found {found!r}, needs {right}"
        )


def table(name: TableName, found: Sheet, options: RosterOptions, zone: tzinfo) -> Table:
    """A table with its columns found.

    Raises:
        UnparsableError: a column is missing or stands there twice; all of them are named
    """
    columns: dict[str, int] = {}
    wrong = []
    for place, heading in enumerate(found.headings):
        column = column_of(name, str(heading), options)
        if column is None:
            continue
        if column in columns:
            wrong.append(f"{found.place}: found the column {heading!r} twice, needs it once")
        columns.setdefault(column, place)
    wrong += [
        f"{found.place}: found no column {column!r}" for column in NEEDED[name] if column not in columns
    ]
    if wrong:
        raise UnparsableError(
            "\n".join(wrong), "add the columns, or say under columns: what the file calls them"
        )
    return Table(found, options, zone, columns)


def sheet_of(name: TableName, file: str, body: bytes, options: RosterOptions) -> Sheet:
    """The rows of a table in a file; in a workbook those of the sheet that is called like it, or of the only one.

    Raises:
        UnparsableError: it is no such file
    """
    wanted = options.place(name)[1]
    if wanted is None and file.lower().endswith(".xlsx") and name in _sheet_names(file, body):
        wanted = name
    return reckoned(sheet(file, body, wanted, options.encoding))


def _sheet_names(file: str, body: bytes) -> list[str]:
    try:
        return openpyxl.load_workbook(io.BytesIO(body), read_only=True).sheetnames
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnparsableError(f"{file}: no XLSX workbook", "save it again as .xlsx") from error


def column_of(name: TableName, heading: str, options: RosterOptions) -> str | None:
    """Which of our columns a heading names, if any."""
    plain = plain_heading(heading)
    for column, chinese in COLUMNS[name].items():
        called = {plain_heading(column), chinese, plain_heading(options.columns.get(column, column))}
        if plain in called:
            return column
    return None
