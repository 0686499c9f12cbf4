"""Slack: short pages, deleted members, private channels, and a log that only paid plans have."""

from pathlib import Path

import httpx
import pytest
from contract import outcome
from contracted.slack import CHANNELS, CONTRACT, LOGINS, MEMBERS, USERS, server, user

from collectors.slack import SlackOptions
from engine.errors import UnparsableError
from engine.facts import Collected

_GIVEN = CONTRACT.options.model_dump()


def _found(served, **options):
    contract = CONTRACT.__class__(
        **{**CONTRACT.__dict__, "options": SlackOptions.model_validate(_GIVEN | options)}
    )
    return outcome(contract, served, Path())


def _collect(served, **options) -> Collected:
    found = _found(served, **options)
    assert isinstance(found, Collected), found
    return found


def _of(collected, entity):
    return [fact.record() for fact in collected.facts if fact.entity == entity]


def _account(**fields):
    return _of(
        _collect(server(users=(user("U1", **fields), user("Z1"))), groups="none", access_logs=False),
        "account",
    )[0]


def test_an_empty_page_is_not_the_end():
    assert len(_of(_collect(server()), "account")) == len(USERS) + 1


@pytest.mark.parametrize(
    ("fields", "kind", "state"),
    [
        ({}, "human", "active"),
        ({"deleted": True}, "human", "deactivated"),
        ({"is_invited_user": True}, "human", "invited"),
        ({"is_bot": True}, "bot", "active"),
        ({"id": "USLACKBOT"}, "bot", "active"),
        ({"is_restricted": True}, "guest", "active"),
        ({"is_ultra_restricted": True}, "guest", "active"),
        ({"team_id": "T9"}, "guest", "active"),
        ({"is_bot": None}, "unknown", "active"),
        ({"is_restricted": "x"}, "unknown", "active"),
    ],
)
def test_kinds_and_states(fields, kind, state):
    account = _account(**fields)

    assert (account["kind"], account["state"]) == (kind, state)


@pytest.mark.parametrize(
    ("fields", "privileged"),
    [
        ({"is_admin": True, "is_owner": None}, "yes"),
        ({"is_owner": True, "is_admin": None}, "yes"),
        ({}, "no"),
        ({"is_owner": None}, "unknown"),
    ],
)
def test_who_administers(fields, privileged):
    assert _account(**fields)["privileged"] == privileged


def test_the_last_use_is_the_latest_of_the_log_or_none_since_its_oldest():
    uses = {
        one["login"]: tuple(one["last_activity"].values())
        for one in _of(_collect(server()), "account")
        if one["login"] != "W9"
    }

    assert uses == {
        "u1": ("at", "2026-09-21T14:13:20Z", 0, "api"),
        "u2": ("at", "2026-09-10T00:26:40Z", 0, "api"),
        "u3": ("not_since", "2026-08-29T10:40:00Z", "api"),
        "u4": ("not_since", "2026-08-29T10:40:00Z", "api"),
        "ubot": ("not_since", "2026-08-29T10:40:00Z", "api"),
    }


@pytest.mark.parametrize(
    ("error", "reason", "completeness"),
    [
        ("paid_only", "not_licensed", "complete"),
        ("missing_scope", "not_permitted", "complete"),
        ("fatal_error", "source_partial", "partial"),
    ],
)
def test_a_log_that_cannot_be_had_says_why(error, reason, completeness):
    def change(path, _asked, _times, answer):
        return {"ok": False, "error": error} if path.endswith("accessLogs") else answer

    found = _collect(server(change), groups="none")

    assert {one["unknown"]["last_activity"] for one in _of(found, "account")} == {reason}
    assert found.report.completeness == completeness


@pytest.mark.parametrize(
    ("logins", "reason"),
    [
        ((), "ambiguous"),
        ((LOGINS[0] | {"date_last": 1790000000000},), "unparsable"),
        ((LOGINS[0] | {"date_last": None},), "unparsable"),
    ],
)
def test_a_log_that_is_empty_or_counts_in_another_unit_proves_nothing(logins, reason):
    found = _collect(server(logins=logins), groups="none")

    assert {one["unknown"]["last_activity"] for one in _of(found, "account")} == {reason}


@pytest.mark.parametrize("stated", [{}, {"user_id": None}, {"user_id": 7}, {"user_id": ""}])
def test_a_log_that_does_not_say_whose_use_it_was_leaves_nobody_unused(stated):
    row = {name: value for name, value in LOGINS[1].items() if name != "user_id"} | stated
    found = _collect(server(logins=(LOGINS[0], row)), groups="none")

    assert {one["unknown"]["last_activity"] for one in _of(found, "account")} == {"unparsable"}
    assert any("account.last_activity: user_id" in note for note in found.report.unmapped)


def test_a_log_that_names_nobody_proves_nothing():
    found = _collect(
        server(logins=tuple(row | {"user_id": "E" + row["user_id"]} for row in LOGINS)), groups="none"
    )

    assert {one["unknown"]["last_activity"] for one in _of(found, "account")} == {"ambiguous"}
    assert "log of access: it names none of the accounts" in found.report.problems


def test_a_log_without_pages_ends_with_the_first():
    def change(path, _asked, _times, answer):
        return {**answer, "paging": None} if path.endswith("accessLogs") else answer

    assert _collect(server(change), groups="none").report.completeness == "complete"


