"""Microsoft Graph: attempts are no sign-ins, registered is not enforced, editions that show less."""

from pathlib import Path

import httpx
import pytest
from contract import outcome
from contracted.graph import BASE, CONTRACT, GROUPS, LISTS, NO_LICENCE, USERS, guid, server, user
from pydantic import ValidationError

from collectors.graph import GraphOptions
from collectors.identity import linked_by_directory
from engine.errors import AccessError, UnparsableError
from engine.facts import Collected

_GIVEN = CONTRACT.options.model_dump()


def _found(served, **options):
    contract = CONTRACT.__class__(
        **{**CONTRACT.__dict__, "options": GraphOptions.model_validate(_GIVEN | options)}
    )
    return outcome(contract, served, Path())


def _collect(served, **options) -> Collected:
    found = _found(served, **options)
    assert isinstance(found, Collected), found
    return found


def _of(collected, entity):
    return [fact.record() for fact in collected.facts if fact.entity == entity]


def _account(**fields):
    return _of(_collect(server(users=(user(1, **fields), user(2))), groups="none"), "account")[0]


_OLD, _LATE = "2026-05-01T08:00:00Z", "2026-09-20T08:00:00Z"


@pytest.mark.parametrize(
    ("stated", "state"),
    [
        (
            {"lastSuccessfulSignInDateTime": "2026-05-01T08:00:00.1234567Z", "lastSignInDateTime": _LATE},
            {"state": "at", "at": _OLD, "kind": "login", "precision_s": 0},
        ),
        (
            {"lastSignInDateTime": _OLD, "lastNonInteractiveSignInDateTime": _LATE},
            {"state": "at", "at": _LATE, "kind": "attempt", "precision_s": 0},
        ),
        (
            {"lastSignInDateTime": _OLD, "lastSuccessfulSignInDateTime": "0001-01-01T00:00:00Z"},
            {"state": "at", "at": _OLD, "kind": "attempt", "precision_s": 0},
        ),
        (
            {"lastSignInDateTime": "0001-01-01T00:00:00Z"},
            {"state": "never", "basis": "no sign-in is recorded"},
        ),
        (None, {"state": "never", "basis": "no sign-in is recorded"}),
        ({"lastSignInDateTime": "yesterday"}, {"state": "unknown"}),
        (7, {"state": "unknown"}),
    ],
)
def test_only_a_sign_in_that_succeeded_is_one(stated, state):
    account = _account(signInActivity=stated)

    assert account["last_activity"] == state
    assert account["unknown"].get("last_activity") == (
        "unparsable" if state == {"state": "unknown"} else None
    )


def test_where_nobody_has_a_sign_in_nobody_is_said_never_to_have_signed_in():
    bare = tuple({name: value for name, value in one.items() if name != "signInActivity"} for one in USERS)

    assert {one["unknown"]["last_activity"] for one in _of(_collect(server(users=bare)), "account")} == {
        "ambiguous"
    }


def test_an_edition_without_sign_ins_says_that_it_has_no_licence():
    def change(path, asked, _times, answer):
        hidden = "userRegistrationDetails" in path or "signInActivity" in asked.get("$select", "")
        return httpx.Response(403, json=NO_LICENCE) if hidden else answer

    found = _collect(server(change))

    assert {
        (one["unknown"]["last_activity"], one["unknown"]["mfa_enrolled"]) for one in _of(found, "account")
    } == {("not_licensed", "not_licensed")}
    assert found.report.limits["account.last_activity"] == "not_licensed"
    assert found.report.completeness == "complete"


def test_a_report_of_factors_that_fails_is_told():
    def change(path, _asked, _times, answer):
        return httpx.Response(500, json={}) if "userRegistrationDetails" in path else answer

    found = _collect(server(change))

    assert {one["unknown"]["mfa_enrolled"] for one in _of(found, "account")} == {"source_partial"}
    assert found.report.completeness == "partial"


def test_a_factor_that_is_registered_is_not_enforced_and_a_guests_is_not_known():
    accounts = _of(_collect(server()), "account")

    assert [(one["mfa_enrolled"], one["mfa_enforced"]) for one in accounts] == [
        ("yes", "unknown"), ("no", "unknown"), ("yes", "unknown"), ("unknown", "unknown"), ("yes", "unknown"),
    ]  # fmt: skip


def test_kinds_states_and_links():
    found = _collect(server())

    assert [(one["kind"], one["state"]) for one in _of(found, "account")] == [
        ("human", "active"), ("human", "active"), ("human", "deactivated"), ("guest", "active"), ("unknown", "active"),
    ]  # fmt: skip
    assert [one["person"] for one in _of(found, "identity_link")] == ["key:E1", "key:E2", "key:E3"]


