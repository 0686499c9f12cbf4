"""Feishu: flags that close an account, statistics of days, groups that only the bot sees."""

from pathlib import Path

import httpx
import pytest
from contract import outcome
from contracted.feishu import CHATS, CONTRACT, MEMBERS, OPEN, STATISTICS, USERS, server, user

from collectors.feishu import FeishuOptions
from engine.errors import AccessError, SourceError
from engine.facts import Collected

_GIVEN = CONTRACT.options.model_dump()


def _collect(served, **options) -> Collected:
    contract = CONTRACT.__class__(
        **{**CONTRACT.__dict__, "options": FeishuOptions.model_validate(_GIVEN | options)}
    )
    found = outcome(contract, served, Path())
    assert isinstance(found, Collected), found
    return found


def _of(collected, entity):
    return [fact.record() for fact in collected.facts if fact.entity == entity]


def _uses(**made):
    return {
        one["login"]: one["last_activity"]
        for one in _of(_collect(server(**made)), "account")
        if one["login"] != "x9"
    }


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        (OPEN, "active", None),
        (OPEN | {"is_activated": False}, "invited", None),
        (OPEN | {"is_frozen": True}, "suspended", None),
        (OPEN | {"is_resigned": True, "is_frozen": True}, "deactivated", None),
        (OPEN | {"is_exited": True}, "deactivated", None),
        ({"is_activated": True}, "unknown", "not_permitted"),
        (OPEN | {"is_frozen": "no"}, "unknown", "unparsable"),
        (None, "unknown", "not_permitted"),
        (3, "unknown", "unparsable"),
    ],
)
def test_an_account_is_open_only_if_no_flag_may_close_it(status, state, reason):
    found = _collect(server(users=(user("u1", ["0"], status=status),)), groups="none")

    (account,) = _of(found, "account")

    assert (account["state"], account["unknown"].get("state")) == (state, reason)


def test_the_time_of_joining_is_not_when_the_account_was_made():
    assert {one["unknown"]["created_at"] for one in _of(_collect(server(), groups="none"), "account")} == {
        "not_supported"
    }


def test_statistics_are_the_last_use_in_the_companys_zone_or_none_since():
    assert _uses() == {
        "u1": {"state": "at", "at": "2026-09-30T00:00:00Z", "kind": "presence", "precision_s": 60},
        "u2": {"state": "not_since", "bound": "2026-08-21T16:00:00Z", "kind": "presence"},
        "u3": {"state": "at", "at": "2025-09-30T00:00:00Z", "kind": "presence", "precision_s": 60},
        "u4": {"state": "not_since", "bound": "2026-08-21T16:00:00Z", "kind": "presence"},
    }


@pytest.mark.parametrize(
    "stated", ["2026/09/30 08:00", 1759190400000, "1759190400000", "2026-13-30 08:00:00", True]
)
def test_a_time_in_another_shape_is_not_guessed(stated):
    rows = ({"date": "2026-09-30", "user_id": "u1", "last_active_time": stated}, *STATISTICS[1:])
    found = _collect(server(statistics=rows))

    (account,) = [one for one in _of(found, "account") if one["login"] == "u1"]
    assert (account["last_activity"], account["unknown"]["last_activity"]) == (
        {"state": "unknown"},
        "unparsable",
    )
    assert any("account.last_activity: last_active_time" in note for note in found.report.unmapped)


@pytest.mark.parametrize("stated", [{}, {"last_active_time": False}])
def test_a_time_that_is_not_there_is_no_disuse(stated):
    rows = ({"date": "2026-09-30", "user_id": "u2"} | stated, *STATISTICS[:2])
    found = _collect(server(statistics=rows))

    (account,) = [one for one in _of(found, "account") if one["login"] == "u2"]
    assert account["unknown"]["last_activity"] == "unparsable"
    assert any("account.last_activity: last_active_time" in note for note in found.report.unmapped)


