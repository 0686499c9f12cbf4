"""Accounts and groups of Feishu as facts."""

from collections.abc import Mapping
from typing import Any

from collectors.feishu.options import FeishuOptions
from collectors.harvest import Harvest
from collectors.webapi import (
    Reading,
    add_account,
    add_group,
    add_membership,
    add_outsider,
    department_of,
    link_to,
)
from engine.facts import LastActivity

NEVER = (
    "auth_source", "created_at", "created_by", "deactivated_at", "distinct_devices_30d", "expires_at", "mfa_enforced",
    "mfa_enrolled", "password_changed_at", "password_compromised", "reactivated_at",
)  # fmt: skip
"""What no call tells of an account; `join_time` is HR's, and not when the account was made."""

NEVER_OF_GROUPS = (
    "created_at", "creator", "e2e_encrypted", "label", "last_message_at", "messages_kept", "retention_days",
    "retention_mode", "scope", "scope_text",
)  # fmt: skip

_CLOSING = (
    ("is_resigned", "deactivated"),
    ("is_exited", "deactivated"),
    ("is_frozen", "suspended"),
    ("is_unjoin", "invited"),
)
"""Which of them is true settles the state, the first one first."""

_ARCHIVED = {"normal": "no", "dissolved": "yes", "dissolved_save": "yes"}
_VISIBILITY = {"public": "public", "private": "private"}


def add_user(
    harvest: Harvest,
    user: dict[str, Any],
    at: str,
    names: dict[str, str],
    used: LastActivity | str,
    options: FeishuOptions,
) -> None:
    """Add an account, and whose it is.

    Args:
        harvest: where it goes
        user: what Feishu says
        at: when it came
        names: department id -> name
        used: the last use, or why it is not known
        options: what Feishu cannot tell
    """
    reading = Reading(harvest, "account", user)
    number = reading.text("holder", "employee_no")
    hidden = reading.unknown.pop("holder", "") == "not_permitted"
    departments = [str(code) for code in user.get("department_ids") or ()]
    if isinstance(used, str):
        reading.unknown["last_activity"] = used
    add_account(
        reading,
        user["user_id"],
        at=at,
        values={
            "login": user["user_id"],
            "display_name": reading.text("display_name", "name"),
            "kind": "human" if number else None,
            "state": _state(reading),
            "department_code": department_of(
                reading,
                options.department_codes,
                [name for code in departments for name in (code, names.get(code, "")) if name],
            ),
            "position": reading.text("position", "job_title"),
            "privileged": reading.tri("privileged", "is_tenant_manager"),
            "last_activity": None if isinstance(used, str) else used,
        },
        never=NEVER,
    )
    link_to(reading, user["user_id"], number, at=at, hidden=hidden)


def _state(reading: Reading) -> str | None:
    status = reading.raw.get("status")
    if not isinstance(status, dict):
        return reading.text("state", "status")
    flags = Reading(reading.harvest, "account", status)
    for name, state in _CLOSING:
        if flags.tri("state", name) == "yes":
            return state
    activated = flags.tri("is_activated", "is_activated")
    reason = flags.unknown.get("state") or flags.unknown.get("is_activated")
    if reason is not None:
        # a flag that is not shown may be the one that closes it
        reading.unknown["state"] = reason
        return None
    return "active" if activated == "yes" else "invited"


def add_chat(
    harvest: Harvest,
    chat_id: str,
    data: Mapping[str, Any],
    members: list[tuple[dict[str, Any], str]] | None,
    at: str,
    accounts: set[str],
    outsiders: set[str],
) -> None:
    """Add a group with its members; `accounts` are the company's own, `outsiders` those of others that have been added."""
    reading = Reading(harvest, "group", data)
    chat_type = reading.word("visibility", "chat_type", _VISIBILITY)
    external = reading.tri("external_members_allowed", "external")
    count = reading.count("member_count", "user_count")
    owners = _owners(reading, accounts)
    add_group(
        reading,
        chat_id,
        at=at,
        values={
            "kind": "room",
            "direct": "no",
            "name": reading.text("name", "name"),
            "purpose": reading.text("purpose", "description"),
            "purpose_origin": "native" if isinstance(data.get("description"), str) else None,
            "owners": owners,
            "owner_origin": "native_owner",
            "visibility": chat_type,
            "join_rule": _join_rule(reading, chat_type),
            "external_members_allowed": external,
            "archived": reading.word("archived", "chat_status", _ARCHIVED),
            "member_count": count,
        },
        never=NEVER_OF_GROUPS,
    )
    managers = {data.get("owner_id"), *(data.get("user_manager_id_list") or ())}
    seen = {str(row["member_id"]): (row, when) for row, when in members or () if row.get("member_id")}
    if members is not None and count is not None and count != len(seen):
        harvest.problem(f"group {chat_id}: {count} members are stated, {len(seen)} came")
    for member, (row, when) in sorted(seen.items()):
        if member not in accounts:
            if external != "yes":
                harvest.problem(f"group {chat_id}: its member {member} is none of the accounts")
                continue
            if member not in outsiders:
                outsiders.add(member)
                add_outsider(harvest, member, when)
        place = Reading(harvest, "membership", {"chat_id": chat_id, **row})
        if owners is None:
            place.unknown["role"] = reading.unknown["owners"]
        add_membership(
            place,
            chat_id,
            member,
            at=when,
            role=None if owners is None else "owner" if member in managers else "member",
            via="direct",
            external="no" if member in accounts else "yes",
        )


def _owners(reading: Reading, accounts: set[str]) -> tuple[str, ...] | None:
    owner, managers = reading.raw.get("owner_id"), reading.raw.get("user_manager_id_list") or []
    names = {str(one) for one in (owner, *managers) if one}
    if not owner or not names <= accounts:
        # a bot's group shows no owner, and an outsider's is no account of ours
        reading.unknown["owners"] = "ambiguous" if owner else "not_supported"
        reading.unknown["owner_origin"] = reading.unknown["owners"]
        return None
    return tuple(sorted(reading.harvest.uid("account", name) for name in names))


def _join_rule(reading: Reading, chat_type: str | None) -> str | None:
    rule = reading.word(
        "join_rule", "membership_approval", {"approval_required": "approval", "no_approval_required": "open"}
    )
    if rule == "open" and chat_type != "public":
        # nobody finds a private group by searching: who gets in was added by a member
        if chat_type is None:
            reading.unknown["join_rule"] = reading.unknown["visibility"]
            return None
        return "invite"
    return rule
