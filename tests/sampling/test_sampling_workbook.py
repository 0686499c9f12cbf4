"""The workbook and what comes back: answers are read, everything else must be as it was, and is named if it is not."""

import io
import zipfile

import openpyxl
import pytest

from engine.errors import UnparsableError, UsageError
from engine.sampling.agreement import agreements, kappa, merged
from engine.sampling.draw import digest_of_draw
from engine.sampling.form import FIRST_ROW, QUESTIONS, SHEET, TOLD
from engine.sampling.labels import LARGEST, Labels, labels
from engine.sampling.workbook import workbook

COLUMN = {question.field: number for number, question in enumerate(QUESTIONS, start=len(TOLD) + 1)}
TOP = FIRST_ROW + 1
"""Row of the first message, as a spreadsheet counts."""


def item(number: int, **fields) -> dict:
    return {
        "number": f"2026Q3-FIN-{number:02}",
        "sample": "2026Q3-FIN",
        "message_id": f"${number}",
        "group": "chat:!a",
        "group_name": '=HYPERLINK("http://evil")',
        "sender": "chat:@li:corp.test",
        "sent_at": "2026-08-04T02:00:00Z",
        "sent_local": "2026-08-04 10:00:00",
        "in_working_hours": "yes",
        "visible_to_outsider": "no",
        "outsiders": 0,
        "off_topic": "",
        "reply_due_at": "2026-08-05T16:00:00Z",
        "reply_due_local": "2026-08-05 24:00",
    } | fields


DRAW = {
    "schema": "sample/1",
    "period": "2026Q3",
    "items": [item(1), item(2, visible_to_outsider="unknown"), item(3, off_topic="no")],
}
OTHER = DRAW | {"period": "2026Q2"}


