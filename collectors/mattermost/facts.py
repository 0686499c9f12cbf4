"""Accounts, sessions and channels of Mattermost as facts."""

import hashlib
from typing import Any

from collectors.harvest import Harvest
from collectors.mattermost.options import MattermostOptions
from collectors.webapi import Reading, add_account, add_group, add_membership, link_to
from engine.facts import LastActivity, Session

NEVER = (
    "created_by", "department_code", "distinct_devices_30d", "expires_at", "mfa_enforced", "password_compromised",
    "reactivated_at",
)  # fmt: skip
"""What these calls do not tell of an account."""

NEVER_OF_GROUPS = (
    "e2e_encrypted", "external_members_allowed", "label", "member_count", "messages_kept", "retention_days", "retention_mode",
    "scope", "scope_text",
)  # fmt: skip

_AUTH = {
    "": "local", "ldap": "directory", "saml": "sso", "gitlab": "sso", "google": "sso", "office365": "sso", "openid": "sso",
}  # fmt: skip

_ADMINISTERING = frozenset({"system_admin", "system_manager", "system_user_manager"})
_OTHERS = frozenset(
    {
        "system_user", "system_guest", "system_post_all", "system_post_all_public", "system_user_access_token",
        "system_read_only_admin",
    }
)  # fmt: skip
"""Roles of the system that change nothing of it."""

_LATEST = "last_status_at"
_USES = ("last_login", _LATEST, "last_post_date")

_CHANNELS = {"O": "public", "P": "private"}


def add_user(
    harvest: Harvest,
    user: dict[str, Any],
    at: str,
    own: str,
    report: dict[str, Any] | str,
    options: MattermostOptions,
) -> str:
    """Add an account and tell its kind; `report` is what is said of its use, or why nothing is."""
    key = user["id"]
    reading = Reading(harvest, "account", user)
    deleted = _closed_at(reading)
    names = [user.get(name) for name in ("first_name", "last_name")]
    shown = " ".join(name for name in names if isinstance(name, str) and name) or user.get("username")
    source = reading.word("auth_source", "auth_service", _AUTH)
    changed = reading.milliseconds("password_changed_at", "last_password_update")
    if source in {"directory", "sso"}:
        # it has no password of its own
        changed = None
        reading.unknown.pop("password_changed_at", None)
    added = add_account(
        reading,
        key,
        at=at,
        values={
            "login": user.get("username") if isinstance(user.get("username"), str) else key,
            "display_name": shown if isinstance(shown, str) else None,
            "kind": _kind(reading),
            "state": None if deleted is None else "deactivated" if deleted else "active",
            "created_at": reading.milliseconds("created_at", "create_at"),
            "deactivated_at": deleted or None,
            "position": reading.text("position", "position", "not_supported"),
            "privileged": _privileged(reading),
            "mfa_enrolled": reading.tri("mfa_enrolled", "mfa_active"),
            "auth_source": source,
            "password_changed_at": changed,
            "last_activity": _last_use(reading, report),
            "is_collector": "yes" if key == own else "no",
        },
        never=NEVER,
    )
    number = user.get(options.employee_field) if options.employee_field else None
    link_to(
        reading,
        key,
        number.strip() if isinstance(number, str) else None,
        at=at,
        method="external_id" if options.employee_field == "auth_data" else "employee_no",
    )
    return "unknown" if added is None else added.kind


def _closed_at(reading: Reading) -> str | None:
    """When it was closed; empty if it is open, none if that is not known."""
    if reading.raw.get("delete_at") == 0 and not isinstance(reading.raw["delete_at"], bool):
        return ""
    found = reading.milliseconds("deactivated_at", "delete_at")
    if found is None:
        reading.unknown["state"] = reading.unknown["deactivated_at"]
    return found


def _roles(reading: Reading, field: str) -> set[str] | None:
    text = reading.text(field, "roles")
    return None if text is None else set(text.split())


def _kind(reading: Reading) -> str | None:
    if reading.raw.get("is_bot") is True:
        return "bot"
    roles = _roles(reading, "kind")
    if roles is None:
        return None
    return "guest" if "system_guest" in roles else "human"


def _privileged(reading: Reading) -> str | None:
    roles = _roles(reading, "privileged")
    if roles is None:
        return None
    if roles & _ADMINISTERING:
        return "yes"
    for role in sorted(roles - _OTHERS):
        # a role of the company's own may administer
        reading.harvest.mapped("account.privileged", f"role: {role}", {})
        reading.unknown["privileged"] = "unparsable"
    return None if "privileged" in reading.unknown else "no"


def _last_use(reading: Reading, report: dict[str, Any] | str) -> LastActivity | None:
    if isinstance(report, str):
        reading.unknown["last_activity"] = report
        return None
    if _LATEST not in report:
        # a post or a sign-in alone may be months older than the last use
        reading.absent("last_activity", _LATEST)
        return None
    own = Reading(reading.harvest, "account", {name: value for name, value in report.items() if value != 0})
    times = [own.milliseconds("last_activity", name) for name in _USES if own.raw.get(name) is not None]
    if None in times or not times:
        # a time in another unit proves nothing, and no time at all is not never
        reading.unknown["last_activity"] = "unparsable" if times else "ambiguous"
        return None
    last = max(time for time in times if time)
    return LastActivity(state="at", at=last, kind="presence", precision_s=0)


