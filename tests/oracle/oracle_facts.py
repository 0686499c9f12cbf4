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

    # where something belongs

    def today(self, code: str) -> set[str]:
        """Codes of the departments in force that a code stands for: what it is called now, or has become part of."""
        rows = self.data["company"]["departments"]
        found = [row for row in rows if row["code"] == code] or [
            row for row in rows if code in row["renamed_from"]
        ]
        seen = set()
        for row in found:
            while row.get("merged_into") and row["code"] not in seen:
                seen.add(row["code"])
                row = next((one for one in rows if one["code"] == row["merged_into"]), row)  # noqa: PLW2901
            if value(row, "valid_until") in {None, NOT_KNOWN} or row["valid_until"] > self.as_of:
                return {row["code"]}
        return set()

    def first_of(self, codes: list[str]) -> bool:
        """Whether this is the first, by code, of the departments concerned, or the company where there is none."""
        there = {each for code in codes for each in self.today(code)}
        return min(there, default="_company") == self.code

    # what was allowed

    def allowed(self, kind: str, names: set[str]) -> Truth:
        """Whether somebody approved it, and the approval holds now."""
        return some(
            every(
                among(row, "kind", kind),
                None if value(row, "subject") == NOT_KNOWN else row["subject"] in names,
                self.approved(row, self.as_of),
                opposite(before(value(row, "valid_until"), self.as_of)),
                self.happened(row, "valid_from", self.as_of) if row.get("valid_from") else True,
            )
            for row in self.data["company"]["approvals"]
        )

    def approved(self, approval: Record, instant: str) -> Truth:
        """Whether the register calls it approved, and somebody had decided so by the instant."""
        decisions = value(approval, "decisions")
        if decisions == NOT_KNOWN:
            return every(among(approval, "state", "approved"), None)
        return every(
            among(approval, "state", "approved"),
            some(
                every(
                    None if "unknown" in {one["role"], one["decision"]} else one["role"] == "approver",
                    one["decision"] in {"approved", "unknown"},
                    "at" not in one or one["at"] <= instant,
                    None if "at" not in one else True,
                )
                for one in decisions
            ),
        )

    def happened(self, record: Record, name: str, instant: str) -> Truth:
        """Whether it is dated, and not after the instant."""
        at = value(record, name)
        return None if at == NOT_KNOWN else at is not None and at <= instant

    def in_period(self, at: Any) -> Truth:
        """Whether an instant lies in the period, and not after the company's date."""
        if at in {None, NOT_KNOWN}:
            return None
        period = self.data["period"]
        return bool(period["from"] <= at < period["to"] and at <= self.as_of)

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
