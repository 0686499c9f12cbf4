"""The action list: what goes out, and what comes back changed."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from engine.errors import SnapshotError
from reports.actions import ANSWERS, FIXED, STATUSES, action_rows
from reports.answers import Rectified, Returned, answered, rectified, returned
from reports.formats.workbook import ABOUT, HEADINGS, workbook
from reports.model import Model, build
from reports.run_folder import read
from reports.words import Words

FIRST = HEADINGS + 2
STATUS, DONE_ON, DONE_BY, REMARK, EVIDENCE = range(len(FIXED) + 1, len(FIXED) + len(ANSWERS) + 1)
MARK = len(FIXED) + len(ANSWERS) + 1


class Lists:
    """The lists of one run, as bytes and as what came back of them."""

    def __init__(self, folder: Path) -> None:
        found = read(folder)
        self.model: Model = build(found)
        self.words = {
            language: Words(language, found.catalogue, self.model.run.year) for language in ("zh-Hant", "en")
        }

    def of(self, code: str, language: str = "en") -> bytes:
        department = next(one for one in self.model.departments if one.code == code)
        return workbook(department, self.model.run, self.words[language])

    def back(self, *bodies: bytes, until: str = "2026-11-30") -> Returned:
        files = [(f"list{number}.xlsx", body) for number, body in enumerate(bodies, start=1)]
        return returned(files, self.model, self.words, until)


@pytest.fixture
def lists(run: Path) -> Lists:
    return Lists(run)


def edited(body: bytes, change: Callable[[Any], None]) -> bytes:
    """A list as a spreadsheet program saves it after somebody did something to its first sheet."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    change(book.worksheets[0])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def put(*cells: tuple[int, int, Any]) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for row, column, value in cells:
            sheet.cell(row, column).value = value

    return change


def test_the_list_has_one_row_for_each_open_instance_worst_first(lists: Lists) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(lists.of("SALES"))).worksheets[0]
    department = next(one for one in lists.model.departments if one.code == "SALES")

    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST)]
    assert len(rows) == department.instances == 33
    assert [row[2] for row in rows[:4]] == ["5.3-a", "5.3-a", "6.1.2-d", "4.1-a"]
    assert rows[0][STATUS - 1 :] == ["Received", None, None, None, None, rows[0][MARK - 1]]


def test_all_but_the_answers_is_locked_and_the_mark_of_a_row_is_hidden(lists: Lists) -> None:
    book = openpyxl.load_workbook(io.BytesIO(lists.of("SALES")))
    sheet = book.worksheets[0]

    for row in sheet.iter_rows(min_row=FIRST):
        for cell in row:
            assert cell.protection.locked == (not STATUS <= cell.column <= EVIDENCE)
    assert all(one.protection.sheet for one in book.worksheets[:3])
    assert sheet.column_dimensions[sheet.cell(1, MARK).column_letter].hidden
    assert book[ABOUT].sheet_state == "veryHidden"
    lists_, days = sheet.data_validations.dataValidation
    assert (lists_.type, days.type) == ("list", "date")
    offered = [lists.words["en"].t(status) for status in STATUSES]
    assert lists_.formula1.strip('"').split(",") == offered  # a comma in a word would make two of it


def test_what_is_waived_or_was_not_assessed_stands_on_sheets_of_its_own(lists: Lists) -> None:
    _, exceptions, gaps, handling, _ = openpyxl.load_workbook(io.BytesIO(lists.of("SALES"))).worksheets

    assert [row[3].value for row in exceptions.iter_rows(min_row=2)] == ["W-2026-001"]
    assert {row[0].value for row in gaps.iter_rows(min_row=2)} == {"3.2-a", "6.2.2-a", "7.2-c"}
    assert [row[1].value for row in handling.iter_rows(min_row=2)] == ["5.3-a", "6.1.2-d", "4.1-a", "5.3-f"]


