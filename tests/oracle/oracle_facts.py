"""What the oracle of the rules knows of facts: plain values, three truths, and the conventions that hold for every check.

Written from the policy's meaning and not from the rules. Truth is `True`, `False`, or `None` for what cannot be said.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from engine.calendar import from_instant, to_instant

Record = dict[str, Any]
Truth = bool | None
Answer = tuple[set[str], set[str]]
"""Subjects that violate, and subjects of which it cannot be said."""

NOT_KNOWN = "?"
"""Value of a field that the record names in `unknown`; what is known to be none is `None`."""

COMMUNICATION = ("chat", "collaboration", "meeting")
ROBOTS = ("service", "bot", "room_device")


def every(*truths: Truth) -> Truth:
    """Whether all of it holds."""
    return False if False in truths else None if None in truths else True


def some(truths: Iterable[Truth]) -> Truth:
    """Whether any of it holds."""
    found = list(truths)
    return True if True in found else None if None in found else False


def opposite(truth: Truth) -> Truth:
    """Whether it does not hold."""
    return None if truth is None else not truth


def value(record: Record, name: str) -> Any:
    """A field: its value, `None` if it is known to be none, `NOT_KNOWN`."""
    if name in record["unknown"] or record.get(name) == "unknown":
        return NOT_KNOWN
    return record.get(name)


def among(record: Record, name: str, *values: Any) -> Truth:
    """Whether a field has one of these values."""
    found = value(record, name)
    return None if found == NOT_KNOWN else found in values


def before(one: Any, other: str) -> Truth:
    """Whether an instant is before another; what never happened is not."""
    return None if one == NOT_KNOWN else one is not None and one < other


def judged(rows: Iterable[tuple[str, Truth]]) -> Answer:
    """The answer: each subject with whether it violates."""
    found = list(rows)
    return {uid for uid, truth in found if truth is True}, {uid for uid, truth in found if truth is None}


class Shard:
    """A department's facts with what rules read beside them."""

    def __init__(self, shard: Record, data: Record) -> None:
        self.rows = shard
        self.data = data
        self.as_of: str = data["as_of"]
        self.settings: Record = data["settings"]
        self.code: str = shard["department"]
        self._by_uid = {
            row["uid"]: row
            for facts in (shard, shard["context"], data["company"])
            for rows in facts.values()
            if isinstance(rows, list)
            for row in rows
        }

    def every(self, plural: str) -> list[Record]:
        """The shard's own rows and those of others that it refers to."""
        return [*self.rows[plural], *self.rows["context"][plural]]

    def fact(self, uid: Any) -> Record | None:
        """The fact of that uid, if there is one."""
        return self._by_uid.get(uid) if isinstance(uid, str) else None

    def ago(self, days: float) -> str:
        """The instant so many days before the company's date."""
        return to_instant(from_instant(self.as_of) - timedelta(days=days))

    def cutoff(self, setting: str) -> str:
        """The instant before the company's date that a setting in days reaches back to."""
        return self.ago(self.settings[setting])

    # who somebody is

    def holder(self, account: Record) -> Any:
        """The person behind an account: a record, `None` if there is nobody, `NOT_KNOWN`."""
        uid = value(account, "holder")
        return uid if uid in {None, NOT_KNOWN} else self.fact(uid) or NOT_KNOWN

    def left(self, person: Any, instant: str) -> Truth:
        """Whether the last working day of the employment that counts had ended before the instant."""
        if person == NOT_KNOWN:
            return None
        begun = [start for start, _ in spells(person) if start != NOT_KNOWN and start <= self.as_of]
        counted = max(begun, default=None)
        end = [end for start, end in spells(person) if counted is None or start in {counted, NOT_KNOWN}][-1]
        return before(end, instant) if end is not None else _unsure(person)

    def in_service(self, person: Any, instant: str) -> Truth:
        """Whether one of the person's employments holds at the instant."""
        if person == NOT_KNOWN:
            return None
        return some(
            every(
                None if start == NOT_KNOWN else start <= instant,
                opposite(before(end, instant)) if end is not None else opposite(_unsure(person)),
            )
            for start, end in spells(person)
        )


def spells(person: Record) -> list[tuple[Any, Any]]:
    """First and last instant of each employment; of the latest one the person's own fields speak."""
    earlier = person["employments"][:-1]
    return [
        *((one["hire_day_starts_at"], one.get("last_day_ends_at")) for one in earlier),
        (value(person, "hire_day_starts_at"), value(person, "last_day_ends_at")),
    ]


def _unsure(person: Record) -> Truth:
    """Whether somebody without a last day has left after all: a status that nobody can read may be a leaver's."""
    return None if value(person, "status") in {NOT_KNOWN, "left"} else False


def closed(account: Record) -> Truth:
    """Whether nobody can use the account any more."""
    return among(account, "state", "deactivated", "deleted")


def outsider(person: Any) -> Truth:
    """Whether a person is no member of staff."""
    return None if person == NOT_KNOWN else among(person, "employment_type", "external")


def live(group: Record) -> Truth:
    """Whether a group is open, and no chat of two."""
    return every(among(group, "archived", "no"), among(group, "direct", "no"))
