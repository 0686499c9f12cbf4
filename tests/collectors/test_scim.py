"""SCIM: what each word means, a service that leaves words out, and a real server."""

from pathlib import Path

import httpx
import pytest
from contract import Served, outcome
from contracted.scim import CONTRACT, GROUPS, USERS, server, user
from pydantic import ValidationError

from collectors.scim import ScimCollector, ScimOptions
from collectors.scim.records import ENTERPRISE
from engine.errors import AccessError, ConfigurationError, SourceError, UnparsableError
from engine.facts import Collected

_ROOT = Path(__file__).resolve().parents[2]
_GIVEN = CONTRACT.options.model_dump()


def _collect(served, **options):
    contract = CONTRACT.__class__(
        **{**CONTRACT.__dict__, "options": ScimOptions.model_validate(_GIVEN | options)}
    )
    found = outcome(contract, served, Path())
    assert isinstance(found, Collected), found
    return found


def _of(collected, entity):
    return [fact.record() for fact in collected.facts if fact.entity == entity]


def _account(options=None, /, **fields):
    return _of(_collect(server(users=(user("zhao", 7, **fields),), groups=()), **(options or {})), "account")[
        0
    ]


def _without(name):
    return {key: value for key, value in user("zhao", 7).items() if key != name}


@pytest.mark.parametrize(
    ("active", "state"),
    [
        (True, "active"),
        (False, "deactivated"),
        ("True", "active"),
        ("false", "deactivated"),
        ("no idea", "unknown"),
    ],
)
def test_whether_an_account_is_open(active, state):
    assert _account(active=active)["state"] == state


@pytest.mark.parametrize("users", [(_without("active"),), (user("zhao", 7, active=None),)])
def test_an_account_that_does_not_say_that_it_is_active_is_not_active(users):
    (account,) = _of(_collect(server(users=users, groups=())), "account")

    assert (account["state"], account["unknown"]["state"]) == ("unknown", "not_supported")
    assert account["unknown"]["deactivated_at"] == "not_supported"


@pytest.mark.parametrize(
    ("options", "person", "method"),
    [
        ({}, "key:E7", "employee_no"),
        ({"employee_attribute": "externalId"}, "key:X7", "external_id"),
        ({"employee_attribute": None}, None, None),
    ],
)
def test_whose_an_account_is_stands_where_the_company_says(options, person, method):
    collected = _collect(server(users=(user("zhao", 7),), groups=()), **options)

    assert [(link["person"], link["method"]) for link in _of(collected, "identity_link")] == (
        [(person, method)] if person else []
    )
    assert ("identity_link" in collected.report.delivers) == bool(person)
    assert _of(collected, "account")[0]["kind"] == ("human" if person else "unknown")


def test_a_department_that_is_not_there_is_unknown_and_one_that_is_gets_its_code():
    absent = _account(**{ENTERPRISE: {"employeeNumber": "E7"}})
    stated = _account({"department_codes": {"FIN": "F1"}}, title="")

    assert absent["unknown"]["department_code"] == absent["unknown"]["position"] == "not_supported"
    assert (stated["department_code"], stated["position"]) == ("F1", "")


def test_a_type_of_user_makes_a_service_where_the_company_says_so():
    assert _account({"service_user_types": ("Robot",)}, userType="Robot")["kind"] == "service"


def test_a_time_that_is_none_is_unknown_and_reported():
    collected = _collect(server(users=(user("zhao", 7, meta={"created": "yesterday"}),), groups=()))

    assert _of(collected, "account")[0]["unknown"]["created_at"] == "unparsable"
    assert collected.report.unmapped == ("account.created_at: yesterday",)
    assert _account(meta={})["unknown"]["created_at"] == "not_supported"


def test_groups_are_left_out_unless_people_talk_in_them():
    without, with_them = (_collect(server(), groups=choice) for choice in ("none", "all"))

    assert _of(without, "group") == []
    assert without.report.delivers == ("account", "identity_link")
    assert [group["member_count"] for group in _of(with_them, "group")] == [2]
    assert {one["account"] for one in _of(with_them, "membership")} == {"src/account/u2", "src/account/u3"}


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        (
            ({"id": "g1", "members": [{"value": "u2"}, {"value": "g2"}]}, {"id": "g2", "members": []}),
            "a group, whose",
        ),
        (({"id": "g1", "members": [{"value": "gone"}]},), "none of the accounts"),
        (({"id": "g1"},), "does not show its members"),
    ],
)
def test_members_that_are_not_known_make_the_source_partial(groups, words):
    report = _collect(server(groups=groups)).report

    assert report.completeness == "partial"
    assert words in report.problems[0]


def test_groups_that_cannot_be_listed_leave_the_accounts():
    def failing(path, _start, _times, answer):
        return {"detail": "out of order"} if path == "/Groups" else answer

    collected = _collect(server(failing))

    assert len(_of(collected, "account")) == len(USERS)
    assert collected.report.completeness == "partial"


def test_a_record_on_two_pages_counts_once_and_is_told():
    twice = server(
        lambda path, start, _times, answer: (
            answer | {"Resources": [USERS[0]]} if (path, start) == ("/Users", 3) else answer
        )
    )

    report = _collect(twice).report

    assert "account u1: stands on two pages" in report.problems
    assert GROUPS


def test_a_failing_server_is_named_with_its_status():
    found = outcome(CONTRACT, server().always(500, {}), Path())

    assert isinstance(found, SourceError)
    assert str(found) == "src: /Users answered 500"


@pytest.mark.parametrize(
    "url", ["http://id.corp.test/v2", "ftp://x", "https://me:secret@id.corp.test", "https://x/?a=b"]
)
def test_an_address_that_would_show_the_token_is_refused(url):
    with pytest.raises(ValidationError, match="url: "):
        ScimOptions(url=url)


def test_no_token_is_refused_before_anything_is_asked():
    with pytest.raises(ConfigurationError, match="no token"):
        ScimCollector().connect(CONTRACT.source, "", Path())


def test_what_is_no_page_is_a_failure_and_leaves_nothing():
    for body in (b"<html>canary</html>", b"[]"):
        page = Served(lambda body=body: lambda _request: httpx.Response(200, content=body))
        found = outcome(CONTRACT, page, Path())

        assert isinstance(found, UnparsableError)
        assert "canary" not in str(found)


@pytest.mark.parametrize("status", [403, 500])
def test_a_second_list_that_cannot_be_had_is_told_unless_it_is_a_refusal(status):
    whole = server()

    def handler():
        answers = whole.handler()

        def answer(request):
            again = "attributes" in request.url.params
            return httpx.Response(status, json={}) if again else answers(request)

        return answer

    found = outcome(CONTRACT, Served(handler), Path())

    if status == 403:
        assert isinstance(found, AccessError)
    else:
        assert isinstance(found, Collected)
        assert found.report.completeness == "partial"
