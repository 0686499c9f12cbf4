"""Empty registers to start from, as CSV and XLSX: headings in two languages, an example, lists to choose from.

The example row begins with `例：`, by which the reader knows it and leaves it out.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import xlsxwriter

from collectors.registers.columns import Empty, Kind, Shape, kinds_of
from collectors.registers.kinds import Register
from collectors.registers.words import shown

EXAMPLE = "例："
ABOUT = (("截至日期 / as of", "as_of"), ("編製人 / author", "author"))
"""What every register states about itself, above its headings."""

_ROWS = 2000
"""Rows that have lists and formats; a longer register is pasted in."""

_MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
"""A workbook states when it was made: always the same, so that the same template is the same file."""

_NAMED = {
    "account": "@li.na:corp.example",
    "application": "element",
    "approval": "A-2026-001",
    "data_set": "聊天記錄",
    "group": "採購群組",
    "host": "srv-01",
    "login_event": "L-2026-001",
    "person": "E0001",
    "service_endpoint": "chat.corp.example:443",
    "software_install": "SH-00012/Slack",
    "sample": "2026Q3-FIN",
    "storage_location": "備份庫",
    "transfer": "DD-2026-001",
    "training_course": "K-01",
    "vuln_scan": "S-2026-09",
}
"""How one of an entity may be named."""

_WRITTEN = {
    "address": "chat.corp.example:443",
    "also_for": "ADM",
    "branch": "1.11",
    "candidate_version": "1.11.113",
    "check": "5.3-a",
    "component": "openssl",
    "disputed": "off_topic",
    "fixed_version": "3.0.15",
    "flags_version": "2026-01",
    "installed_version": "1.11.112",
    "message_id": "$143273582443PhrSn",
    "key": "a3f9c2",
    "name": "聊天記錄",
    "period": "2026Q3",
    "product": "element",
    "project": "P-2026-07",
    "purpose": "採購部與供應商溝通",
    "scope_projects": "P-2026-07",
    "scope_text": "採購部全體",
    "source_systems": "chat",
    "tag": "chat",
    "tool": "restic",
    "version": "2026-01",
    "vuln_id": "CVE-2026-00001",
}
"""Field -> an example where its shape alone says too little."""


def heading(kind: Kind) -> str:
    """The heading of a column in both languages; the reader takes it as it is."""
    return f"{kind.column.zh} / {kind.column.en}"


def csv_template(register: Register) -> bytes:
    """An empty register as CSV, in UTF-8 with the mark by which spreadsheet programs know it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for title, _ in ABOUT:
        writer.writerow((title, ""))
    kinds = kinds_of(register)
    writer.writerow([heading(kind) for kind in kinds])
    writer.writerow(_example(kinds))
    return text.getvalue().encode("utf-8-sig")


def filled_csv(
    register: Register, fields: Sequence[str], rows: Iterable[Sequence[str]], *, as_of: str, author: str
) -> bytes:
    """A register with rows, as its reader takes it; fields that are not named stay empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow((ABOUT[0][0], as_of))
    writer.writerow((ABOUT[1][0], author))
    kinds = kinds_of(register)
    writer.writerow([heading(kind) for kind in kinds])
    for row in rows:
        cells = dict(zip(fields, row, strict=True))
        writer.writerow([cells.get(kind.name, "") for kind in kinds])
    return text.getvalue().encode("utf-8-sig")


def xlsx_template(register: Register) -> bytes:
    """An empty register as a workbook: notes at the headings, drop-down lists, formats of dates."""
    body = io.BytesIO()
    kinds = kinds_of(register)
    with xlsxwriter.Workbook(body, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": register.en, "created": _MADE_AT})
        sheet = book.add_worksheet(register.zh)
        lists = book.add_worksheet("_lists")
        lists.hide()
        plain, day, moment, name = (
            book.add_format({"num_format": code})
            for code in ("General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "@")
        )
        bold = book.add_format(
            {"bold": True, "bg_color": "#DDE7F0", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        grey = book.add_format({"italic": True, "font_color": "#808080", "num_format": "@"})
        formats = {
            Shape.DAY: day,
            Shape.INSTANT: moment,
            Shape.NAME: name,
            Shape.REFERENCE: name,
            Shape.DIGEST: name,
        }
        for row, (title, _) in enumerate(ABOUT):
            sheet.write(row, 0, title, bold)
            sheet.write_blank(row, 1, None, day if row == 0 else plain)
        first = len(ABOUT)
        for column, (kind, example) in enumerate(zip(kinds, _example(kinds), strict=True)):
            sheet.set_column(
                column, column, max(14, 2 * len(kind.column.zh) + 4), formats.get(kind.shape, plain)
            )
            sheet.write(first, column, heading(kind), bold)
            sheet.write_comment(first, column, _note(kind), {"x_scale": 2})
            sheet.write_string(first + 1, column, example, grey)
            if kind.choices and not kind.listed:
                for row, choice in enumerate(kind.choices):
                    lists.write_string(row, column, shown(choice))
                source = (
                    f"=_lists!{xlsxwriter.utility.xl_range_abs(0, column, len(kind.choices) - 1, column)}"
                )
                sheet.data_validation(
                    first + 2, column, _ROWS, column, {"validate": "list", "source": source}
                )
        sheet.freeze_panes(first + 1, 1)
    return body.getvalue()


def _note(kind: Kind) -> str:
    right = kind.accepts()
    if kind.shape is Shape.CHOICE:
        right = "one of " + ", ".join(shown(choice) for choice in kind.choices)
    if kind.shape is Shape.INSTANT and kind.column.bare_date != "refused":
        right += "; the day alone is enough"
    unknown = "" if kind.empty is Empty.REFUSED or not kind.unknown_allowed else "; ? = not known"
    return f"{right}\nempty: {kind.empty}{unknown}"


def _example(kinds: Sequence[Kind]) -> list[str]:
    return [
        f"{EXAMPLE}{_sample(kind)}" if position == 0 else _sample(kind) for position, kind in enumerate(kinds)
    ]


def _sample(kind: Kind) -> str:
    name = "FIN" if "department" in kind.name else kind.column.zh
    return {
        Shape.REFERENCE: _NAMED.get(_entity(kind), ""),
        Shape.NUMBER: "24",
        Shape.DAY: "2026-12-31",
        Shape.INSTANT: "2026-09-30" if kind.column.bare_date != "refused" else "2026-09-30 17:05",
        Shape.CHOICE: shown(kind.choices[0]) if kind.choices else "",
        Shape.DIGEST: "0" * 64,
        Shape.LATITUDE: "31.2304",
        Shape.LONGITUDE: "121.4737",
    }.get(kind.shape, _WRITTEN.get(kind.name, name))


def _entity(kind: Kind) -> str:
    """Whose name stands in the example: `subject` may be one of several, and its heading says which."""
    return next(
        (entity for entity in kind.entities if entity in kind.column.en), next(iter(kind.entities), "")
    )