def test_a_finding_that_is_carried_on_without_its_instances_has_a_row_all_the_same(
    companies: dict[str, Callable[..., Any]], tmp_path: Path
) -> None:
    company = companies["believable"]()
    company.findings = [
        finding.model_copy(update={"instances": ()}) if finding.check == "7.2-c" else finding
        for finding in company.findings
    ]
    lists = Lists(company.write(tmp_path / "bare"))
    department = next(one for one in lists.model.departments if one.code == "IT")

    (row,) = [row for row in action_rows(department, lists.words["en"]) if row.finding.check == "7.2-c"]
    assert (row.cells[1], row.subject, row.fingerprint) == ("", "", row.finding.fingerprint)
    assert lists.back(lists.of("IT")).problems == []


@pytest.mark.parametrize("code", ["SALES", "IT", "HQ", "LEGAL", "_company"])
@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_list_that_nobody_touched_comes_back_without_a_word(lists: Lists, code: str, language: str) -> None:
    back = lists.back(edited(lists.of(code, language), lambda _: None))

    assert back.problems == []
    assert answered(back.answers) == []
    assert rectified(back) == []


def test_a_finding_is_done_when_all_its_instances_are(lists: Lists) -> None:
    back = lists.back(
        edited(
            lists.of("SALES"),
            put(
                (FIRST, STATUS, "Done and ready for re-check"),
                (FIRST, DONE_ON, datetime(2026, 10, 12)),  # noqa: DTZ001  # cells have no zone
                (FIRST, DONE_BY, 7),
                (FIRST + 1, DONE_ON, "2026/10/15"),
                (FIRST + 1, DONE_BY, "E0100"),
                (FIRST + 2, STATUS, "Asks for more time"),
                (FIRST + 3, DONE_ON, date(2026, 10, 13)),
                (FIRST + 3, REMARK, "  one of\n three "),
            ),
        )
    )

    assert back.problems == []
    assert [(answer.status, answer.done_on, answer.done_by) for answer in answered(back.answers)] == [
        ("status.done", "2026-10-12", "7"),
        ("status.received", "2026-10-15", "E0100"),
        ("status.extension", "", ""),
        ("status.received", "2026-10-13", ""),
    ]
    assert answered(back.answers)[3].remark == "one of three"
    assert rectified(back) == [
        Rectified("2026Q3-SALES-001", "2026-10-15", "E0100"),
        Rectified("2026Q3-SALES-002", "", ""),
        Rectified("2026Q3-SALES-003", "", ""),
    ]


def test_the_words_of_a_status_are_those_of_the_lists_own_language(lists: Lists) -> None:
    body = lists.of("SALES", "zh-Hant")

    back = lists.back(edited(body, put((FIRST, STATUS, "待複核"), (FIRST, DONE_ON, "2026年10月12日"))))
    assert [answer.status for answer in answered(back.answers)] == ["status.done"]
    wrong = lists.back(edited(body, put((FIRST, STATUS, "Being corrected"))))
    assert "no such status: 'Being corrected', needs one of 待簽收" in wrong.problems[0]


@pytest.mark.parametrize("column", range(1, len(FIXED) + 1))
def test_an_edited_cell_is_named_by_sheet_row_and_column(lists: Lists, column: int) -> None:
    back = lists.back(edited(lists.of("SALES"), put((FIRST + 4, column, "something else"))))

    (problem,) = back.problems
    assert problem.startswith(
        f"list1.xlsx [Actions], row {FIRST + 4}, column {'ABCDEFGHIJ'[column - 1]}: edited"
    )
    assert problem.endswith("found 'something else'")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda sheet: sheet.delete_rows(FIRST + 1),
            "[Actions]: the row of 2026Q3-SALES-001 E-002 is missing",
        ),
        (
            lambda sheet: sheet.append([cell.value for cell in sheet[FIRST]]),
            f"[Actions], row {FIRST + 33}: the row is there twice, first in Actions, row {FIRST}",
        ),
        (
            lambda sheet: sheet.append(["an own line"]),
            f"[Actions], row {FIRST + 33}, column P: a row that was not sent out",
        ),
        (put((HEADINGS + 1, 2, "No.")), f"row {HEADINGS + 1}, column B: the heading was changed"),
        (put((FIRST, DONE_ON, "soon")), f"row {FIRST}, column L: no day: 'soon'"),
        (put((FIRST, DONE_ON, "2026-02-30")), f"row {FIRST}, column L: no day: '2026-02-30'"),
        (put((FIRST, DONE_ON, "2026-12-01")), "column L: 2026-12-01 is after 2026-11-30"),
        (put((FIRST, DONE_ON, "=TODAY()")), "column L: a formula"),
        (put((FIRST, REMARK, "=1+1")), "column N: a formula"),
        (put((FIRST, STATUS, "Done and ready for re-check")), "column L: said to be done, needs the day"),
        (
            put((FIRST, STATUS, "Disputed"), (FIRST, DONE_ON, "2026-10-12")),
            "column K: done on 2026-10-12, but",
        ),
        (put((FIRST, DONE_BY, "@SUM(A1)")), "column M: no staff number"),
        (put((FIRST, DONE_BY, "x" * 65)), "column M: no staff number"),
    ],
)
def test_whatever_else_is_wrong_is_named(lists: Lists, change: Callable[[Any], None], said: str) -> None:
    problems = lists.back(edited(lists.of("SALES"), change)).problems

    assert len(problems) == 1
    assert said in problems[0]


