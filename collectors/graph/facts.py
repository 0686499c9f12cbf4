"""Accounts and groups of Entra as facts."""

from typing import Any

from collectors.clocks import from_rfc3339
from collectors.graph.options import GraphOptions
from collectors.harvest import Harvest
from collectors.webapi import Reading, add_account, add_group, add_membership, department_of, link_to
from engine.facts import LastActivity

NEVER = (
    "auth_source", "created_by", "deactivated_at", "distinct_devices_30d", "expires_at", "mfa_enforced",
    "password_changed_at", "password_compromised", "privileged", "reactivated_at",
)  # fmt: skip
"""What these calls do not tell; a second factor that is registered is not one that is demanded."""

NEVER_OF_GROUPS = (
    "archived", "creator", "e2e_encrypted", "external_members_allowed", "join_rule", "label", "last_message_at",
    "messages_kept", "retention_days", "retention_mode", "scope", "scope_text",
)  # fmt: skip

USER, GROUP = "#microsoft.graph.user", "#microsoft.graph.group"

_NONE = "0001-01-01"
"""How a time that is none begins."""

_KINDS = {"Member": "human", "Guest": "guest"}
_STATES = {True: "active", False: "deactivated"}
_VISIBILITY = {"Public": "public", "Private": "private", "HiddenMembership": "private"}


def add_user(
    harvest: Harvest,
    user: dict[str, Any],
    at: str,
    factors: dict[str, dict[str, Any]],
    missing: dict[str, str],
    options: GraphOptions,
) -> None:
    """Add an account, and whose it is.

    Args:
        harvest: where it goes
        user: what Graph says
        at: when it came
        factors: id -> what is set up for its sign-in
        missing: field -> why this edition or permission does not show it
        options: what Graph cannot tell
    """
    key = user["id"]
    reading = Reading(harvest, "account", user)
    number = user.get(options.employee_attribute)
    link = number.strip() if isinstance(number, str) else None
    kind = reading.word("kind", "userType", _KINDS)
    if kind == "human" and not link:
        # a mailbox, a room or a service is a member too
        kind, reading.unknown["kind"] = None, "ambiguous"
    department = user.get("department")
    reading.unknown.update(missing)
    add_account(
        reading,
        key,
        at=at,
        values={
            "login": user.get("userPrincipalName") if isinstance(user.get("userPrincipalName"), str) else key,
            "display_name": reading.text("display_name", "displayName"),
            "kind": kind,
            "state": reading.word("state", "accountEnabled", _STATES),
            "created_at": reading.rfc3339("created_at", "createdDateTime"),
            "department_code": department_of(
                reading,
                options.department_codes,
                [department] if isinstance(department, str) else [],
                "not_supported",
            ),
            "position": reading.text("position", "jobTitle", "not_supported"),
            "mfa_enrolled": None if "mfa_enrolled" in missing else _enrolled(reading, factors.get(key)),
            "last_activity": None if "last_activity" in missing else _last_use(reading, user),
        },
        never=NEVER,
    )
    is_number = options.employee_attribute == "employeeId"
    link_to(reading, key, link, at=at, method="employee_no" if is_number else "external_id")


def _enrolled(reading: Reading, details: dict[str, Any] | None) -> str | None:
    if details is None:
        # the report knows no guests and no accounts that were made a moment ago
        reading.unknown["mfa_enrolled"] = "not_supported"
        return None
    own = Reading(reading.harvest, "account", details)
    found = own.tri("mfa_enrolled", "isMfaRegistered")
    reading.unknown.update(own.unknown)
    return found


def _last_use(reading: Reading, user: dict[str, Any]) -> LastActivity | None:
    """The last sign-in that succeeded; else the last attempt, which may have failed."""
    stated = user.get("signInActivity")
    if stated is None:
        return LastActivity(state="never", basis="no sign-in is recorded")
    if not isinstance(stated, dict):
        reading.odd("last_activity", "signInActivity")
        return None
    times = {name: _instant(value) for name, value in stated.items()}
    if "" in times.values():
        reading.harvest.mapped("account.last_activity", "signInActivity: another shape of time", {})
        reading.unknown["last_activity"] = "unparsable"
        return None
    succeeded = times.get("lastSuccessfulSignInDateTime")
    if succeeded:
        return LastActivity(state="at", at=succeeded, kind="login", precision_s=0)
    tried = max((time for time in times.values() if time), default=None)
    if tried is None:
        return LastActivity(state="never", basis="no sign-in is recorded")
    return LastActivity(state="at", at=tried, kind="attempt", precision_s=0)


def _instant(value: Any) -> str | None:
    """The instant; none where there is none, empty where it cannot be read."""
    if value is None or str(value).startswith(_NONE):
        return None
    try:
        return from_rfc3339(str(value))
    except ValueError:
        return ""


def is_team(group: dict[str, Any]) -> bool:
    """Whether people talk in it with Teams."""
    options = group.get("resourceProvisioningOptions")
    return isinstance(options, list) and "Team" in options


def add_team(
    harvest: Harvest,
    group: dict[str, Any],
    at: str,
    owners: list[tuple[str, str]] | None,
    members: dict[str, str] | None,
    accounts: dict[str, str],
) -> None:
    """Add a group with its members.

    Args:
        harvest: where it goes
        group: what Graph says
        at: when it came
        owners: id and kind of each owner; none: not to be had
        members: id of an account -> how it got in; none: not to be had
        accounts: id -> userType of every account
    """
    key = group["id"]
    reading = Reading(harvest, "group", group)
    if owners is None:
        reading.unknown |= dict.fromkeys(("owners", "owner_origin"), "source_partial")
    elif [one for one, _ in owners if one not in accounts]:
        reading.unknown |= dict.fromkeys(("owners", "owner_origin"), "ambiguous")
    if members is None:
        reading.unknown["member_count"] = "source_partial"
    types = group.get("groupTypes")
    unified = isinstance(types, list) and "Unified" in types
    owning = {one for one, _ in owners or ()}
    kind = "team" if is_team(group) else "mailing_list" if unified else None
    if kind is None:
        reading.unknown["kind"] = "ambiguous"
    # a description that is null was never written
    purpose = (
        ""
        if "description" in group and group["description"] is None
        else reading.text("purpose", "description")
    )
    add_group(
        reading,
        key,
        at=at,
        values={
            "kind": kind,
            "direct": "no",
            "name": reading.text("name", "displayName"),
            "purpose": purpose,
            "purpose_origin": None if purpose is None else "native",
            "owners": tuple(sorted(harvest.uid("account", one) for one in owning)),
            "owner_origin": "native_owner",
            "created_at": reading.rfc3339("created_at", "createdDateTime"),
            "visibility": reading.word("visibility", "visibility", _VISIBILITY, "not_supported"),
            "member_count": None if members is None else len(members),
        },
        never=NEVER_OF_GROUPS,
    )
    for member, via in sorted((members or {}).items()):
        guest = {"Guest": "yes", "Member": "no"}.get(accounts[member])
        role = (
            None
            if owners is None
            else "owner"
            if member in owning
            else "guest"
            if guest == "yes"
            else "member"
        )
        add_membership(
            Reading(harvest, "membership", {"group": key, "member": member, "via": via}),
            key,
            member,
            at=at,
            role=role,
            via=via,
            external=guest,
        )
