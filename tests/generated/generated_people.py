"""Departments with their heads, and people: some with two posts, on leave, leaving, gone, or hired again."""

from datetime import date, timedelta
from typing import Any

from generated_draw import NONE, UNKNOWN, ZONE, Maker

from engine.calendar import day_end, day_start, from_instant
from engine.facts import Delegation, Department, Person

_TREE = {"GD": None, "ENG": "GD", "FIN": "GD", "OPS": "ENG"}


def make_people(make: Maker) -> list[str]:
    """Departments and people; the uids of the people."""
    today = from_instant(make.as_of).astimezone(ZONE).date()
    uids = [f"hr/person/{number:03d}" for number in range(make.number(4, 8))]
    for number in range(len(uids)):
        _person(make, number, uids, today)
    for code, parent in _TREE.items():
        _department(make, code, parent, uids)
    if make.now_and_then():
        make.add(
            Delegation, "1", "hr", delegator=make.pick(*uids), delegate=make.pick(*uids), scope="",
            valid_from=make.around(100, 20), valid_until=make.pick(NONE, make.around(5, 0)),
        )  # fmt: skip
    return uids


def _department(make: Maker, code: str, parent: str | None, uids: list[str]) -> None:
    person = make.pick(*uids)
    heads = make.mostly(
        ({"person": person, "acting": "no"},),
        (),
        ({"person": person, "acting": "yes", "from_at": make.at(10)},),
        ({"person": person, "acting": "no", "until_at": make.around(0, 30)},),
        (
            {"person": person, "acting": "no", "until_at": make.at(30)},
            {"person": uids[0], "acting": "no", "from_at": make.at(30)},
        ),
        ({"person": uids[0], "acting": "no"}, {"person": uids[1], "acting": "no"}),
        UNKNOWN,
    )
    merged = code == "OPS" and make.now_and_then()
    make.add(
        Department, code, "hr", code=code, name=code, parent=parent, heads=heads, head=NONE, deputies=(),
        renamed_from=("OLD",) if code == "ENG" else (), valid_until=make.at(40) if merged else NONE,
        merged_into="ENG" if merged else NONE,
    )  # fmt: skip


def _person(make: Maker, number: int, uids: list[str], today: date) -> None:
    key = uids[number].rpartition("/")[2]
    code = make.mostly(("GD", "ENG", "FIN", "OPS")[number % 4], "OLD", UNKNOWN)
    leaving = make.mostly(make.pick(30, 2, 1, 0, -20, 100), UNKNOWN)
    last: Any = leaving if leaving is UNKNOWN else make.pick(NONE, NONE, today - timedelta(days=leaving))
    newcomer = last is NONE and make.pick("no", "no", "yes") == "yes"
    hired = today - timedelta(days=make.pick(20, 60, 8, 7, 6) if newcomer else 900)
    again = today - timedelta(days=make.pick(1, 0, 10, -10))
    left = isinstance(last, date)
    employments: list[dict[str, Any]] = [_employment(hired, last if left else None)]
    if left and last < again and make.now_and_then():
        employments.append(_employment(again, None))
        hired, last, left = again, NONE, False
    back = make.mostly(NONE, make.around(10, 90, 100), UNKNOWN)
    make.add(
        Person, key, "hr", employee_no=key, name=f"員工{key}",
        status="left" if left and last < today else make.mostly("active", "leave", UNKNOWN),
        employment_type=make.mostly("employee", "contractor", "intern", "external", UNKNOWN),
        hire_date=hired.isoformat(), hire_day_starts_at=day_start(hired, ZONE), hire_day_ends_at=day_end(hired, ZONE),
        last_working_day=last.isoformat() if left else last, last_day_ends_at=day_end(last, ZONE) if left else last,
        employments=tuple(employments), department_code=code, position="專員", post_since=day_start(hired, ZONE),
        posts=make.mostly((), ({"department_code": "FIN", "position": "顧問"},)),
        manager=make.mostly(uids[number - 1] if number else NONE, NONE, UNKNOWN),
        leave_starts_at=NONE if back is NONE else make.at(200), leave_ends_at=back,
    )  # fmt: skip


def _employment(first: date, last: date | None) -> dict[str, Any]:
    found = {"hire_date": first.isoformat(), "hire_day_starts_at": day_start(first, ZONE)}
    if last is not None:
        found |= {"last_working_day": last.isoformat(), "last_day_ends_at": day_end(last, ZONE)}
    return found
