"""On which days a check holds: its own, less those on which others stand in its place."""

import itertools
from datetime import date
from types import SimpleNamespace

import pytest

from engine.checks.description import InForce
from engine.checks.standing import Standing, standings

JULY, AUGUST, SEPTEMBER = date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)
QUARTER = (JULY, date(2026, 9, 30))


def check(id_, replaces="", since=None, until=None, by="state"):
    in_force = InForce(since=since, until=until, by=by)
    return id_, SimpleNamespace(id=id_, clause="5.3", replaces=replaces, in_force=in_force)


def periods(*checks):
    return {id_: standing.periods for id_, standing in standings(dict(checks)).items()}


def test_a_check_without_a_period_always_holds():
    found = standings(dict([check("5.3-a")]))

    assert found == {"5.3-a": Standing(((date.min, date.max),), by_day=False)}
    assert not found["5.3-a"].limited


def test_another_takes_over_on_its_first_day_and_gives_back_after_its_last():
    found = periods(check("5.3-a"), check("5.3-x", "5.3-a", AUGUST, date(2026, 8, 31)))

    assert found["5.3-a"] == ((date.min, date(2026, 7, 31)), (SEPTEMBER, date.max))
    assert found["5.3-x"] == ((AUGUST, date(2026, 8, 31)),)


def test_what_is_replaced_by_one_that_is_replaced_is_replaced_by_both():
    found = periods(
        check("5.3-a"), check("5.3-x", "5.3-a", JULY), check("5.3-y", "5.3-x", AUGUST), check("5.3-b")
    )

    assert found == {
        "5.3-a": ((date.min, date(2026, 6, 30)),),
        "5.3-x": ((JULY, date(2026, 7, 31)),),
        "5.3-y": ((AUGUST, date.max),),
        "5.3-b": ((date.min, date.max),),
    }


@pytest.mark.parametrize("first", [None, date(2026, 1, 1)])
def test_no_day_is_without_a_check_or_with_two(first):
    found = periods(
        check("5.3-a", since=first),
        check("5.3-x", "5.3-a", JULY, date(2026, 7, 31)),
        check("5.3-y", "5.3-a", AUGUST, date(2026, 9, 15)),
    )

    days = sorted(day for here in found.values() for day in here)
    assert days[0][0] == (first or date.min)
    assert days[-1][1] == date.max
    assert all((begin - end).days == 1 for (_, end), (begin, _) in itertools.pairwise(days))


@pytest.mark.parametrize(
    ("since", "until", "by", "decides"),
    [
        (None, date(2026, 9, 30), "state", True),
        (None, date(2026, 9, 29), "state", False),
        (date(2026, 9, 30), None, "state", True),
        (date(2026, 10, 1), None, "state", False),
        (None, JULY, "day", True),
        (None, date(2026, 6, 30), "day", False),
        (date(2026, 9, 30), None, "day", True),
        (date(2026, 10, 1), None, "day", False),
    ],
)
def test_what_is_judged_by_the_state_holds_on_the_last_day_and_what_by_its_day_on_any(
    since, until, by, decides
):
    found = standings(dict([check("5.3-a", since=since, until=until, by=by)]))

    assert found["5.3-a"].decides(*QUARTER) is decides
