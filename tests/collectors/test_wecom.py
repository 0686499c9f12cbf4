"""WeCom: what each number means, what an app may not see, and where the token goes."""

import logging
from pathlib import Path

import httpx
import pytest
from contract import SECRET, outcome
from contracted.wecom import CONTRACT, OK, OVER, USERS, admit, server, user
from pydantic import ValidationError
from standin import TOKEN, stand_in

from collectors.transport import Recorded, RecordingFolder
from collectors.wecom import WecomCollector, WecomOptions
from engine.errors import AccessError, ConfigurationError, SourceError, UnparsableError
from engine.facts import Collected

_GIVEN = CONTRACT.options.model_dump()


def _found(served, **options):
    contract = CONTRACT.__class__(
        **{**CONTRACT.__dict__, "options": WecomOptions.model_validate(_GIVEN | options)}
    )
    return outcome(contract, served, Path())


def _collect(served, **options) -> Collected:
    found = _found(served, **options)
    assert isinstance(found, Collected), found
    return found


def _of(collected, entity):
    return [fact.record() for fact in collected.facts if fact.entity == entity]


def test_a_member_becomes_an_account_with_a_link():
    found = _collect(server(users=(user("E2", [2, 1]),)))

    (account,) = _of(found, "account")
    assert {name: value for name, value in account.items() if name != "unknown"} == {
        "uid": "src/account/E2",
        "source_system": "src",
        "login": "E2",
        "display_name": "員工E2",
        "kind": "human",
        "state": "active",
        "department_code": "FIN",
        "position": "會計",
        "last_activity": {"state": "unknown"},
        "privileged": "unknown",
        "is_collector": "no",
        "auth_source": "unknown",
        "mfa_enrolled": "unknown",
        "mfa_enforced": "unknown",
        "password_compromised": "unknown",
    }
    assert account["unknown"]["last_activity"] == "not_supported"
    assert "deactivated_at" not in account["unknown"]
    assert [(link["person"], link["strength"]) for link in _of(found, "identity_link")] == [
        ("key:E2", "exact")
    ]


def test_each_status_is_what_the_vendor_calls_it():
    found = _collect(server(users=tuple(user(f"E{code}", [1], status=code) for code in (1, 2, 3, 4, 5))))

    assert [account["state"] for account in _of(found, "account")] == [
        "active", "deactivated", "unknown", "invited", "deleted",
    ]  # fmt: skip
    assert found.report.unmapped == ("account.state: status: 3",)


@pytest.mark.parametrize("status", ["1", True, [1]])
def test_a_status_of_another_kind_is_no_state(status):
    (account,) = _of(_collect(server(users=(user("E1", [1], status=status),))), "account")

    assert (account["state"], account["unknown"]["state"]) == ("unknown", "unparsable")


def test_an_apps_range_is_not_the_company_unless_somebody_says_so():
    report = _collect(server(), whole_company_visible=False).report

    assert report.completeness == "partial"
    assert "visible range" in report.problems[0]


def test_a_range_without_the_root_is_a_part_whatever_is_said():
    departments = ({"id": 2, "name": "財務部", "parentid": 1},)
    report = _collect(server(departments=departments)).report

    assert (report.completeness, "root department" in report.problems[0]) == ("partial", True)


def test_ids_alone_are_accounts_of_unknown_state_to_the_last_page():
    found = _collect(server(), contacts="ids")

    accounts = _of(found, "account")
    assert [(one["login"], one["state"], one["unknown"]["state"]) for one in accounts] == [
        (f"E{number}", "unknown", "not_permitted") for number in range(1, 6)
    ]
    assert found.report.completeness == "complete"


def test_ids_that_end_early_are_not_all():
    def change(_path, asked, _times, answer):
        return {"errcode": 40058, "errmsg": "x"} if asked.get("cursor") == "2" else answer

    report = _collect(server(change), contacts="ids").report

    assert report.completeness == "partial"


def test_a_custom_attribute_may_hold_the_number():
    attributes = {"attrs": [{"name": "別的"}, {"name": "工號", "type": 0, "text": {"value": " 0017 "}}]}
    found = _collect(server(users=(user("li.na", [1], extattr=attributes),)), employee_field="工號")

    assert [link["person"] for link in _of(found, "identity_link")] == ["key:0017"]


