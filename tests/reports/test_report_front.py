"""What page one asks for, and by when."""

from typing import Any

import pytest

from engine.checks.related import related
from reports.model.days import about, also, first_ahead, sign_by
from reports.model.finding_shapes import FindingView, InstanceView
from reports.model.front_shapes import About, Also, AlsoCheck
from reports.moments import days_after


def finding(**said: Any) -> FindingView:
    """A critical one, to contain by 10 and to correct by 16 October."""
    made = {
        "check": "5.3-a", "anchor": "f-5.3-a", "severity": "critical", "contain_by": "2026-10-10",
        "correct_by": "2026-10-16", "is_overdue": False, "is_contain_overdue": False, "instances": (),
    }  # fmt: skip
    return FindingView.model_construct(**{**made, **said})


def instance(number: int, kind: str, name: str, waiver: str = "") -> InstanceView:
    return InstanceView.model_construct(
        number=f"E-{number:03d}", subject=f"chat/{kind}/{number}", name=name, waiver=waiver
    )


@pytest.mark.parametrize(
    ("notice_on", "by"),
    [
        ("2026-10-01", "2026-10-08"),
        ("2026-10-09", "2026-10-10"),
        ("2026-10-10", "2026-10-10"),
        ("2026-10-11", "2026-10-16"),
        ("2026-10-20", "2026-10-27"),
    ],
)
def test_the_head_signs_by_the_first_day_that_can_be_kept_and_within_a_week_of_the_notice(
    notice_on: str, by: str
):
    assert sign_by([finding()], notice_on) == by
    assert sign_by([], notice_on) == days_after(notice_on, 7)


def test_what_is_urgent_and_none_of_the_actions_is_due_at_once_as_well():
    left = [finding(check=f"5.1-{n}", anchor=f"f-5.1-{n}") for n in range(9)]
    calm = finding(check="4.1-a", severity="medium", contain_by="")

    said = also([finding(), *left, calm], {"5.3-a"}, "2026-10-09")

    assert said == Also(
        findings=9,
        first="2026-10-10",
        checks=tuple(AlsoCheck(check=f"5.1-{n}", anchor=f"f-5.1-{n}") for n in range(8)),
        others=1,
    )
    assert also([finding(), calm], {"5.3-a"}, "2026-10-09") is None


def test_a_day_before_the_notice_is_none_that_is_ahead():
    late = also([finding()], set(), "2026-10-11")

    assert late is not None
    assert (late.first, first_ahead([finding()], "2026-10-11"), first_ahead([finding()], "2026-10-17")) == (
        "",
        "2026-10-16",
        "",
    )


def test_an_action_names_what_it_is_about_but_people_only_where_they_may_be_named():
    rows = (
        instance(1, "account", "Li Ming"),
        instance(2, "group", "Sales"),
        instance(3, "membership", "@li.ming in Sales"),
        instance(4, "group", "Old", waiver="w/1"),
        instance(5, "host", "chat01"),
    )

    assert about(finding(instances=rows), with_names=False) == (
        (About(number="E-001", name=""), About(number="E-002", name="Sales"), About(number="E-003", name="")),
        1,
    )
    assert about(finding(instances=rows[:1]), with_names=True) == (
        (About(number="E-001", name="Li Ming"),),
        0,
    )


def test_a_check_is_related_to_what_the_crosswalk_names_for_it_or_its_clause():
    crosswalk = {
        "frameworks": {
            "a": {"title": "A", "edition": "1"},
            "b": {"title": "B", "edition": "1", "confirm": True},
            "c": {"title": {"en": "Law C", "zh-Hant": "丙法"}, "edition": "1"},
        },
        "topics": [
            {"about": "x", "clauses": ["5.3"], "a": ["A.1", "A.2"], "b": ["9"]},
            {"about": "y", "clauses": ["5.3-a"], "a": ["A.2", "A.3"]},
            {"about": "z", "clauses": ["5.2"], "c": ["C.1"]},
        ],
    }

    assert related(crosswalk, "5.3-a") == [
        {"title": "A", "controls": ["A.1", "A.2", "A.3"], "confirm": False},
        {"title": "B", "controls": ["9"], "confirm": True},
    ]
    assert related(crosswalk, "5.2-a") == [
        {"title": {"en": "Law C", "zh-Hant": "丙法"}, "controls": ["C.1"], "confirm": False}
    ]
    assert related(crosswalk, "6.1.2-a") == []
    assert related({}, "5.3-a") == []