def test_a_day_that_is_not_there_yet_proves_no_disuse():
    found = _collect(server(statistics=tuple(row | {"date": "2026-09-29"} for row in STATISTICS)))

    (account,) = [one for one in _of(found, "account") if one["login"] == "u2"]
    assert account["unknown"]["last_activity"] == "source_partial"
    assert any("a day later" in problem for problem in found.report.problems)


def test_statistics_that_name_nobody_prove_nothing():
    found = _collect(
        server(statistics=tuple(row | {"user_id": f"ou_{row['user_id']}"} for row in STATISTICS))
    )

    assert {one["unknown"]["last_activity"] for one in _of(found, "account") if one["login"] != "x9"} == {
        "ambiguous"
    }


@pytest.mark.parametrize(("code", "reason"), [(99991672, "not_permitted"), (1663, "source_partial")])
def test_statistics_that_cannot_be_had_are_told(code, reason):
    def change(path, _asked, _times, answer):
        return {"code": code} if path.endswith("stats") else answer

    found = _collect(server(change))

    assert {one["unknown"]["last_activity"] for one in _of(found, "account") if one["login"] != "x9"} == {
        reason
    }
    assert found.report.completeness == "partial"


def test_without_activity_days_the_last_use_is_not_collected():
    found = _collect(server(), activity_days=0)

    assert {one["unknown"]["last_activity"] for one in _of(found, "account") if one["login"] == "u1"} == {
        "not_collected"
    }
    assert found.report.completeness == "complete"


def test_a_group_has_its_purpose_owners_and_members():
    found = _collect(server())

    group = _of(found, "group")[0]
    assert {
        name: group[name]
        for name in ("name", "purpose", "owners", "visibility", "join_rule", "archived", "member_count")
    } == {
        "name": "預算",
        "purpose": "2026 年預算",
        "owners": ("src/account/u1", "src/account/u2"),
        "visibility": "private",
        "join_rule": "invite",
        "archived": "no",
        "member_count": 3,
    }
    assert [(one["account"], one["role"], one["external"]) for one in _of(found, "membership")] == [
        ("src/account/u1", "owner", "no"),
        ("src/account/u2", "owner", "no"),
        ("src/account/u3", "member", "no"),
        ("src/account/u1", "owner", "no"),
        ("src/account/x9", "member", "yes"),
    ]


def test_an_outsider_is_an_account_of_which_nothing_is_known():
    (outsider,) = [one for one in _of(_collect(server()), "account") if one["login"] == "x9"]

    assert (outsider["kind"], outsider["state"], outsider["unknown"]["deactivated_at"]) == (
        "guest",
        "unknown",
        "not_supported",
    )


def test_a_stranger_in_a_group_without_outsiders_is_told():
    report = _collect(server(members={**MEMBERS, "oc_1": ("u1", "u2", "x7")})).report

    assert report.problems == ("group oc_1: its member x7 is none of the accounts",)


def test_a_bots_group_has_no_owner_that_is_known():
    bots = {name: value for name, value in CHATS["oc_1"].items() if name != "owner_id"}
    found = _collect(server(chats={**CHATS, "oc_1": bots}))

    assert _of(found, "group")[0]["unknown"]["owners"] == "not_supported"
    assert [one["role"] for one in _of(found, "membership")] == ["unknown"] * 3 + ["owner", "member"]


def test_an_outsider_who_owns_a_group_makes_its_owners_ambiguous():
    found = _collect(server(chats={**CHATS, "oc_2": CHATS["oc_2"] | {"owner_id": "x9"}}))

    assert _of(found, "group")[1]["unknown"]["owners"] == "ambiguous"
    assert [one["unknown"].get("role") for one in _of(found, "membership")] == [None] * 3 + ["ambiguous"] * 2


def test_what_only_the_bot_sees_is_not_every_group():
    assert _collect(server(), groups="seen").report.completeness == "partial"


def test_groups_that_are_refused_leave_the_accounts():
    def change(path, _asked, _times, answer):
        return httpx.Response(400, json={"code": 99991672}) if "/im/" in path else answer

    found = _collect(server(change))

    assert found.report.completeness == "partial"
    assert len(_of(found, "account")) == len(USERS)


