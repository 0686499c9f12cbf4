"""Registers: what a row says is what the fact says; what cannot be read is named, and nothing is guessed."""

import io
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from collectors import Moment, Source, live
from collectors.registers import RegisterCollector, RegisterOptions
from collectors.transport import Request, Response
from engine.errors import SourceError, UnparsableError

DAY = date(2026, 7, 1)
AT = "2026-10-01T00:00:00Z"
MOMENT = Moment("2026-09-30T15:59:59Z", ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True)
class OneFile:
    body: bytes

    def fetch(self, _request):
        return Response(self.body, AT)


def collected(register, body, *, file="r.csv", as_of="2026-09-30", author="王芳", **more):
    stated = {"as_of": as_of, "author": author}
    options = RegisterOptions.model_validate(
        {
            "register": register,
            "file": file,
            **{name: value for name, value in stated.items() if value},
            **more,
        }
    )
    body = body.encode() if isinstance(body, str) else body
    return RegisterCollector().collect(Source("reg", "登記表", options), OneFile(body), MOMENT)


def records(register, body, **more):
    return [fact.record() for fact in collected(register, body, **more).facts]


def complaint(register, body, **more):
    with pytest.raises(SourceError) as caught:
        collected(register, body, **more)
    return str(caught.value)


def workbook(*rows, title="群組", meta=()):
    book = openpyxl.Workbook()
    book.worksheets[0].title = title
    for row in rows:
        book.worksheets[0].append(row)
    if meta:
        sheet = book.create_sheet("_meta")
        for row in meta:
            sheet.append(row)
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


GROUPS = "group,purpose,label,quiet until,scope departments,owner department,manager,scope,scope projects,reviewed at\n"
ENTRY = {
    "uid": "reg/register_entry/!abc:corp",
    "kind": "group",
    "subject": "key:!abc:corp",
    "subject_key": "!abc:corp",
    "purpose": "採購",
    "label": "confidential",
    "until": "2026-10-05",
    "until_ends_at": "2026-10-05T16:00:00Z",
    "scope_departments": ("FIN", "ADM"),
    "manager": "key:@li.na:corp",
    "reviewed_at": "2026-06-30T16:00:00Z",
    "unknown": {},
}


def test_a_row_becomes_a_fact_with_the_ends_of_its_days():
    found = records(
        "groups", f"{GROUPS}!abc:corp,採購,confidential,2026-10-05,FIN；ADM,,@li.na:corp,,,2026-07-01\n"
    )

    assert found == [ENTRY]


def test_headings_are_taken_in_both_languages_and_as_fields():
    for headings in ("群組,用途", "Group,PURPOSE", "subject,purpose", "群組 / group,用途 / purpose"):
        assert records("groups", f"{headings}\n!abc,採購\n")[0]["purpose"] == "採購"


def test_csv_xlsx_and_yaml_say_the_same():
    text = "as_of,2026-09-30\nauthor,王芳\ngroup,purpose,label,quiet until\n!abc,採購,機密,2026-10-05\n"
    rows = [["as of", date(2026, 9, 30)], ["author", "王芳"], ["group", "purpose", "label", "quiet until"]]
    cells = ["!abc", "採購", "機密", date(2026, 10, 5)]
    document = "as_of: 2026-09-30\nauthor: 王芳\nrows:\n- {group: '!abc', purpose: 採購, label: 機密, quiet until: 2026-10-05}\n"
    stated = {"as_of": None, "author": None}

    found = [
        records("groups", text, **stated),
        records("groups", text.encode("gb18030"), **stated),
        records("groups", text.encode("utf-8-sig"), **stated),
        records("groups", workbook(*rows, cells), file="r.xlsx", **stated),
        records("groups", workbook(rows[2], cells, meta=rows[:2]), file="r.xlsx", **stated),
        records("groups", document, file="r.yaml", **stated),
    ]

    assert found == [found[0]] * len(found)


def test_what_a_cell_does_not_say_is_never_yes_and_never_no():
    found = records(
        "credentials", "account,mfa enrolled,password changed at\na,,\nb,?,未知\nc,***,***\nd,否,-\n"
    )

    assert [(one.get("mfa_enrolled"), one["unknown"].get("mfa_enrolled")) for one in found] == [
        (None, "not_collected"),
        (None, "not_collected"),
        (None, "redacted"),
        ("no", None),
    ]
    assert [one["unknown"].get("password_changed_at") for one in found] == [
        "not_collected",
        "not_collected",
        "redacted",
        None,
    ]


