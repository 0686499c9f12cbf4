"""Accounts of DingTalk as facts."""

from typing import Any

from collectors.dingtalk.options import DingtalkOptions
from collectors.harvest import Harvest
from collectors.interface import Fields
from collectors.webapi import Reading, add_account, department_of, link_to
from engine.facts import LastActivity

NEVER = (
    "auth_source", "created_at", "created_by", "deactivated_at", "distinct_devices_30d", "expires_at", "mfa_enforced",
    "mfa_enrolled", "password_changed_at", "password_compromised", "reactivated_at",
)  # fmt: skip
"""What no call tells of an account; who was removed is not listed any more."""

FIELDS: Fields = {
    "account": {
        "deactivated_at": "known to be none of an open account",
        "department_code": "where department_codes translates it",
        "display_name": "",
        "is_collector": "",
        "kind": "only where a job number stands",
        "last_activity": "with activity_days: the day, as the lists of who did not sign in tell",
        "login": "",
        "position": "where the app may see it",
        "privileged": "where the app may see it",
        "source_system": "",
        "state": "active says only that it was activated",
    },
    "identity_link": {
        "account": "",
        "conflict": "",
        "method": "",
        "person": "where the app may see job_number",
        "strength": "",
    },
}
"""What each fact can hold from this kind of source, and on what condition."""

_STATES = {True: "active", False: "invited"}


def add_user(
    harvest: Harvest,
    user: dict[str, Any],
    at: str,
    names: dict[str, str],
    used: LastActivity | str,
    options: DingtalkOptions,
) -> None:
    """Add an account, and whose it is; `names` are those of departments, `used` the last use or why it is not known."""
    reading = Reading(harvest, "account", user)
    number = user.get("job_number")
    link = number.strip() if isinstance(number, str) else None
    if isinstance(used, str):
        reading.unknown["last_activity"] = used
    departments = user.get("dept_id_list")
    stated = [str(code) for code in departments] if isinstance(departments, list) else []
    add_account(
        reading,
        user["userid"],
        at=at,
        values={
            "login": user["userid"],
            "display_name": reading.text("display_name", "name"),
            "kind": "human" if link else None,
            "state": reading.word("state", "active", _STATES),
            "department_code": department_of(
                reading,
                options.department_codes,
                [name for code in stated for name in (code, names.get(code, "")) if name],
            ),
            "position": reading.text("position", "title"),
            "privileged": reading.tri("privileged", "admin"),
            "last_activity": None if isinstance(used, str) else used,
        },
        never=NEVER,
    )
    link_to(reading, user["userid"], link, at=at, hidden=number is None)
