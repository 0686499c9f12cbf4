"""Mattermost: pages cut down without a word, a closing time of zero, roles, sessions, channels."""

from pathlib import Path

import httpx
import pytest
from contract import MOMENT, outcome
from contracted.mattermost import CHANNELS, CONTRACT, MEMBERS, REPORT, USERS, server, total, user

from collectors.mattermost import MattermostOptions
from engine.errors import UnparsableError
from engine.facts import Collected

_GIVEN = CONTRACT.options.model_dump()
_API = "/api/v4"


def _found(served, **options):
    contract = CONTRACT.__class__(
        **{**CONTRACT.__dict__, "options": MattermostOptions.model_validate(_GIVEN | options)}
    )
    return outcome(contract, served, Path())


def _collect(served, **options) -> Collected:
    found = _found(served, **options)
    assert isinstance(found, Collected), found
    return found


def _of(collected, entity):
    return [fact.record() for fact in collected.facts if fact.entity == entity]


_ALONE = {"groups": "none", "report": False, "sessions": False}


def _account(**fields):
    found = _collect(server(users=(user("u1", **fields),)), **_ALONE)
    return _of(found, "account")[0]


def _without(name):
    return {key: value for key, value in user("u1").items() if key != name}


def test_pages_that_are_shorter_than_asked_for_are_followed_to_an_empty_one():
    assert len(_of(_collect(server()), "account")) == len(USERS)


@pytest.mark.parametrize(
    ("stated", "state", "closed"),
    [
        (0, "active", None),
        (1785000000000, "deactivated", "2026-07-25T17:20:00Z"),
        (1785000000, "unknown", None),
        (None, "unknown", None),
        (False, "unknown", None),
    ],
)
def test_a_closing_time_of_zero_is_open_and_one_in_seconds_is_none(stated, state, closed):
    account = _account(delete_at=stated)

    assert (account["state"], account.get("deactivated_at")) == (state, closed)
    assert ("deactivated_at" in account["unknown"]) == (state == "unknown")


@pytest.mark.parametrize("counted", [len(USERS), len(USERS) - 1])
def test_closed_accounts_may_or_may_not_be_counted(counted):
    assert _collect(total(counted)).report.completeness == "complete"


@pytest.mark.parametrize(
    ("roles", "privileged", "kind"),
    [
        ("system_user", "no", "human"),
        ("system_user system_manager", "yes", "human"),
        ("system_user system_read_only_admin", "no", "human"),
        ("system_guest", "no", "guest"),
        ("system_user custom_helpdesk", "unknown", "human"),
        (None, "unknown", "unknown"),
    ],
)
def test_roles(roles, privileged, kind):
    account = _account(roles=roles)

    assert (account["privileged"], account["kind"]) == (privileged, kind)


@pytest.mark.parametrize(
    ("service", "source", "password"),
    [("", "local", True), ("ldap", "directory", False), ("saml", "sso", False), ("magic", "unknown", True)],
)
def test_only_a_password_of_the_server_itself_was_changed_there(service, source, password):
    account = _account(auth_service=service)

    assert (account["auth_source"], "password_changed_at" in account) == (source, password)
    assert "password_changed_at" not in account["unknown"]


def test_a_second_factor_that_is_not_shown_is_not_missing():
    account = _of(_collect(server(users=(_without("mfa_active"),)), **_ALONE), "account")[0]

    assert (account["mfa_enrolled"], account["unknown"]["mfa_enrolled"]) == ("unknown", "not_permitted")


def _use(**fields):
    found = _collect(server(users=USERS[:1], report=(REPORT[0] | fields,)), groups="none", sessions=False)
    return _of(found, "account")[0]


def test_the_last_use_is_the_latest_that_the_report_tells():
    assert _use(last_login=1791000000000)["last_activity"] == {
        "state": "at", "at": "2026-10-03T04:00:00Z", "kind": "presence", "precision_s": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"last_status_at": 1790000000}, "unparsable"),
        ({"last_status_at": "soon"}, "unparsable"),
        ({"last_status_at": None, "last_post_date": 0}, "ambiguous"),
    ],
)
def test_a_report_in_another_shape_tells_no_use(fields, reason):
    assert _use(**fields)["unknown"]["last_activity"] == reason


