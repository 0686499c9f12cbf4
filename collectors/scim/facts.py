"""Accounts and groups of a SCIM service as facts."""

from typing import Any

from collectors.clocks import from_rfc3339
from collectors.harvest import Harvest
from collectors.scim.options import ScimOptions
from collectors.scim.records import Group, User
from engine.facts import KEY, Account, IdentityLink, Membership
from engine.facts import Group as GroupFact

_STATES = {"true": "active", "false": "deactivated"}

_NEVER_TOLD = (
    "created_by", "deactivated_at", "distinct_devices_30d", "expires_at", "last_activity", "mfa_enforced", "mfa_enrolled",
    "password_changed_at", "password_compromised", "privileged", "reactivated_at",
)  # fmt: skip

_NEVER_TOLD_OF_GROUPS = (
    "archived", "e2e_encrypted", "external_members_allowed", "join_rule", "last_message_at", "messages_kept", "owners",
    "purpose", "retention_mode", "visibility",
)  # fmt: skip

LIMITS = {f"account.{name}": "not_supported" for name in _NEVER_TOLD}
"""What the protocol has no word for."""

GROUP_LIMITS = {f"group.{name}": "not_supported" for name in _NEVER_TOLD_OF_GROUPS} | {
    "membership.added_by": "not_supported",
    "membership.joined_at": "not_supported",
}


def add_account(harvest: Harvest, user: User, at: str, options: ScimOptions) -> None:
    """Add an account, and whose it is."""
    unknown = dict.fromkeys(_NEVER_TOLD, "not_supported")
    state = _state(harvest, user, unknown)
    if state == "active":
        del unknown["deactivated_at"]
    department = user.enterprise.department
    for field, stated in (("department_code", department), ("position", user.title)):
        if stated is None:
            # a service leaves out what it does not keep, what is empty and what the token may not see
            unknown[field] = "not_supported"
    raw = user.model_dump(mode="json", exclude_none=True, by_alias=True)
    harvest.add(
        Account,
        user.id,
        name=user.display_name or user.user_name,
        raw=raw,
        at=at,
        values={
            "source_system": harvest.source.id,
            "login": user.user_name,
            "display_name": user.display_name or "",
            "kind": _kind(user, options, unknown),
            "state": state,
            "department_code": None
            if department is None
            else options.department_codes.get(department, department),
            "position": user.title,
            "created_at": _created(harvest, "account", user.meta.created, unknown),
            "is_collector": "yes" if user.user_name == options.collector_user else "no",
            "unknown": unknown,
        },
    )
    number = _number(user, options)
    if number is None:
        return
    harvest.add(
        IdentityLink,
        user.id,
        name=f"{user.user_name} = {number}",
        raw={"id": user.id, "employee_no": number},
        at=at,
        values={
            "account": harvest.uid("account", user.id),
            "person": f"{KEY}{number}",
            "method": "external_id" if options.employee_attribute == "externalId" else "employee_no",
            "strength": "exact",
            "conflict": "no",
        },
    )


def add_group(harvest: Harvest, group: Group, at: str, accounts: set[str], groups: set[str]) -> None:
    """Add a group with its members; a group in a group is told, for its members are not followed."""
    unknown = dict.fromkeys(_NEVER_TOLD_OF_GROUPS, "not_supported")
    members = None if group.members is None else sorted({member.value for member in group.members})
    if members is None:
        unknown["member_count"] = "not_supported"
        harvest.problem(f"group {group.id}: the service does not show its members")
    harvest.add(
        GroupFact,
        group.id,
        name=group.display_name or group.id,
        raw=group.model_dump(mode="json", exclude_none=True, by_alias=True),
        at=at,
        values={
            "source_system": harvest.source.id,
            "native_id": group.id,
            "name": group.display_name or "",
            "direct": "no",
            "created_at": _created(harvest, "group", group.meta.created, unknown),
            "member_count": None if members is None else len(members),
            "unknown": unknown,
        },
    )
    for member in members or ():
        if member in accounts:
            _add_membership(harvest, group.id, member, at)
        else:
            what = "a group, whose members are not followed" if member in groups else "none of the accounts"
            harvest.problem(f"group {group.id}: its member {member} is {what}")


def _add_membership(harvest: Harvest, group: str, member: str, at: str) -> None:
    harvest.add(
        Membership,
        f"{group}/{member}",
        name=f"{group}: {member}",
        raw={"group": group, "member": member},
        at=at,
        values={
            "group": harvest.uid("group", group),
            "account": harvest.uid("account", member),
            "role": "member",
            "via": "direct",
            "unknown": {"added_by": "not_supported", "joined_at": "not_supported"},
        },
    )


def _state(harvest: Harvest, user: User, unknown: dict[str, str]) -> str:
    """Whether it can be used; a service that does not say so has not said yes."""
    if user.active is None:
        unknown["state"] = "not_supported"
        return "unknown"
    state = harvest.mapped("account.state", str(user.active).lower(), _STATES)
    if state == "unknown":
        unknown["state"] = "unparsable"
    return state


def _kind(user: User, options: ScimOptions, unknown: dict[str, str]) -> str:
    if user.user_type in options.service_user_types:
        return "service"
    if _number(user, options) is not None:
        return "human"
    unknown["kind"] = "ambiguous"
    return "unknown"


def _number(user: User, options: ScimOptions) -> str | None:
    match options.employee_attribute:
        case "employeeNumber":
            return user.enterprise.employee_number or None
        case "externalId":
            return user.external_id or None
        case None:
            return None


def _created(harvest: Harvest, entity: str, stated: str | None, unknown: dict[str, Any]) -> str | None:
    if stated is None:
        unknown["created_at"] = "not_supported"
        return None
    try:
        return from_rfc3339(stated)
    except ValueError:
        unknown["created_at"] = "unparsable"
        harvest.mapped(f"{entity}.created_at", stated, {})
        return None
