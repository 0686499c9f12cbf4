"""ejabberd: what its answers become, and what they are not taken for."""

import json

import httpx
import pytest
from contract import AT, TEXT
from contracted.ejabberd import (
    CONTRACT,
    HOST,
    IN_ROOM,
    LAST,
    PLACES,
    REFUSED,
    ROOMS,
    SERVICE,
    answering,
    place,
    server,
)
from pydantic import ValidationError

from collectors.ejabberd import EjabberdOptions
from collectors.ejabberd.walk import strip
from collectors.transport import Request, Response
from engine.errors import UnparsableError

BUDGET, OPEN = f"src/group/budget@{SERVICE}", f"src/group/open@{SERVICE}"


def _collect(stage, folder):
    return CONTRACT.collect(CONTRACT.opened(stage, folder))


def _of(collected, entity):
    return {fact.uid: fact.record() for fact in collected.facts if fact.entity == entity}


def _account(collected, user):
    return _of(collected, "account")[f"src/account/{user}@{HOST}"]


def test_an_account_says_when_it_was_last_used_and_never_when_it_is_closed(tmp_path):
    found = _collect(server(), tmp_path)

    # the state cannot be had: that an account is there does not say that it can be used
    assert {one["state"] for one in _of(found, "account").values()} == {"unknown"}
    li = _account(found, "li.na")
    assert li["last_activity"] == {
        "state": "at",
        "at": "2023-11-14T22:13:20Z",
        "kind": "presence",
        "precision_s": 0,
    }
    assert {name: li["unknown"].get(name) for name in ("state", "kind", "created_at", "holder")} == {
        "state": "not_supported",
        "kind": "not_supported",
        "created_at": "not_supported",
        "holder": None,
    }
    assert (_account(found, "mailer")["kind"], _account(found, "audit")["is_collector"]) == ("service", "yes")


def test_the_time_of_an_account_that_nobody_signed_in_with_is_when_it_was_made(tmp_path):
    never = _account(_collect(server(), tmp_path), "zhang.wei")

    assert never["last_activity"]["state"] == "never"
    assert never["created_at"] == "2026-09-01T01:00:00Z"


@pytest.mark.parametrize(
    "answer",
    [{"timestamp": 1700000000, "status": ""}, {"timestamp": "yesterday", "status": ""}, {"timestamp": "2026-01-01"}, 5],
)  # fmt: skip
def test_a_time_of_another_shape_is_no_time(tmp_path, answer):
    one = _account(_collect(server(last=LAST | {"li.na": answer}), tmp_path), "li.na")

    assert one["last_activity"] == {"state": "unknown"}
    assert (one["unknown"]["last_activity"], one["unknown"]["created_at"]) == ("unparsable", "unparsable")


def test_an_account_that_went_meanwhile_is_told(tmp_path):
    last = {name: value for name, value in LAST.items() if name != "li.na"}
    found = _collect(server(last=last), tmp_path)

    assert found.report.problems == ("account li.na: went while the service was being read",)
    assert _account(found, "li.na")["unknown"]["last_activity"] == "source_partial"


def test_a_refused_last_use_is_a_limit_of_the_source(tmp_path):
    found = _collect(answering("get_last", httpx.Response(403, json=REFUSED)), tmp_path)

    assert found.report.limits["account.last_activity"] == "not_permitted"
    assert _account(found, "li.na")["unknown"]["last_activity"] == "not_permitted"


def test_members_have_a_place_in_the_room_or_are_in_it(tmp_path):
    found = _collect(server(), tmp_path)
    members = {
        (row["group"], row["account"].rpartition("/")[2]): (row["role"], row["external"])
        for row in _of(found, "membership").values()
    }

    assert members == {
        (BUDGET, f"li.na@{HOST}"): ("member", "unknown"),
        (BUDGET, f"zhang.wei@{HOST}"): ("owner", "unknown"),
        (BUDGET, f"audit@{HOST}"): ("moderator", "unknown"),
        (BUDGET, "o@partner.test"): ("member", "yes"),
        (OPEN, f"li.na@{HOST}"): ("member", "unknown"),
        (OPEN, "o@partner.test"): ("guest", "yes"),
    }
    assert _of(found, "account")["src/account/o@partner.test"]["kind"] == "guest"
    assert found.report.expected == {"account": 5}


def test_a_room_says_what_it_is_for_and_how_one_gets_in(tmp_path):
    groups = _of(_collect(server(), tmp_path), "group")
    shown = ("name", "purpose", "owners", "visibility", "join_rule")

    assert [tuple(groups[uid].get(name) for name in shown) for uid in (BUDGET, OPEN)] == [
        ("預算", "2026 年預算", (f"src/account/zhang.wei@{HOST}",), "private", "invite"),
        ("open", "", (), "public", "open"),
    ]
    assert sorted(groups) == [BUDGET, OPEN]  # none of another host


def test_a_room_with_a_password_says_not_who_has_it(tmp_path):
    rooms = ROOMS | {"open": ROOMS["open"] | {"password_protected": "true"}}
    one = _of(_collect(server(rooms=rooms), tmp_path), "group")[OPEN]

    assert (one["join_rule"], one["unknown"]["join_rule"]) == ("unknown", "ambiguous")


