"""What page one asks for, and by when."""

import pytest

from engine.checks.related import related
from reports.model.finding_shapes import FindingView
from reports.model.front import _closing

FINDING = FindingView.model_construct(
    severity="critical",
    contain_by="2026-10-10",
    correct_by="2026-10-16",
    is_overdue=False,
    is_contain_overdue=False,
)


@pytest.mark.parametrize(
    ("notice_on", "key", "days"),
    [
        ("2026-10-09", "front.sign_by", {"first": "2026-10-10"}),
        ("2026-10-10", "front.sign_by", {"first": "2026-10-10"}),
        ("2026-10-11", "front.sign_and_assign", {}),
    ],
)
def test_nobody_is_asked_to_sign_by_a_day_before_the_notice(notice_on: str, key: str, days: dict[str, str]):
    said = _closing([FINDING], notice_on)

    assert (said.key, said.days) == (key, days)


def test_a_check_is_related_to_what_the_crosswalk_names_for_it_or_its_clause():
    crosswalk = {
        "frameworks": {
            "a": {"title": "A", "edition": "1"},
            "b": {"title": "B", "edition": "1", "confirm": True},
            "c": {"title": "C", "edition": "1"},
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
    assert related(crosswalk, "6.1.2-a") == []
    assert related({}, "5.3-a") == []