def test_rows_may_be_sorted_and_a_stray_cell_far_down_costs_nothing(lists: Lists) -> None:
    def turned(sheet: Any) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST)]
        for number, row in enumerate(reversed(rows), start=FIRST):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value
        sheet.cell(1_000_000, 30).value = "x"

    assert lists.back(edited(lists.of("SALES"), turned)).problems == []


def test_the_lists_of_two_languages_are_answered_once_or_alike(lists: Lists) -> None:
    english = edited(lists.of("SALES"), put((FIRST, DONE_ON, "2026-10-12")))
    chinese = lists.of("SALES", "zh-Hant")
    alike = edited(chinese, put((FIRST, DONE_ON, "2026-10-12")))
    other = edited(chinese, put((FIRST, DONE_ON, "2026-10-13")))

    for pair in ((english, chinese), (chinese, english), (english, alike)):
        back = lists.back(*pair)
        assert back.problems == []
        assert [answer.done_on for answer in answered(back.answers)] == ["2026-10-12"]
        assert len(back.answers) == 33
    (problem,) = lists.back(english, other).problems
    assert f"list2.xlsx [行動清單], row {FIRST}: answered twice" in problem


def _about(name: str, value: str) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for row in sheet.parent[ABOUT].iter_rows():
            if row[0].value == name:
                row[1].value = value

    return change


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("run", "2026Q2-0", "made from run 2026Q2-0"),
        ("format", "actions/0", "found the format 'actions/0'"),
        ("department", "NOWHERE", "found the department 'NOWHERE'"),
        ("language", "fr", "found the language 'fr'"),
    ],
)
def test_a_list_of_another_run_or_version_is_refused(lists: Lists, name: str, value: str, said: str) -> None:
    with pytest.raises(SnapshotError, match=said):
        lists.back(edited(lists.of("SALES"), _about(name, value)))


def _packed(name: str, text: str) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr(name, text)
    return body.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"PK",
        b"not a workbook",
        _packed("x", "y"),
        _packed("[Content_Types].xml", "<a"),
        b"PK\x03\x04" + b"0" * 99,
    ],
)
def test_what_is_no_workbook_is_refused(lists: Lists, body: bytes) -> None:
    with pytest.raises(SnapshotError, match="no action list of ours"):
        lists.back(body)


def test_a_workbook_that_unpacks_to_more_than_any_list_is_not_unpacked(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.sheets._LARGEST", 1000)

    with pytest.raises(SnapshotError, match="larger than any"):
        lists.back(lists.of("SALES"))


def test_a_workbook_of_somebody_else_is_refused(lists: Lists) -> None:
    saved = io.BytesIO()
    openpyxl.Workbook().save(saved)

    with pytest.raises(SnapshotError, match="hidden sheet _list is missing"):
        lists.back(saved.getvalue())


def test_more_rows_than_a_sheet_holds_go_to_the_next_and_come_back_from_it(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.formats.workbook._PAGE", 20)
    body = lists.of("SALES")

    assert openpyxl.load_workbook(io.BytesIO(body)).sheetnames[:2] == ["Actions", "Actions 2"]
    back = lists.back(body)
    assert back.problems == []
    assert len(back.answers) == 33