def test_a_column_that_is_not_there_is_not_known_and_an_empty_cell_is_none():
    without, empty = (
        records("service_accounts", text)[0] for text in ("account\nbot\n", "account,owner\nbot,\n")
    )

    assert without["unknown"]["owner"] == "not_collected"
    assert "owner" not in empty
    assert "owner" not in empty["unknown"]


def test_texts_that_may_be_empty_are_known_to_be_empty():
    text = "number,department code,also for,reason,software,functions\n1,FIN,,,?,\n"

    found = records("exception_requests", text)[0]

    assert (found["reason"], found["functions"], found["also_for"]) == ("", "", ())
    assert found["unknown"]["software"] == "not_collected"


def test_all_rows_of_one_approval_are_its_decisions_oldest_first():
    text = (
        "number,requested by,released departments,approver,role,decision,decided at\n"
        "A1,E001,,E003,approver,approved,2026-07-03 10:00\n"
        "A2,E001,,,,,\n"
        "A1,,,E002,assessor,批准,2026-07-02T02:00:00Z\n"
    )

    first, second = records("approvals", text)

    assert first["decisions"] == (
        {"by": "key:E002", "role": "assessor", "decision": "approved", "at": "2026-07-02T02:00:00Z"},
        {"by": "key:E003", "role": "approver", "decision": "approved", "at": "2026-07-03T02:00:00Z"},
    )
    assert first["decided_at"] == "2026-07-03T02:00:00Z"
    assert (second["decisions"], "decided_at" in second, "decided_at" in second["unknown"]) == (
        (),
        False,
        False,
    )


def test_without_columns_of_decisions_nothing_is_decided_and_nothing_is_undecided():
    found = records("approvals", "number,released departments,state\nA1,,approved\n")[0]

    assert (found["unknown"]["decisions"], found["unknown"]["decided_at"]) == (
        "not_collected",
        "not_collected",
    )


def test_rows_of_one_approval_may_not_contradict_each_other():
    text = "number,released departments,requested by,approver\nA1,,E1,E2\nA1,,E9,E3\n"

    assert complaint("approvals", text) == (
        "r.csv, row 3, column requested_by: found 'E9', row 2 of the same number has 'E1'"
    )


def test_every_wrong_cell_is_named_at_once():
    text = "group,label,quiet until,reviewed at\n!a,geheim,soon,2026-09-31\n,public,,\n!b,,,\n!b,,,,x\n"

    lines = complaint("groups", text).splitlines()

    assert lines == [
        "r.csv, row 2, column label: found 'geheim', needs one of public, internal, confidential, secret, unknown",
        "r.csv, row 2, column quiet until: found 'soon', needs a date like 2026-09-30",
        "r.csv, row 2, column reviewed at: found '2026-09-31', needs a date and time like 2026-09-30 17:05",
        "r.csv, row 3, column group: found nothing, needs the name, login or number of one that is on file",
        "r.csv, row 5: found 'x' beyond the last heading",
        "r.csv, row 5: found '!b' again, it stands in row 4",
    ]


def test_a_wrong_cell_of_a_workbook_is_named_by_its_sheet():
    body = workbook(["group", "label"], ["!a", "x"])

    assert complaint("groups", body, file="a.xlsx").startswith(
        "a.xlsx [群組], row 2, column label: found 'x'"
    )


def test_an_unknown_heading_is_an_error_that_names_the_right_one():
    assert "found the heading 'purpse', did you mean 'purpose'?" in complaint(
        "groups", "group,purpse\n!a,x\n"
    )


def test_a_heading_twice_or_a_needed_one_missing_is_an_error():
    assert complaint("groups", "group,purpose,用途\n!a,x,y\n") == "r.csv: found the heading '用途' twice"
    assert (
        complaint("waivers", "number,subject,reason\nW1,x,y\n")
        == "r.csv: found no column 檢查項 / check, it is needed"
    )


@pytest.mark.parametrize(
    ("missing", "text"),
    [
        ({"as_of": None}, "found no as_of, needs the day that the register describes"),
        ({"author": None}, "found no author, needs the name of who keeps the register"),
    ],
)
def test_a_register_says_as_of_when_and_by_whom(missing, text):
    assert text in complaint("groups", "group\n!a\n", **missing)


