"""The inspector's workbook: every finding in it, and read back only if it is what was written."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from engine.errors import SnapshotError
from engine.issued import Decided
from reports.frames import OFFERED
from reports.model import Model, build
from reports.review.returned import Returned, returned
from reports.review.rows import ABOUT, ANSWERS, FIXED, HEADINGS
from reports.review.workbook import workbook
from reports.run_folder import read
from reports.words import Words

FIRST = HEADINGS + 2
DECISION, REMARK, REASON = (len(FIXED) + place for place in (1, 2, 3))
MARK = len(FIXED) + len(ANSWERS) + 1


class Review:
    """A draft and its workbooks."""

    def __init__(self, run: Path) -> None:
        found = read(run)
        self.model: Model = build(found)
        self.words = {one: Words(one, found.catalogue, self.model.run.year) for one in OFFERED}
        self.findings = [one for department in self.model.departments for one in department.findings]

    def book(self, language: str = "en", decided: dict[str, Decided] | None = None) -> bytes:
        return workbook(self.model, self.words[language], decided or {})

    def back(self, *bodies: bytes) -> Returned:
        files = [(f"{number}.xlsx", body) for number, body in enumerate(bodies, start=1)]
        return returned(files, self.model, self.words)

    def filled(self, *cells: tuple[int, int, Any], language: str = "en") -> bytes:
        return changed(
            self.book(language), lambda sheet: [setattr(sheet.cell(r, c), "value", v) for r, c, v in cells]
        )


def changed(body: bytes, change: Callable[[Any], Any]) -> bytes:
    """The workbook as somebody else's program saves it."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    change(book.worksheets[0])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.fixture(scope="module")
def review(companies: dict[str, Callable[..., Any]], tmp_path_factory) -> Review:
    return Review(companies["believable"]().write(tmp_path_factory.mktemp("review") / "run"))


def test_the_workbook_has_every_open_finding_once_and_every_open_instance(review: Review):
    findings, evidence, about = openpyxl.load_workbook(io.BytesIO(review.book())).worksheets

    rows = [[cell.value for cell in row] for row in findings.iter_rows(min_row=FIRST)]
    assert [row[0] for row in rows] == [one.number for one in review.findings]
    assert [row[MARK - 1] for row in rows] == [one.fingerprint for one in review.findings]
    assert {cell for row in rows for cell in row[len(FIXED) : MARK - 1]} == {None}
    open_ = [one for finding in review.findings for one in finding.instances if not one.waiver]
    assert [row[4].value for row in evidence.iter_rows(min_row=2)] == [one.subject for one in open_]
    assert (about.title, about.sheet_state) == (ABOUT, "veryHidden")
    assert findings.cell(1, 1).value.endswith(" · DRAFT")


def test_all_but_the_answers_is_locked(review: Review):
    sheet = openpyxl.load_workbook(io.BytesIO(review.book())).worksheets[0]

    for row in sheet.iter_rows(min_row=FIRST):
        assert [cell.protection.locked for cell in row] == [
            not DECISION <= cell.column <= REASON for cell in row
        ]
    (offered,) = sheet.data_validations.dataValidation
    assert offered.formula1.strip('"').split(",") == ["confirm", "withhold"]


@pytest.mark.parametrize("language", OFFERED)
def test_decisions_come_back_in_every_language(review: Review, language: str):
    words = review.words[language]
    confirm, withhold = words.t("review.confirm"), words.t("review.withhold")
    body = review.filled(
        *((FIRST, DECISION, confirm), (FIRST + 1, DECISION, confirm), (FIRST + 1, REMARK, "見過")),
        *((FIRST + 2, DECISION, withhold), (FIRST + 2, REASON, "登記表有誤")),
        language=language,
    )

    back = review.back(body)

    assert back.problems == []
    assert back.rows == len(review.findings)
    assert [(one.fingerprint, one.kind, one.text) for one in back.verdicts] == [
        (review.findings[0].fingerprint, "confirmed", ""),
        (review.findings[1].fingerprint, "annotated", "見過"),
        (review.findings[2].fingerprint, "withheld", "登記表有誤"),
    ]


