"""XLSX: the findings of a draft, for an inspector to confirm, remark on or withhold."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import xlsxwriter

from engine.issued import WITHHELD, Decided
from reports.actions import cell_text
from reports.model import Model
from reports.moments import seconds
from reports.review.rows import (
    ABOUT,
    ANSWERS,
    CONFIRM,
    DECISIONS,
    EVIDENCE,
    FIXED,
    FORMAT,
    HEADINGS,
    MARK,
    WITHHOLD,
    ReviewRow,
    evidence_rows,
    review_rows,
)
from reports.words import Words

_WIDTHS = (16, 20, 34, 22, 48, 9, 10, 10, 24, 12, 12, 12, 36, 36)
_EVIDENCE_WIDTHS = (16, 9, 90, 34, 40)

_PAGE = 1_000_000
"""Rows of a sheet; further ones go to further sheets, none is cut."""

_PROTECTED = {"autofilter": True, "format_columns": True, "format_rows": True}


def workbook(model: Model, words: Words, decided: Mapping[str, Decided]) -> bytes:
    """The workbook; what was decided already is filled in.

    Args:
        model: of the draft
        words: in whose language it is
        decided: fingerprint of a finding -> the decision in force
    """
    body = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(body, options) as book:
        created = datetime.fromtimestamp(seconds(model.run.as_of_at), UTC)
        book.set_properties({"title": cell_text(words.t("review.title")), "created": created})
        _Book(book, model, words).fill(decided)
    return body.getvalue()


class _Book:
    """A workbook that can be given texts only: no way to write a formula or a link."""

    def __init__(self, book: Any, model: Model, words: Words) -> None:
        self._book, self._model, self._words = book, model, words
        wrap = {"text_wrap": True, "valign": "top", "num_format": "@", "quote_prefix": True, "border": 4}
        self._text = book.add_format(wrap)
        self._heading = book.add_format(
            {"bold": True, "bg_color": "#DDE7F0", "text_wrap": True, "valign": "top", "bottom": 1}
        )
        self._title = book.add_format({"bold": True, "font_size": 13})
        self._plain = book.add_format({"valign": "top"})
        self._answer = book.add_format({**wrap, "locked": False, "bg_color": "#FFF9E3"})
        self._hidden = book.add_format({"font_color": "#808080"})

    def fill(self, decided: Mapping[str, Decided]) -> None:
        """All sheets."""
        self._findings(list(review_rows(self._model, self._words)), decided)
        rows, number = evidence_rows(self._model, self._words), 1
        while (page := list(islice(rows, _PAGE))) or number == 1:
            self._evidence(page, number)
            number += 1
        about = self._book.add_worksheet(ABOUT)
        about.very_hidden()
        run = self._model.run
        said = (
            ("format", FORMAT),
            ("run", run.id),
            ("period", run.period),
            ("language", self._words.language),
        )
        for row, pair in enumerate(said):
            for column, text in enumerate(pair):
                about.write_string(row, column, text)

    def _findings(self, listed: Sequence[ReviewRow], decided: Mapping[str, Decided]) -> None:
        words, run = self._words, self._model.run
        sheet = self._book.add_worksheet(words.t("review.sheet"))
        title = (words.t("review.title"), run.organisation, run.period, words.state(run.issue))
        sheet.write_string(0, 0, cell_text(" · ".join(title)), self._title)
        sheet.write_string(1, 0, words.t("review.how"), self._plain)
        headings = (*FIXED, *ANSWERS)
        for column, (key, width) in enumerate(zip(headings, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(HEADINGS, column, words.t(key), self._heading)
        hidden = len(headings)
        sheet.set_column(hidden, hidden, 8, None, {"hidden": True})
        sheet.write_string(HEADINGS, hidden, MARK, self._hidden)
        for row, one in enumerate(listed, start=HEADINGS + 1):
            cells = [(text, self._text) for text in one.cells]
            cells += [(text, self._answer) for text in _said(decided.get(one.finding.fingerprint), words)]
            for column, (text, style) in enumerate(cells):
                if text:
                    sheet.write_string(row, column, text, style)
                else:
                    sheet.write_blank(row, column, None, style)
            sheet.write_string(row, hidden, one.finding.fingerprint, self._hidden)
        last = HEADINGS + len(listed)
        if listed:
            choices = {"validate": "list", "source": [words.t(key) for key in DECISIONS]}
            sheet.data_validation(HEADINGS + 1, len(FIXED), last, len(FIXED), choices)
            sheet.autofilter(HEADINGS, 0, last, len(headings) - 1)
        sheet.freeze_panes(HEADINGS + 1, 1)
        sheet.set_header(f"&R{words.state(run.issue)}")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADINGS)
        sheet.protect("", _PROTECTED)

    def _evidence(self, page: Sequence[tuple[str, ...]], number: int) -> None:
        title = self._words.t("review.evidence") + (f" {number}" if number > 1 else "")
        sheet = self._book.add_worksheet(title)
        for column, (key, width) in enumerate(zip(EVIDENCE, _EVIDENCE_WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, self._words.t(key), self._heading)
        for row, cells in enumerate(page, start=1):
            for column, text in enumerate(cells):
                sheet.write_string(row, column, text, self._text)
        sheet.autofilter(0, 0, max(len(page), 1), len(EVIDENCE) - 1)
        sheet.freeze_panes(1, 1)
        sheet.protect("", _PROTECTED)


def _said(decided: Decided | None, words: Words) -> tuple[str, str, str]:
    """The three cells of an answer."""
    if decided is None:
        return "", "", ""
    text = cell_text(decided.text)
    if decided.kind == WITHHELD:
        return words.t(WITHHOLD), "", text
    return words.t(CONFIRM), text, ""
