"""What of Synapse's answers may leave the transport: fields and events on these lists, and nothing else.

A list of what is kept cannot leak what a later version of the server adds.
"""

import json
from dataclasses import replace
from typing import Any

from collectors.synapse.requests import is_index
from collectors.transport import Request, Response

_USER = (
    "name", "user_type", "is_guest", "admin", "deactivated", "displayname", "creation_ts", "erased",
    "last_seen_ts", "locked", "suspended", "appservice_id",
)  # fmt: skip

_DEVICE = ("device_id", "user_id", "last_seen_ts")

_ROOM = (
    "room_id", "name", "topic", "canonical_alias", "joined_members", "joined_local_members", "version", "creator",
    "encryption", "federatable", "public", "join_rules", "guest_access", "history_visibility", "state_events",
    "room_type", "forgotten", "tombstoned", "replacement_room",
)  # fmt: skip

_PAGE = (
    "total",
    "next_token",
    "offset",
    "total_rooms",
    "next_batch",
    "prev_batch",
    "members",
    "server_version",
)

_ERROR = ("errcode",)

_EVENT = ("type", "state_key", "sender", "origin_server_ts", "event_id", "replaces_state")

_CONTENT: dict[str, tuple[str, ...]] = {
    "m.room.create": ("creator", "additional_creators", "room_version", "type", "m.federate"),
    "m.room.encryption": ("algorithm",),
    "m.room.guest_access": ("guest_access",),
    "m.room.history_visibility": ("history_visibility",),
    "m.room.join_rules": ("join_rule",),
    "m.room.member": ("membership", "is_direct"),
    "m.room.name": ("name",),
    "m.room.power_levels": ("users", "users_default", "events", "state_default"),
    "m.room.retention": ("max_lifetime", "min_lifetime"),
    "m.room.tombstone": ("replacement_room",),
    "m.room.topic": ("topic",),
}
"""Types of state events that are kept, and what of their content."""

_MESSAGE = ("type", "origin_server_ts")

_INDEXED = ("event_id", "sender", *_MESSAGE)
"""Of the messages of the index also which one it is and who wrote it."""


def strip(request: Request, response: Response) -> Response:
    """The answer with nothing but what the collector reads; what is not JSON comes back empty."""
    try:
        answer = json.loads(response.body)
    except ValueError:
        return replace(response, body=b"", headers={})
    kept = _answer(request, answer) if isinstance(answer, dict) else {}
    body = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return replace(response, body=body.encode(), headers={})


def _answer(request: Request, answer: dict[str, Any]) -> dict[str, Any]:
    kept = _only(answer, (*_PAGE, *_ERROR))
    if is_index(request):
        return _lists(answer, {"chunk": _INDEXED}) | _only(answer, ("end", *_ERROR))
    if request.key.endswith("/messages"):
        # `start` and `end` are places in the server's stream: they change from one call to the next
        return _lists(answer, {"chunk": _MESSAGE}) | _only(answer, _ERROR)
    if request.key.endswith("/state"):
        state = answer.get("state")
        if isinstance(state, list):
            kept["state"] = [_event(event) for event in state if _is_kept(event)]
        return kept
    if isinstance(event := answer.get("event"), dict):
        return kept | {"event": _event(event)}
    kept |= _lists(answer, {"users": _USER, "devices": _DEVICE, "rooms": _ROOM})
    kept |= _lists(answer, {"external_ids": ("auth_provider", "external_id")})
    return kept | _only(answer, _USER) | _only(answer, _ROOM)


def _lists(answer: dict[str, Any], kept: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    return {
        name: [_only(item, fields) for item in answer[name] if isinstance(item, dict)]
        for name, fields in kept.items()
        if isinstance(answer.get(name), list)
    }


def _is_kept(event: object) -> bool:
    return isinstance(event, dict) and event.get("type") in _CONTENT


def _event(event: dict[str, Any]) -> dict[str, Any]:
    content = event.get("content")
    unsigned = event.get("unsigned")
    kept = _only(unsigned, ("replaces_state",)) if isinstance(unsigned, dict) else {}
    kept |= _only(event, _EVENT)
    kept["content"] = (
        _only(content, _CONTENT.get(str(event.get("type")), ())) if isinstance(content, dict) else {}
    )
    return kept


def _only(record: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: record[name] for name in fields if name in record}
