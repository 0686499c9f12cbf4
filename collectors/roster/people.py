"""People, from the rows of HR's table: several rows with one number are several employments."""

from collections import defaultdict
from datetime import date
from typing import Any

from collectors.clocks import end_of_day, start_of_day
from collectors.harvest import Harvest
from collectors.roster.tables import Table, TableRow
from engine.facts import KEY, Employment, Person, Post

_STATUS = {
    "active": "active", "在職": "active", "在职": "active", "在崗": "active", "在岗": "active",
    "prehire": "prehire", "待入職": "prehire", "待入职": "prehire",
    "leave": "leave", "休假": "leave", "長假": "leave", "长假": "leave", "停薪留職": "leave", "停薪留职": "leave",
    "left": "left", "離職": "left", "离职": "left", "退休": "left",
}  # fmt: skip

_TYPES = {
    "employee": "employee", "正式": "employee", "員工": "employee", "员工": "employee", "正式員工": "employee",
    "正式员工": "employee", "全職": "employee", "全职": "employee",
    "contractor": "contractor", "外包": "contractor", "勞務": "contractor", "劳务": "contractor",
    "intern": "intern", "實習": "intern", "实习": "intern", "實習生": "intern", "实习生": "intern",
    "external": "external", "外部": "external",
}  # fmt: skip

_NO_DAY = date.min

_SHOWN = 5
"""Numbers that a remark names."""


def add_people(harvest: Harvest, table: Table, at: str) -> frozenset[str]:
    """Add every person; the numbers of all of them."""
    by_number: dict[str, list[TableRow]] = defaultdict(list)
    for row in table.rows():
        if number := row.must("employee_no", row.number_of("employee_no")):
            by_number[number].append(row)
    _tell_lost_zeros(harvest, by_number)
    for number, rows in sorted(by_number.items()):
        _add_person(harvest, number, _in_a_row(harvest, number, rows), frozenset(by_number), at)
    return frozenset(by_number)


def _tell_lost_zeros(harvest: Harvest, by_number: dict[str, list[TableRow]]) -> None:
    """Some numbers begin with a zero and others are shorter: a spreadsheet has probably taken theirs."""
    width = max((len(number) for number in by_number if number.isdecimal() and number[0] == "0"), default=0)
    short = sorted(number for number in by_number if number.isdecimal() and len(number) < width)
    if short:
        text = (
            f"employee numbers {', '.join(short[:_SHOWN])}{' and others' if len(short) > _SHOWN else ''} "
            f"are shorter than those that begin with 0; employee_no_width: {width} gives them their zeros back"
        )
        harvest.problem(text, "complete")


def _in_a_row(harvest: Harvest, number: str, rows: list[TableRow]) -> list[TableRow]:
    """The employments one after the other: a row whose time overlaps an earlier one is noted and left out."""
    kept: list[TableRow] = []
    for row in sorted(rows, key=lambda row: (row.day("hire_date") or _NO_DAY, row.number)):
        until = kept[-1].day("last_working_day") if kept else _NO_DAY
        if until is None or (row.day("hire_date") or _NO_DAY) <= until != _NO_DAY:
            text = f"person {number}: rows {kept[-1].number} and {row.number} are for the same time; the first counts"
            # an error in HR's data, not a record that is missing
            harvest.problem(text, "complete")
            continue
        kept.append(row)
    return kept


def _add_person(harvest: Harvest, number: str, rows: list[TableRow], known: frozenset[str], at: str) -> None:
    last = rows[-1]
    zone = last.table.zone
    unknown: dict[str, str] = {}
    hired, left = last.day("hire_date"), last.day("last_working_day")
    status = last.word("status", _STATUS)
    if left is None and status == "left":
        unknown |= dict.fromkeys(("last_working_day", "last_day_ends_at"), "not_collected")
    leave = {name: last.day(name) for name in ("leave_from", "leave_until")}
    for name, column in (("leave_starts_at", "leave_from"), ("leave_ends_at", "leave_until")):
        if column not in last.table.columns:
            unknown[name] = "not_collected"
    manager = last.number_of("manager_employee_no")
    harvest.add(
        Person,
        number,
        name=last.text("name"),
        raw={"rows": [row.raw() for row in rows]},
        at=at,
        observed_at=harvest.as_of,
        values={
            "employee_no": number,
            "name": last.must("name", last.text("name")),
            "status": status,
            "employment_type": last.word("employment_type", _TYPES),
            "hire_date": hired and hired.isoformat(),
            "hire_day_starts_at": hired and start_of_day(hired, zone),
            "hire_day_ends_at": hired and end_of_day(hired, zone),
            "last_working_day": left and left.isoformat(),
            "last_day_ends_at": left and end_of_day(left, zone),
            "left_recorded_at": last.moment("left_recorded_at"),
            "employments": tuple(found for row in rows if (found := _employment(row))),
            "department_code": last.must("department_code", last.code("department_code")) or None,
            "position": last.text("position") if "position" in last.table.columns else None,
            "posts": _second_posts(last),
            "post_since": _post_since(last, hired),
            "manager": _person(harvest, manager, known) if manager else None,
            "leave_starts_at": leave["leave_from"] and start_of_day(leave["leave_from"], zone),
            "leave_ends_at": leave["leave_until"] and end_of_day(leave["leave_until"], zone),
            "unknown": unknown,
        },
    )


def _employment(row: TableRow) -> Employment | None:
    hired, left = row.day("hire_date"), row.day("last_working_day")
    if hired is None:
        return None
    zone = row.table.zone
    fields: dict[str, Any] = {"hire_date": hired.isoformat(), "hire_day_starts_at": start_of_day(hired, zone)}
    if left is not None:
        fields |= {"last_working_day": left.isoformat(), "last_day_ends_at": end_of_day(left, zone)}
    return Employment(**fields)


def _second_posts(row: TableRow) -> tuple[Post, ...]:
    code = row.code("second_department_code")
    return (Post(department_code=code, position=row.text("second_position")),) if code else ()


def _post_since(row: TableRow, hired: date | None) -> str | None:
    """Start of the present post; with an empty cell the person has had it since being hired."""
    if "post_since" not in row.table.columns:
        return None
    since = row.day("post_since") or hired
    return start_of_day(since, row.table.zone) if since else None


def _person(harvest: Harvest, number: str, known: frozenset[str]) -> str:
    # a number that is not in the table stays a key, so that it is listed as an error of the data
    return harvest.uid("person", number) if number in known else f"{KEY}{number}"
