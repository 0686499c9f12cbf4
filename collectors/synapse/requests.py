"""What may be asked of a Synapse server."""

from urllib.parse import quote

from collectors.transport import Request

PAGE = 100
"""Records a page: what the server's own documentation uses."""

_ADMIN = "/_synapse/admin"

ALLOWED = (
    rf"{_ADMIN}/v1/server_version",
    rf"{_ADMIN}/v2/users",
    rf"{_ADMIN}/v2/users/[^/]+",
    rf"{_ADMIN}/v2/users/[^/]+/devices",
    rf"{_ADMIN}/v1/rooms",
    rf"{_ADMIN}/v1/rooms/[^/]+",
    rf"{_ADMIN}/v1/rooms/[^/]+/(members|state|messages)",
    rf"{_ADMIN}/v1/fetch_event/[^/]+",
)
"""Paths that a reverse proxy has to let through for the collector, and no more."""


def version() -> Request:
    """Version of the server."""
    return _get("/v1/server_version")


def users(start: str) -> Request:
    """A page of accounts. Without the three flags the server leaves people out."""
    flags = (("deactivated", "true"), ("locked", "true"), ("guests", "true"))
    return _get("/v2/users", ("from", start), ("limit", str(PAGE)), *flags)


def user(user_id: str) -> Request:
    """One account, with its ids at identity providers."""
    return _get(f"/v2/users/{_part(user_id)}")


def devices(user_id: str) -> Request:
    """The signed-in devices of an account."""
    return _get(f"/v2/users/{_part(user_id)}/devices")


def rooms(start: str) -> Request:
    """A page of rooms."""
    return _get("/v1/rooms", ("from", start), ("limit", str(PAGE)), ("order_by", "name"))


def room(room_id: str) -> Request:
    """One room."""
    return _get(f"/v1/rooms/{_part(room_id)}")


def members(room_id: str) -> Request:
    """Who is in a room."""
    return _get(f"/v1/rooms/{_part(room_id)}/members")


def state(room_id: str) -> Request:
    """The state events of a room."""
    return _get(f"/v1/rooms/{_part(room_id)}/state")


def event(event_id: str) -> Request:
    """One event: the one that a join event took the place of."""
    return _get(f"/v1/fetch_event/{_part(event_id)}")


_WANTED = ("filter", '{"types":["m.room.message","m.room.encrypted"]}')
"""Without it the newest event may be somebody's joining."""


def last_message(room_id: str) -> Request:
    """The newest message of a room."""
    return _get(f"/v1/rooms/{_part(room_id)}/messages", ("dir", "b"), ("limit", "1"), _WANTED)


def messages(room_id: str, start: str = "") -> Request:
    """A page of the messages of a room, newest first; without a start the first one."""
    place = (("from", start),) if start else ()
    limit = ("limit", str(PAGE))
    return _get(f"/v1/rooms/{_part(room_id)}/messages", ("dir", "b"), limit, *place, _WANTED)


def is_index(request: Request) -> bool:
    """Whether a request is one for a page of messages, rather than for the newest one."""
    return request.key.endswith("/messages") and ("limit", str(PAGE)) in request.query


def _get(path: str, *query: tuple[str, str]) -> Request:
    return Request("http", _ADMIN + path, query)


def _part(text: str) -> str:
    return quote(text, safe="@!$:")
