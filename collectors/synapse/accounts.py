"""Accounts, their sessions and whose they are, from what Synapse says."""

import hashlib
from typing import Any

from collectors.clocks import days_before, from_ms
from collectors.harvest import Harvest
from collectors.synapse.options import SynapseOptions
from collectors.synapse.walk import User
from engine.facts import KEY, Account, IdentityLink, LastActivity, Session

_KINDS = {"": "human", "bot": "bot", "support": "service"}
"""`user_type` -> kind; most people have none."""

_BUMPED_EVERY_S = 120
"""The server writes a last use down at most this often."""

_VOLATILE = frozenset({"last_seen_ts", "devices"})

LIMITS = {
    "account.mfa_enrolled": "not_supported",
    "account.mfa_enforced": "not_supported",
    "account.password_changed_at": "not_supported",
    "account.password_compromised": "not_supported",
    "account.created_by": "not_supported",
    "account.deactivated_at": "not_supported",
    "account.reactivated_at": "not_supported",
    "account.department_code": "not_supported",
    "account.position": "not_supported",
    "account.distinct_devices_30d": "not_supported",
    "session.started_at": "not_supported",
    "session.expires_at": "not_supported",
}
"""What the admin API does not know; devices that were signed out are forgotten and cannot be counted."""

_UNKNOWN = {
    field.partition(".")[2]: reason for field, reason in LIMITS.items() if field.startswith("account.")
}


_NEVER_TOLD = ("expires_at", "deactivated_at", "reactivated_at", "password_changed_at")
"""What may be none of an account, and is not known of one that another server keeps."""


def add_accounts(harvest: Harvest, users: tuple[User, ...], options: SynapseOptions) -> None:
    """Add every account of the server with its sessions and links."""
    for user in users:
        _add_account(harvest, user, options)
        _add_sessions(harvest, user)
        if options.auth_provider is not None:
            _add_links(harvest, user, options.auth_provider)


def add_unlisted(harvest: Harvest, user_id: str, at: str, options: SynapseOptions) -> bool:
    """Add an account that is in a room and not in the list; whether it is an outsider's.

    Accounts of other servers are never in the list: of them only this is known. One of this server should be there.
    """
    server = user_id.partition(":")[2]
    is_outsider = server not in options.servers
    reason = "not_supported"
    if server == options.server:
        harvest.problem(f"account {user_id}: is in a room, and not in the list of accounts")
        reason = "source_partial"
    else:
        harvest.expect_one_more("account")
    harvest.add(
        Account,
        user_id,
        name=user_id,
        raw={"name": user_id},
        at=at,
        values={
            "otherwise": reason,
            "source_system": harvest.source.id,
            "login": user_id,
            "kind": "guest" if is_outsider else "unknown",
            "is_collector": "no",
            "unknown": dict.fromkeys(_NEVER_TOLD, reason) | {"first_seen_at": "not_collected"},
        },
    )
    return is_outsider


def _add_account(harvest: Harvest, user: User, options: SynapseOptions) -> None:
    row = user.row
    unknown = dict(_UNKNOWN)
    kind, state = _of_detail(harvest, user, unknown)
    if not row.deactivated:
        del unknown["deactivated_at"]
    if any(device.last_seen_ts is not None for device in user.devices or ()):
        # closing an account deletes its devices: one that is there was signed in after any opening again, and its
        # last use is later than that
        del unknown["reactivated_at"]
    created_at = from_ms(row.creation_ts)
    harvest.add(
        Account,
        row.name,
        name=row.displayname or row.name,
        raw=_raw(user),
        at=user.at,
        volatile=_VOLATILE,
        values={
            "source_system": harvest.source.id,
            "login": row.name,
            "display_name": row.displayname or "",
            "kind": kind,
            "state": state,
            "created_at": created_at,
            "last_activity": _last_activity(user, created_at, options.user_ips_max_age_days),
            "privileged": "yes" if row.admin else "no",
            "is_collector": "yes" if row.name == options.collector_user else "no",
            "auth_source": options.auth_source,
            "unknown": unknown,
        },
    )