def test_a_room_that_says_nothing_of_itself_has_no_answers(tmp_path):
    one = _of(_collect(server(rooms=ROOMS | {"open": {"title": "x"}}), tmp_path), "group")[OPEN]

    names = ("purpose", "purpose_origin", "join_rule", "visibility")
    assert {one["unknown"][name] for name in names} == {"not_supported"}


def test_members_that_cannot_be_placed_make_the_source_partial(tmp_path):
    places = PLACES | {
        "open": [
            place("x@other.test", "member"),
            place(f"gone@{HOST}", "member"),
            place("partner.test", "member"),
            {"affiliation": "member"},
        ]
    }
    found = _collect(server(places=places, inside=IN_ROOM | {"open": []}), tmp_path)

    room = f"group open@{SERVICE}"
    assert found.report.completeness == "partial"
    assert sorted(found.report.problems) == [
        f"{room}: a member without name or domain",
        f"{room}: its member @partner.test is no account: a whole domain, or no name",
        f"{room}: its member gone@{HOST} is none of the accounts of {HOST}",
        f"{room}: its member x@other.test is none of the accounts of {HOST}",
    ]


def test_who_is_kept_out_is_no_member_even_while_in_the_room(tmp_path):
    inside = IN_ROOM | {"budget": [{"jid": "bad@partner.test/x", "role": "visitor"}]}
    found = _collect(server(inside=inside), tmp_path)

    assert [row for row in _of(found, "membership").values() if "bad@" in row["account"]] == []


@pytest.mark.parametrize("command", ["get_room_affiliations", "get_room_occupants", "get_room_options", "muc_online_rooms"])  # fmt: skip
def test_rooms_that_cannot_be_read_leave_the_accounts(tmp_path, command):
    found = _collect(answering(command, {"status": "error"}), tmp_path)

    assert found.report.completeness == "partial"
    assert len([uid for uid in _of(found, "account") if uid.endswith(f"@{HOST}")]) == 4
    if command == "get_room_affiliations":
        assert _of(found, "group")[BUDGET]["unknown"]["owners"] == "source_partial"


def test_a_room_that_went_meanwhile_is_told(tmp_path):
    found = _collect(answering("get_room_options", {}), tmp_path)

    assert found.report.problems[0] == f"group budget@{SERVICE}: went while the service was being read"


def test_sessions_begin_when_they_say_and_have_no_names_of_devices(tmp_path):
    (session,) = _of(_collect(server(), tmp_path), "session").values()

    assert session["account"] == f"src/account/audit@{HOST}"
    assert session["kind"] == "session"
    assert session["started_at"] < session["last_used_at"]
    assert "phone" not in json.dumps(session)


def test_a_session_of_an_account_that_is_not_listed_is_told(tmp_path):
    found = _collect(answering("connected_users_info", [{"jid": f"new@{HOST}/a", "uptime": "x"}]), tmp_path)

    assert found.report.problems == ("account new: came while the service was being read",)


def test_a_session_without_its_age_has_no_beginning(tmp_path):
    (session,) = _of(
        _collect(answering("connected_users_info", [{"jid": f"li.na@{HOST}/a"}]), tmp_path), "session"
    ).values()

    assert session["unknown"]["started_at"] == "not_supported"


def test_a_host_that_the_server_does_not_have_is_named_with_those_that_it_has(tmp_path):
    with pytest.raises(UnparsableError, match=r"corp\.test is none of the server's: a\.test, b\.test"):
        _collect(answering("registered_vhosts", ["b.test", "a.test"]), tmp_path)


def test_a_total_that_is_no_number_is_no_total(tmp_path):
    with pytest.raises(UnparsableError, match="stat: found no number"):
        _collect(answering("stats_host", {"stat": True}), tmp_path)


def test_a_second_listing_that_fails_is_told(tmp_path):
    stage = server(
        lambda path, _asked, times, good: {} if path.endswith("registered_users") and times > 1 else good
    )

    assert "could not be listed a second time" in _collect(stage, tmp_path).report.problems[0]


def test_what_is_only_read_in_part_delivers_no_more():
    collected = CONTRACT.collector.collect(
        CONTRACT.source.__class__(
            "src",
            "Source",
            EjabberdOptions(url="https://c.test", host=HOST, collector_user=f"audit@{HOST}", groups="none"),
        ),
        CONTRACT.opened(server(), None),
        None,
    )

    assert collected.report.delivers == ("account",)


def test_what_users_write_is_dropped_and_stripping_twice_changes_nothing():
    request = Request("http", "/api/get_last", (("user", "li.na"),))
    once = strip(request, Response(json.dumps(LAST["li.na"]).encode(), AT, 200))

    assert TEXT not in once.body.decode()
    assert strip(request, once) == once


def test_an_account_to_read_with_has_a_host():
    with pytest.raises(ValidationError, match="collector_user"):
        EjabberdOptions(url="https://c.test", host=HOST, collector_user="audit")
