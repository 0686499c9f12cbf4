"""HR's roster as a workbook: its calendar, its formulas and formats, and nothing of it that is not ours."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from rosters import DEPARTMENTS, HEADS, PEOPLE, collect, fact_of, recorded, write

from engine.errors import UnparsableError
from engine.facts import Collected


def _workbook(epoch: datetime | None = None) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    people = book.active
    people.title = "people"
    for row in (
        ["as_of", date(2026, 9, 30)],
        ["rows", 1],
        [*PEOPLE.split(","), "phone"],
        [7, "甲", "active", "employee", date(2020, 1, 5), None, datetime(2026, 8, 20, 17, 0), "GD", "x"]  # noqa: DTZ001
        + [None] * 6
        + [13800000000],
    ):
        people.append(row)
    departments = book.create_sheet("departments")
    for row in (["as_of", "2026-09-30"], ["rows", 1], DEPARTMENTS.split(","), ["GD", "總部"]):
        departments.append(row)
    heads = book.create_sheet("heads")
    for row in (["as_of", "2026-09-30"], ["rows", 0], HEADS.split(",")):
        heads.append(row)
    book.create_sheet("salaries").append(["secret salary"])
    if epoch is None:
        book.create_sheet("_meta").append(["author", "HR", "secret"])
    return book


def _saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_a_workbook_is_read_by_its_own_calendar_and_loses_what_is_not_ours(tmp_path, epoch):
    write(tmp_path, **{"roster.xlsx": _saved(_workbook(epoch))})
    options = dict.fromkeys(("people", "department_table", "heads"), "roster.xlsx") | {"employee_no_width": 5}

    folder = tmp_path / "recording"
    collected, replayed = recorded(tmp_path, folder, **options)

    assert replayed.model_dump_json() == collected.model_dump_json()
    person = fact_of(collected, "person/00007")
    assert (person["hire_date"], person["left_recorded_at"]) == ("2020-01-05", "2026-08-20T09:00:00Z")
    kept = openpyxl.load_workbook(folder / "roster.xlsx")
    assert kept.sheetnames == ["people", "departments", "heads", *(["_meta"] if epoch is None else [])]
    found = {cell.value for sheet in kept.worksheets for row in sheet.iter_rows() for cell in row}
    assert not {13800000000, "phone", "secret", "secret salary"} & found


def test_a_sheet_may_be_named_and_a_formula_without_a_value_is_refused(tmp_path):
    book = _workbook()
    book["people"]["B4"], book["people"]["H4"] = "=CONCAT(A1)", "=B9"
    write(tmp_path, **{"roster.xlsx": _saved(book)})

    with pytest.raises(UnparsableError) as raised:
        collect(tmp_path, people="roster.xlsx#people")

    assert str(raised.value).splitlines() == [
        f"roster.xlsx [people], row 4, column {heading}: found a formula that was never reckoned, needs its value: "
        "open the file in a spreadsheet program and save it"
        for heading in ("name", "department_code")
    ]


def _in_a_roster(tmp_path, rows: list[list], changed: dict[str, tuple[object, str]], epoch=None) -> Collected:
    """A workbook with these people; then cells, each with its value and format, in place of others."""
    book = _workbook(epoch)
    people = book["people"]
    people.delete_rows(4)
    people["B2"] = len(rows)
    for row in rows:
        people.append(row)
    for place, (value, shown) in changed.items():
        people[place] = value
        people[place].number_format = shown
    write(tmp_path, **{"roster.xlsx": _saved(book)})
    return collect(tmp_path, **dict.fromkeys(("people", "department_table", "heads"), "roster.xlsx"))


_TWICE = [
    ["00009", "甲", "left", "employee", date(2015, 1, 5), date(2018, 2, 3), None, "GD"],
    [
        "00009",
        "甲",
        "active",
        "employee",
        date(2020, 2, 29),
        None,
        None,
        "GD",
        None,
        None,
        None,
        "FIN",
        "顧問",
    ],
]


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_a_rehire_with_two_posts_is_the_same_in_a_workbook_of_either_calendar(tmp_path, epoch):
    person = fact_of(_in_a_roster(tmp_path, _TWICE, {}, epoch), "person/00009")

    assert [(one["hire_date"], one.get("last_working_day")) for one in person["employments"]] == [
        ("2015-01-05", "2018-02-03"),
        ("2020-02-29", None),
    ]
    assert (person["department_code"], person["posts"]) == (
        "GD",
        ({"department_code": "FIN", "position": "顧問"},),
    )


def test_a_number_in_a_workbook_is_what_its_cell_shows(tmp_path):
    rows = [["", "甲", "active", "employee", date(2020, 1, 5), None, None, "GD"]] * 2
    shown = {"A4": (9, "00000"), "A5": (10, "General")}

    found = _in_a_roster(tmp_path, rows, shown)

    assert {fact.uid for fact in found.facts if fact.entity == "person"} == {
        "hr/person/00009",
        "hr/person/10",
    }


@pytest.mark.parametrize(
    "shown", ["[$-zh-CN]yyyy-mm-dd", 'yyyy"年"m"月"d"日"', 'd" h"/m/yyyy', "d\\h/m/yyyy"]
)
def test_a_letter_that_is_only_shown_makes_no_time_of_a_day(tmp_path, shown):
    rows = [["00009", "甲", "active", "employee", None, None, None, "GD"]]

    found = _in_a_roster(tmp_path, rows, {"E4": (datetime(2020, 1, 5), shown)})  # noqa: DTZ001  # a cell has no zone

    assert fact_of(found, "person/00009")["hire_date"] == "2020-01-05"


def test_a_formula_counts_as_the_value_that_was_reckoned_and_an_empty_text_is_an_empty_cell(tmp_path):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for name, rows in {
            "people": (
                ["as_of", "2026-09-30"],
                ["rows", 1],
                PEOPLE.split(","),
                ["00009", "甲", "active", "employee"],
            ),
            "departments": (["as_of", "2026-09-30"], ["rows", 1], DEPARTMENTS.split(","), ["GD", "總部"]),
            "heads": (["as_of", "2026-09-30"], ["rows", 0], HEADS.split(",")),
        }.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        people = book.get_worksheet_by_name("people")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        people.write_formula("E4", "=DATE(2020,1,5)", day, 43835)
        people.write_formula("F4", '=IF(C4="left",TODAY(),"")', None, "empty")
        people.write_formula("H4", '=VLOOKUP(A4,"secret"!A:B,2)', None, "GD")
    # as a spreadsheet program writes it; the library cannot
    body = _with_xml(stream.getvalue(), b"<v>empty</v>", b"<v></v>")
    write(tmp_path, **{"roster.xlsx": body})

    person = fact_of(
        collect(tmp_path, **dict.fromkeys(("people", "department_table", "heads"), "roster.xlsx")),
        "person/00009",
    )

    assert (person["hire_date"], person["department_code"]) == ("2020-01-05", "GD")
    assert "last_working_day" not in person
    assert person["unknown"] == {}


def _with_xml(body: bytes, old: bytes, new: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as read, zipfile.ZipFile(stream, "w") as written:
        for name in read.namelist():
            written.writestr(name, read.read(name).replace(old, new))
    return stream.getvalue()


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    write(tmp_path, **{"roster.xlsx": "text"})

    with pytest.raises(UnparsableError, match=r"roster\.xlsx: no XLSX workbook"):
        collect(tmp_path, people="roster.xlsx")