def add_session(harvest: Harvest, session: dict[str, Any], account: str, at: str) -> None:
    """Add a session of an account; its id is hashed, as is the device's."""
    key = session.get("id")
    if not isinstance(key, str) or not key:
        harvest.problem(f"account {account}: a session without id")
        return
    hashed = _hashed(harvest.source.id, key)
    device = session.get("device_id")
    reading = Reading(harvest, "session", {"user_id": account, **session, "id": hashed, "device_id": ""})
    expires = None if session.get("expires_at") == 0 else reading.milliseconds("expires_at", "expires_at")
    used = reading.milliseconds("last_used_at", "last_activity_at")
    harvest.add(
        Session,
        f"{account}/{hashed}",
        name=f"{account} {hashed[:8]}",
        raw=reading.raw,
        at=at,
        observed_at=used,
        values={
            "account": harvest.uid("account", account),
            "device_key": _hashed(harvest.source.id, device)
            if isinstance(device, str) and device
            else hashed,
            "kind": "session",
            "started_at": reading.milliseconds("started_at", "create_at"),
            "last_used_at": used,
            "expires_at": expires,
            "revoked": "no",
            "unknown": reading.unknown,
        },
    )


def add_channel(
    harvest: Harvest,
    channel: dict[str, Any],
    at: str,
    members: list[tuple[dict[str, Any], str]] | None,
    accounts: dict[str, str],
) -> None:
    """Add a channel with its members; `accounts` are the kinds of all accounts by id."""
    key = channel["id"]
    reading = Reading(harvest, "group", channel)
    seen = {str(row.get("user_id")): (row, when) for row, when in members or ()}
    places = {one: Reading(harvest, "membership", row) for one, (row, _) in seen.items()}
    owns = {one: _owns(place) for one, place in places.items()}
    owning = {one for one, found in owns.items() if found}
    if members is None:
        reading.unknown |= dict.fromkeys(("owners", "owner_origin"), "source_partial")
    elif None in owns.values():
        reading.unknown |= dict.fromkeys(("owners", "owner_origin"), "unparsable")
    creator = channel.get("creator_id")
    if not isinstance(creator, str) or creator not in accounts:
        # channels of the server itself have no creator
        reading.unknown["creator"] = "not_supported"
    visibility = reading.word("visibility", "type", _CHANNELS)
    if visibility is None:
        reading.unknown["join_rule"] = reading.unknown["visibility"]
    deleted = channel.get("delete_at")
    purpose = reading.text("purpose", "purpose")
    add_group(
        reading,
        key,
        at=at,
        values={
            "kind": "channel",
            "direct": "no",
            "name": reading.text("name", "display_name"),
            "purpose": purpose,
            "purpose_origin": None if purpose is None else "native",
            "owners": tuple(sorted(harvest.uid("account", one) for one in owning if one in accounts)),
            "owner_origin": "native_owner",
            "creator": harvest.uid("account", str(creator)),
            "created_at": reading.milliseconds("created_at", "create_at"),
            "last_message_at": _last_message(reading),
            "visibility": visibility,
            "join_rule": "open" if visibility == "public" else "invite",
            "archived": "no"
            if deleted == 0
            else "yes"
            if reading.milliseconds("archived", "delete_at")
            else None,
        },
        never=NEVER_OF_GROUPS,
    )
    for member, (_, when) in sorted(seen.items()):
        if member not in accounts:
            harvest.problem(f"group {key}: its member {member} is none of the accounts")
            continue
        kind = accounts[member]
        role = None
        if owns[member]:
            role = "owner"
        elif owns[member] is False:
            role = {"guest": "guest", "unknown": None}.get(kind, "member")
        add_membership(
            places[member],
            key,
            member,
            at=when,
            role=role,
            via="direct",
            external={"guest": "yes", "unknown": None}.get(kind, "no"),
        )


def _last_message(reading: Reading) -> LastActivity | None:
    if reading.raw.get("last_post_at") == 0 and reading.raw.get("total_msg_count") == 0:
        return LastActivity(state="never", basis="no message was ever counted")
    last = reading.milliseconds("last_message_at", "last_post_at")
    return None if last is None else LastActivity(state="at", at=last, kind="message", precision_s=0)


def _owns(reading: Reading) -> bool | None:
    """Whether a member is an owner; who is none by the one field alone may be one by the other."""
    roles, admin = reading.raw.get("roles"), reading.raw.get("scheme_admin")
    if admin is True or (isinstance(roles, str) and "channel_admin" in roles.split()):
        return True
    for name, told in (("scheme_admin", admin is False), ("roles", isinstance(roles, str))):
        if not told:
            (reading.odd if name in reading.raw else reading.absent)("role", name)
    return None if reading.unknown else False


def _hashed(source: str, key: str) -> str:
    return hashlib.sha256(f"{source}/{key}".encode()).hexdigest()[:32]
