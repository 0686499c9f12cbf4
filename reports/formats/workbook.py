"""XLSX: the action list of each department, to be filled in and sent back."""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

from reports.actions import ANSWERS, FIXED, RECEIVED, STATUSES, ActionRow, action_rows, cell_text
from reports.formats.given import Common, findings, rows
from reports.model import Department
from reports.model.run_shapes import RunView
from reports.moments import seconds
from reports.words import Words

FORMAT = "actions/1"
ABOUT = "_list"
"""The hidden sheet that says what list this is."""

MARK = "fingerprint"
"""Heading of the hidden column by which a row is known again."""

HEADINGS = 3
"""Row of the headings, counted from nought; above them stand title and instructions."""

_PAGE = 1_000_000
"""Rows of a sheet; spreadsheet programs hold some more. Further rows go to further sheets, none is cut."""

_WIDTHS = (16, 9, 9, 24, 52, 9, 44, 24, 12, 12, 14, 13, 14, 30, 30)
_EARLIEST = date(2000, 1, 1)

_TIERS = {"minor": "handling.minor", "severe": "handling.severe"}

_SMALL = 28
"""Columns narrower than this hold words that need no wrapping."""


def workbooks(common: Common, department: Department) -> Iterator[tuple[Path, bytes]]:
    """A workbook in each language."""
    for language, words in common.words.items():
        yield (
            Path("departments") / f"{department.file}.{language}.xlsx",
            workbook(department, common.run, words),
        )