def _of_detail(harvest: Harvest, user: User, unknown: dict[str, str]) -> tuple[str, str]:
    """Kind and state, which the list alone cannot settle."""
    kind, state = _kind(harvest, user), _state(user)
    if kind == "unknown":
        unknown["kind"] = "unparsable"
    if user.detail is None:
        if kind == "human":
            kind, unknown["kind"] = "unknown", "source_partial"
        if state == "active":
            state, unknown["state"] = "unknown", "source_partial"
    return kind, state


def _kind(harvest: Harvest, user: User) -> str:
    if user.row.is_guest:
        return "guest"
    if user.detail is not None and user.detail.appservice_id:
        return "service"
    return harvest.mapped("account.kind", user.row.user_type or "", _KINDS)


def _state(user: User) -> str:
    if user.row.erased:
        return "deleted"
    if user.row.deactivated:
        return "deactivated"
    if user.row.locked:
        return "locked"
    return "suspended" if user.detail is not None and user.detail.suspended else "active"


def _last_activity(user: User, created_at: str, remembered_days: int) -> LastActivity:
    seen = [user.row.last_seen_ts, user.detail.last_seen_ts if user.detail else None]
    seen += [device.last_seen_ts for device in user.devices or ()]
    last = max((moment for moment in seen if moment is not None), default=None)
    if last is not None:
        return LastActivity(state="at", at=from_ms(last), kind="api", precision_s=_BUMPED_EVERY_S)
    # no last use means never used, or signed out everywhere and forgotten since
    bound = max(created_at, days_before(user.at, remembered_days))
    return LastActivity(state="not_since", bound=bound, kind="api")


def _add_sessions(harvest: Harvest, user: User) -> None:
    for device in user.devices or ():
        last_used_at = None if device.last_seen_ts is None else from_ms(device.last_seen_ts)
        key = _hashed(harvest.source.id, device.device_id)
        harvest.add(
            Session,
            f"{user.row.name}/{key}",
            name=f"{user.row.displayname or user.row.name} {key[:8]}",
            raw={"user_id": user.row.name, "device_key": key, "last_seen_ts": device.last_seen_ts},
            at=user.at,
            observed_at=last_used_at,
            volatile=frozenset({"last_seen_ts"}),
            values={
                "otherwise": "not_supported",
                "account": harvest.uid("account", user.row.name),
                "device_key": key,
                "kind": "session",
                "last_used_at": last_used_at,
                "revoked": "no",
                "unknown": {"expires_at": "not_supported"},
            },
        )


def _add_links(harvest: Harvest, user: User, provider: str) -> None:
    numbers = (
        sorted({link.external_id for link in user.detail.external_ids if link.auth_provider == provider})
        if user.detail
        else []
    )
    for number in numbers:
        harvest.add(
            IdentityLink,
            f"{user.row.name}/{number}",
            name=f"{user.row.name} = {number}",
            raw={"user_id": user.row.name, "auth_provider": provider, "external_id": number},
            at=user.at,
            values={
                "account": harvest.uid("account", user.row.name),
                "person": f"{KEY}{number}",
                "method": "external_id",
                "strength": "exact",
                "conflict": "yes" if len(numbers) > 1 else "no",
            },
        )


def _raw(user: User) -> dict[str, Any]:
    raw: dict[str, Any] = user.row.model_dump(exclude_none=True)
    if user.detail is not None:
        # the list has the same fields, and the times of both would differ in their unit
        raw |= user.detail.model_dump(exclude_none=True, exclude={"name", "last_seen_ts"}, mode="json")
    raw["devices"] = len(user.devices or ())
    return raw


def _hashed(source_id: str, device_id: str) -> str:
    return hashlib.sha256(f"{source_id}/{device_id}".encode()).hexdigest()[:32]
