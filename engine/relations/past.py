"""What an earlier snapshot tells about the records of this one: since when each is known, and what became of the others.

Nothing is gone because a source is silent: a record is gone only if its source, complete today, no longer has it. Nothing
is new because a source was silent then: it was first seen today only if its source was complete before.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.facts import REASON_OF
from engine.relations.workspace import Record, Workspace, not_known, settle, settle_none

FIRST_SEEN = "first_seen_at"
FOLLOWED: dict[str, str] = {
    "account": "state",
    "group": "archived",
    "host": "",
    "membership": "role",
    "person": "status",
    "software_install": "version",
}
"""Entities of which it is kept what came, went and changed, each with the field whose change counts; empty: none does."""

_CLOSED = frozenset({"deactivated", "deleted"})
_CLOSING = ("deactivated_after", "deactivated_by")
_KEPT_OPEN = frozenset({"open", "accepted", "unknown"})
"""States of a flaw whose clock runs on: one that was fixed and came back begins anew."""


@dataclass(frozen=True)
class Past:
    """An earlier snapshot, as far as this one needs it."""

    digest: str
    as_of: str
    states: Mapping[str, str]
    """Source -> how complete it was."""
    records: Mapping[str, Mapping[str, Record]] = field(default_factory=dict)
    """Entity -> uid -> record."""
    homes: Mapping[str, str] = field(default_factory=dict)
    """Uid -> department in whose shard it lay."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Uid -> how people called it."""


@dataclass(frozen=True, order=True)
class Change:
    """What became of one record between two snapshots."""

    uid: str
    entity: str
    what: str
    """first_seen, gone, changed, or undecided: a source was not complete, so that nobody can say."""
    was: str = ""
    now: str = ""
    reason: str = ""
    """Undecided: why."""


def settle_past(space: Workspace, past: Past | None, as_of: str) -> tuple[Change, ...]:
    """Fills what only an earlier snapshot can tell, and lists what came, went and changed since; without one, nothing is known.

    Args:
        space: the records, with their relations settled; they are changed
        past: the earlier snapshot, if there is one
        as_of: the snapshot's instant
    """
    for account in space.all("account"):
        _settle_closing(account, past, as_of)
    if past is None:
        return ()
    now = {report.id: report.completeness for report in space.reports}
    for entity, model in space.types.items():
        if FIRST_SEEN in model.model_fields:
            before = {_key(entity, row): row for row in past.records.get(entity, {}).values()}
            for record in space.all(entity):
                _settle_first_seen(record, before.get(_key(entity, record)), past, as_of)
    return tuple(sorted(_changes(space, past, now)))


def _key(entity: str, record: Record) -> Any:
    """What makes a record the same one in both snapshots: a flaw is the same whichever scan found it."""
    if entity == "vuln_finding":
        return tuple(record.get(name) for name in ("target", "vuln_id", "component"))
    return record["uid"]


def _settle_first_seen(record: Record, before: Record | None, past: Past, as_of: str) -> None:
    stated = record.get(FIRST_SEEN)
    if before is not None and before.get("status", "open") in _KEPT_OPEN:
        settle(record, FIRST_SEEN, min(before.get(FIRST_SEEN, past.as_of), stated or as_of))
    elif stated is None:
        reason = _gap(past.states, record["uid"])
        if reason:
            not_known(record, FIRST_SEEN, reason)
        else:
            settle(record, FIRST_SEEN, as_of)


def _settle_closing(account: Record, past: Past | None, as_of: str) -> None:
    """Between which instants a closed account was closed: what the source states, else the two snapshots that show it."""
    for name in _CLOSING:
        settle_none(account, name)
    if account["state"] in _CLOSED:
        after, by = _bounds(account, past)
        settle(account, "deactivated_by", by or as_of)
        if after:
            settle(account, "deactivated_after", after)
        else:
            gap = _gap(past.states, account["uid"]) if past else ""
            not_known(account, "deactivated_after", gap or "not_collected")
    elif account["state"] == "unknown":
        for name in _CLOSING:
            not_known(account, name, account["unknown"].get("state", "not_collected"))


def _bounds(account: Record, past: Past | None) -> tuple[str, str]:
    """Not before and not after which instant a closed account was closed; empty: an earlier snapshot does not say."""
    stated = account.get("deactivated_at", "")
    if stated or past is None:
        return stated, stated
    before = past.records.get("account", {}).get(account["uid"])
    if before is None:
        # where its source was whole it was not there yet, so that it was not closed either
        return "" if _gap(past.states, account["uid"]) else past.as_of, ""
    if before["state"] in _CLOSED:
        return before.get("deactivated_after", ""), before.get("deactivated_by", past.as_of)
    return "" if before["state"] == "unknown" else past.as_of, ""


def _gap(states: Mapping[str, str], uid: str) -> str:
    """Why a source cannot be believed to have shown everything; empty if it can."""
    return REASON_OF.get(states.get(uid.partition("/")[0], "not_configured"), "")


def _changes(space: Workspace, past: Past, now: Mapping[str, str]) -> Iterator[Change]:
    for entity, field_ in FOLLOWED.items():
        before, after = past.records.get(entity, {}), space.records[entity]
        for uid in sorted(before.keys() | after.keys()):
            if uid not in after:
                gap = "source_partial" if entity in space.short else _gap(now, uid)
                if uid not in space.renamed:
                    yield Change(uid, entity, "undecided" if gap else "gone", reason=gap)
            elif uid not in before:
                gap = _gap(past.states, uid)
                yield Change(uid, entity, "undecided" if gap else "first_seen", reason=gap)
            elif field_:
                was, is_ = (str(rows[uid].get(field_, "unknown")) for rows in (before, after))
                if was != is_ and "unknown" not in (was, is_):
                    yield Change(uid, entity, "changed", was, is_)


def rows_of(
    changes: tuple[Change, ...], past: Past | None, home: Callable[[str], str], names: Mapping[str, str]
) -> list[dict[str, str]]:
    """The changes as a snapshot keeps them: with department and name, of what is gone those that it had."""
    rows = []
    for change in changes:
        here = change.uid in names
        department = home(change.uid) if here else past.homes.get(change.uid, "") if past else ""
        name = names.get(change.uid) or (past.names.get(change.uid, "") if past else "")
        about = {
            "uid": change.uid, "entity": change.entity, "what": change.what, "department": department,
            "name": name, "was": change.was, "now": change.now, "reason": change.reason,
        }  # fmt: skip
        rows.append({key: value for key, value in about.items() if value})
    return rows
