"""Accounts, sessions and rooms of ejabberd as facts."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from collectors.clocks import from_rfc3339
from collectors.ejabberd.options import EjabberdOptions
from collectors.ejabberd.walk import NEVER_IN, Room
from collectors.harvest import Harvest
from collectors.webapi import Reading, add_account, add_group, add_membership, add_outsider
from engine.facts import LastActivity, Session

NEVER = (
    "auth_source", "created_by", "deactivated_at", "department_code", "distinct_devices_30d", "expires_at", "mfa_enforced",
    "mfa_enrolled", "password_changed_at", "password_compromised", "position", "privileged", "reactivated_at", "state",
)  # fmt: skip
"""What these calls do not tell of an account."""

NEVER_OF_GROUPS = (
    "archived", "created_at", "creator", "e2e_encrypted", "external_members_allowed", "label", "last_message_at", "member_count",
    "messages_kept", "retention_days", "retention_mode", "scope", "scope_text",
)  # fmt: skip

_AFFILIATIONS = {"owner": "owner", "admin": "moderator", "member": "member"}
_KEPT_OUT = frozenset({"outcast", "none"})
_ROLES = {"moderator": "moderator", "participant": "member", "visitor": "guest"}
_TRUTHS = {"true": "yes", "false": "no"}


@dataclass
class Known:
    """Which members of rooms are whose."""

    host: str
    users: frozenset[str]
    """Login names of the host."""
    ours: frozenset[str]
    """The company's other domains: their members are no outsiders, and none of this source's accounts."""
    outsiders: set[str] = field(default_factory=set)
    """Addresses that have an account here because a room named them."""


def add_user(
    harvest: Harvest, user: str, last: dict[str, Any] | str, at: str, options: EjabberdOptions
) -> None:
    """Add an account of the host; `last` is what is said of its use, or why nothing is."""
    key = f"{user}@{options.host}"
    said = {} if isinstance(last, str) else {name: last.get(name) for name in ("timestamp", "status")}
    reading = Reading(harvest, "account", {"user": user, "host": options.host} | said)
    activity, created = None, None
    if isinstance(last, str):
        reading.unknown |= dict.fromkeys(("last_activity", "created_at"), last)
    else:
        activity, created = _last_use(reading)
    kind = "service" if user in options.service_accounts else None
    if kind is None:
        reading.unknown["kind"] = "not_supported"
    add_account(
        reading,
        key,
        at=at,
        values={
            "login": user,
            "display_name": user,
            "kind": kind,
            "created_at": created,
            "last_activity": activity,
            "is_collector": "yes" if key == options.collector_user else "no",
        },
        never=NEVER,
    )


def _last_use(reading: Reading) -> tuple[LastActivity | None, str | None]:
    """The last use, and when the account was made, which is told of those that were never used."""
    instant = reading.rfc3339("last_activity", "timestamp", "unparsable")
    status = reading.raw.get("status")
    if instant is None or not isinstance(status, str):
        reading.unknown |= dict.fromkeys(("last_activity", "created_at"), "unparsable")
        return None, None
    if status == NEVER_IN:
        return LastActivity(state="never", basis="registered, and nobody signed in"), instant
    reading.unknown["created_at"] = "not_supported"
    # the end of the last session; of who is signed in, the instant of the question
    return LastActivity(state="at", at=instant, kind="presence", precision_s=0), None


def add_session(harvest: Harvest, row: dict[str, Any], at: str, host: str, users: set[str]) -> None:
    """Add the session of an account of the host; the name of the device is hashed."""
    address, _, resource = str(row.get("jid") or "").partition("/")
    user, _, domain = address.partition("@")
    if domain != host:
        return
    if user not in users:
        harvest.problem(f"account {user}: came while the service was being read")
        return
    hashed = hashlib.sha256(f"{harvest.source.id}/{address}/{resource}".encode()).hexdigest()[:32]
    reading = Reading(harvest, "session", {"jid": address, "uptime": row.get("uptime")})
    uptime = reading.count("started_at", "uptime", "not_supported")
    harvest.add(
        Session,
        f"{address}/{hashed}",
        name=f"{user} {hashed[:8]}",
        raw={**reading.raw, "resource": hashed},
        at=at,
        observed_at=at,
        # seconds since it began: the same session shows another number each time
        volatile=frozenset({"uptime"}),
        values={
            "account": harvest.uid("account", address),
            "device_key": hashed,
            "kind": "session",
            "started_at": None if uptime is None else _before(at, uptime),
            "last_used_at": at,
            "revoked": "no",
            "unknown": reading.unknown | {"expires_at": "not_supported"},
        },
    )


def _before(at: str, seconds: int) -> str | None:
    return from_rfc3339((datetime.fromisoformat(at) - timedelta(seconds=seconds)).isoformat())


def add_room(harvest: Harvest, key: str, room: Room, known: Known) -> None:
    """Add a room with its members: who has a place in it, and who is in it without one.

    Args:
        harvest: where facts go
        key: the room's address
        room: what the server says of it
        known: whose members are whose; an outsider who is seen first here is added to it
    """
    reading = Reading(harvest, "group", room.options)
    members = _members(harvest, key, room)
    if room.affiliations is None:
        reading.unknown |= dict.fromkeys(("owners", "owner_origin"), "source_partial")
    outside = _whose(harvest, key, members, known)
    closed, locked = (
        reading.word("join_rule", name, _TRUTHS, "not_supported")
        for name in ("members_only", "password_protected")
    )
    if closed == "yes":
        reading.unknown.pop("join_rule", None)
    elif locked == "yes":
        reading.unknown["join_rule"] = "ambiguous"
    free = closed == "no" and locked == "no"
    visible = reading.word("visibility", "public", _TRUTHS, "not_supported")
    purpose = reading.text("purpose", "description", "not_supported")
    if purpose is None:
        reading.unknown["purpose_origin"] = reading.unknown["purpose"]
    add_group(
        reading,
        key,
        at=room.at,
        values={
            "kind": "room",
            "direct": "no",
            "name": reading.text("name", "title", "not_supported") or key.partition("@")[0],
            "purpose": purpose,
            "purpose_origin": "native",
            "owners": tuple(harvest.uid("account", one) for one in outside if members[one][0] == "owner"),
            "owner_origin": "native_owner",
            "visibility": {"yes": "public", "no": "private"}.get(visible or ""),
            "join_rule": "invite" if closed == "yes" else "open" if free else None,
        },
        never=NEVER_OF_GROUPS,
    )
    for address, is_outsider in outside.items():
        role, at = members[address]
        if is_outsider and address not in known.outsiders:
            known.outsiders.add(address)
            harvest.expect_one_more("account")
            add_outsider(harvest, address, at)
        row = Reading(harvest, "membership", {"jid": address, "role": role})
        if role == "unknown":
            row.unknown["role"] = "unparsable"
        add_membership(
            row,
            key,
            address,
            at=at,
            role=None if role == "unknown" else role,
            via="direct",
            external="yes" if is_outsider else None,
        )


def _whose(harvest: Harvest, key: str, members: Iterable[str], known: Known) -> dict[str, bool]:
    """Address -> whether it is an outsider's; one that cannot be placed is told and left out."""
    outside: dict[str, bool] = {}
    for address in sorted(members):
        user, _, domain = address.rpartition("@")
        if domain == known.host and user in known.users:
            outside[address] = False
        elif domain == known.host or domain in known.ours:
            harvest.problem(f"group {key}: its member {address} is none of the accounts of {known.host}")
        elif user and domain:
            outside[address] = True
        else:
            harvest.problem(f"group {key}: its member {address} is no account: a whole domain, or no name")
    return outside


def _members(harvest: Harvest, key: str, room: Room) -> dict[str, tuple[str, str]]:
    """Address -> role and when it was told; a place in the room counts before being there."""

    def role(name: str, row: dict[str, Any], table: dict[str, str]) -> str:
        return harvest.mapped("membership.role", str(row.get(name) or ""), table)

    found: dict[str, tuple[str, str]] = {}
    kept_out: set[str] = set()
    for row, at in room.affiliations or ():
        user, domain = row.get("username"), row.get("domain")
        if not isinstance(domain, str) or not isinstance(user, str):
            harvest.problem(f"group {key}: a member without name or domain")
            continue
        address = f"{user}@{domain}"
        if row.get("affiliation") in _KEPT_OUT:
            kept_out.add(address)
            continue
        found[address] = role("affiliation", row, _AFFILIATIONS), at
    for row, at in room.occupants or ():
        address = str(row.get("jid") or "").partition("/")[0]
        if address not in found and address not in kept_out:
            found[address] = role("role", row, _ROLES), at
    return found
