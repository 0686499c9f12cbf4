"""How rectification goes, and where a trend breaks: what a run's row in the history says."""

from typing import Any

import pytest

from engine.audit.timeline import Moment, Told, changes, extended
from engine.findings import FindingState, Previous
from engine.rolls import LEVELS
from reports.model.trend import _process as shown
from reports.run_folder import PastProcess

MOMENT = Moment("2026Q3", "2026-09-30T15:59:59Z", "2026-09-30", "2026-10-08")


def told(**said: Any) -> Told:
    """A finding that was closed, in time, with a day stated."""
    usual = {
        "department": "IT", "check": "5.3-a", "state": FindingState.CLOSED, "severity": "high", "waived": False,
        "notice_on": "2026-07-01", "correct_by": "2026-07-31", "done_on": "2026-07-11",
    }  # fmt: skip
    return Told(**{**usual, **said})


def described(checks: list[dict[str, Any]], **values: Any) -> dict[str, Any]:
    return {"catalogue": {"checks": checks}, "settings": {"values": values}}


def check(id_: str = "5.3-a", **said: Any) -> dict[str, Any]:
    usual = {
        "id": id_, "implemented": True, "rule": "r1", "settings": {"grace": {}}, "facts": {"subject": ["account"]},
        "company_only": False, "method": "automated", "in_force": {"by": "state"},
    }  # fmt: skip
    return {**usual, **said}


def row(
    found: list[Told], before: Previous | None = None, now: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The company's row."""
    made = extended(
        before or Previous(),
        MOMENT,
        found,
        {level: {} for level in LEVELS},
        now or described([check()], grace=1),
        {},
    )
    return dict(made["company"][-1])


def process(*found: Told) -> dict[str, Any]:
    return dict(row(list(found))["process"])


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ({"done_on": "2026-07-31"}, {"in_time": 1}),
        ({"done_on": "2026-08-01"}, {"late": 1}),
        ({"done_on": ""}, {"undated": 1}),
        ({"done_on": "", "correct_by": "2026-09-30"}, {"in_time": 1}),
        ({"done_on": "", "correct_by": "2026-09-29"}, {"undated": 1}),
    ],
)
def test_closed_in_time_is_until_the_end_of_the_day_and_nothing_is_guessed(
    said: dict[str, str], counted: dict[str, int]
):
    found = process(told(**said))

    assert {name: found[name] for name in ("in_time", "late", "undated", "closed")} == {
        "in_time": 0,
        "late": 0,
        "undated": 0,
        "closed": 1,
        **counted,
    }


@pytest.mark.parametrize(("correct_by", "overdue"), [("2026-09-30", 0), ("2026-09-29", 1)])
@pytest.mark.parametrize("state", [FindingState.PERSISTING, FindingState.UNVERIFIED, FindingState.NEW])
def test_what_is_open_is_overdue_from_the_day_after(state: FindingState, correct_by: str, overdue: int):
    found = process(told(state=state, correct_by=correct_by, done_on=""))

    assert (found["overdue"], found["closed"]) == (overdue, 0)


def test_what_went_under_a_waiver_was_not_mended():
    assert process(told(waived=True)) == process()


@pytest.mark.parametrize(
    ("days", "median"),
    [
        ([], ""),
        (["2026-07-11"], "10"),
        (["2026-07-11", "2026-07-12"], "10.5"),
        (["2026-07-31", "2026-07-11", "2026-07-03"], "10"),
        (["2026-06-20"], "0"),
    ],
)
def test_median_days_count_from_the_notice_over_those_with_a_day(days: list[str], median: str):
    found = process(*(told(done_on=day) for day in days), told(done_on=""))

    assert (found["median_days"], found["dated"]) == (median, len(days))


def test_the_rate_is_of_all_that_was_due_and_none_where_nothing_was():
    found = process(
        told(),
        told(),
        told(done_on="2026-08-01"),
        told(done_on=""),
        told(state=FindingState.PERSISTING, done_on=""),
        told(state=FindingState.NEW, correct_by="2026-12-01", done_on=""),
    )
    view = shown(PastProcess.model_validate(found))
    nothing = shown(PastProcess.model_validate(process()))

    assert (view.in_time, view.due, view.in_time_share) == (2, 4, "50.0")
    assert (nothing.due, nothing.in_time_share, nothing.recurred_share) == (0, "", "")


@pytest.mark.parametrize(
    ("was", "is_", "why"),
    [
        ({}, {}, []),
        ({}, {"rule": "r2"}, ["rule"]),
        ({}, {"facts": {"subject": ["account", "session"]}}, ["population"]),
        ({}, {"company_only": True}, ["population"]),
        ({}, {"method": "sampled"}, ["population"]),
        ({}, {"in_force": {"by": "day"}}, ["population"]),
        ({}, {"rule": "r2", "company_only": True}, ["rule", "population"]),
        ({"severity": "low"}, {"severity": "high"}, []),
    ],
)
def test_a_trend_breaks_where_rule_or_population_changed(
    was: dict[str, Any], is_: dict[str, Any], why: list[str]
):
    changed, added = changes(described([check(**was)], grace=1), described([check(**is_)], grace=1))

    assert changed == ({"5.3-a": why} if why else {})
    assert added == set()


def test_a_setting_breaks_the_trend_of_the_checks_that_read_it_and_of_no_other():
    checks = [check(), check("6.1-a", settings={"other": {}})]

    changed, _ = changes(described(checks, grace=1, other=5), described(checks, grace=2, other=5))
    assert changed == {"5.3-a": ["setting"]}


def test_a_check_that_was_not_there_or_not_written_is_new_and_breaks_nothing():
    before = described([check(), check("6.1-a", implemented=False)], grace=1)
    now = described([check(), check("6.1-a", rule="r9"), check("7.1-a")], grace=1)

    assert changes(before, now) == ({}, {"6.1-a", "7.1-a"})
    assert changes({}, now) == ({}, set())


def test_findings_of_a_new_check_stay_out_of_the_trend_and_only_what_concerns_a_department_breaks_its_own():
    before = Previous(described=described([check(), check("6.1-a"), check("8.1-a")], grace=1))
    now = described([check(rule="r2"), check("6.1-a"), check("7.1-a"), check("8.1-a", rule="r2")], grace=1)
    found = [
        told(state=FindingState.PERSISTING),
        told(state=FindingState.NEW, check="7.1-a", severity="critical"),
        told(state=FindingState.NEW, check="6.1-a", department="HR"),
    ]

    made = extended(before, MOMENT, found, {level: {} for level in LEVELS}, now, {})
    company, it, hr = made["company"][-1], made["departments"]["IT"][-1], made["departments"]["HR"][-1]
    assert company["open"] == {"critical": 1, "high": 2, "medium": 0, "low": 0}
    assert company["fresh"] == it["fresh"] == {"critical": 1, "high": 0, "medium": 0, "low": 0}
    assert hr["fresh"] == dict.fromkeys(company["open"], 0)
    assert company["breaks"] == it["breaks"] == {"5.3-a": ["rule"]}
    assert hr["breaks"] == {}


def test_the_names_of_departments_outlive_them_and_the_latest_name_counts():
    before = Previous(
        history={"company": [], "departments": {}, "names": {"MKT": "Marketing", "IT": "Computing"}}
    )

    made = extended(
        before,
        MOMENT,
        [],
        {level: {} for level in LEVELS},
        described([check()], grace=1),
        {"IT": "Information"},
    )

    assert made["names"] == {"MKT": "Marketing", "IT": "Information"}
