"""Rooms and who is in them, from what Synapse says."""

import math
from typing import Any

from collectors.clocks import days_before, from_ms
from collectors.harvest import Harvest
from collectors.synapse.options import SynapseOptions
from collectors.synapse.walk import Chat, Joining
from engine.facts import Group, LastActivity, Membership

_KINDS = {"": "room", "m.space": "team"}
"""`room_type` -> kind; a room like any other has none."""

_JOIN_RULES = {
    "public": "open",
    "invite": "invite",
    "private": "invite",
    "knock": "approval",
    "knock_restricted": "approval",
}
"""`join_rules` -> join rule. `restricted` lets members of other rooms in, which is none of ours."""

_MODERATES_FROM = 50
"""Power level from which the server's own defaults let somebody remove others."""

_MS_A_DAY = 86_400_000

_CREATORS_RULE_FROM = 12
"""Room version from which creators outrank every power level and are not listed among them."""

LIMITS = {
    "group.label": "not_supported",
    "group.scope": "not_supported",
    "group.scope_text": "not_supported",
    "membership.first_seen_at": "not_collected",
}
"""What the admin API does not know."""


def add_rooms(
    harvest: Harvest, chats: tuple[Chat, ...], accounts: dict[str, bool], options: SynapseOptions
) -> None:
    """Add every room and its members.

    Args:
        harvest: where they go
        chats: what the server said
        accounts: id -> whether it is a guest's, of all accounts that were collected
        options: what the server cannot tell
    """
    for chat in chats:
        powers = _Powers(chat)
        _add_room(harvest, chat, powers, accounts, options)
        if chat.members is None or chat.state is None:
            continue
        if set(chat.members) != set(chat.joinings):
            harvest.problem(f"room {chat.room.room_id}: its list of members and its state do not agree")
        for user_id in sorted({*chat.members, *chat.joinings}):
            _add_membership(harvest, chat, user_id, powers, accounts, options)


class _Powers:
    """Who may do what in a room."""

    def __init__(self, chat: Chat) -> None:
        levels = chat.event("m.room.power_levels")
        content: dict[str, Any] = levels.content if levels is not None else {}
        self._users: dict[str, Any] = content.get("users") or {}
        self._everybody = content.get("users_default", 0)
        needed = (content.get("events") or {}).get("m.room.power_levels", content.get("state_default", 50))
        self._to_manage = max(_number(needed), 1)
        self._creators = self._ruling(chat)

    @staticmethod
    def _ruling(chat: Chat) -> frozenset[str]:
        created = chat.event("m.room.create")
        if created is None or _number(created.content.get("room_version", "1")) < _CREATORS_RULE_FROM:
            return frozenset()
        return frozenset((created.sender, *(created.content.get("additional_creators") or ())))

    def level(self, user_id: str) -> float:
        """The user's power level."""
        return math.inf if user_id in self._creators else _number(self._users.get(user_id, self._everybody))

    def manages(self, user_id: str) -> bool:
        """Whether the user may change who may do what."""
        return self.level(user_id) >= self._to_manage


def _add_room(
    harvest: Harvest, chat: Chat, powers: _Powers, accounts: dict[str, bool], options: SynapseOptions
) -> None:
    room = chat.room
    unknown = dict.fromkeys(("label", "scope", "scope_text"), "not_supported")
    # a room that everybody of this server has left keeps its row and loses its state
    lost = not chat.state
    reason = "source_partial" if chat.state is None else "not_supported"
    created = chat.event("m.room.create")
    creator = created.sender if created else room.creator
    owners = [harvest.uid("account", user_id) for user_id in sorted(chat.joinings) if powers.manages(user_id)]
    created_at = from_ms(created.origin_server_ts) if created else None
    if lost:
        unknown |= dict.fromkeys(
            ("name", "purpose", "purpose_origin", "created_at", "owners", "owner_origin"), reason
        )
    if creator not in accounts:
        unknown["creator"] = "not_supported"
    fields = {
        "kind": harvest.mapped("group.kind", room.room_type or "", _KINDS),
        "name": room.name or "",
        "purpose": room.topic or "",
        "purpose_origin": "native",
        "owners": tuple(owners),
        "owner_origin": "native_owner",
        "creator": harvest.uid("account", creator or ""),
        "created_at": created_at,
        "last_message_at": _last_message(chat, created_at, options),
        "messages_kept": "yes",
        "archived": "yes" if _is_over(chat) else "no",
        "direct": _direct(chat),
        "visibility": _visibility(chat),
        "join_rule": "unknown"
        if room.join_rules is None
        else harvest.mapped("group.join_rule", room.join_rules, _JOIN_RULES),
        "external_members_allowed": _outsiders(chat, options),
        "e2e_encrypted": "no" if room.encryption is None else "yes",
        **_retention(chat, options),
        "member_count": room.joined_members,
    }
    unknown |= {
        name: why
        for name, why in (
            ("kind", "unparsable"),
            ("join_rule", "not_supported" if room.join_rules is None else "unparsable"),
            ("direct", "ambiguous" if chat.state else reason),
            ("last_message_at", "source_partial" if chat.messages is None else "not_collected"),
        )
        if fields[name] in ("unknown", LastActivity(state="unknown"))
    }
    if fields["retention_mode"] == "unknown":
        unknown["retention_days"] = "not_collected"
    harvest.add(
        Group,
        room.room_id,
        name=room.name or room.room_id,
        raw=_raw(chat),
        at=chat.at,
        observed_at=created_at,
        values={
            "source_system": harvest.source.id,
            "native_id": room.room_id,
            "unknown": unknown,
            **{name: value for name, value in fields.items() if name not in unknown},
        },
    )


