"""HR's roster: refused where it cannot be right, and read to the letter where it can."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError
from rosters import DEPARTMENTS, HEADS, MOMENT, PEOPLE, QIAO, SHEN, collect, fact_of, recorded, table, write

from collectors import Moment, Source
from collectors.roster import RosterCollector, RosterOptions
from collectors.transport import RecordingFolder, ReplayTransport, Request, Response
from engine.errors import SourceError, UnparsableError


def _person(tmp_path: Path, row: str, number: str = "00009", headings: str = PEOPLE, **options) -> dict:
    write(tmp_path, people=table(headings, *([SHEN, row] if headings == PEOPLE else [row])))
    return fact_of(collect(tmp_path, **options), f"person/{number}")


def test_a_person_is_read_with_days_and_the_instants_of_the_companys_zone(tmp_path):
    collected = collect(write(tmp_path))

    assert collected.report.completeness == "complete"
    assert collected.report.as_of == "2026-09-30T15:59:59Z"
    assert fact_of(collected, "person/00002") == {
        "uid": "hr/person/00002",
        "unknown": {},
        "employee_no": "00002",
        "name": "喬安寧",
        "status": "active",
        "employment_type": "employee",
        "hire_date": "2020-05-06",
        "hire_day_starts_at": "2020-05-05T16:00:00Z",
        "hire_day_ends_at": "2020-05-06T16:00:00Z",
        "employments": ({"hire_date": "2020-05-06", "hire_day_starts_at": "2020-05-05T16:00:00Z"},),
        "department_code": "FIN",
        "position": "會計",
        "posts": ({"department_code": "GD", "position": "秘書"},),
        "post_since": "2023-12-31T16:00:00Z",
        "manager": "hr/person/00001",
    }


def test_days_follow_the_clock_changes_of_the_zone(tmp_path):
    row = "00009,甲,left,employee,2020-01-05,2026-03-29,,GD,,,,,,,"
    write(tmp_path, people=table(PEOPLE, row))

    collected = collect(tmp_path, Moment("2026-09-30T21:59:59Z", ZoneInfo("Europe/Berlin")))

    person = fact_of(collected, "person/00009")
    assert (person["hire_day_starts_at"], person["last_day_ends_at"]) == (
        "2020-01-04T23:00:00Z",
        "2026-03-29T22:00:00Z",
    )


def test_a_leaver_keeps_when_hr_entered_it(tmp_path):
    person = _person(tmp_path, "00009,甲,left,employee,2020-01-05,2026-08-31,2026-08-20 17:00,GD,,,,,,,")

    assert (person["status"], person["last_day_ends_at"], person["left_recorded_at"]) == (
        "left",
        "2026-08-31T16:00:00Z",
        "2026-08-20T09:00:00Z",
    )


def test_a_leaver_without_a_last_day_has_an_unknown_one(tmp_path):
    person = _person(tmp_path, "00009,甲,left,employee,2020-01-05,,2026-08-20,GD,,,,,,,")

    assert person["unknown"] == {"last_day_ends_at": "not_collected", "last_working_day": "not_collected"}
    assert person["left_recorded_at"] == "2026-08-19T16:00:00Z"


def test_a_rehire_has_both_employments_and_is_what_the_later_one_says(tmp_path):
    first, second = (
        "00009,甲,left,employee,2015-01-05,2018-02-03,,GD,,,,,,,",
        "00009,甲,active,contractor,2020-01-05,,,FIN,,,,,,,",
    )
    write(tmp_path, people=table(PEOPLE, second, first))

    person = fact_of(collect(tmp_path), "person/00009")

    assert [one["hire_date"] for one in person["employments"]] == ["2015-01-05", "2020-01-05"]
    assert (person["status"], person["employment_type"], person["department_code"]) == (
        "active",
        "contractor",
        "FIN",
    )
    assert "last_working_day" not in person


def test_two_main_posts_at_a_time_are_an_error_of_the_data_and_the_first_counts(tmp_path):
    rows = [
        "00009,甲,active,employee,2020-01-05,,,GD,,,,,,,",
        "00009,甲,active,employee,2020-01-05,,,FIN,,,,,,,",
    ]
    collected = collect(write(tmp_path, people=table(PEOPLE, *rows)))

    assert fact_of(collected, "person/00009")["department_code"] == "GD"
    assert collected.report.problems == (
        "person 00009: rows 4 and 5 are for the same time; the first counts",
    )
    assert collected.report.completeness == "complete"


def test_a_long_leave_has_a_start_and_an_end(tmp_path):
    person = _person(tmp_path, "00009,甲,leave,intern,2020-01-05,,,GD,,,,,,2026-05-01,2026-11-01")

    assert (person["leave_starts_at"], person["leave_ends_at"]) == (
        "2026-04-30T16:00:00Z",
        "2026-11-01T16:00:00Z",
    )


def test_a_manager_whom_the_roster_does_not_know_stays_a_number(tmp_path):
    assert _person(tmp_path, "00009,甲,active,employee,2020-01-05,,,GD,,,00077,,,,")["manager"] == "key:00077"


@pytest.mark.parametrize(
    ("written", "options", "number"),
    [
        ("００００９", {}, "00009"),
        ("9", {"employee_no_width": 5}, "00009"),
        ("00009", {}, "00009"),
        ("A9", {"employee_no_width": 5}, "A9"),
    ],
)
def test_an_employee_number_keeps_its_zeros_and_has_plain_digits(tmp_path, written, options, number):
    person = _person(tmp_path, f"{written},甲,active,employee,2020-01-05,,,GD,,,,,,,", number, **options)

    assert person["employee_no"] == number


def test_numbers_that_have_lost_their_zeros_are_told(tmp_path):
    short = [f"{number},甲,active,employee,2020-01-05,,,GD,,,,,,," for number in (7, 8, "A1")]
    write(tmp_path, people=table(PEOPLE, SHEN, *short))

    told, mended = collect(tmp_path), collect(tmp_path, employee_no_width=5)

    assert told.report.problems == (
        "employee numbers 7, 8 are shorter than those that begin with 0; employee_no_width: 5 gives them their zeros back",
    )
    assert told.report.completeness == "complete"
    assert mended.report.problems == ()
    assert fact_of(mended, "person/00007")["employee_no"] == "00007"


def test_full_width_digits_are_digits_in_days_and_codes_too(tmp_path):
    row = "００００９,甲,ｌｅｆｔ,employee,２０２０－０１－０５,２０２６年８月３１日,２０２６－０８－２０　１７：００,ＧＤ,,,００００１,,,,"
    person = _person(tmp_path, row)

    assert (person["status"], person["hire_date"], person["last_working_day"]) == (
        "left",
        "2020-01-05",
        "2026-08-31",
    )
    assert (person["left_recorded_at"], person["department_code"], person["manager"]) == (
        "2026-08-20T09:00:00Z",
        "GD",
        "hr/person/00001",
    )


def test_chinese_headings_and_words_are_known_and_others_can_be_declared(tmp_path):
    headings = "員工編號,姓名,狀態,用工類型,入職日期,最後工作日,離職登記時間,部門代碼,上級工號"
    person = _person(
        tmp_path,
        "00009,甲,返聘,正式員工,2020年1月5日,,,GD,",
        headings=headings,
        columns={"employee_no": "員工編號"},
        words={"返聘": "active"},
    )

    assert (person["status"], person["hire_date"]) == ("active", "2020-01-05")
    assert person["unknown"] == {
        "leave_ends_at": "not_collected",
        "leave_starts_at": "not_collected",
        "position": "not_collected",
        "post_since": "not_collected",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_utf_8_and_gb18030_are_told_apart(tmp_path, encoding):
    write(tmp_path, people=table(PEOPLE, SHEN, QIAO).encode(encoding))

    assert fact_of(collect(tmp_path), "person/00001")["name"] == "沈知遠"


def test_a_declared_encoding_is_believed(tmp_path):
    files = {
        "people": table(PEOPLE, SHEN).encode("big5"),
        "departments": table(DEPARTMENTS, "GD,總部,,,,,").encode("big5"),
    }

    assert fact_of(collect(write(tmp_path, **files), encoding="big5"), "person/00001")["name"] == "沈知遠"


def test_bytes_of_no_known_encoding_are_refused(tmp_path):
    with pytest.raises(UnparsableError, match=r"people\.csv: unknown encoding"):
        collect(write(tmp_path, people=b"\xff\xff\xff,\xff"))


def test_departments_have_a_line_a_history_and_heads(tmp_path):
    departments = table(
        DEPARTMENTS,
        "GD,總部,,,,,",
        "LEG,法務部,GD,2026-07-01,,LAW；OLD,",
        "TMP,臨時組,GD,2020-01-01,2026-06-30,,LEG",
    )
    heads = table(
        HEADS,
        "LEG,00002,2026-07-01,2026-09-30,是,",
        "LEG,00001,2020-01-01,2026-06-30,,",
        "GD,00001,,,否,",
        "GD,00002,2020-01-01,,,yes",
        "LEG,00002,2020-01-01,2020-12-31,no,yes",
    )
    collected = collect(write(tmp_path, departments=departments, heads=heads))

    legal, temporary, root = (fact_of(collected, f"department/{code}") for code in ("LEG", "TMP", "GD"))
    assert (legal["parent"], legal["renamed_from"], legal["valid_from"], legal["deputies"]) == (
        "GD",
        ("LAW", "OLD"),
        "2026-06-30T16:00:00Z",
        (),
    )
    assert legal["heads"] == (
        {
            "person": "hr/person/00001",
            "from_at": "2019-12-31T16:00:00Z",
            "until_at": "2026-06-30T16:00:00Z",
            "acting": "no",
        },
        {
            "person": "hr/person/00002",
            "from_at": "2026-06-30T16:00:00Z",
            "until_at": "2026-09-30T16:00:00Z",
            "acting": "yes",
        },
    )
    assert (temporary["merged_into"], temporary["valid_until"], temporary["heads"]) == (
        "LEG",
        "2026-06-30T16:00:00Z",
        (),
    )
    assert (root["deputies"], "parent" in root) == (("hr/person/00002",), False)


def test_a_department_twice_and_a_head_of_none_are_errors_of_the_data(tmp_path):
    collected = collect(
        write(
            tmp_path,
            departments=table(DEPARTMENTS, "GD,總部,,,,,", "GD,總公司,,,,,"),
            heads=table(HEADS, "XX,00077,,,,"),
        )
    )

    assert fact_of(collected, "department/GD")["name"] == "總部"
    assert collected.report.problems == (
        "department GD: rows 4 and 5 are the same; the first counts",
        "heads.csv: heads of the department XX, which is in no row",
    )
    assert collected.report.completeness == "complete"


def test_a_wrong_control_total_is_refused_with_both_numbers(tmp_path):
    with pytest.raises(SourceError, match=r"people\.csv: found 2 rows, the control total is 180"):
        collect(write(tmp_path, people=table(PEOPLE, SHEN, QIAO, total=180)))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"rows,1\n{PEOPLE}\n{SHEN}\n", "no day that it is as of"),
        (f"as_of,soon\nrows,1\n{PEOPLE}\n{SHEN}\n", "no day that it is as of"),
        (f"as_of,2026-09-30\n{PEOPLE}\n{SHEN}\n", "no control total"),
    ],
)
def test_a_file_that_does_not_say_of_when_or_how_many_is_refused(tmp_path, body, text):
    with pytest.raises(SourceError, match=text):
        collect(write(tmp_path, people=body))


def test_a_side_file_may_say_it_for_all(tmp_path):
    rows = {"people": (PEOPLE, SHEN), "departments": (DEPARTMENTS, "GD,總部,,,,,"), "heads": (HEADS,)}
    files = {name: "\n".join(lines) + "\n" for name, lines in rows.items()}
    side = "as_of: 2026-09-30\ntotals: {people: 1, departments: 1, heads: 0}\ncontact: hr@corp.test\n"
    write(tmp_path, **files, **{"side.yaml": side})

    collected = collect(tmp_path, side_file="side.yaml")

    assert collected.report.received == {"department": 1, "person": 1}


@pytest.mark.parametrize("side", ["just text", "{", "totals: 3"])
def test_a_side_file_of_another_shape_is_refused(tmp_path, side):
    write(tmp_path, **{"side.yaml": side})

    with pytest.raises(SourceError, match=r"side\.yaml: found something else|no day that it is as of"):
        collect(tmp_path, side_file="side.yaml")


def test_a_side_file_that_is_no_yaml_is_refused_in_a_recording_too(tmp_path):
    with RecordingFolder(tmp_path) as folder:
        folder.add(Request("file", "side.yaml"), Response(b"{", "2026-10-01T01:00:00Z"))
    source = Source("hr", "HR", RosterOptions(side_file="side.yaml"))

    with pytest.raises(SourceError, match=r"side\.yaml: found something else"):
        RosterCollector().collect(source, ReplayTransport(tmp_path), MOMENT)


def test_a_roster_that_is_too_old_is_stale_and_still_read(tmp_path):
    old = {
        "people": table(PEOPLE, SHEN, as_of="2026-06-30"),
        "departments": table(DEPARTMENTS, "GD,總部,,,,,"),
    }

    report = collect(write(tmp_path, **old)).report

    assert (report.completeness, report.received["person"]) == ("stale", 1)
    assert "92 days away; at most 35 are allowed" in report.problems[0]
    assert collect(tmp_path, max_age_days=92).report.completeness == "complete"


def test_a_roster_of_nobody_is_partial(tmp_path):
    report = collect(write(tmp_path, people=table(PEOPLE), heads=table(HEADS))).report

    assert (report.completeness, report.problems) == ("partial", ("the roster names nobody",))


def test_all_wrong_cells_are_named_at_once(tmp_path):
    rows = [
        "00009,甲,gone,employee,2020-13-05,,,GD,,,,,,,",
        ",乙,active,alien,2020-01-05,,,GD,,,,,,,",
        "00010,,active,employee,45200,2026-08-31 12:00,soon,,#N/A,,,,,,",
    ]
    departments = table(DEPARTMENTS, ",無,,,,,")
    heads = table(HEADS, "GD,,2019-03-01,,perhaps,")

    with pytest.raises(UnparsableError) as raised:
        collect(write(tmp_path, people=table(PEOPLE, *rows), departments=departments, heads=heads))

    either = "(other words can be declared under words:)"
    assert sorted(str(raised.value).split("\n")) == [
        "departments.csv, row 4, column code: found '', needs a value in every row",
        f"heads.csv, row 4, column acting: found 'perhaps', needs one of yes, no {either}",
        "heads.csv, row 4, column employee_no: found '', needs a value in every row",
        "people.csv, row 4, column hire_date: found '2020-13-05', needs a date like 2026-09-30",
        f"people.csv, row 4, column status: found 'gone', needs one of active, prehire, leave, left {either}",
        "people.csv, row 5, column employee_no: found '', needs a value in every row",
        "people.csv, row 6, column department_code: found '', needs a value in every row",
        "people.csv, row 6, column hire_date: found '45200', needs a date like 2026-09-30",
        "people.csv, row 6, column last_working_day: found '2026-08-31 12:00', needs a date like 2026-09-30",
        "people.csv, row 6, column left_recorded_at: found 'soon', needs a date and time like 2026-09-30 18:00",
        "people.csv, row 6, column name: found '', needs a value in every row",
        "people.csv, row 6, column position: found '#N/A', needs a value, not a formula that failed",
    ]


def test_missing_and_doubled_columns_are_named(tmp_path):
    with pytest.raises(UnparsableError) as raised:
        collect(write(tmp_path, people="as_of,2026-09-30\nrows,0\nname,姓名,employee_no\n"))

    lines = str(raised.value).split("\n")
    assert lines[0] == "people.csv: found the column '姓名' twice, needs it once"
    assert "people.csv: found no column 'hire_date'" in lines


@pytest.mark.parametrize(("encoding", "declared"), [("utf-8", None), ("gb18030", None), ("big5", "big5")])
def test_what_is_no_column_of_ours_leaves_the_transport_in_no_form(tmp_path, encoding, declared):
    extra = f"identity card,{PEOPLE},phone"
    people = table(extra, f"310101199001011234,{SHEN},13800000000,without a heading: 13700000000")
    people = f"# export for 13900000000\n{people}".replace("2026-09-30", "2026-09-30,asked by 13600000000")
    others = {"departments": table(DEPARTMENTS, "GD,總部,,,,,"), "heads": table(HEADS)}
    write(tmp_path, **{name: text.encode(encoding) for name, text in (others | {"people": people}).items()})

    folder = tmp_path / "recording"
    collected, replayed = recorded(tmp_path, folder, encoding=declared)

    assert replayed.model_dump_json() == collected.model_dump_json()
    kept = b"".join(path.read_bytes() for path in folder.iterdir())
    assert [word for word in (b"0000000", b"310101199001011234") if word in kept] == []
    assert fact_of(collected, "person/00001")["name"] == "沈知遠"


def test_a_misspelt_option_is_refused():
    with pytest.raises(ValidationError, match="Extra inputs"):
        RosterOptions(peeple="x.csv")