def test_a_report_without_the_time_of_the_status_does_not_fall_back_to_posts():
    short = {name: value for name, value in REPORT[0].items() if name != "last_status_at"}
    found = _collect(server(users=USERS[:1], report=(short,)), groups="none", sessions=False)

    assert _of(found, "account")[0]["unknown"]["last_activity"] == "unparsable"
    assert found.report.unmapped == ("account.last_activity: last_status_at: absent",)


@pytest.mark.parametrize(("status", "reason"), [(403, "not_permitted"), (501, "source_partial")])
def test_a_report_that_cannot_be_had_says_why(status, reason):
    def change(path, _asked, _times, answer):
        return httpx.Response(status, json={}) if "reports" in path else answer

    assert {one["unknown"]["last_activity"] for one in _of(_collect(server(change)), "account")} == {reason}


def test_a_report_is_followed_by_name_to_an_empty_page():
    found = _collect(server(), groups="none", sessions=False)

    assert [one["last_activity"]["state"] for one in _of(found, "account")] == ["at"] * len(USERS)


def test_an_account_that_the_report_leaves_out_has_no_use_that_is_known():
    found = _collect(server(report=REPORT[:2]), groups="none", sessions=False)

    assert [one["unknown"].get("last_activity") for one in _of(found, "account")].count("not_supported") == 3


def test_sessions_are_of_open_accounts_and_their_ids_are_hashed():
    found = _collect(server(), groups="none")

    sessions = _of(found, "session")
    assert len(sessions) == 2 * (len(USERS) - 1)
    assert {(one["started_at"], one["last_used_at"], one.get("expires_at")) for one in sessions} == {
        ("2026-09-10T00:26:40Z", "2026-09-21T14:13:20Z", None),
        ("2026-09-10T00:26:40Z", "2026-09-21T14:13:20Z", "2027-01-03T18:13:20Z"),
    }


def test_sessions_that_cannot_be_had_are_told():
    def change(path, _asked, _times, answer):
        return httpx.Response(403, json={}) if path.endswith("sessions") else answer

    report = _collect(server(change), groups="none").report

    assert (report.completeness, report.received["session"]) == ("partial", 0)


def test_a_session_without_id_is_told():
    assert _collect(server(sessions=[{"create_at": 1}]), groups="none").report.completeness == "partial"


def test_a_channel_has_its_purpose_owners_and_last_message():
    found = _collect(server())

    first, second = _of(found, "group")
    assert {
        name: first[name]
        for name in ("name", "purpose", "owners", "visibility", "archived", "last_message_at")
    } == {
        "name": "預算",
        "purpose": "2026 年預算",
        "owners": ("src/account/u1", "src/account/u2"),
        "visibility": "private",
        "archived": "no",
        "last_message_at": {"state": "at", "at": "2026-09-21T14:13:20Z", "kind": "message", "precision_s": 0},
    }
    assert (second["archived"], second["last_message_at"]["state"], second["unknown"]["creator"]) == (
        "yes",
        "never",
        "not_supported",
    )
    assert [(one["account"][12:], one["role"], one["external"]) for one in _of(found, "membership")] == [
        ("u1", "owner", "no"), ("u2", "owner", "no"), ("u4", "guest", "yes"),
    ]  # fmt: skip


def test_a_channel_in_another_shape_is_unknown_field_by_field():
    odd = CHANNELS[0] | {"type": "X", "last_post_at": 1790000000, "delete_at": 1}
    group = _of(_collect(server(channels=(odd, CHANNELS[1]))), "group")[0]

    assert {
        name: group["unknown"][name] for name in ("visibility", "join_rule", "last_message_at", "archived")
    } == dict.fromkeys(("visibility", "join_rule", "last_message_at", "archived"), "unparsable")