def _is_over(chat: Chat) -> bool:
    """Whether nobody writes there any more: replaced by another room, or left by everybody with no way back in."""
    room = chat.room
    left = room.forgotten or (room.joined_members == 0 and room.join_rules != "public")
    return room.tombstoned or left


def _last_message(chat: Chat, created_at: str | None, options: SynapseOptions) -> LastActivity:
    if chat.messages is None:
        return LastActivity(state="unknown")
    if chat.messages.chunk:
        last = from_ms(chat.messages.chunk[0].origin_server_ts)
        return LastActivity(state="at", at=last, precision_s=0, kind="message")
    kept = _retention(chat, options)
    match kept["retention_mode"]:
        case "days":
            # an older message may have been deleted
            bound = max(created_at or "", days_before(chat.at, kept["retention_days"]))
            return LastActivity(state="not_since", bound=bound, kind="message")
        case "unknown":
            return LastActivity(state="unknown")
        case _:
            return LastActivity(state="never", basis="no message in a room that keeps them all")


def _retention(chat: Chat, options: SynapseOptions) -> dict[str, Any]:
    own = chat.event("m.room.retention")
    longest = own.content.get("max_lifetime") if own is not None else None
    if isinstance(longest, int):
        return {"retention_mode": "days", "retention_days": longest // _MS_A_DAY}
    return {"retention_mode": options.retention_mode, "retention_days": options.retention_days}


def _direct(chat: Chat) -> str:
    events = [
        event for joining in chat.joinings.values() for event in (joining.event, joining.invitation) if event
    ]
    if any(event.content.get("is_direct") is True for event in events):
        return "yes"
    if chat.state and (chat.room.name or chat.room.joined_members > 2):  # noqa: PLR2004  # one to one
        return "no"
    # two people in a room without a name: only their own clients know whether that is a direct chat
    return "unknown"


def _visibility(chat: Chat) -> str:
    if chat.room.public:
        return "public"
    return "internal" if chat.room.join_rules == "public" else "private"


def _outsiders(chat: Chat, options: SynapseOptions) -> str:
    if options.lets_outsiders_in == "no" or not (
        chat.room.federatable or chat.room.guest_access == "can_join"
    ):
        return "no"
    return options.lets_outsiders_in


def _add_membership(  # all of what settles one membership
    harvest: Harvest,
    chat: Chat,
    user_id: str,
    powers: _Powers,
    accounts: dict[str, bool],
    options: SynapseOptions,
) -> None:
    joining = chat.joinings.get(user_id)
    is_guest = accounts.get(user_id, False)
    is_ours = user_id.partition(":")[2] in options.servers
    unknown = {"first_seen_at": "not_collected"}
    adder = _adder(joining) if joining else None
    if adder is None or adder not in accounts:
        unknown["added_by"] = "not_supported" if joining else "source_partial"
    joined_at = from_ms(joining.event.origin_server_ts) if joining and joining.is_settled else None
    if joined_at is None:
        unknown["joined_at"] = "not_supported" if joining else "source_partial"
    harvest.add(
        Membership,
        f"{chat.room.room_id}/{user_id}",
        name=f"{user_id} in {chat.room.name or chat.room.room_id}",
        raw=_raw_joining(chat, user_id, joining),
        at=chat.at,
        observed_at=joined_at,
        values={
            "group": harvest.uid("group", chat.room.room_id),
            "account": harvest.uid("account", user_id),
            "role": _role(user_id, powers, is_guest=is_guest or not is_ours),
            "via": "direct",
            "joined_at": joined_at,
            "added_by": None if "added_by" in unknown else harvest.uid("account", adder or ""),
            "external": "yes" if is_guest or not is_ours else "no",
            "unknown": unknown,
        },
    )


def _adder(joining: Joining) -> str | None:
    """Who invited the member; themselves, if they came in without an invitation."""
    if joining.invitation is not None:
        return joining.invitation.sender
    return joining.event.sender if joining.is_settled else None


def _role(user_id: str, powers: _Powers, *, is_guest: bool) -> str:
    if powers.manages(user_id):
        return "owner"
    if powers.level(user_id) >= _MODERATES_FROM:
        return "moderator"
    return "guest" if is_guest else "member"


def _number(value: object) -> float:
    """A power level, which older rooms may hold as text."""
    try:
        return float(str(value))
    except ValueError:
        return 0.0


def _raw(chat: Chat) -> dict[str, Any]:
    state = [
        event.model_dump(exclude_none=True) for event in chat.state or () if event.type != "m.room.member"
    ]
    last = chat.messages.chunk[0].origin_server_ts if chat.messages and chat.messages.chunk else None
    raw: dict[str, Any] = chat.room.model_dump(exclude_none=True)
    return raw | {
        "state": sorted(state, key=lambda event: (event["type"], event["state_key"])),
        "last_message_ts": last,
    }


def _raw_joining(chat: Chat, user_id: str, joining: Joining | None) -> dict[str, Any]:
    raw: dict[str, Any] = {"room_id": chat.room.room_id, "user_id": user_id}
    if joining is not None:
        raw["join"] = joining.event.model_dump(exclude_none=True)
        if joining.invitation is not None:
            raw["invite"] = joining.invitation.model_dump(exclude_none=True)
    return raw