def test_two_days_that_contradict_each_other_are_an_error():
    assert (
        complaint("groups", "as_of,2026-06-30\ngroup\n!a\n")
        == "r.csv: as_of: found 2026-06-30, company.yaml says 2026-09-30"
    )


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("2026-08-30", "complete"),
        ("2026-08-29", "stale"),
        ("2026-10-31", "complete"),
        ("2026-11-01", "stale"),
    ],
)
def test_a_register_that_is_too_old_or_too_young_is_stale(as_of, state):
    report = collected("groups", "group\n!a\n", as_of=as_of).report

    assert (report.completeness, report.received) == (state, {"register_entry": 1})


def test_a_register_with_fewer_rows_than_it_states_is_partial():
    report = collected("groups", "rows,3\ngroup\n!a\n!b\n").report

    assert (report.completeness, report.problems) == ("partial", ("r.csv: found 2 rows, it states 3",))


def test_its_report_says_which_register_it_is():
    report = collected("sponsors", "account,group,sponsor,sponsored until\n@x:y,,E1,2026-12-31\n").report

    assert (report.type, report.delivers, report.as_of) == (
        "register:sponsors",
        ("register_entry",),
        "2026-09-30T15:59:59Z",
    )


def test_examples_and_empty_rows_are_left_out_and_a_name_with_a_hash_is_not():
    found = records("groups", "# a remark\ngroup,purpose\n例：x,y\n,\n#general,z\n")

    assert [one["subject_key"] for one in found] == ["#general"]


def test_an_instant_needs_its_time_where_the_order_of_events_matters():
    text = complaint("announcements", "number,published at,audience departments\nN1,2026-09-30,\n")

    assert text.endswith("needs a date and time like 2026-09-30 17:05; the time of day matters here")


@pytest.mark.parametrize(
    "written",
    [
        "2026-07-01 09:30",
        "2026/7/1 9:30:00",
        "2026-07-01T01:30:00Z",
        "2026-07-01T09:30:00.5+0800",
        "2026年7月1日 09:30",
    ],
)
def test_instants_are_local_unless_they_name_a_zone(written):
    found = records("announcements", f"number,published at,audience departments\nN1,{written},\n")[0]

    assert (found["published_at"], found["published_local"]) == (
        "2026-07-01T01:30:00Z",
        "2026-07-01T09:30:00",
    )


def test_a_last_day_holds_until_it_is_over():
    found = records(
        "delegations", "delegator,delegate,valid from,valid until,scope\nE1,E2,2026-07-01,2026-07-31,\n"
    )[0]

    assert (found["valid_from"], found["valid_until"]) == ("2026-06-30T16:00:00Z", "2026-07-31T16:00:00Z")


def test_a_midnight_in_a_workbook_is_a_date_unless_its_format_shows_hours():
    headings = ["number", "published at", "audience departments"]
    midnight, day = (workbook(headings, ["N1", one, None]) for one in (datetime.combine(DAY, time()), DAY))

    assert "time of day" in complaint("announcements", day, file="a.xlsx")
    assert records("announcements", midnight, file="a.xlsx")[0]["published_at"] == "2026-06-30T16:00:00Z"


def test_a_formula_without_a_value_is_not_an_empty_cell():
    assert "a formula that was never reckoned" in complaint(
        "groups", workbook(["group", "purpose"], ["!a", "=B1"]), file="a.xlsx"
    )


@pytest.mark.parametrize("aside", [(), ("secret",)])
def test_a_formula_without_a_value_hides_no_other_wrong_cell(aside):
    body = workbook(
        ["account", "owner", "reviewed at", *aside],
        ["a", "=B9", "soon"],
        ["=A9"],
        ["", "E1", "2026-07-01", *("=Z1" for _ in aside)],
    )
    source = Source("reg", "R", RegisterOptions(register="service_accounts", file="a.xlsx"))
    kept = RegisterCollector().strip(source, Request("file", "a.xlsx"), Response(body, AT)).body
    told = complaint("service_accounts", kept, file="a.xlsx").splitlines()

    assert [line.partition(", needs")[0] for line in told if "heading" not in line] == [
        "a.xlsx [群組], row 2, column owner: found a formula that was never reckoned",
        "a.xlsx [群組], row 2, column reviewed at: found 'soon'",
        "a.xlsx [群組], row 3, column account: found a formula that was never reckoned",
        "a.xlsx [群組], row 4, column account: found nothing",
    ]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ((["as of", "=TODAY()"], ["group"], ["!a"]), "as_of"),
        ((["group", "=B9"], ["!a", "x"]), "heading 2"),
    ],
)
def test_a_formula_without_a_value_above_the_rows_is_told(rows, place):
    assert f"a.xlsx [群組], {place}: found a formula that was never reckoned" in complaint(
        "groups", workbook(*rows), file="a.xlsx"
    )


