"""Synapse under the contract."""

import json
from collections import Counter
from collections.abc import Callable
from urllib.parse import unquote

import httpx
from contract import TEXT, Contract, Handler, Law, Served, over_http

from collectors.synapse import SynapseCollector, SynapseOptions

_OCTOBER = 1_790_816_400_000
_ROOM = "!budget:corp.test"
_ADMIN = "/_synapse/admin/"
_NAMES = ("audit", "li.na", "wang.fang", "zhao")
_PAGE = 2

Change = Callable[[str, str, int, dict], dict]
"""Path, start of the page, how many times it was asked for, the good answer -> the answer."""


def _user(name: str) -> dict:
    return {
        "name": f"@{name}:corp.test",
        "user_type": None,
        "is_guest": False,
        "admin": name == "audit",
        "deactivated": False,
        "displayname": name,
        "creation_ts": _OCTOBER,
        "erased": False,
        "last_seen_ts": _OCTOBER,
        "locked": False,
        "suspended": False,
        "appservice_id": None,
        "external_ids": [{"auth_provider": "hr", "external_id": f"E{_NAMES.index(name)}"}]
        if name in _NAMES
        else [],
        "threepids": [{"medium": "email", "address": f"{TEXT}@corp.test"}],
    }


def _member(name: str) -> dict:
    user = f"@{name}:corp.test"
    content = {"membership": "join", "reason": TEXT}
    event = {"type": "m.room.member", "state_key": user, "sender": user, "content": content}
    return event | {"origin_server_ts": _OCTOBER}


def _room(room_id: str) -> dict:
    return {
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
    }


def _good(path: str, start: str) -> dict:  # noqa: PLR0911  # one for each path
    match path.split("/"):
        case ["v1", "server_version"]:
            return {"server_version": "1.163.2"}
        case ["v2", "users"]:
            end = int(start) + _PAGE
            page = {"users": [_user(name) for name in _NAMES[int(start) : end]], "total": len(_NAMES)}
            return page | ({"next_token": str(end)} if end < len(_NAMES) else {})
        case ["v2", "users", name]:
            return _user(name[1:].partition(":")[0])
        case ["v2", "users", _, "devices"]:
            device = {"device_id": "A", "last_seen_ts": _OCTOBER, "last_seen_user_agent": TEXT}
            return {"devices": [device], "total": 1}
        case ["v1", "rooms"]:
            return {"rooms": [_room(_ROOM)], "total_rooms": 1}
        case ["v1", "rooms", room]:
            return _room(room)
        case ["v1", "rooms", _, "state"]:
            return {"state": [_member("li.na"), _member("zhao")]}
        case ["v1", "rooms", _, "members"]:
            return {"members": ["@li.na:corp.test", "@zhao:corp.test"], "total": 2}
        case ["v1", "rooms", _, "messages"]:
            message = {"type": "m.room.message", "origin_server_ts": _OCTOBER, "content": {"body": TEXT}}
            return {"chunk": [message]}
    raise AssertionError(path)


def _server(change: Change = lambda _path, _start, _times, answer: answer) -> Served:
    def handler() -> Handler:
        times: Counter[tuple[str, str]] = Counter()

        def answer(request: httpx.Request) -> httpx.Response:
            path = unquote(request.url.path).removeprefix(_ADMIN)
            start = request.url.params.get("from", "")
            times[path, start] += 1
            body = change(path, start, times[path, start], json.loads(json.dumps(_good(path, start))))
            return httpx.Response(200, json=body)

        return answer

    return Served(handler)


def _cut_short(path: str, start: str, _times: int, answer: dict) -> dict:
    return {"users": [], "total": answer["total"]} if (path, start) == ("v2/users", "2") else answer


def _total(number: int) -> Change:
    return lambda path, _start, _times, answer: answer | {"total": number} if path == "v2/users" else answer


def _one_came(path: str, start: str, times: int, answer: dict) -> dict:
    if (path, start) == ("v2/users", "2") and times > 1:
        answer["users"].append(_user("new"))
    return answer


def _odd_word(path: str, _start: str, _times: int, answer: dict) -> dict:
    if path == "v2/users":
        answer["users"][0]["user_type"] = "robot"
    return answer


def _is_second_page(request: httpx.Request) -> bool:
    return request.url.path == f"{_ADMIN}v2/users" and request.url.params["from"] != "0"


_FORBIDDEN = {"errcode": "M_FORBIDDEN", "error": "You are not a server admin"}

CONTRACT = Contract(
    name="synapse",
    collector=SynapseCollector(),
    options=SynapseOptions(
        url="https://chat.corp.test", collector_user="@audit:corp.test", auth_provider="hr"
    ),
    good=_server(),
    permission="server administrator",
    stages=over_http(_server(), _is_second_page, "7")
    | {
        Law.CUT_SHORT: _server(_cut_short),
        Law.TOTAL_SMALLER: _server(_total(3)),
        Law.TOTAL_LARGER: _server(_total(5)),
        Law.ERROR_IN_OK: _server().always(200, {"errcode": "M_UNKNOWN", "error": TEXT}),
        Law.UNKNOWN_WHO: _server().always(401, {"errcode": "M_UNKNOWN_TOKEN"}),
        Law.NOT_PERMITTED: _server().always(403, _FORBIDDEN),
        Law.CHANGED: _server(_one_came),
        Law.UNKNOWN_WORD: _server(_odd_word),
        Law.HIDDEN: "an administrator sees every field, and nobody else gets in",
    },
)
