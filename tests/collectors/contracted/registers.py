"""Registers under the contract: the register of groups stands for all, which are read by the same module."""

import io

import openpyxl
from contract import TEXT, Contract, Files, Law, no_network

from collectors.registers import RegisterCollector, RegisterOptions

_HEADINGS = ("group", "purpose", "label", "manager")
_ROWS = (
    ("!abc:corp", "採購", "internal", "@li.na:corp"),
    ("!def:corp", "預算", "confidential", "@li.na:corp"),
)


def _file(*rows: tuple[str, ...], total: int | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "groups"
    for row in (_HEADINGS, *rows):
        book.worksheets[0].append(row)
    about = book.create_sheet("_meta")
    for row in (("as_of", "2026-09-30"), ("author", "王芳"), ("rows", len(rows) if total is None else total)):
        about.append(row)
    book.create_sheet("private").append((TEXT,))
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


_GOOD = Files({"r.xlsx": _file(*_ROWS)})

CONTRACT = Contract(
    name="register",
    collector=RegisterCollector(),
    options=RegisterOptions.model_validate({"register": "groups", "file": "r.xlsx", "sheet": "groups"}),
    good=_GOOD,
    # a wrong word in a cell is sent back with its row and column
    refuses=frozenset({Law.UNKNOWN_WORD}),
    stages=no_network("a file")
    | {
        Law.CUT_SHORT: _GOOD.but(r__xlsx=_file(_ROWS[0], total=2)),
        Law.TOTAL_SMALLER: _GOOD.but(r__xlsx=_file(*_ROWS, total=1)),
        Law.TOTAL_LARGER: _GOOD.but(r__xlsx=_file(*_ROWS, total=3)),
        Law.CHANGED: "the file is read once and whole",
        Law.UNKNOWN_WORD: _GOOD.but(r__xlsx=_file(_ROWS[0], (*_ROWS[1][:2], "hush", _ROWS[1][3]))),
    },
)
