"""Accounts of WeCom as facts."""

from typing import Any

from collectors.harvest import Harvest
from collectors.interface import Fields
from collectors.webapi import Reading, add_account, department_of, link_to
from collectors.wecom.options import WecomOptions

_STATES = {1: "active", 2: "deactivated", 4: "invited", 5: "deleted"}
"""Activated, disabled, not activated yet, left the enterprise."""

NEVER = (
    "auth_source", "created_at", "created_by", "deactivated_at", "distinct_devices_30d", "expires_at", "last_activity",
    "mfa_enforced", "mfa_enrolled", "password_changed_at", "password_compromised", "privileged", "reactivated_at",
)  # fmt: skip
"""What no call tells of an account; there is no last sign-in per user."""

FIELDS: Fields = {
    "account": {
        "deactivated_at": "known to be none of an open account",
        "department_code": "where department_codes translates it",
        "display_name": "contacts: list",
        "is_collector": "",
        "kind": "only where an employee number stands",
        "login": "",
        "position": "contacts: list, where the app may see it",
        "source_system": "",
        "state": "contacts: list",
    },
    "identity_link": {
        "account": "",
        "conflict": "",
        "method": "",
        "person": "where employee_field holds the employee number",
        "strength": "",
    },
}
"""What each fact can hold from this kind of source, and on what condition."""


def add_user(
    harvest: Harvest, user: dict[str, Any], at: str, names: dict[str, str], options: WecomOptions
) -> None:
    """Add an account, and whose it is."""
    reading = Reading(harvest, "account", user)
    number = _number(user, options)
    stated = [str(user["main_department"])] if user.get("main_department") else user["department"]
    named = [name for code in stated for name in (code, names.get(code, "")) if name]
    add_account(
        reading,
        user["userid"],
        at=at,
        values={
            "login": user["userid"],
            "display_name": reading.text("display_name", "name"),
            "kind": "human" if number else None,
            "state": reading.word("state", "status", _STATES),
            "department_code": department_of(reading, options.department_codes, named),
            "position": reading.text("position", "position"),
        },
        never=NEVER,
    )
    link_to(reading, user["userid"], number, at=at)


def _number(user: dict[str, Any], options: WecomOptions) -> str | None:
    if options.employee_field in {None, "userid"}:
        return user["userid"] if options.employee_field else None
    attributes = user.get("extattr")
    listed = attributes.get("attrs") if isinstance(attributes, dict) else None
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict) and one.get("name") == options.employee_field:
            text = one.get("text")
            value = text.get("value") if isinstance(text, dict) else one.get("value")
            return value.strip() or None if isinstance(value, str) else None
    return None
