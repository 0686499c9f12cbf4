"""Who moves, comes and leaves by HR's registers, what leavers hand over, who works in which project, and who was taught."""

from datetime import date, timedelta
from typing import Any

from generated_draw import NONE, UNKNOWN, ZONE, Maker

from engine.calendar import day_end, from_instant
from engine.facts import (
    Absence,
    Approval,
    Assignment,
    Handover,
    HandoverItem,
    HrNotice,
    Person,
    TrainingCourse,
    TrainingRecord,
    Transfer,
)

_CODES = ("FIN", "ENG", "GD", "OPS")


def make_staff(make: Maker, people: list[str]) -> None:
    """What the registers about people say."""
    today = from_instant(make.as_of).astimezone(ZONE).date()
    moves = [_transfer(make, number, today, people) for number in range(make.pick(1, 0, 2))]
    numbers = iter(range(1000))
    for person, day in moves:
        _notice(make, next(numbers), "mover", person, day)
    for fact in list(make.facts["hr"]):
        if isinstance(fact, Person):
            if fact.last_working_day:
                leaving = date.fromisoformat(fact.last_working_day)
                _notice(make, next(numbers), "leaver", fact.uid, leaving)
                _handover(make, next(numbers), fact, leaving, people)
            if fact.hire_date:
                _notice(make, next(numbers), "joiner", fact.uid, date.fromisoformat(fact.hire_date))
    for number in range(make.pick(0, 1, 2)):
        _assignment(make, number, people)
    if make.now_and_then():
        make.varied(Absence, "1", "hr", {
            "person": make.pick(*people), "kind": make.pick("leave", "trip", "notice"), "from_at": make.at(30), "until_at": make.at(5),
            "announced_at": make.at(31),
        }, {"kind": (UNKNOWN,), "from_at": (UNKNOWN,), "until_at": (NONE, UNKNOWN, *make.edges(0))})  # fmt: skip


def _transfer(make: Maker, number: int, today: date, people: list[str]) -> tuple[str, date]:
    day = today - timedelta(days=make.pick(20, 40, 8, 2, -5))
    person = make.pick(*people)
    make.varied(Transfer, str(number), "movements", {
        "number": f"T{number}", "person": person, "kind": "transfer", "from_department": make.pick(*_CODES),
        "to_department": make.pick(*_CODES), "from_position": "助理", "to_position": "專員", "effective_on": day.isoformat(),
        "effective_ends_at": day_end(day, ZONE),
    }, {
        "person": (UNKNOWN,), "kind": ("added_post", "ended_post", UNKNOWN), "from_department": (NONE, "OLD", UNKNOWN),
        "to_department": (NONE, UNKNOWN), "from_position": (NONE, UNKNOWN), "to_position": (NONE, UNKNOWN),
        "effective_ends_at": (UNKNOWN,),
    })  # fmt: skip
    return person, day


def _notice(make: Maker, number: int, kind: str, person: str, day: date) -> None:
    if make.pick("yes", "yes", "no") == "no":
        return
    end = from_instant(day_end(day, ZONE))
    sent = end + timedelta(days=make.pick(-10, -1, 0, 2), seconds=make.pick(0, 1))
    make.varied(HrNotice, str(number), "notices_of_hr", {
        "number": f"H{number}", "person": person, "kind": kind, "effective_on": day.isoformat(),
        "sent_at": sent.strftime("%Y-%m-%dT%H:%M:%SZ"), "channel": "manual", "transfer": NONE,
    }, {
        "person": (UNKNOWN,), "kind": ("joiner", "mover", "leaver", UNKNOWN), "sent_at": (UNKNOWN, make.at(-1)),
        "effective_on": (UNKNOWN, (day + timedelta(days=3)).isoformat(), (day - timedelta(days=400)).isoformat()),
        "channel": ("automatic", UNKNOWN), "transfer": ("movements/transfer/0", UNKNOWN),
    })  # fmt: skip


def _handover(make: Maker, number: int, leaver: Person, day: date, people: list[str]) -> None:
    if make.pick("yes", "yes", "no") == "no":
        return
    end = from_instant(day_end(day, ZONE))
    done, open_, doubtful = (
        ({"kind": "task", "what": "檔案", "done": word},) for word in ("yes", "no", "unknown")
    )
    completed = [end + timedelta(days=days, seconds=off) for days, off in ((-2, 0), (0, 0), (0, 1))]
    usual, *others = (at.strftime("%Y-%m-%dT%H:%M:%SZ") for at in completed)
    items: tuple[Any, ...] = ((), open_, doubtful, UNKNOWN)
    make.varied(Handover, str(number), "handovers", {
        "number": f"O{number}", "person": leaver.uid, "department_code": make.pick(NONE, NONE, leaver.department_code),
        "last_working_day": day.isoformat(), "required": "yes", "items": tuple(HandoverItem(**row) for row in done), "completed_at": usual,
        "confirmed_by": make.pick(*people),
    }, {
        "person": (UNKNOWN,), "department_code": ("FIN", UNKNOWN), "last_working_day": (NONE, UNKNOWN), "required": ("no", UNKNOWN),
        "items": items, "completed_at": (NONE, UNKNOWN, *others), "confirmed_by": (NONE, UNKNOWN, leaver.uid),
    })  # fmt: skip


def _assignment(make: Maker, number: int, people: list[str]) -> None:
    make.varied(Assignment, str(number), "projects", {
        "person": make.pick(*people), "project": "甲項目", "from_at": make.at(300), "until_at": NONE,
    }, {"person": (UNKNOWN,), "from_at": (UNKNOWN,), "until_at": (UNKNOWN, *make.edges(0), make.at(60))})  # fmt: skip


def make_openings(make: Maker, accounts: list[str], people: list[str]) -> None:
    """Approvals by which accounts were opened without HR's notice."""
    for number in range(make.pick(0, 1)):
        make.varied(Approval, f"a{number}", "openings", {
            "number": f"a{number}", "kind": "account_creation", "subject": make.pick(*accounts, *people), "requested_by": make.pick(*people),
            "requested_at": make.at(500), "released_departments": (), "decided_at": make.at(450),
            "decisions": ({"by": make.pick(*people), "role": "approver", "decision": "approved", "at": make.at(450)},), "state": "approved",
        }, {"subject": (UNKNOWN,), "state": ("rejected", UNKNOWN), "decisions": ((), UNKNOWN), "kind": ("other", UNKNOWN)})  # fmt: skip


def make_lessons(make: Maker, people: list[str]) -> None:
    """Courses, and who completed them."""
    course = make.varied(TrainingCourse, "1", "training", {
        "number": "C1", "counts_for": ("communication_security",), "graded": make.pick("yes", "no"),
    }, {"counts_for": ((), ("other",), ("unknown",), UNKNOWN), "graded": (UNKNOWN,)})  # fmt: skip
    for number, person in enumerate(people):
        if make.mostly("yes", "no", "no") == "yes":
            make.varied(TrainingRecord, str(number), "training", {
                "person": person, "course": course, "completed_at": make.at(make.pick(100, 20, 400)), "passed": "yes", "expires_at": NONE,
            }, {
                "person": (UNKNOWN,), "course": (UNKNOWN,), "completed_at": (NONE, UNKNOWN, *make.edges(365)),
                "passed": ("no", UNKNOWN), "expires_at": (UNKNOWN, *make.edges(0), make.at(50)),
            })  # fmt: skip
