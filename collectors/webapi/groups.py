"""Groups and who is in them, as web services show them."""

from collections.abc import Iterable, Mapping
from typing import Any

from collectors.harvest import Harvest
from collectors.webapi.accounts import MAY_BE_NONE
from collectors.webapi.reading import Reading
from engine.facts import Account, Group, Membership


def add_group(
    reading: Reading, record_id: str, *, at: str, values: Mapping[str, Any], never: Iterable[str]
) -> None:
    """Add a group.

    Args:
        reading: what could be read of it
        record_id: the vendor's immutable id
        at: when it came
        values: fields; none is unknown, for the reason that `reading` or `never` has
        never: fields that this vendor never tells
    """
    unknown = dict.fromkeys(never, "not_supported") | reading.unknown
    reading.harvest.add(
        Group,
        record_id,
        name=str(values.get("name") or record_id),
        raw=reading.raw,
        at=at,
        values={
            "source_system": reading.harvest.source.id,
            "native_id": record_id,
            **{name: value for name, value in values.items() if value is not None and name not in unknown},
            "unknown": unknown,
        },
    )


def add_membership(reading: Reading, group: str, account: str, *, at: str, **values: Any) -> None:
    """Add a member of a group; who added it and when is what most vendors do not tell."""
    harvest = reading.harvest
    unknown = {
        name: "not_supported"
        for name in ("added_by", "external", "joined_at", "role", "via")
        if values.get(name) is None
    }
    harvest.add(
        Membership,
        f"{group}/{account}",
        name=f"{account} in {group}",
        raw=reading.raw,
        at=at,
        values={
            "group": harvest.uid("group", group),
            "account": harvest.uid("account", account),
            **{name: value for name, value in values.items() if value is not None},
            "unknown": unknown | reading.unknown | {"first_seen_at": "not_collected"},
        },
    )


def add_outsider(harvest: Harvest, record_id: str, at: str) -> None:
    """Add an account of another company, of which nothing is known but that it is in a group of ours."""
    harvest.add(
        Account,
        record_id,
        name=record_id,
        raw={"id": record_id},
        at=at,
        values={
            "otherwise": "not_supported",
            "source_system": harvest.source.id,
            "login": record_id,
            "kind": "guest",
            "is_collector": "no",
            "unknown": dict.fromkeys(MAY_BE_NONE, "not_supported") | {"first_seen_at": "not_collected"},
        },
    )