def test_a_channel_has_its_purpose_and_its_creator_for_an_owner():
    found = _collect(server())

    group = _of(found, "group")[0]
    assert {
        name: group[name]
        for name in (
            "name",
            "purpose",
            "owners",
            "owner_origin",
            "visibility",
            "join_rule",
            "archived",
            "created_at",
        )
    } == {
        "name": "預算",
        "purpose": "2026 年預算",
        "owners": ("src/account/U1",),
        "owner_origin": "creator",
        "visibility": "private",
        "join_rule": "invite",
        "archived": "no",
        "created_at": "2026-01-01T00:00:00Z",
    }
    assert group["unknown"]["external_members_allowed"] == "not_supported"
    assert [(one["account"][12:], one["role"], one["external"]) for one in _of(found, "membership")] == [
        ("U1", "owner", "no"), ("U2", "member", "no"), ("U4", "guest", "yes"), ("U2", "owner", "no"), ("W9", "guest", "yes"),
    ]  # fmt: skip


def test_a_stranger_in_a_channel_of_our_own_is_told():
    report = _collect(server(members={**MEMBERS, "C1": ["U1", "U2", "U77"]})).report

    assert report.problems == ("group C1: its member U77 is none of the accounts",)


@pytest.mark.parametrize(("creator", "reason"), [("U77", "ambiguous"), (None, "not_supported")])
def test_a_creator_who_is_nobody_is_no_owner(creator, reason):
    found = _collect(server(channels=(CHANNELS[0] | {"creator": creator}, CHANNELS[1])))

    assert _of(found, "group")[0]["unknown"]["owners"] == reason
    assert [one["unknown"].get("role") for one in _of(found, "membership")] == [reason] * 3 + [None] * 2


@pytest.mark.parametrize("team", ["E1", None])
def test_a_workspace_that_no_member_is_of_makes_nobody_a_guest(team):
    def change(path, _asked, _times, answer):
        return answer | {"team_id": team} if path.endswith("auth.test") else answer

    found = _collect(server(change))

    kinds = {one["login"]: one["kind"] for one in _of(found, "account")}
    assert kinds == {
        "u1": "unknown", "u2": "unknown", "u3": "unknown", "u4": "guest", "ubot": "bot", "W9": "guest",
    }  # fmt: skip
    assert [(one["role"], one["external"]) for one in _of(found, "membership")] == [
        ("owner", "unknown"), ("unknown", "unknown"), ("guest", "yes"), ("owner", "unknown"), ("guest", "yes"),
    ]  # fmt: skip
    assert any("team_id" in problem for problem in found.report.problems)


def test_a_channel_that_says_nothing_of_itself_is_unknown():
    found = _collect(server(channels=({"id": "C1", "num_members": 3}, CHANNELS[1])))

    group = _of(found, "group")[0]
    assert (group["visibility"], group["join_rule"], group["unknown"]["purpose"]) == (
        "unknown",
        "unknown",
        "not_supported",
    )


def test_a_count_that_is_not_exact_loses_no_channel():
    found = _collect(server(channels=(CHANNELS[0] | {"num_members": 2**53}, CHANNELS[1])))

    assert [one["unknown"].get("member_count") for one in _of(found, "group")] == ["unparsable", None]
    assert found.report.unmapped == ("group.member_count: num_members: 9007199254740992",)


def test_private_channels_are_not_all_unless_somebody_says_so():
    assert _collect(server(), groups="seen").report.completeness == "partial"


@pytest.mark.parametrize(
    "answer", [{"ok": False, "error": "channel_not_found"}, {"ok": True, "members": "all"}]
)
def test_members_that_cannot_be_had_are_not_none(answer):
    def change(path, _asked, _times, good):
        return answer if path.endswith("conversations.members") else good

    found = _collect(server(change))

    assert (_of(found, "membership"), found.report.completeness) == ([], "partial")


def test_channels_that_are_refused_leave_the_accounts():
    def change(path, _asked, _times, answer):
        return {"ok": False, "error": "missing_scope"} if "conversations" in path else answer

    found = _collect(server(change))

    assert (len(_of(found, "account")), found.report.completeness) == (len(USERS), "partial")


def test_a_second_listing_that_fails_is_told():
    def change(path, asked, times, answer):
        return (
            {"ok": False, "error": "x"}
            if path.endswith("users.list") and not asked.get("cursor") and times > 1
            else answer
        )

    assert any("second time" in problem for problem in _collect(server(change)).report.problems)


def test_a_record_twice_or_without_id_is_told():
    found = _collect(server(users=(*USERS, USERS[0])), groups="none")

    assert "account: a record without id, or on two pages" in found.report.problems


def test_an_answer_without_ok_is_none():
    served = CONTRACT.good.__class__(lambda: lambda _request: httpx.Response(200, json={"members": []}))

    assert isinstance(_found(served), UnparsableError)


def test_an_outsider_in_two_channels_is_one_account():
    shared = CHANNELS[1] | {"id": "C3"}
    found = _collect(server(channels=(*CHANNELS, shared), members={**MEMBERS, "C3": ["U2", "W9"]}))

    assert [one["kind"] for one in _of(found, "account") if one["login"] == "W9"] == ["guest"]
    assert found.report.completeness == "complete"