def workbook(department: Department, run: RunView, words: Words) -> bytes:
    """The action list of a department, with its exceptions and what was not assessed on further sheets."""
    body = io.BytesIO()
    with TemporaryDirectory(prefix="clausewise-list-") as rows:
        options = {
            "constant_memory": True,  # a row is on disk as soon as the next one begins
            "tmpdir": rows,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        with xlsxwriter.Workbook(body, options) as book:
            book.set_properties(
                {
                    "title": cell_text(" ".join((words.t("list.title"), department.report))),
                    "created": datetime.fromtimestamp(seconds(run.as_of_at), UTC),
                }
            )
            _Book(book, words).fill(department, run)
    return body.getvalue()


class _Book:
    """A workbook that can be given texts only: no way to write a formula or a link."""

    def __init__(self, book: Any, words: Words) -> None:
        self._book = book
        self._words = words
        wrap = {"text_wrap": True, "valign": "top", "num_format": "@", "quote_prefix": True, "border": 4}
        self._text = book.add_format(wrap)
        self._heading = book.add_format(
            {"bold": True, "bg_color": "#DDE7F0", "text_wrap": True, "valign": "top", "bottom": 1}
        )
        self._title = book.add_format({"bold": True, "font_size": 13})
        self._plain = book.add_format({"text_wrap": False, "valign": "top"})
        self._answer = book.add_format({**wrap, "locked": False, "bg_color": "#FFF9E3"})
        self._day = book.add_format(
            {
                **wrap,
                "quote_prefix": False,
                "locked": False,
                "bg_color": "#FFF9E3",
                "num_format": "yyyy-mm-dd",
            }
        )
        self._hidden = book.add_format({"font_color": "#808080"})

    def fill(self, department: Department, run: RunView) -> None:
        """All sheets."""
        listed = action_rows(department, self._words)
        page = list(islice(listed, 1))
        number = 1
        while page or number == 1:
            title = self._words.t("list.actions") + (f" {number}" if number > 1 else "")
            self._actions(title, chain(page, islice(listed, _PAGE - 1)), department, run)
            page = list(islice(listed, 1))
            number += 1
        self._table("list.exceptions", self._exceptions(department))
        self._table("list.gaps", self._gaps(department))
        self._table("list.handling", self._handling(department))
        about = self._book.add_worksheet(ABOUT)
        about.very_hidden()
        for row, (name, value) in enumerate(
            (
                ("format", FORMAT),
                ("run", run.id),
                ("period", run.period),
                ("department", department.code),
                ("language", self._words.language),
                ("state", run.issue.state),
                ("version", str(run.issue.version)),
            )
        ):
            about.write_string(row, 0, name)
            about.write_string(row, 1, value)

    def _actions(self, title: str, listed: Iterable[ActionRow], department: Department, run: RunView) -> None:
        words = self._words
        sheet = self._book.add_worksheet(title)
        name = department.name_short or words.t("company")
        period = words.quarter(run.year, run.quarter)
        state = words.state(run.issue)
        said = (words.t("list.title"), name, period, department.report, state)
        sheet.write_string(0, 0, cell_text(" · ".join(said)), self._title)
        sheet.set_header(f"&R{state}")
        sheet.write_string(1, 0, words.t("list.how"), self._plain)
        if run.issue.state == "draft":
            sheet.write_string(2, 0, words.t("issue.draft_banner"), self._title)
        headings = (*FIXED, *ANSWERS)
        for column, (key, width) in enumerate(zip(headings, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(HEADINGS, column, words.t(key), self._heading)
        hidden = len(headings)
        sheet.set_column(hidden, hidden, 8, None, {"hidden": True})
        sheet.write_string(HEADINGS, hidden, MARK, self._hidden)
        last = HEADINGS
        for last, action in enumerate(listed, start=HEADINGS + 1):
            for column, text in enumerate(action.cells):
                sheet.write_string(last, column, text, self._text)
            self._answers(sheet, last)
            sheet.write_string(last, hidden, action.fingerprint, self._hidden)
        if last > HEADINGS:
            self._choices(sheet, last)
            sheet.autofilter(HEADINGS, 0, last, len(headings) - 1)
        else:
            sheet.write_string(HEADINGS + 1, 0, words.t("front.no_actions"), self._plain)
        sheet.freeze_panes(HEADINGS + 1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADINGS)
        sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})

    def _answers(self, sheet: Any, row: int) -> None:
        first = len(FIXED)
        for offset, key in enumerate(ANSWERS):
            style = self._day if key == "answer.done_on" else self._answer
            if key == "answer.status":
                sheet.write_string(row, first + offset, self._words.t(RECEIVED), style)
            else:
                sheet.write_blank(row, first + offset, None, style)

    def _choices(self, sheet: Any, last: int) -> None:
        words = self._words
        status = len(FIXED) + ANSWERS.index("answer.status")
        done_on = len(FIXED) + ANSWERS.index("answer.done_on")
        sheet.data_validation(
            HEADINGS + 1,
            status,
            last,
            status,
            {"validate": "list", "source": [words.t(status) for status in STATUSES]},
        )
        sheet.data_validation(
            HEADINGS + 1,
            done_on,
            last,
            done_on,
            {
                "validate": "date",
                "criteria": ">=",
                "value": _EARLIEST,
                "error_title": words.t("answer.done_on"),
                "error_message": words.t("list.day"),
            },
        )

    def _table(self, key: str, table: Iterator[tuple[str, ...]]) -> None:
        """A sheet that is only read."""
        sheet = self._book.add_worksheet(self._words.t(key))
        for row, cells in enumerate(table):
            for column, text in enumerate(cells):
                sheet.write_string(row, column, cell_text(text), self._text if row else self._heading)
        sheet.set_column(0, 1, _SMALL // 2)
        sheet.set_column(2, 6, _SMALL)
        sheet.freeze_panes(1, 0)
        sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})

    def _exceptions(self, department: Department) -> Iterator[tuple[str, ...]]:
        w = self._words
        yield (
            w.t("card.number"), w.t("check"), w.t("evidence.what"), w.t("evidence.waiver"),
            w.t("waiver.reason"), w.t("waiver.approved_by"), w.t("waiver.until"),
        )  # fmt: skip
        told = set()
        for finding in findings(department):
            for one in finding.instances:
                if one.waiver:
                    told.add((finding.check, one.waiver))
                    yield (
                        finding.number, finding.check, w.told(finding.check, one), one.waiver,
                        one.waiver_reason, one.waiver_by, one.waiver_until,
                    )  # fmt: skip
        for row in rows(department):
            for waiver in row.waivers:
                if (row.check, waiver.number) not in told:
                    yield (
                        "", row.check, waiver.subject or w.t("waiver.all"), waiver.number, waiver.reason,
                        waiver.approved_by, waiver.valid_until,
                    )  # fmt: skip

    def _gaps(self, department: Department) -> Iterator[tuple[str, ...]]:
        w = self._words
        yield w.t("check"), w.t("column.clause"), w.t("checks.what"), w.t("gaps.reason"), w.t("gaps.job")
        jobs = {gap.reason: gap.job for gap in department.gaps}
        for row in rows(department):
            if row.word == "not_assessed":
                job = w.one_of("job", jobs[row.reason])
                yield row.check, row.clause, w.title(row.check), w.why(row), job

    def _handling(self, department: Department) -> Iterator[tuple[str, ...]]:
        """What 9.3 lets those who decide consider: by finding, never by person, and nowhere but here."""
        w = self._words
        yield (
            w.t("card.number"), w.t("check"), w.t("checks.what"), w.t("card.severity"), w.t("column.state"),
            w.t("handling.tier"), w.t("handling.who"),
        )  # fmt: skip
        for finding in department.findings:
            yield (
                finding.number, finding.check, w.title(finding.check), w.one_of("severity", finding.severity),
                w.one_of("state", finding.state), w.t(_TIERS[finding.tier]), w.t("handling.decided"),
            )  # fmt: skip
