"""Jira: a status is no approval, who moved it there is; changes that a list cuts short; two editions."""

from pathlib import Path

import httpx
import pytest
from contract import outcome
from contracted.jira import APPROVALS, APPROVED, CONTRACT, ISSUES, change_of, issue, server
from pydantic import ValidationError

from collectors.jira import JiraOptions
from collectors.jira.walk import CLOUD, DATACENTER
from engine.errors import UnparsableError
from engine.facts import Collected

_GIVEN = CONTRACT.options.model_dump()


def _found(served, **options):
    contract = CONTRACT.__class__(
        **{**CONTRACT.__dict__, "options": JiraOptions.model_validate(_GIVEN | options)}
    )
    return outcome(contract, served, Path())


def _collect(served, **options) -> Collected:
    found = _found(served, **options)
    assert isinstance(found, Collected), found
    return found


def _of(collected):
    return [fact.record() for fact in collected.facts]


def _one(number=1, status="已批准", changes=(APPROVED,), options=None, **fields):
    return _of(_collect(server(issues=(issue(number, status, list(changes), **fields),)), **(options or {})))[
        0
    ]


def test_a_ticket_becomes_an_approval_with_who_decided_and_when():
    assert _of(_collect(server()))[0] == {
        "uid": "src/approval/10001",
        "number": "APPR-1",
        "kind": "software_exception",
        "subject": "element",
        "requested_by": "key:E1",
        "requested_at": "2026-08-03T01:00:00Z",
        "decisions": (
            {"by": "key:E2", "role": "approver", "decision": "approved", "at": "2026-08-05T01:00:00Z"},
        ),
        "state": "approved",
        "decided_at": "2026-08-05T01:00:00Z",
        "valid_until": "2026-12-31T16:00:00Z",
        "released_departments": (),
        "unknown": {"released_audience": "not_supported", "text_sha256": "not_supported"},
    }


_ELSEWHERE = change_of(9, "a2", "2026-08-05T09:00:00.000+0800", "Approved")
_REFUSED = change_of(8, "a2", "2026-08-05T08:00:00.000+0800", "已駁回")


@pytest.mark.parametrize("changes", [(), (_ELSEWHERE,), (_REFUSED, _ELSEWHERE)])
def test_a_status_without_the_move_that_led_there_does_not_tell_who_decided(changes):
    one = _one(changes=changes)

    assert (one["state"], one["unknown"]["decisions"], one["unknown"]["decided_at"]) == (
        "approved", "ambiguous", "ambiguous",
    )  # fmt: skip


def test_a_move_under_a_word_that_nobody_gave_a_meaning_is_told():
    (ticket,) = _of(found := _collect(server(issues=(issue(1, "已批准", [_ELSEWHERE, APPROVED]),))))

    assert [one["decision"] for one in ticket["decisions"]] == ["approved"]
    assert found.report.unmapped == ("approval.decisions: status: Approved",)


def test_a_ticket_that_waits_has_no_decisions_without_any_move():
    assert _one(status="審核中", changes=())["decisions"] == ()


def test_every_move_counts_also_one_that_was_taken_back():
    again = change_of(5, "a1", "2026-08-07T09:00:00.000+0800", "已駁回")
    one = _one(status="已駁回", changes=(again, APPROVED))

    assert [(decision["decision"], decision["by"]) for decision in one["decisions"]] == [
        ("approved", "key:E2"), ("rejected", "key:E1"),
    ]  # fmt: skip
    assert one["decided_at"] == "2026-08-07T01:00:00Z"


def test_changes_that_a_list_cuts_short_are_fetched_whole():
    moves = [
        change_of(number, "a1", f"2026-08-0{number}T09:00:00.000+0800", "審核中") for number in (1, 2, 3)
    ]

    assert len(_one(changes=(*moves, APPROVED))["decisions"]) == 1


@pytest.mark.parametrize("broken", ["total", "error"])
def test_changes_that_cannot_be_had_whole_are_no_decisions(broken):
    def change(path, _asked, _times, answer):
        if not path.endswith("/changelog"):
            return answer
        return {**answer, "total": 9} if broken == "total" else httpx.Response(500, json={})

    found = _collect(server(change))

    assert [one["unknown"].get("decisions") for one in _of(found)] == [None, None, "source_partial"]
    assert found.report.completeness == "partial"


def test_a_decision_by_somebody_unknown_keeps_its_time_and_names_nobody():
    found = _collect(server(), people={"a1": "E1"})

    assert "by" not in _of(found)[0]["decisions"][0]
    assert found.report.unmapped == ("approval.person: a2",)


def test_a_time_that_cannot_be_read_is_no_time():
    one = _one(changes=(change_of(2, "a2", "5. August", "已批准"),), created="3. August")

    assert (one["unknown"]["decided_at"], one["unknown"]["requested_at"], "at" in one["decisions"][0]) == (
        "unparsable", "unparsable", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "unknown"),
    [
        ({"issuetype": {"name": "別的"}}, {"kind": "unparsable"}),
        ({"reporter": {"accountId": "a9"}}, {"requested_by": "ambiguous"}),
        ({"reporter": None}, {"requested_by": "not_permitted"}),
        ({"summary": None}, {"subject": "not_permitted"}),
        ({"customfield_10050": "year end"}, {"valid_until": "unparsable"}),
    ],
)
def test_what_a_ticket_does_not_say_is_unknown(fields, unknown):
    one = _one(**fields)

    assert {name: reason for name, reason in one["unknown"].items() if reason != "not_supported"} == unknown


