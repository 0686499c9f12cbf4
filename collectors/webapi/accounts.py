"""Accounts and whose they are, as web services show them."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from collectors.webapi.reading import Reading
from engine.facts import KEY, Account, IdentityLink

_CLOSED = frozenset({"deactivated", "deleted"})

MAY_BE_NONE = ("deactivated_at", "expires_at", "password_changed_at", "reactivated_at")
"""Fields of an account that may be none: where a vendor does not tell them they are unknown, and not none."""


def department_of(
    reading: Reading, codes: Mapping[str, str], stated: Iterable[str], absent: str = "not_permitted"
) -> str | None:
    """The code of the first department that an account states, as `codes` translates its name or id there.

    A vendor's own number is no code of HR's: one that `codes` does not hold is not known.
    """
    names = list(stated)
    found = next((codes[name] for name in names if name in codes), None)
    if found is None:
        reading.unknown["department_code"] = "not_collected" if names else absent
    return found


def add_account(
    reading: Reading, record_id: str, *, at: str, values: Mapping[str, Any], never: Iterable[str]
) -> Account | None:
    """Add an account; none if there is one with this id already.

    Args:
        reading: what could be read of it
        record_id: the vendor's immutable id
        at: when it came
        values: fields; none is unknown, for the reason that `reading` or `never` has
        never: fields that this vendor never tells
    """
    harvest = reading.harvest
    state = values.get("state")
    unknown = dict.fromkeys(never, "not_supported") | reading.unknown
    for name in MAY_BE_NONE:
        if values.get(name) is not None:
            unknown.pop(name, None)
    if state is None:
        unknown.setdefault("deactivated_at", reading.unknown.get("state", "not_supported"))
    elif state not in _CLOSED:
        unknown.pop("deactivated_at", None)
    if values.get("kind") is None:
        unknown.setdefault("kind", "ambiguous")
    login = str(values.get("login") or record_id)
    return harvest.add(
        Account,
        record_id,
        name=str(values.get("display_name") or login),
        raw=reading.raw,
        at=at,
        values={
            "source_system": harvest.source.id,
            "is_collector": "no",
            **{name: value for name, value in values.items() if value is not None and name not in unknown},
            "login": login,
            "unknown": unknown,
        },
    )


def link_to(
    reading: Reading,
    record_id: str,
    number: str | None,
    *,
    at: str,
    method: Literal["employee_no", "external_id"] = "employee_no",
    hidden: bool = False,
) -> None:
    """Say whose an account is, where the vendor holds the employee number.

    A number that is `hidden` from us leaves a weak link without a person: the account is somebody's, and not nobody's.
    """
    if not number and not hidden:
        return
    reading.harvest.add(
        IdentityLink,
        record_id,
        name=f"{record_id} = {number or '?'}",
        raw={"id": record_id, "employee_no": number} if number else {"id": record_id},
        at=at,
        values={
            "account": reading.harvest.uid("account", record_id),
            "person": f"{KEY}{number}" if number else None,
            "method": method,
            "strength": "exact" if number else "weak",
            "conflict": "no",
            "unknown": {} if number else {"person": "not_permitted"},
        },
    )