def test_what_was_decided_before_is_filled_in_and_comes_back_the_same(review: Review):
    kinds = (("confirmed", ""), ("annotated", "=seen"), ("withheld", "wrong"))
    decided = {
        one.fingerprint: Decided.model_validate(
            {"fingerprint": one.fingerprint, "finding": one.number, "kind": kind, "text": text}
            | {"by": "E7", "on_day": "2026-10-08", "version": 1}
        )
        for one, (kind, text) in zip(review.findings, kinds, strict=False)
    }

    back = review.back(review.book(decided=decided))

    assert {one.fingerprint: (one.kind, one.text) for one in back.verdicts} == {
        key: (one.kind, one.text) for key, one in decided.items()
    }


def test_every_place_that_was_changed_is_named_and_all_of_them_at_once(review: Review):
    def change(sheet: Any) -> None:
        sheet.cell(FIRST, 6).value = "Low"
        for row, decision, remark, reason in (
            (FIRST, "perhaps", None, None),
            (FIRST + 1, "withhold", None, None),
            (FIRST + 2, "withhold", "told", "wrong"),
            (FIRST + 3, "confirm", None, "wrong"),
            (FIRST + 4, None, "told", None),
            (FIRST + 5, "confirm", "=1+1", None),
        ):
            for column, value in ((DECISION, decision), (REMARK, remark), (REASON, reason)):
                sheet.cell(row, column).value = value
        sheet.cell(FIRST + 6, MARK).value = "0" * 64
        sheet.cell(FIRST + 7, MARK).value = sheet.cell(FIRST + 5, MARK).value
        sheet.cell(HEADINGS + 1, 3).value = "Rule"

    back = review.back(changed(review.book(), change))

    where = "1.xlsx [Findings]"
    missing = [f"{where}: the row of {one.number} is missing" for one in review.findings[6:8]]
    unprinted = "a remark for a report that does not tell the finding: confirm it, or take the remark away"
    unknown = "a row that was not written, or whose hidden mark was changed"
    assert back.problems == [
        f"{where}, row {FIRST - 1}, column C: the heading was changed, it was 'Check'",
        f"{where}, row {FIRST}, column F: edited, it was 'High', found 'Low'",
        f"{where}, row {FIRST}, column L: no such decision: 'perhaps', needs confirm or withhold, or nothing",
        f"{where}, row {FIRST + 1}, column N: withheld, needs a reason",
        f"{where}, row {FIRST + 2}, column M: {unprinted}",
        f"{where}, row {FIRST + 3}, column N: a reason for withholding, but it is confirmed",
        f"{where}, row {FIRST + 4}, column L: a text without a decision",
        f"{where}, row {FIRST + 5}, column M: a formula, needs what it says",
        f"{where}, row {FIRST + 6}, column O: {unknown}",
        f"{where}, row {FIRST + 7}: the row is there twice, first in Findings, row {FIRST + 5}",
        *missing,
    ]


def test_two_workbooks_may_decide_a_part_each_and_must_not_contradict(review: Review):
    one = review.filled((FIRST, DECISION, "confirm"))
    other = review.filled((FIRST + 1, DECISION, "confirm"))
    against = review.filled((FIRST, DECISION, "withhold"), (FIRST, REASON, "wrong"))

    assert [verdict.finding for verdict in review.back(one, other, one).verdicts] == [
        finding.number for finding in review.findings[:2]
    ]
    assert review.back(one, against).problems == [
        f"2.xlsx [Findings], row {FIRST}: decided twice, and otherwise in 1.xlsx [Findings], row {FIRST}"
    ]


def test_what_is_no_workbook_of_this_run_is_refused(review: Review):
    with pytest.raises(SnapshotError, match="no review workbook of ours: not an XLSX workbook"):
        review.back(b"nothing")
    plain = io.BytesIO()
    openpyxl.Workbook().save(plain)
    with pytest.raises(SnapshotError, match="its hidden sheet _review is missing"):
        review.back(plain.getvalue())

    def elsewhere(sheet: Any) -> None:
        sheet.parent[ABOUT]["B2"].value = "2026Q2-000000000000"

    with pytest.raises(SnapshotError, match="made from run 2026Q2-000000000000"):
        review.back(changed(review.book(), elsewhere))


def test_hostile_texts_stay_texts(soiled_company: Callable[[str], Any], tmp_path: Path):
    review = Review(soiled_company('=HYPERLINK("https://evil.test")').write(tmp_path / "run"))
    book = openpyxl.load_workbook(io.BytesIO(review.book()))

    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}
    assert review.back(review.book()).problems == []