@pytest.mark.parametrize(
    ("status", "reason"),
    [({"id": "3", "name": "完成"}, "unparsable"), (None, "not_permitted"), ({}, "not_permitted")],
)
def test_a_status_that_nobody_gave_a_meaning_is_no_state(status, reason):
    odd = ISSUES[0] | {"fields": ISSUES[0]["fields"] | {"status": status}}

    (one,) = _of(_collect(server(issues=(odd,))))
    assert (one["state"], one["unknown"]["state"]) == ("unknown", reason)


def test_a_status_may_be_named_by_its_id():
    assert _one(options={"statuses": {"7": "approved"}})["state"] == "approved"


def test_an_end_that_is_empty_is_none_and_one_that_is_hidden_is_not():
    assert "valid_until" not in {**(one := _one(customfield_10050=None)), **one["unknown"]}
    assert _one(options={"valid_until_field": "customfield_99"})["unknown"]["valid_until"] == "not_permitted"
    assert "valid_until" not in _one(options={"valid_until_field": None})["unknown"]


def test_service_management_tells_what_each_approver_said():
    found = _collect(server(), service_desk=True)

    assert [[(one.get("by"), one["decision"], one.get("at")) for one in record["decisions"]] for record in _of(found)] == [
        [("key:E2", "approved", "2026-08-05T01:00:00Z"), ("key:E1", "pending", None)], [], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "approval",
    [
        APPROVALS["10001"][0] | {"approvers": None},
        APPROVALS["10001"][0] | {"approvers": [{"approverDecision": "shrugged"}]},
    ],
)
def test_approvals_in_another_shape_are_no_decisions(approval):
    found = _collect(server(approvals={"10001": [approval]}), service_desk=True)

    assert _of(found)[0]["unknown"]["decisions"] == "unparsable"
    assert any(note.startswith("approval.decisions") for note in found.report.unmapped)


@pytest.mark.parametrize("answer", [httpx.Response(403, json={}), {"isLastPage": False, "values": []}])
def test_approvals_that_cannot_be_had_whole_are_told(answer):
    def change(path, _asked, _times, good):
        return answer if path.endswith("/approval") else good

    found = _collect(server(change), service_desk=True)

    assert {one["unknown"]["decisions"] for one in _of(found)} == {"source_partial"}


_SERVER = {"edition": "datacenter", "user": None, "people": {}, "person_rule": r"a(?P<employee_no>\d+)"}


def test_data_center_pages_by_number_and_shows_all_changes():
    found = _collect(server(), **_SERVER)

    assert [one["requested_by"] for one in _of(found)] == ["key:1"] * 3
    assert [len(one["decisions"]) for one in _of(found)] == [1, 0, 1]
    assert (found.report.completeness, found.report.expected) == ("complete", {"approval": 3})


@pytest.mark.parametrize("total", [2, 9])
def test_data_center_is_held_against_its_total(total):
    def change(path, asked, _times, answer):
        return {**answer, "total": total} if path == DATACENTER and asked["fields"] != "id" else answer

    assert _collect(server(change), **_SERVER).report.completeness == "partial"


def test_data_center_without_a_total_is_another_jira():
    def change(path, _asked, _times, answer):
        return {**answer, "total": None} if path == DATACENTER else answer

    assert isinstance(_found(server(change), **_SERVER), UnparsableError)


def test_data_center_that_cuts_changes_short_shows_no_decisions():
    def change(path, asked, _times, answer):
        for row in answer["issues"] if path == DATACENTER and asked["fields"] != "id" else ():
            row["changelog"]["total"] = 9
        return answer

    assert {one["unknown"]["decisions"] for one in _of(_collect(server(change), **_SERVER))} == {
        "source_partial"
    }


def test_tickets_that_may_be_hidden_are_not_all():
    assert _collect(server(), every_issue_visible=False).report.completeness == "partial"


def test_a_ticket_twice_or_without_id_is_told():
    found = _collect(server(issues=(*ISSUES, ISSUES[0])))

    assert "approval: a ticket without id, or on two pages" in found.report.problems


def test_a_second_search_that_fails_is_told():
    def change(path, asked, _times, answer):
        return httpx.Response(500, json={}) if path == CLOUD and asked["fields"] == "id" else answer

    assert any("second time" in problem for problem in _collect(server(change)).report.problems)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kinds": {"x": "software"}}, "software_exception"),
        ({"person_rule": "("}, "regular expression"),
        ({"person_rule": "a.*"}, "employee_no"),
        ({"statuses": {"Done": "done"}}, "approved"),
        ({"subject_field": "a,b"}, "pattern"),
    ],
)
def test_words_that_mean_nothing_are_refused(given, said):
    with pytest.raises(ValidationError, match=said):
        JiraOptions.model_validate(_GIVEN | given)


def test_a_user_name_that_the_rule_does_not_know_names_nobody():
    found = _collect(server(), **_SERVER | {"person_rule": "x(?P<employee_no>.*)"})

    assert {one["unknown"]["requested_by"] for one in _of(found)} == {"ambiguous"}


@pytest.mark.parametrize("answer", [httpx.Response(200, text="<html>"), httpx.Response(200, json=[1])])
def test_an_answer_that_is_no_search_is_none(answer):
    assert isinstance(_found(server(lambda _path, _asked, _times, _good: answer)), UnparsableError)


@pytest.mark.parametrize("author", [None, {}])
def test_a_decision_without_an_author_names_nobody(author):
    one = _one(changes=({**APPROVED, "author": author},))

    assert [("by" in decision, decision["decision"]) for decision in one["decisions"]] == [
        (False, "approved")
    ]
