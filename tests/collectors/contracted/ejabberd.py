"""ejabberd under the contract: lists without pages, so that what is cut short is one list or one question of many."""

from typing import Any

import httpx
from contract import SECRET, TEXT, Contract, Law, over_http
from standin import Change, same, stand_in

from collectors.ejabberd import EjabberdCollector, EjabberdOptions

HOST = "corp.test"
SERVICE = f"conference.{HOST}"
NEVER_IN = "Registered but didn't login"
REFUSED = {
    "status": "error",
    "code": 32,
    "message": "AccessRules: Account does not have the right to perform the operation.",
}
INVALID = {"status": "error", "code": 10, "message": "You are not authorized to call this command."}

USERS = ("audit", "li.na", "mailer", "zhang.wei")
LAST = {
    "audit": {"timestamp": "2026-09-30T01:00:00.622795Z", "status": "ONLINE"},
    "li.na": {"timestamp": "2023-11-14T22:13:20Z", "status": TEXT},
    "mailer": {"timestamp": "2026-01-05T01:00:00Z", "status": "Connection failed: connection closed"},
    "zhang.wei": {"timestamp": "2026-09-01T01:00:00Z", "status": NEVER_IN},
}
ROOMS: dict[str, dict[str, Any]] = {
    "budget": {
        "title": "預算", "description": "2026 年預算", "public": "false", "members_only": "true", "persistent": "true",
        "password_protected": "true", "password": TEXT, "vcard": TEXT, "max_users": "200",
    },
    "open": {
        "title": "", "description": "", "public": "true", "members_only": "false", "persistent": "true",
        "password_protected": "false", "password": "", "vcard": "",
    },
}  # fmt: skip


def place(address: str, affiliation: str) -> dict:
    """What somebody is in a room."""
    user, _, domain = address.rpartition("@")
    return {"username": user, "domain": domain, "affiliation": affiliation, "reason": TEXT}


PLACES: dict[str, list[dict]] = {
    "budget": [
        place(f"li.na@{HOST}", "member"),
        place(f"zhang.wei@{HOST}", "owner"),
        place(f"audit@{HOST}", "admin"),
        place("o@partner.test", "member"),
        place("bad@partner.test", "outcast"),
    ],
    "open": [],
}
IN_ROOM: dict[str, list[dict]] = {
    "budget": [{"jid": f"li.na@{HOST}/phone", "nick": TEXT, "role": "moderator"}],
    "open": [
        {"jid": f"li.na@{HOST}/phone", "nick": TEXT, "role": "participant"},
        {"jid": "o@partner.test/desk", "nick": TEXT, "role": "visitor"},
    ],
}
SIGNED_IN = [
    {
        "jid": f"audit@{HOST}/phone", "connection": "c2s_tls", "ip": "192.0.2.7", "port": 37812, "priority": 0,
        "node": "ejabberd@localhost", "uptime": 60, "status": "available", "resource": "phone", "statustext": TEXT,
    },
    {"jid": "x@other.test/desk", "uptime": 5, "resource": "desk", "statustext": TEXT},
]  # fmt: skip


def admit(request: httpx.Request) -> httpx.Response | None:
    """The server, which wants address and password with each request."""
    good = httpx.BasicAuth(f"audit@{HOST}", SECRET)._auth_header
    return None if request.headers.get("Authorization") == good else httpx.Response(401, json=INVALID)


def server(
    change: Change = same, users=USERS, last=LAST, rooms=ROOMS, places=PLACES, inside=IN_ROOM, total=None
):
    """ejabberd."""

    def route(path: str, asked: dict[str, Any]) -> Any:
        absent = {"timestamp": "2026-10-01T01:00:00.1Z", "status": "NOT FOUND"}
        found = {
            "registered_vhosts": lambda: [HOST, "other.test"],
            "stats_host": lambda: {"stat": len(users) if total is None else total},
            "registered_users": lambda: list(users),
            "get_last": lambda: last.get(asked["user"], absent),
            "connected_users_info": lambda: SIGNED_IN,
            "muc_online_rooms": lambda: [*(f"{name}@{SERVICE}" for name in rooms), "a@conference.other.test"],
            "get_room_options": lambda: rooms.get(asked["name"], {}),
            "get_room_affiliations": lambda: places[asked["name"]],
            "get_room_occupants": lambda: inside[asked["name"]],
        }
        return found[path.removeprefix("/api/")]()

    return stand_in(route, admit, change)


def answering(command: str, answer: Any):
    """The server when it answers so to one command."""
    return server(lambda path, _asked, _times, good: answer if path == f"/api/{command}" else good)


def _one_came(path: str, _asked: dict[str, Any], times: int, answer: Any) -> Any:
    return [*answer, "new"] if path == "/api/registered_users" and times > 1 else answer


def _is_second(request: httpx.Request) -> bool:
    return request.url.path == "/api/get_last" and request.url.params["user"] == "li.na"


CONTRACT = Contract(
    name="ejabberd",
    collector=EjabberdCollector(),
    options=EjabberdOptions(
        url="https://chat.test",
        host=HOST,
        collector_user=f"audit@{HOST}",
        service_accounts=("mailer",),
        sessions=True,
    ),
    good=server(),
    permission="api_permissions: what: stats_host",
    stages=over_http(server(), _is_second, "7")
    | {
        Law.CUT_SHORT: answering("registered_users", list(USERS[:2])),
        Law.TOTAL_SMALLER: server(total=3),
        Law.TOTAL_LARGER: server(total=9),
        Law.ERROR_IN_OK: answering("registered_users", {"status": "error", "message": TEXT}),
        Law.UNKNOWN_WHO: server().always(401, INVALID),
        Law.NOT_PERMITTED: answering("stats_host", httpx.Response(403, json=REFUSED)),
        Law.CHANGED: server(_one_came),
        Law.UNKNOWN_WORD: server(places=PLACES | {"open": [place(f"zhang.wei@{HOST}", "patron")]}),
        Law.HIDDEN: answering("get_last", httpx.Response(403, json=REFUSED)),
    },
)