@pytest.mark.parametrize("attributes", [None, {}, {"attrs": [{"name": "工號"}]}, {"attrs": "x"}])
def test_no_attribute_is_no_link_and_the_kind_is_open(attributes):
    found = _collect(server(users=(user("li.na", [1], extattr=attributes),)), employee_field="工號")

    assert _of(found, "identity_link") == []
    assert [(one["kind"], one["unknown"]["kind"]) for one in _of(found, "account")] == [
        ("unknown", "ambiguous")
    ]


def test_without_a_field_for_the_number_no_link_is_promised():
    assert _collect(server(), employee_field=None).report.delivers == ("account",)


def test_a_department_that_no_table_translates_is_not_known():
    found = _collect(server(users=(user("E1", [1]),)), department_codes={})

    assert [one["unknown"]["department_code"] for one in _of(found, "account")] == ["not_collected"]


def test_a_token_that_is_over_is_exchanged_again_once():
    exchanges = []

    def admit_twice(request):
        if request.url.path == "/cgi-bin/gettoken":
            exchanges.append(request)
            return httpx.Response(200, json=OK | {"access_token": f"{TOKEN}{len(exchanges)}"})
        ended = request.url.params["access_token"] == f"{TOKEN}1" and "user/list" in request.url.path
        return httpx.Response(200, json=OVER) if ended else None

    def route(path, _asked):
        rows = {"department": [{"id": 1, "name": "a"}]}
        return OK | (rows if "department" in path else {"userlist": [user("E1", [1])]})

    found = _collect(stand_in(route, admit_twice))

    assert (len(exchanges), found.report.completeness) == (2, "complete")


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, {"errcode": 40001}, AccessError),
        (200, {"errcode": 60020}, AccessError),
        (403, {}, AccessError),
        (200, {"errcode": 0}, SourceError),
        (500, None, SourceError),
    ],
)
def test_no_token_is_a_failure_that_repeats_no_secret(status, body, kind):
    served = CONTRACT.good.__class__(
        lambda: lambda _request: httpx.Response(status, json=body | {"errmsg": SECRET} if body else None)
    )

    found = _found(served)

    assert isinstance(found, kind)
    assert "gives no token" in str(found)
    assert SECRET not in f"{found} {found.help}"


def test_too_many_calls_are_waited_for(tmp_path):
    def change(path, _asked, times, answer):
        return {"errcode": 45009, "errmsg": "freq"} if path == "/cgi-bin/user/list" and times == 1 else answer

    transport = server(change)(CONTRACT, tmp_path)
    found = outcome(CONTRACT, lambda _contract, _folder: transport, tmp_path)

    assert isinstance(found, Collected)
    assert (found.report.completeness, bool(transport.slept)) == ("complete", True)


def test_the_token_in_the_address_is_in_no_recording_and_no_log(tmp_path, caplog):
    caplog.set_level(logging.INFO)
    with RecordingFolder(tmp_path / "recorded") as written:
        CONTRACT.collect(Recorded(CONTRACT.opened(CONTRACT.good, tmp_path), written))

    bodies = [path.read_text() + path.name for path in (tmp_path / "recorded").iterdir()]
    assert len(bodies) > 4
    assert [body for body in bodies if TOKEN in body or SECRET in body] == []
    assert TOKEN not in caplog.text
    assert SECRET not in caplog.text


def test_an_answer_that_does_not_say_whether_it_is_one_is_none():
    served = stand_in(lambda _path, _asked: {"department": []}, admit)

    assert isinstance(_found(served), UnparsableError)


def test_a_first_department_that_cannot_be_read_leaves_nothing():
    def change(path, _asked, _times, answer):
        return {"errcode": 40058} if path == "/cgi-bin/user/list" else answer

    assert isinstance(_found(server(change)), SourceError)


def test_a_second_listing_that_fails_is_told():
    def change(path, _asked, times, answer):
        return {"errcode": 40058} if path == "/cgi-bin/department/list" and times > 1 else answer

    assert any("second time" in problem for problem in _collect(server(change)).report.problems)


def test_a_record_without_userid_is_told_and_no_account():
    found = _collect(server(users=(*USERS, {"department": [1], "name": "x"})))

    assert "account: a record without userid" in found.report.problems
    assert len(_of(found, "account")) == len(USERS)


def test_a_secret_is_needed():
    with pytest.raises(ConfigurationError, match="no secret of the app"):
        WecomCollector().connect(CONTRACT.source, "", Path())


@pytest.mark.parametrize("url", ["http://qyapi.test", "https://u:p@qyapi.test", "qyapi.test"])
def test_an_address_that_would_give_the_secret_away_is_refused(url):
    with pytest.raises(ValidationError):
        WecomOptions(url=url, corp_id="ww1")