def test_a_team_has_its_owners_and_members_direct_and_nested():
    found = _collect(server())

    (group,) = _of(found, "group")
    assert (group["kind"], group["purpose"], group["owners"], group["member_count"]) == (
        "team", "2026 年預算", (f"src/account/{guid(1)}",), 3,
    )  # fmt: skip
    assert [(one["account"][-1], one["role"], one["via"], one["external"]) for one in _of(found, "membership")] == [
        ("1", "owner", "direct", "no"), ("2", "member", "nested", "no"), ("4", "guest", "direct", "yes"),
    ]  # fmt: skip


def test_all_groups_are_read_if_somebody_says_so():
    groups = _of(_collect(server(), groups="all"), "group")

    assert [(one["kind"], one["purpose"], one["owners"]) for one in groups][1] == ("unknown", "", ())


def test_a_group_of_mail_is_a_mailing_list():
    mail = GROUPS[1] | {"groupTypes": ["Unified"]}

    assert _of(_collect(server(groups=(mail,)), groups="all"), "group")[0]["kind"] == "mailing_list"


@pytest.mark.parametrize(
    ("what", "field"),
    [("owners", "owners"), ("members", "member_count"), ("transitiveMembers", "member_count")],
)
def test_a_list_of_a_group_that_cannot_be_had_is_not_empty(what, field):
    def change(path, _asked, _times, answer):
        return httpx.Response(500, json={}) if path.endswith(f"/{what}") else answer

    found = _collect(server(change))

    assert _of(found, "group")[0]["unknown"][field] == "source_partial"
    assert found.report.completeness == "partial"


def test_an_owner_or_member_who_is_nobody_is_told():
    lists = {**LISTS, f"{guid(101)}/owners": [{"id": guid(77)}], f"{guid(101)}/members": [{"id": guid(77)}]}
    found = _collect(server(lists=lists))

    assert _of(found, "group")[0]["unknown"]["owners"] == "ambiguous"
    assert any("none of the accounts" in problem for problem in found.report.problems)


@pytest.mark.parametrize("status", [403, 500])
def test_groups_that_cannot_be_listed_leave_the_accounts(status):
    def change(path, _asked, _times, answer):
        return httpx.Response(status, json={}) if path == "/v1.0/groups" else answer

    found = _collect(server(change))

    assert (len(_of(found, "account")), found.report.completeness) == (len(USERS), "partial")


def test_a_second_listing_that_fails_is_told():
    def change(_path, asked, _times, answer):
        return httpx.Response(500, json={}) if asked.get("$select") == "id" and asked.get("$top") else answer

    assert any("second time" in problem for problem in _collect(server(change)).report.problems)


@pytest.mark.parametrize("link", ["https://evil.test/v1.0/users?$skiptoken=2", f"{BASE}/v1.0/me?x=1"])
def test_the_token_follows_no_link_to_elsewhere(link):
    def change(path, _asked, _times, answer):
        return answer | {"@odata.nextLink": link} if path == "/v1.0/users" else answer

    found = _found(server(change))

    assert isinstance(found, UnparsableError) or found.report.completeness == "partial"


def test_a_record_twice_or_without_id_is_told():
    found = _collect(server(users=(user(1), user(1), {"accountEnabled": True})))

    assert "account: a record without id, or on two pages" in found.report.problems


def test_a_total_that_is_no_number_is_no_answer():
    def change(path, _asked, _times, answer):
        return {"count": 3} if path.endswith("$count") else answer

    assert isinstance(_found(server(change)), UnparsableError)


def test_a_secret_goes_to_no_address_in_the_clear():
    with pytest.raises(ValidationError, match="login_url"):
        GraphOptions.model_validate(_GIVEN | {"login_url": "http://login.test"})


def test_a_token_that_stays_refused_ends_it():
    def answer(request):
        good = request.method == "POST"
        return httpx.Response(200 if good else 401, json={"access_token": "t"} if good else {})

    assert isinstance(_found(CONTRACT.good.__class__(lambda: answer)), AccessError)


def test_owners_that_are_refused_leave_the_accounts():
    def change(path, _asked, _times, answer):
        return httpx.Response(403, json={}) if path.endswith("/owners") else answer

    found = _collect(server(change))

    assert (len(_of(found, "account")), found.report.completeness) == (len(USERS), "partial")


def test_an_account_that_came_from_a_directory_is_linked_to_the_one_there():
    known = user(1, employeeId=None, onPremisesImmutableId="nLKJTZ0qQ0uaXA4fKjtMXQ==")
    found = _collect(
        server(users=(known, user(2, onPremisesImmutableId=None))),
        groups="none", employee_attribute="onPremisesImmutableId",
    )  # fmt: skip

    links = _of(linked_by_directory(found, "ad"), "identity_link")

    assert [(link["account"], link["through"], link["method"], link["strength"]) for link in links] == [
        (
            f"src/account/{guid(1)}",
            "ad/account/4d89b29c-2a9d-4b43-9a5c-0e1f2a3b4c5d",
            "directory_guid",
            "exact",
        )
    ]
    assert [account["kind"] for account in _of(found, "account")] == ["human", "unknown"]