def test_a_stated_number_of_channels_that_did_not_come_is_told():
    def change(path, _asked, _times, answer):
        return {**answer, "total_count": 5} if path == f"{_API}/channels" else answer

    assert _collect(server(change)).report.completeness == "partial"


def test_members_that_cannot_be_had_leave_the_owners_open():
    def change(path, _asked, _times, answer):
        return httpx.Response(500, json={}) if path.endswith("/members") else answer

    found = _collect(server(change))

    assert {one["unknown"]["owners"] for one in _of(found, "group")} == {"source_partial"}


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"roles": "channel_user"}, "scheme_admin: absent"),
        ({"roles": "channel_user", "scheme_admin": "no"}, "scheme_admin: str"),
        ({"scheme_admin": False}, "roles: absent"),
        ({"scheme_admin": False, "roles": None}, "roles: NoneType"),
    ],
)
def test_a_member_who_may_be_an_owner_leaves_the_owners_open(row, field):
    members = {**MEMBERS, "c1": [*MEMBERS["c1"][:1], {"channel_id": "c1", "user_id": "u2"} | row]}
    found = _collect(server(members=members))

    first, second = _of(found, "membership")
    assert _of(found, "group")[0]["unknown"]["owners"] == "unparsable"
    assert (first["role"], second["role"], second["unknown"]["role"]) == ("owner", "unknown", "unparsable")
    assert found.report.unmapped == (f"membership.role: {field}",)


def test_a_member_of_a_kind_that_is_not_known_has_no_role_that_is():
    found = _collect(server(users=(user("u1"), user("u2"), user("u4", roles=None))))

    assert [one["role"] for one in _of(found, "membership")] == ["owner", "owner", "unknown"]


def test_a_member_who_is_nobody_is_told():
    members = {**MEMBERS, "c2": [{"channel_id": "c2", "user_id": "u77", "roles": ""}]}

    assert _collect(server(members=members)).report.problems == (
        "group c2: its member u77 is none of the accounts",
    )


def test_channels_that_are_refused_leave_the_accounts():
    def change(path, _asked, _times, answer):
        return httpx.Response(403, json={}) if path == f"{_API}/channels" else answer

    found = _collect(server(change))

    assert (len(_of(found, "account")), found.report.completeness) == (len(USERS), "partial")


def test_a_second_listing_that_fails_is_told():
    def change(path, asked, times, answer):
        again = (path, asked.get("page")) == (f"{_API}/users", "0") and times > 1
        return httpx.Response(500, json={}) if again else answer

    assert any("second time" in problem for problem in _collect(server(change)).report.problems)


def test_a_record_twice_or_without_id_is_told():
    found = _collect(server(users=(*USERS, USERS[0])), **_ALONE)

    assert "account: a record without id, or on two pages" in found.report.problems


def test_a_total_that_is_no_number_is_no_answer():
    assert isinstance(_found(total("many")), UnparsableError)


def test_links_are_by_what_holds_the_number():
    def numbers(**options):
        found = _collect(server(users=USERS[:2]), groups="none", sessions=False, **options)
        return [(one["person"], one["method"]) for one in _of(found, "identity_link")]

    assert numbers() == [("key:E-u1", "external_id")]
    assert numbers(employee_field="username") == [("key:nu1", "employee_no"), ("key:nu2", "employee_no")]
    assert numbers(employee_field=None) == []


def test_a_limit_that_names_the_seconds_left_is_waited_for(tmp_path):
    def change(path, _asked, times, answer):
        slow = httpx.Response(429, json={}, headers={"X-Ratelimit-Reset": "9"})
        return slow if path.endswith("stats") and times == 1 else answer

    transport = server(change)(CONTRACT, tmp_path)
    CONTRACT.collector.collect(
        CONTRACT.source, CONTRACT.opened(lambda _contract, _folder: transport, tmp_path), MOMENT
    )

    assert transport.slept == [9.0]


def test_a_list_of_channels_that_states_no_total_is_held_against_none():
    def change(path, _asked, _times, answer):
        return {"channels": answer["channels"]} if path == f"{_API}/channels" else answer

    assert _collect(server(change)).report.expected == {}