def test_a_misspelt_heading_hides_no_wrong_cell_of_the_others():
    told = complaint(
        "service_accounts", "accuont,owner,reviewed at\nbot,E1,soon\nbot,E2,2026-07-01\n"
    ).splitlines()

    assert [line.partition(", did")[0].partition(", needs")[0] for line in told] == [
        "r.csv: found the heading 'accuont'",
        "r.csv: found no column 賬號 / account, it is needed",
        "r.csv, row 2, column reviewed at: found 'soon'",
    ]


def test_a_number_twice_is_told_beside_other_wrong_cells():
    rows = ("account,owner,reviewed at", "bot,E1,soon", "bot,E2,2026-07-01", ",E3,2026-07-01")

    told = complaint("service_accounts", "\n".join(rows)).splitlines()

    assert [line.partition(", needs")[0] for line in told] == [
        "r.csv, row 2, column reviewed at: found 'soon'",
        "r.csv, row 3: found 'bot' again, it stands in row 2",
        "r.csv, row 4, column account: found nothing",
    ]


def test_numbers_of_people_are_plain_whatever_width_they_were_typed_in():
    assert records("service_accounts", "account,owner\nbot,Ｅ００１\n")[0]["owner"] == "key:E001"


def test_an_interval_is_written_in_hours_and_kept_in_seconds():
    found = records("backup_plans", "name,interval hours,method\np,24,無\n")[0]

    assert (found["interval_s"], found["method"]) == (86400, "none")


