"""DingTalk: the days on which nobody signed in, the school that is no department, and pages by cursor."""

from pathlib import Path

import pytest
from contract import outcome
from contracted.dingtalk import CONTRACT, DAYS, OK, PEOPLE, server, user

from collectors.dingtalk import DingtalkOptions
from collectors.dingtalk.walk import INACTIVE, LISTSUB, USERS
from engine.errors import SourceError
from engine.facts import Collected

_GIVEN = CONTRACT.options.model_dump()
_DAY_S = 86_400


def _found(served, **options):
    contract = CONTRACT.__class__(
        **{**CONTRACT.__dict__, "options": DingtalkOptions.model_validate(_GIVEN | options)}
    )
    return outcome(contract, served, Path())


def _collect(served, **options) -> Collected:
    found = _found(served, **options)
    assert isinstance(found, Collected), found
    return found


def _of(collected, entity):
    return [fact.record() for fact in collected.facts if fact.entity == entity]


def _used(found):
    return {
        one["login"]: one["unknown"].get("last_activity") or tuple(one["last_activity"].values())
        for one in _of(found, "account")
    }


def test_the_last_use_is_the_last_day_on_which_one_is_not_among_the_absent():
    assert _used(_collect(server())) == {
        "u1": ("at", "2026-09-29T16:00:00Z", _DAY_S, "login"),
        "u2": ("at", "2026-09-28T16:00:00Z", _DAY_S, "login"),
        "u3": ("not_since", "2026-09-27T16:00:00Z", "login"),
        "u4": ("not_since", "2026-09-27T16:00:00Z", "login"),
    }


def test_a_day_that_names_nobody_proves_nothing_and_makes_earlier_uses_less_sure():
    found = _collect(server(days={**DAYS, "20260930": []}))

    assert _used(found) == {
        "u1": ("at", "2026-09-27T16:00:00Z", 3 * _DAY_S, "login"),
        "u2": ("at", "2026-09-28T16:00:00Z", 2 * _DAY_S, "login"),
        "u3": "source_partial",
        "u4": "source_partial",
    }
    assert found.report.completeness == "partial"


def test_a_day_that_cannot_be_read_to_its_end_proves_nothing():
    def change(path, asked, _times, answer):
        return {"errcode": 33012} if path == INACTIVE and asked["offset"] else answer

    found = _collect(server(change))

    assert set(_used(found).values()) == {"source_partial"}


def test_a_list_of_absent_that_is_none_or_leads_back_proves_nothing():
    def none(path, _asked, _times, answer):
        return OK | {"result": {"list": 7}} if path == INACTIVE else answer

    def back(path, _asked, _times, answer):
        return (
            OK | {"result": {"list": ["u3"], "has_more": True, "next_cursor": 0}}
            if path == INACTIVE
            else answer
        )

    for change in (none, back):
        assert set(_used(_collect(server(change))).values()) == {"source_partial"}


def test_days_that_may_not_be_read_are_not_permitted():
    def change(path, _asked, _times, answer):
        return {"errcode": 60011} if path == INACTIVE else answer

    assert set(_used(_collect(server(change))).values()) == {"not_permitted"}


def test_the_walk_ends_when_everybody_was_seen(tmp_path):
    transport = server(days={"20260930": ["u2", "u3", "u4"], "20260929": ["u1"]})(CONTRACT, tmp_path)
    outcome(CONTRACT, lambda _contract, _folder: transport, tmp_path)

    assert len([one for one in transport.asked if one.url.path == INACTIVE]) == 3


def test_without_activity_days_the_last_use_is_not_collected():
    found = _collect(server(), activity_days=0)

    assert (set(_used(found).values()), found.report.completeness) == ({"not_collected"}, "complete")


@pytest.mark.parametrize(
    ("active", "state", "reason"),
    [
        (True, "active", None),
        (False, "invited", None),
        (1, "unknown", "unparsable"),
        (None, "unknown", "not_permitted"),
    ],
)
def test_activated_is_a_yes_or_a_no(active, state, reason):
    (account,) = _of(_collect(server(people=(user("u1", [1], active=active),)), activity_days=0), "account")

    assert (account["state"], account["unknown"].get("state")) == (state, reason)


def test_the_contacts_of_a_school_are_no_department(tmp_path):
    transport = server()(CONTRACT, tmp_path)
    outcome(CONTRACT, lambda _contract, _folder: transport, tmp_path)

    assert [one for one in transport.asked if b'"dept_id":-7' in one.content] == []


def test_a_job_number_links_and_an_empty_one_does_not():
    found = _collect(server(), activity_days=0)

    assert [one["person"] for one in _of(found, "identity_link")] == ["key:E-u1", "key:E-u2", "key:E-u3"]
    assert {one["login"]: one["kind"] for one in _of(found, "account")}["u4"] == "unknown"


def test_a_day_of_hiring_is_in_no_record():
    assert [raw for raw in _collect(server()).raw if "hired" in raw.body] == []


def test_the_department_is_the_first_that_has_a_code():
    accounts = _of(_collect(server(), activity_days=0), "account")

    assert {one["login"]: one["department_code"] for one in accounts} == {
        "u1": "MGT", "u2": "FIN", "u3": "FIN", "u4": "FIN",
    }  # fmt: skip


@pytest.mark.parametrize("path", [LISTSUB, USERS])
def test_a_lower_department_that_cannot_be_read_is_told(path):
    def change(asked_path, asked, _times, answer):
        return {"errcode": 33012} if (asked_path, asked["dept_id"]) == (path, 2) else answer

    found = _collect(server(change, days={}), activity_days=0)

    assert any(problem.startswith("department 2:") for problem in found.report.problems)


def test_a_second_listing_that_fails_is_told():
    def change(path, asked, times, answer):
        return {"errcode": 33012} if path == LISTSUB and asked["dept_id"] == 1 and times > 1 else answer

    assert any("second time" in problem for problem in _collect(server(change)).report.problems)


def test_records_without_ids_are_told():
    children = {1: [{"name": "無號"}]}
    found = _collect(server(people=(*PEOPLE, {"name": "x", "dept_id_list": [1]}), children=children))

    assert {"account: a record without userid", "department: a record without dept_id"} <= set(
        found.report.problems
    )


def test_a_root_without_members_that_can_be_read_leaves_nothing():
    def change(path, _asked, _times, answer):
        return {"errcode": 33012} if path == USERS else answer

    assert isinstance(_found(server(change)), SourceError)


def test_a_range_that_nobody_vouches_for_is_a_part():
    assert _collect(server(), whole_company_visible=False).report.completeness == "partial"