def filled(change=lambda _: None, reviewer="Li", draw=DRAW, **answers) -> bytes:
    """A workbook with the same answers in each row, and whatever else somebody did to it."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(draw)))
    sheet = book[SHEET]
    sheet.cell(1, 2).value = reviewer
    for row in range(TOP, TOP + len(draw["items"])):
        for field, answer in answers.items():
            cell = sheet.cell(row, COLUMN[field])
            if not cell.protection.locked:
                cell.value = answer
    change(sheet)
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def read(body: bytes, draw=DRAW) -> Labels:
    return labels("labels.xlsx", body, draw)


def refused(body: bytes) -> str:
    with pytest.raises(UnparsableError) as caught:
        read(body)
    return str(caught.value)


def test_the_same_draw_gives_the_same_file():
    assert workbook(DRAW) == workbook(DRAW)


def test_only_answers_can_be_written_and_each_has_its_list():
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(DRAW)))[SHEET]
    open_cells = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    listed = {str(rule.sqref) for rule in sheet.data_validations.dataValidation}

    assert sheet.protection.sheet
    assert len(open_cells) == 1 + 3 * len(QUESTIONS) - 3
    assert len(listed) == len(open_cells) - 1 - 3
    assert sheet.cell(TOP, COLUMN["visible_to_outsider"]).value == "no"
    assert sheet.cell(TOP + 1, COLUMN["visible_to_outsider"]).value is None


def test_neither_the_writer_nor_a_formula_is_in_it():
    body = workbook(DRAW)
    sheet = openpyxl.load_workbook(io.BytesIO(body))[SHEET]

    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        assert not any(b"@li" in packed.read(name) for name in packed.namelist())


def test_what_was_filled_in_comes_back():
    found = read(filled(unlawful="否 no", abusive="yes", customer_data="像有但不是 rejected", off_topic="是"))

    assert found.reviewer == "Li"
    assert found.answers["2026Q3-FIN-01"] == {
        "unlawful": "no",
        "abusive": "yes",
        "customer_data": "rejected",
        "off_topic": "yes",
    }
    assert "off_topic" not in found.answers["2026Q3-FIN-03"]


def test_nothing_filled_in_is_no_answer():
    assert set(map(len, read(filled()).answers.values())) == {0}


def test_rows_may_be_sorted():
    def swap(sheet):
        for column in range(1, len(TOLD) + len(QUESTIONS) + 1):
            one, other = sheet.cell(TOP, column), sheet.cell(TOP + 2, column)
            one.value, other.value = other.value, one.value
            for cell in (one, other):
                # the library takes a text that begins with = for a formula; a spreadsheet program does not
                cell.data_type = "s" if cell.value is not None else cell.data_type

    assert read(filled(swap, abusive="no")).answers == read(filled(abusive="no")).answers


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda sheet: sheet.delete_rows(TOP + 1), "2026Q3-FIN-02: its row is missing"),
        (lambda sheet: sheet.delete_rows(TOP, 3), "2026Q3-FIN-03: its row is missing"),
        (lambda sheet: setattr(sheet.cell(TOP, 3), "value", "2026-08-05 10:00:00"), "2026Q3-FIN-01: C5 was changed"),
        (lambda sheet: setattr(sheet.cell(TOP, 4), "value", "$9"), "2026Q3-FIN-01: D5 was changed"),
        (lambda sheet: setattr(sheet.cell(TOP, 2), "value", None), "2026Q3-FIN-01: B5 was changed"),
        (lambda sheet: setattr(sheet.cell(TOP, 1), "value", "2026Q3-FIN-99"), "row 5: found the number '2026Q3-FIN-99'"),
        (lambda sheet: setattr(sheet.cell(TOP, 1), "value", "2026Q3-FIN-02"), "again, it stands in row"),
        (lambda sheet: setattr(sheet.cell(TOP, COLUMN["visible_to_outsider"]), "value", "yes"), "2026Q3-FIN-01: P5"),
        (lambda sheet: setattr(sheet.cell(TOP + 2, COLUMN["off_topic"]), "value", None), "2026Q3-FIN-03: J7"),
        (lambda sheet: setattr(sheet.cell(TOP, COLUMN["abusive"]), "value", "perhaps"), "2026Q3-FIN-01: I5: found 'perhaps'"),
        (lambda sheet: setattr(sheet.cell(TOP, COLUMN["abusive"]), "value", "=1+1"), "I5: found a formula"),
        (lambda sheet: setattr(sheet.cell(TOP + 3, 1), "value", "x"), "A8: found 'x', nothing was drawn there"),
        (lambda sheet: setattr(sheet.cell(TOP, 40), "value", "x"), "AN5: found 'x', nothing was drawn there"),
        (lambda sheet: setattr(sheet.cell(4, 6), "value", "lawful"), "F4: found the heading 'lawful'"),
        (lambda sheet: setattr(sheet.cell(1, 2), "value", " "), "B1: found no name"),
        (lambda sheet: setattr(sheet.cell(1, 2), "value", "x" * 500), "B1: found 500 characters"),
        (lambda sheet: setattr(sheet.cell(2, 2), "value", "0" * 64), "belongs to the draw 000000000000…"),
        (lambda sheet: setattr(sheet, "title", "other"), "found no sheet 'labels'"),
        (lambda sheet: setattr(sheet.cell(TOP, COLUMN["request"]), "value", "yes"), "a request needs addressee"),
    ],
)  # fmt: skip
def test_whatever_was_changed_is_refused_by_name(change, said):
    assert said in refused(filled(change))


def test_every_wrong_row_is_named_at_once():
    def spoil(sheet):
        for row in range(TOP, TOP + 3):
            sheet.cell(row, 3).value = "never"

    assert refused(filled(spoil)).count("was changed") == 3


def test_a_workbook_of_another_draw_is_refused():
    assert digest_of_draw(DRAW)[:12] in refused(filled(draw=OTHER))


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04", b"number,label\n1,yes\n", workbook(DRAW)[:400]])
def test_what_is_no_workbook_is_refused(body):
    assert "no XLSX workbook" in refused(body)


def test_a_file_that_grows_when_unpacked_is_not_unpacked():
    body = io.BytesIO(workbook(DRAW))
    with zipfile.ZipFile(body, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/more.xml", b"0" * (LARGEST + 1))

    assert "bytes when unpacked" in refused(body.getvalue())


def two(first: dict[str, str], second: dict[str, str]) -> list[Labels]:
    return [
        Labels(name, {f"2026Q3-FIN-0{n}": said for n in (1, 2, 3)})
        for name, said in (("Li", first), ("Wang", second))
    ]


@pytest.mark.parametrize(
    ("first", "second", "value", "disputed", "reviewers"),
    [
        ({"abusive": "yes"}, {"abusive": "yes"}, "yes", [], 2),
        ({"abusive": "yes"}, {"abusive": "no"}, "", ["abusive"], 2),
        ({"abusive": "yes"}, {}, "", [], 1),
        ({"abusive": "yes"}, {"abusive": "?"}, "", [], 1),
        ({"abusive": "?"}, {"abusive": "?"}, "", [], 0),
        ({}, {}, "", [], 0),
    ],
)
def test_two_who_agree_confirm_and_two_who_differ_leave_it_open(first, second, value, disputed, reviewers):
    row = merged(DRAW, two(first, second), None)[0]

    assert (row["abusive"], row["disputed"], row["reviewers"]) == (value, disputed, reviewers)


def test_a_third_settles_what_two_disagree_about_and_nothing_else():
    said = two({"abusive": "yes", "unlawful": "no"}, {"abusive": "no", "unlawful": "no"})
    referee = Labels("Zhao", {number: {"abusive": "yes", "unlawful": "yes"} for number in said[0].answers})

    row = merged(DRAW, said, referee)[0]

    assert (row["abusive"], row["unlawful"], row["disputed"], row["reviewers"]) == ("yes", "no", [], 3)


def test_one_person_is_not_two():
    said = two({}, {})

    with pytest.raises(UsageError, match="two workbooks of Li"):
        merged(DRAW, [said[0], Labels("LI", said[0].answers)], None)


def test_whom_a_request_asks_is_never_left_empty():
    said = two(
        {"request": "yes", "reply": "missing", "addressee": "?"},
        {"request": "yes", "reply": "missing", "addressee": "?"},
    )

    assert merged(DRAW, said, None)[0]["addressee"] == "?"
    assert (
        merged(DRAW, two({"request": "no", "reply": "late"}, {"request": "no", "reply": "late"}), None)[0][
            "reply"
        ]
        == ""
    )


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15, 0.4),
        ([("yes", "yes"), ("no", "no")], 1.0),
        ([("yes", "no"), ("no", "yes")], -1.0),
        ([("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no")], 0.0),
        ([("no", "no")] * 9, None),
        ([], None),
    ],
)
def test_kappa(pairs, expected):
    assert kappa(pairs) == expected


def test_kappa_does_not_depend_on_order_or_on_who_is_first():
    pairs = [("yes", "no"), ("no", "no"), ("yes", "yes"), ("no", "no"), ("rejected", "no")]

    assert kappa(pairs) == kappa(pairs[::-1]) == kappa([(other, one) for one, other in pairs])


def test_agreement_counts_what_both_answered():
    first, second = two({"abusive": "yes", "unlawful": "no"}, {"abusive": "yes", "unlawful": "?"})
    found = {one.field: (one.both, one.agreed) for one in agreements(first, second)}

    assert (found["abusive"], found["unlawful"], found["request"]) == ((3, 3), (0, 0), (0, 0))