@pytest.mark.parametrize(
    ("file", "body", "text"),
    [
        ("a.pdf", b"x", "a.pdf: found the ending .pdf, needs .csv, .xlsx or .yaml"),
        ("a.csv", b"\xff\xff\xff", "a.csv: unknown encoding, found bytes that are not utf-8-sig or gb18030"),
        ("a.csv", b"", "a.csv: found no row of headings"),
        ("a.csv", b'group\n"a"b\n', r"a.csv: no CSV \(.*\)"),
        ("a.xlsx", b"x", "a.xlsx: no XLSX workbook"),
        ("a.yaml", b"rows: [", "a.yaml, line 1: no YAML"),
        ("a.yaml", b"- x", "a.yaml: needs the keys as_of, author and rows.*"),
        ("a.yaml", b"x: 1\nrows: []", "a.yaml, line 1: found 'x', needs the keys.*"),
        ("a.yaml", b"author: x", "a.yaml: needs the keys.*"),
        ("a.yaml", b"rows: [x]", "a.yaml, line 1: needs the keys.*"),
        ("a.yaml", b"rows: [{group: a, group: b}]", "a.yaml, line 1: found 'group' twice in one row"),
        (
            "a.yaml",
            b"rows: [{group: {a: b}}]",
            "a.yaml, line 1: found a map, needs a value or a list of values",
        ),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_one_line(file, body, text):
    assert re.fullmatch(text, complaint("groups", body, file=file))


def test_a_list_may_be_a_list_in_yaml():
    body = "rows:\n- {group: '!a', scope departments: [FIN, ADM], purpose: }\n"

    found = records("groups", body, file="a.yml")[0]

    assert (found["scope_departments"], "purpose" in found) == (("FIN", "ADM"), False)
    assert "needs a text" in complaint("groups", "rows:\n- {group: a, purpose: [a, b]}\n", file="a.yml")


def test_which_sheet_is_never_guessed():
    book = openpyxl.Workbook()
    book.create_sheet("另一張").append(["group"])
    body = io.BytesIO()
    book.save(body)

    assert "needs to know which" in complaint("groups", body.getvalue(), file="a.xlsx")
    assert "found no sheet '沒有'" in complaint("groups", body.getvalue(), file="a.xlsx", sheet="沒有")
    assert records("groups", body.getvalue(), file="a.xlsx", sheet="另一張") == []


def test_a_value_that_the_fact_does_not_allow_is_named_by_its_row():
    assert complaint("training_sessions", f"title,attendees\nx,{2**60}\n").startswith(
        "r.csv, row 2, column attendees: "
    )


def test_nothing_of_a_strange_column_or_sheet_is_kept():
    collector = RegisterCollector()
    files = {
        "a.csv": b"as_of,2026-09-30\ngroup,phone\n!a,13800000000\n",
        "a.xlsx": workbook(["group", "phone"], ["!a", "13800000000"], meta=[["author", "13800000001"]]),
        "a.yaml": b"as_of: 2026-09-30\nrows:\n- {group: '!a', phone: '13800000000'}\n",
    }
    for file, body in files.items():
        source = Source("reg", "R", RegisterOptions(register="groups", file=file))
        once = collector.strip(source, Request("file", file), Response(body, AT))
        twice = collector.strip(source, Request("file", file), once)

        assert "found the heading 'phone'" in complaint("groups", once.body, file=file)
        assert b"13800000000" not in once.body
        assert file == "a.xlsx" or twice == once


def test_a_register_without_strange_columns_is_recorded_as_it_is():
    body = "群組,用途\n!a,x\n".encode("gb18030")
    source = Source("reg", "R", RegisterOptions(register="groups", file="a.csv"))

    for given in (body, b"\xff\xff", workbook(["group"], ["!a"])):
        name = "a.xlsx" if given[:2] == b"PK" else "a.csv"
        assert RegisterCollector().strip(source, Request("file", name), Response(given, AT)).body == given


def test_unparsable_is_a_state_of_its_own():
    with pytest.raises(UnparsableError) as caught:
        collected("groups", "x\n")

    assert (caught.value.reason, caught.value.help) == (
        "unparsable",
        "start from a template: clausewise init",
    )


def test_a_whole_column_of_the_wrong_kind_is_told_in_part():
    lines = complaint("groups", "group,label\n" + "".join(f"!{n},x\n" for n in range(300))).splitlines()

    assert (len(lines), lines[-1]) == (201, "and 100 more")


def test_none_where_nothing_can_be_none_is_an_empty_cell():
    found = records("vuln_findings", "vulnerability,component,fixed version,severity\nCVE-1,-,-,無\n")[0]

    assert (found["unknown"]["component"], "fixed_version" in found["unknown"], found["severity"]) == (
        "not_collected",
        False,
        "none",
    )


def test_what_a_spreadsheet_makes_of_yes_and_of_numbers_is_read():
    rows = (
        ["name", "encrypted", "retention days", "interval hours"],
        ["p", True, 30.0, 24],
        ["q", False, None, 1.5],
    )

    text = complaint("backup_plans", workbook(*rows), file="a.xlsx")
    found = records("backup_plans", workbook(*rows[:2]), file="a.xlsx")[0]

    assert text == "a.xlsx [群組], row 3, column interval hours: found '1.5', needs a whole number, 0 or more"
    assert (found["encrypted"], found["retention_days"], found["interval_s"]) == ("yes", 30, 86400)


@pytest.mark.parametrize("written", ["1066-10-14", "soon", "2026-09-30 10:00"])
def test_the_day_of_a_register_is_a_date(written):
    text = f"as_of,{written}\ngroup\n!a\n"

    assert (
        complaint("groups", text, as_of=None)
        == f"r.csv: as_of: found {written!r}, needs a date like 2026-09-30"
    )


def test_a_reference_that_must_be_there_cannot_be_left_open():
    for cell in ("?", "***"):
        assert complaint("groups", f"group\n{cell}\n").endswith("on file; it cannot be left open")


def test_a_wrong_list_is_shown_as_it_is_written():
    body = "rows:\n- {group: '!a', purpose: [a, b]}\n"

    assert "found 'a; b'" in complaint("groups", body, file="a.yaml")


def test_a_live_register_is_a_file_beside_company_yaml(tmp_path):
    (tmp_path / "a.csv").write_text("as_of,2026-09-30\nauthor,王芳\ngroup\n!a\n", encoding="utf-8")
    source = Source("reg", "R", RegisterOptions(register="groups", file="a.csv"))

    with live(RegisterCollector(), source, "", tmp_path) as transport:
        found = RegisterCollector().collect(source, transport, MOMENT)

    assert [fact.uid for fact in found.facts] == ["reg/register_entry/!a"]
