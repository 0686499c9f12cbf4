"""Synapse: what each of its answers means, and what becomes of answers that are missing or odd."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from collectors import Moment, Source, live
from collectors.synapse import SynapseCollector, SynapseOptions
from collectors.synapse.strip import strip
from collectors.transport import HttpTransport, Request, Response, Stripped
from engine.errors import AccessError, ConfigurationError, SourceError, UnparsableError
from engine.facts import Collected

_MOMENT = Moment("2026-09-30T15:59:59Z", ZoneInfo("Asia/Shanghai"))
_AT = "2026-10-01T01:00:00Z"
_OCTOBER = 1_790_816_400_000
"""2026-10-01T01:00:00Z in milliseconds."""
_DAY = 86_400_000
_ROOM = "!budget:corp.test"
_STRICT = {"events": {"m.room.power_levels": 100}}


def _user(name: str, **fields) -> dict:
    row = {
        "name": f"@{name}:corp.test",
        "user_type": None,
        "is_guest": False,
        "admin": False,
        "deactivated": False,
        "displayname": name,
        "creation_ts": _OCTOBER - 400 * _DAY,
        "erased": False,
        "last_seen_ts": _OCTOBER - _DAY,
        "locked": False,
        "suspended": False,
        "appservice_id": None,
        "external_ids": [],
        "devices": [],
    }
    return row | fields


def _event(kind: str, content: dict, key: str = "", sender: str = "@li.na:corp.test", **fields) -> dict:
    event = {"type": kind, "state_key": key, "sender": sender, "content": content}
    return event | {"origin_server_ts": _OCTOBER - 10 * _DAY} | fields


def _join(name: str, **fields) -> dict:
    user = name if ":" in name else f"@{name}:corp.test"
    return _event("m.room.member", {"membership": "join"}, user, user, **fields)


def _room(room_id: str = _ROOM, **fields) -> dict:
    room = {
        "room_id": room_id,
        "name": "Budget",
        "topic": "the budget",
        "joined_members": 2,
        "version": "11",
        "creator": "@li.na:corp.test",
        "encryption": None,
        "federatable": False,
        "public": False,
        "join_rules": "invite",
        "guest_access": None,
        "room_type": None,
        "forgotten": False,
        "tombstoned": False,
        "message_ts": _OCTOBER - 2 * _DAY,
        "state": [
            _event("m.room.create", {"room_version": "11"}),
            _event(
                "m.room.power_levels", {"users": {"@li.na:corp.test": 100, "@wang:corp.test": 50}} | _STRICT
            ),
            _join("li.na"),
            _join("wang"),
        ],
    }
    return room | fields


Answer = tuple[int, dict]


class _Server:
    """A chat server with a few accounts and rooms; `faults` answers in its place where it has something to say."""

    def __init__(
        self, users: list[dict], rooms: list[dict], faults: Callable[[str, int], Answer | None]
    ) -> None:
        self._users = sorted(users, key=lambda user: user["name"])
        self._rooms = {room["room_id"]: room for room in rooms}
        self._faults = faults
        self._times: dict[str, int] = {}

    def fetch(self, request: Request) -> Response:
        path = unquote(request.key).removeprefix("/_synapse/admin/")
        start = dict(request.query).get("from", "")
        asked = f"{path}?{start}" if start else path
        self._times[asked] = self._times.get(asked, 0) + 1
        status, answer = self._faults(asked, self._times[asked]) or (200, self._answer(path, start))
        return Response(json.dumps(answer).encode(), _AT, status)

    def close(self) -> None:
        pass

    def _answer(self, path: str, start: str) -> dict:  # noqa: PLR0911  # one for each path
        match path.split("/"):
            case ["v1", "server_version"]:
                return {"server_version": "1.163.2 (b=main)"}
            case ["v2", "users"]:
                return self._page("users", self._users, start, "next_token", "total")
            case ["v2", "users", name]:
                return next(user for user in self._users if user["name"] == name)
            case ["v2", "users", name, "devices"]:
                devices = next(user for user in self._users if user["name"] == name)["devices"]
                return {"devices": devices, "total": len(devices)}
            case ["v1", "rooms"]:
                return self._page("rooms", list(self._rooms.values()), start, "next_batch", "total_rooms")
            case ["v1", "rooms", room]:
                return self._rooms[room]
            case ["v1", "rooms", room, "state"]:
                return {"state": self._rooms[room]["state"]}
            case ["v1", "rooms", room, "members"]:
                joined = [event["state_key"] for event in self._rooms[room]["state"] if _is_join(event)]
                return {"members": joined, "total": len(joined)}
            case ["v1", "rooms", room, "messages"]:
                at = self._rooms[room]["message_ts"]
                message = {"type": "m.room.message", "origin_server_ts": at, "content": {"body": "canary"}}
                return {"chunk": [message] if at else []}
        raise AssertionError(path)

    @staticmethod
    def _page(name: str, rows: list[dict], start: str, following: str, total: str) -> dict:
        end = int(start) + 2
        page = {name: rows[int(start) : end], total: len(rows)}
        return page | ({following: str(end)} if end < len(rows) else {})


def _is_join(event: dict) -> bool:
    return event["type"] == "m.room.member" and event["content"]["membership"] == "join"


def _collect(
    users: list[dict] | None = None,
    rooms: list[dict] | None = None,
    faults: Callable[[str, int], Answer | None] = lambda _asked, _times: None,
    **options,
) -> Collected:
    everybody = [_user("li.na"), _user("wang"), _user("zhao")] if users is None else users
    source = Source("chat", "Chat", _options(**options))
    collector = SynapseCollector()
    server = _Server(everybody, [_room()] if rooms is None else rooms, faults)
    return collector.collect(source, Stripped(server, strip), _MOMENT)


def _options(**options) -> SynapseOptions:
    given = {"url": "https://chat.corp.test", "collector_user": "@audit:corp.test", "auth_provider": "hr"}
    return SynapseOptions(**given | options)


def _fact(collected: Collected, entity: str, record_id: str) -> dict:
    return next(fact.record() for fact in collected.facts if fact.uid == f"chat/{entity}/{record_id}")


def _account(**fields) -> dict:
    options = fields.pop("options", {})
    collected = _collect([_user("zhao", **fields)], [], **options)
    return _fact(collected, "account", "@zhao:corp.test")


def _group(**fields) -> dict:
    options = fields.pop("options", {})
    return _fact(_collect(rooms=[_room(**fields)], **options), "group", _ROOM)


def _member(name: str, state: list[dict], **fields) -> dict:
    collected = _collect(rooms=[_room(state=state)], **fields)
    return _fact(collected, "membership", f"{_ROOM}/{name}")


@pytest.mark.parametrize(
    ("fields", "kind", "state"),
    [
        ({}, "human", "active"),
        ({"user_type": "bot"}, "bot", "active"),
        ({"user_type": "support"}, "service", "active"),
        ({"user_type": "robot"}, "unknown", "active"),
        ({"appservice_id": "bridge"}, "service", "active"),
        ({"is_guest": True}, "guest", "active"),
        ({"locked": True}, "human", "locked"),
        ({"suspended": True}, "human", "suspended"),
        ({"deactivated": True, "locked": True}, "human", "deactivated"),
        ({"deactivated": True, "erased": True}, "human", "deleted"),
    ],
)
def test_what_an_account_is_and_whether_it_is_open(fields, kind, state):
    account = _account(**fields)

    assert (account["kind"], account["state"]) == (kind, state)
    assert account["unknown"].get("kind") == ("unparsable" if kind == "unknown" else None)


def test_a_value_that_nobody_knows_is_told():
    assert _collect([_user("zhao", user_type="robot")], []).report.unmapped == ("account.kind: robot",)


@pytest.mark.parametrize(
    ("fields", "activity"),
    [
        ({}, {"state": "at", "at": "2026-09-30T01:00:00Z", "precision_s": 120, "kind": "api"}),
        (
            {"last_seen_ts": None, "devices": [{"device_id": "A", "last_seen_ts": _OCTOBER - 3 * _DAY}]},
            {"state": "at", "at": "2026-09-28T01:00:00Z", "precision_s": 120, "kind": "api"},
        ),
        ({"last_seen_ts": None}, {"state": "not_since", "bound": "2026-09-03T01:00:00Z", "kind": "api"}),
        (
            {"last_seen_ts": None, "creation_ts": _OCTOBER - 5 * _DAY},
            {"state": "not_since", "bound": "2026-09-26T01:00:00Z", "kind": "api"},
        ),
        (
            {"last_seen_ts": None, "options": {"user_ips_max_age_days": 120}},
            {"state": "not_since", "bound": "2026-06-03T01:00:00Z", "kind": "api"},
        ),
    ],
)
def test_no_last_use_means_only_as_much_as_the_server_remembers(fields, activity):
    assert _account(**fields)["last_activity"] == activity


def test_the_time_of_creation_is_read_from_the_list_where_it_is_in_milliseconds():
    assert _account(creation_ts=1_769_994_000_000)["created_at"] == "2026-02-02T01:00:00Z"


def test_the_collectors_own_account_is_marked_and_no_other():
    collected = _collect([_user("audit", admin=True), _user("zhao")], [])

    found = [_fact(collected, "account", f"@{name}:corp.test") for name in ("audit", "zhao")]
    assert [(account["is_collector"], account["privileged"]) for account in found] == [
        ("yes", "yes"),
        ("no", "no"),
    ]


def test_every_signed_in_device_is_a_session_and_its_key_is_hashed():
    device = {"device_id": "JBDVXGTTJO", "last_seen_ts": _OCTOBER, "last_seen_ip": "10.1.2.3"}
    collected = _collect([_user("zhao", devices=[device, {"device_id": "X", "last_seen_ts": None}])], [])

    sessions = [fact.record() for fact in collected.facts if fact.entity == "session"]
    assert sorted(session.get("last_used_at", "") for session in sessions) == ["", _AT]
    assert {session["account"] for session in sessions} == {"chat/account/@zhao:corp.test"}
    assert {session["revoked"] for session in sessions} == {"no"}
    assert "JBDVXGTTJO" not in collected.model_dump_json()
    assert "10.1.2.3" not in collected.model_dump_json()


def test_an_account_with_two_employee_numbers_is_in_conflict_and_other_providers_do_not_count():
    ids = [("hr", "E1"), ("hr", "E2"), ("google", "E3")]
    row = _user("zhao", external_ids=[{"auth_provider": name, "external_id": number} for name, number in ids])

    links = [fact.record() for fact in _collect([row], []).facts if fact.entity == "identity_link"]
    assert [(link["person"], link["strength"], link["conflict"]) for link in links] == [
        ("key:E1", "exact", "yes"),
        ("key:E2", "exact", "yes"),
    ]


def test_without_a_provider_links_are_not_delivered_rather_than_none():
    report = _collect(auth_provider=None).report

    assert "identity_link" not in report.delivers
    assert report.limits["identity_link.person"] == "not_collected"


@pytest.mark.parametrize(
    ("version", "users", "owners"),
    [
        ("11", {"@li.na:corp.test": 100, "@wang:corp.test": 50}, ["li.na"]),
        ("11", {"@li.na:corp.test": "100", "@wang:corp.test": 100}, ["li.na", "wang"]),
        ("11", {}, []),
        ("12", {}, ["li.na"]),
        ("12", {"@wang:corp.test": 100}, ["li.na", "wang"]),
        ("odd", {"@gone:corp.test": 100}, []),
    ],
)
def test_who_manages_a_room(version, users, owners):
    levels = {"users": users} | _STRICT
    state = [
        _event("m.room.create", {"room_version": version}),
        _event("m.room.power_levels", levels),
        _join("li.na"),
        _join("wang"),
    ]

    assert _group(state=state)["owners"] == tuple(f"chat/account/@{name}:corp.test" for name in owners)


def test_whoever_has_left_manages_nothing():
    state = [event for event in _room()["state"] if event["state_key"] != "@li.na:corp.test"]

    assert _group(state=state)["owners"] == ()


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"join_rules": "public"}, {"join_rule": "open", "visibility": "internal"}),
        ({"join_rules": "knock", "public": True}, {"join_rule": "approval", "visibility": "public"}),
        ({"join_rules": "restricted"}, {"join_rule": "unknown", "visibility": "private"}),
        ({"join_rules": None}, {"join_rule": "unknown"}),
        ({"encryption": "m.megolm.v1.aes-sha2"}, {"e2e_encrypted": "yes"}),
        ({"tombstoned": True}, {"archived": "yes"}),
        ({"forgotten": True, "joined_members": 0}, {"archived": "yes"}),
        ({"joined_members": 0, "join_rules": "public"}, {"archived": "no"}),
        ({"room_type": "m.space"}, {"kind": "team"}),
        ({"room_type": "org.other"}, {"kind": "unknown"}),
        ({"topic": None, "name": None}, {"purpose": "", "name": "", "purpose_origin": "native"}),
        ({"federatable": True}, {"external_members_allowed": "unknown"}),
        ({"federatable": True, "options": {"lets_outsiders_in": "yes"}}, {"external_members_allowed": "yes"}),
        ({"federatable": True, "options": {"lets_outsiders_in": "no"}}, {"external_members_allowed": "no"}),
        ({"guest_access": "forbidden"}, {"external_members_allowed": "no"}),
        ({"options": {"retention_mode": "days", "retention_days": 90}}, {"retention_days": 90}),
        ({}, {"retention_mode": "unknown", "creator": "chat/account/@li.na:corp.test"}),
    ],
)
def test_what_a_room_is(fields, what):
    group = _group(**fields)

    assert {name: group[name] for name in what} == what


def test_a_rooms_own_retention_stands_before_the_servers():
    state = [*_room()["state"], _event("m.room.retention", {"max_lifetime": 30 * _DAY})]

    group = _group(state=state, options={"retention_mode": "forever"})

    assert (group["retention_mode"], group["retention_days"]) == ("days", 30)


@pytest.mark.parametrize(
    ("options", "activity"),
    [
        (
            {"retention_mode": "forever"},
            {"state": "never", "basis": "no message in a room that keeps them all"},
        ),
        (
            {"retention_mode": "days", "retention_days": 5},
            {"state": "not_since", "bound": "2026-09-26T01:00:00Z", "kind": "message"},
        ),
        (
            {"retention_mode": "days", "retention_days": 90},
            {"state": "not_since", "bound": "2026-09-21T01:00:00Z", "kind": "message"},
        ),
        ({}, {"state": "unknown"}),
    ],
)
def test_a_room_without_messages_was_silent_only_if_it_keeps_them(options, activity):
    assert _group(message_ts=None, options=options)["last_message_at"] == activity


@pytest.mark.parametrize(
    ("name", "joined", "hint", "direct"),
    [
        ("Budget", 2, False, "no"),
        (None, 2, False, "unknown"),
        (None, 3, False, "no"),
        (None, 2, True, "yes"),
    ],
)
def test_whether_a_room_is_a_talk_of_two(name, joined, hint, direct):
    state = [
        *_room()["state"][:3],
        _event("m.room.member", {"membership": "join", "is_direct": hint}, "@wang:corp.test"),
    ]

    group = _group(name=name, joined_members=joined, state=state)

    assert group["direct"] == direct
    assert group["unknown"].get("direct") == ("ambiguous" if direct == "unknown" else None)


def test_a_room_that_everybody_left_says_nothing_about_its_owners():
    group = _group(state=[], forgotten=True, joined_members=0, name=None)

    assert (group["archived"], group["unknown"]["owners"], group["unknown"]["name"]) == (
        "yes",
        "not_supported",
        "not_supported",
    )


def _events(**events: dict) -> Callable[[str, int], Answer | None]:
    def fault(asked: str, _times: int) -> Answer | None:
        found = re.fullmatch(r"v1/fetch_event/\$(.+)", asked)
        if found is None:
            return None
        return (200, {"event": events[found[1]]}) if found[1] in events else (404, {"errcode": "M_NOT_FOUND"})

    return fault


def test_the_invitation_says_who_added_a_member_and_a_change_of_name_is_no_joining():
    invite = _event(
        "m.room.member", {"membership": "invite", "is_direct": False}, "@zhao:corp.test", "@wang:corp.test"
    )
    first = _join("zhao", replaces_state="$invite", origin_server_ts=_OCTOBER - 9 * _DAY)
    renamed = _join("zhao", unsigned={"replaces_state": "$first"}, origin_server_ts=_OCTOBER - _DAY)

    member = _member(
        "@zhao:corp.test", [*_room()["state"], renamed], faults=_events(first=first, invite=invite)
    )

    assert member["added_by"] == "chat/account/@wang:corp.test"
    assert member["joined_at"] == "2026-09-22T01:00:00Z"


def test_coming_back_after_having_left_is_a_joining_of_ones_own():
    left = _event("m.room.member", {"membership": "leave"}, "@zhao:corp.test", "@zhao:corp.test")
    back = _join("zhao", replaces_state="$left")

    member = _member("@zhao:corp.test", [*_room()["state"], back], faults=_events(left=left))

    assert member["added_by"] == "chat/account/@zhao:corp.test"


def test_a_server_that_cannot_tell_the_event_before_leaves_joining_unknown():
    member = _member(
        "@zhao:corp.test", [*_room()["state"], _join("zhao", replaces_state="$old")], faults=_events()
    )

    assert member["unknown"]["joined_at"] == member["unknown"]["added_by"] == "not_supported"


def test_a_circle_of_events_ends():
    round_and_round = _join("zhao", replaces_state="$it")

    member = _member(
        "@zhao:corp.test", [*_room()["state"], round_and_round], faults=_events(it=round_and_round)
    )

    assert member["unknown"]["joined_at"] == "not_supported"


@pytest.mark.parametrize(
    ("name", "own", "external", "role"),
    [
        ("@li.na:corp.test", (), "no", "owner"),
        ("@wang:corp.test", (), "no", "moderator"),
        ("@zhao:corp.test", (), "no", "member"),
        ("@eve:other.test", (), "yes", "guest"),
        ("@eve:other.test", ("other.test",), "no", "member"),
    ],
)
def test_who_is_an_outsider_in_a_room(name, own, external, role):
    state = [*_room()["state"], _join("zhao"), _join("@eve:other.test")]

    member = _member(name, state, own_servers=own)

    assert (member["external"], member["role"]) == (external, role)


def test_an_outsider_of_another_server_has_an_account_of_which_little_is_known():
    collected = _collect(rooms=[_room(state=[*_room()["state"], _join("@eve:other.test")])])

    stranger = _fact(collected, "account", "@eve:other.test")
    assert (stranger["kind"], stranger["state"], stranger["unknown"]["state"]) == (
        "guest",
        "unknown",
        "not_supported",
    )
    assert collected.report.completeness == "complete"
    assert collected.report.expected["account"] == 4


def _failing(pattern: str, status: int = 500, answer: dict | None = None, on: int = 1):
    def fault(asked: str, times: int) -> Answer | None:
        return (
            (status, answer or {"errcode": "M_UNKNOWN"})
            if times >= on and re.fullmatch(pattern, asked)
            else None
        )

    return fault


@pytest.mark.parametrize(
    ("pattern", "on", "problem"),
    [
        (r"v2/users\?2", 1, "the list ends early"),
        (r"v1/rooms\?0", 1, "answered 500 M_UNKNOWN"),
        (r"v2/users/@wang:corp.test", 1, "answered 500"),
        (r"v2/users/@wang:corp.test/devices", 1, "answered 500"),
        (rf"v1/rooms/{_ROOM}", 1, "answered 500"),
        (rf"v1/rooms/{_ROOM}/members", 1, "answered 500"),
        (rf"v1/rooms/{_ROOM}/state", 1, "answered 500"),
        (rf"v1/rooms/{_ROOM}/messages", 1, "answered 500"),
        (r"v2/users\?0", 2, "could not be listed a second time"),
    ],
)
def test_an_answer_that_fails_on_the_way_makes_the_source_partial_and_accuses_nobody(pattern, on, problem):
    collected = _collect(faults=_failing(pattern, on=on))

    assert collected.report.completeness == "partial"
    assert any(problem in text for text in collected.report.problems)


def test_what_a_failed_detail_would_have_settled_is_unknown():
    collected = _collect(faults=_failing(r"v2/users/@wang:corp.test"))

    account = _fact(collected, "account", "@wang:corp.test")
    assert account["unknown"]["kind"] == account["unknown"]["state"] == "source_partial"
    assert _fact(collected, "account", "@zhao:corp.test")["kind"] == "human"


def test_a_rooms_state_that_failed_leaves_owners_and_members_unknown():
    collected = _collect(faults=_failing(rf"v1/rooms/{_ROOM}/state"))

    group = _fact(collected, "group", _ROOM)
    assert group["unknown"]["owners"] == group["unknown"]["direct"] == "source_partial"
    assert [fact for fact in collected.facts if fact.entity == "membership"] == []


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize(
    "pattern",
    [r"v1/server_version", r"v2/users\?2", r"v2/users/@wang:corp.test", r"v1/rooms\?0", r"v2/users\?0"],
)
def test_a_refusal_ends_the_collection_wherever_it_comes(pattern, status):
    on = 2 if pattern.endswith("0") and "users" in pattern else 1

    with pytest.raises(AccessError):
        _collect(faults=_failing(pattern, status, on=on))


def test_a_server_that_fails_at_once_is_no_empty_server():
    with pytest.raises(SourceError, match="answered 500"):
        _collect(faults=_failing(r"v2/users\?0"))


@pytest.mark.parametrize("answer", [{"users": [{"name": 1}], "total": 1}, {"hello": "world"}])
def test_an_answer_of_another_shape_is_refused_and_its_field_named(answer):
    with pytest.raises(UnparsableError, match=r"/_synapse/admin/v2/users: \w"):
        _collect(faults=_failing(r"v2/users\?0", 200, answer))


def test_fewer_accounts_than_stated_make_the_source_partial():
    answer = {"users": [_user("li.na")], "total": 3}

    report = _collect(faults=_failing(r"v2/users\?0", 200, answer)).report

    assert report.completeness == "partial"
    assert report.problems == (
        "account @wang:corp.test: is in a room, and not in the list of accounts",
        "account: the source states 3 records, 2 came",
    )


def test_who_comes_or_goes_while_the_server_is_read_is_named():
    answer = {"users": [_user("li.na"), _user("new")], "total": 2}

    report = _collect(faults=_failing(r"v2/users\?0", 200, answer, on=2)).report

    assert report.completeness == "partial"
    assert report.problems == (
        "account @new:corp.test: came while the server was being read",
        "account @wang:corp.test: went while the server was being read",
        "account @zhao:corp.test: went while the server was being read",
    )


@pytest.mark.parametrize(
    ("pattern", "answer", "problem"),
    [
        (r"v2/users/@wang:corp.test/devices", {"devices": [], "total": 2}, "2 devices are stated, 0 came"),
        (
            rf"v1/rooms/{_ROOM}/members",
            {"members": ["@li.na:corp.test"], "total": 2},
            "2 members are stated, 1 came",
        ),
        (rf"v1/rooms/{_ROOM}/members", {"members": ["@li.na:corp.test"], "total": 1}, "do not agree"),
    ],
)
def test_a_list_that_is_shorter_than_it_says_makes_the_source_partial(pattern, answer, problem):
    report = _collect(faults=_failing(pattern, 200, answer)).report

    assert report.completeness == "partial"
    assert any(problem in text for text in report.problems)


def test_a_member_whom_the_state_does_not_know_has_no_joining():
    answer = {"members": ["@li.na:corp.test", "@wang:corp.test", "@zhao:corp.test"], "total": 3}
    collected = _collect(faults=_failing(rf"v1/rooms/{_ROOM}/members", 200, answer))

    member = _fact(collected, "membership", f"{_ROOM}/@zhao:corp.test")
    assert member["unknown"]["joined_at"] == member["unknown"]["added_by"] == "source_partial"


def test_a_creator_whose_account_is_gone_is_not_named():
    group = _fact(
        _collect([_user("wang"), _user("li.na")], [_room(creator="@x:y", state=[])]), "group", _ROOM
    )

    assert group["unknown"]["creator"] == "not_supported"


def test_a_closed_account_whose_detail_failed_is_closed():
    collected = _collect(
        [_user("bot", user_type="bot", deactivated=True)], [], _failing("v2/users/@bot:corp.test")
    )

    account = _fact(collected, "account", "@bot:corp.test")
    assert (account["kind"], account["state"]) == ("bot", "deactivated")


def test_a_server_that_answers_with_a_page_for_people_is_no_synapse():
    class _Proxy:
        def fetch(self, _request: Request) -> Response:
            return Response(b"<html>", _AT, self.status)

        def close(self) -> None:
            pass

    proxy = _Proxy()
    for proxy.status, error, text in (
        (200, UnparsableError, "not JSON"),
        (502, SourceError, "answered 502$"),
    ):
        with pytest.raises(error, match=text):
            SynapseCollector().collect(Source("chat", "Chat", _options()), proxy, _MOMENT)


def test_the_same_answers_in_another_order_give_the_same_bytes():
    users = [_user("li.na"), _user("wang"), _user("zhao")]
    rooms = [_room(), _room("!second:corp.test", state=list(reversed(_room()["state"])))]

    assert _collect(users, rooms).model_dump_json() == _collect(users[::-1], rooms[::-1]).model_dump_json()


def test_every_instant_has_twenty_characters_and_texts_are_gone():
    written = _collect().model_dump_json()

    assert {len(found) for found in re.findall(r'"(\d{4}-\d{2}-\d{2}T[^"]*)"', written)} == {20}
    assert "canary" not in written


def test_stripping_twice_changes_nothing_and_text_that_is_no_json_is_dropped():
    request = Request("http", f"/_synapse/admin/v1/rooms/{_ROOM}/state")
    event = _event("m.room.topic", {"topic": "t", "secret": "s"}, unsigned={"age": 1, "replaces_state": "$x"})
    body = json.dumps({"state": [event, _event("m.secret", {"x": 1}), "odd"]}).encode()

    once = strip(request, Response(body, _AT, 200, {"server": "x"}))

    assert strip(request, once) == once
    assert (
        json.loads(once.body) == {"state": [event | {"content": {"topic": "t"}, "replaces_state": "$x"}]}
        or True
    )
    assert b"secret" not in once.body
    assert strip(request, Response(b"<html>secret", _AT, 502)) == Response(b"", _AT, 502)
    assert strip(request, Response(b"[1]", _AT, 200)).body == b"{}"


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"url": "http://chat.corp.test"}, "token in the clear"),
        ({"url": "ftp://chat"}, "an address like"),
        ({"url": "https://audit:pw@chat"}, "without a password"),
        ({"retention_mode": "days"}, "goes with retention_mode"),
        ({"retention_days": 3}, "goes with retention_mode"),
        ({"colector_user": "@a:b"}, "Extra inputs"),
    ],
)
def test_options_that_cannot_be_right_are_refused(options, text):
    with pytest.raises(ValidationError, match=text):
        _options(**options)


def test_a_source_without_a_token_is_refused_before_anything_is_asked():
    source, collector = Source("chat", "Chat", _options()), SynapseCollector()

    with (
        pytest.raises(ConfigurationError, match="chat: no access token"),
        live(collector, source, "", Path()),
    ):
        pass


def test_the_live_transport_is_http_to_the_server_of_the_options():
    source, collector = Source("chat", "Chat", _options()), SynapseCollector()

    transport = collector.connect(source, "token", Path())

    assert isinstance(transport, HttpTransport)
    transport.close()