@pytest.mark.parametrize("ending", ["/oc_1", "/oc_1/members"])
def test_a_group_that_cannot_be_read_whole_is_told(ending):
    def change(path, _asked, _times, answer):
        return {"code": 232009} if path.endswith(ending) else answer

    assert _collect(server(change)).report.completeness == "partial"


def test_a_range_that_nobody_vouches_for_is_a_part():
    assert _collect(server(), whole_company_visible=False).report.completeness == "partial"


def test_more_without_a_place_to_go_on_is_not_all():
    def change(path, asked, _times, answer):
        if path.endswith("find_by_department") and asked["department_id"] == "0":
            answer["data"] |= {"has_more": True, "page_token": ""}
        return answer

    assert any("not where" in problem for problem in _collect(server(change)).report.problems)


def test_a_user_without_the_lasting_id_is_no_account_and_is_told():
    found = _collect(server(users=(*USERS, {"open_id": "ou_1", "department_ids": ["0"]})))

    assert any("employee_id:readonly" in problem for problem in found.report.problems)


def test_a_token_is_exchanged_again_when_it_is_over():
    tokens = []

    def answer(request):
        if request.method == "POST":
            tokens.append(f"t{len(tokens)}")
            return httpx.Response(200, json={"code": 0, "tenant_access_token": tokens[-1]})
        if request.headers["Authorization"] == "Bearer t0":
            return httpx.Response(400, json={"code": 99991663})
        return httpx.Response(200, json={"code": 0, "data": {"has_more": False}})

    found = outcome(CONTRACT, CONTRACT.good.__class__(lambda: answer), Path())

    assert len(tokens) == 2
    assert isinstance(found, Collected)


def test_a_secret_that_stays_refused_ends_it():
    def answer(request):
        done = {"code": 0, "tenant_access_token": "t"} if request.method == "POST" else {"code": 99991663}
        return httpx.Response(200, json=done)

    assert isinstance(outcome(CONTRACT, CONTRACT.good.__class__(lambda: answer), Path()), AccessError)


@pytest.mark.parametrize("times", [1, 2])
def test_a_department_or_a_second_listing_that_fails_is_told(times):
    def change(path, asked, asked_times, answer):
        wanted = "od-1" if times == 1 else "0"
        broken = (
            path.endswith("find_by_department") and asked["department_id"] == wanted and asked_times == times
        )
        return {"code": 1663} if broken else answer

    found = _collect(server(change), groups="none")

    said = "department od-1" if times == 1 else "second time"
    assert any(said in problem for problem in found.report.problems)


def test_a_directory_whose_root_cannot_be_read_leaves_nothing():
    found = outcome(
        CONTRACT,
        server(
            lambda path, _asked, _times, good: {"code": 1663} if path.endswith("find_by_department") else good
        ),
        Path(),
    )

    assert isinstance(found, SourceError)


def test_a_group_without_id_is_told_and_one_without_a_kind_is_unknown():
    def change(path, _asked, _times, answer):
        if path.endswith("/im/v1/chats"):
            answer["data"]["items"] = [*answer["data"]["items"], {"name": "x"}]
        return answer

    chats = {**CHANGED, "oc_2": {**CHATS["oc_2"], "membership_approval": "no_approval_required"}}
    found = _collect(server(change, chats=chats))

    groups = _of(found, "group")
    assert (groups[0]["unknown"]["join_rule"], groups[1]["join_rule"]) == ("not_permitted", "open")
    assert "group: a record without chat_id, or listed twice" in found.report.problems


CHANGED = {**CHATS, "oc_1": {name: value for name, value in CHATS["oc_1"].items() if name != "chat_type"}}


def test_an_outsider_in_two_groups_is_one_account():
    chats = {**CHATS, "oc_3": CHATS["oc_2"]}
    found = _collect(server(chats=chats, members={**MEMBERS, "oc_3": MEMBERS["oc_2"]}))

    assert found.report.completeness == "complete"
