"""The log of findings: what was done about each, by whom and when. Entries are only ever added, each sealed with the one before."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, get_args

import orjson
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, insert, select

from engine.canonical import canonical, digest
from engine.errors import HistoryError
from engine.history.tables import events, findings, runs

EventKind = Literal[
    "signed",
    "reassigned",
    "extension_asked",
    "exception_asked",
    "disputed",
    "done",
    "rechecked",
    "closed",
]
KINDS: tuple[EventKind, ...] = get_args(EventKind)

_NEEDS: dict[EventKind, tuple[str, ...]] = {
    "reassigned": ("to",),
    "extension_asked": ("reason",),
    "exception_asked": ("reason",),
    "disputed": ("evidence",),
    "rechecked": ("result",),
}
"""What an entry of a kind must say beside who and when."""

LONGEST = 4_000
"""Characters of a text in an entry."""


class Entry(BaseModel):
    """One thing that happened to a finding."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: EventKind
    finding: str = Field(description="its number", max_length=80)
    fingerprint: str
    by: str = Field(description="who did it", min_length=1, max_length=200)
    on_day: str = Field(description="day on which it was done")
    recorded_at: str = Field(description="instant at which it was written down")
    to: str = Field(default="", description="who is to act from now on", max_length=200)
    until: str = Field(default="", description="day until which an extension is asked for")
    reason: str = Field(default="", max_length=LONGEST)
    evidence: str = Field(default="", description="where it is to be found", max_length=LONGEST)
    result: Literal["", "gone", "still_there"] = ""


class Sealed(BaseModel):
    """An entry in its place in the log."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    serial: int
    entry: Entry
    previous: str = Field(description="digest of the entry before; empty: the first")
    digest: str


_OWN = ("kind", "finding", "fingerprint", "by", "on_day", "recorded_at")
"""Parts of an entry that have columns of their own; the others lie in `said`."""


def entries(connection: Connection, finding: str = "") -> list[Sealed]:
    """The log in its order, of all findings or of one."""
    query = select(events).order_by(events.c.serial)
    if finding:
        query = query.where(events.c.finding == finding)
    return [_read(dict(row._mapping)) for row in connection.execute(query)]  # noqa: SLF001  # SQLAlchemy's public way


def last_digest(connection: Connection) -> str:
    """The digest of the last entry; empty: there is none."""
    query = select(events.c.digest).order_by(events.c.serial.desc()).limit(1)
    return connection.execute(query).scalar() or ""


def append(connection: Connection, new: Sequence[Entry]) -> list[Sealed]:
    """Adds entries at the end; one that says what the log says already is left out.

    Raises:
        HistoryError: an entry is not complete, or may not follow what the log says of its finding
    """
    last = connection.execute(select(events).order_by(events.c.serial.desc()).limit(1)).first()
    serial, before = (int(last.serial), str(last.digest)) if last else (0, "")
    added: list[Sealed] = []
    for entry in new:
        known = [one.entry for one in entries(connection, entry.finding)]
        if any(_same(entry, one) for one in known):
            continue
        _fits(entry, known, _state(connection, entry.finding))
        serial += 1
        sealed = Sealed(serial=serial, entry=entry, previous=before, digest=_digest(serial, entry, before))
        said = entry.model_dump()
        connection.execute(
            insert(events).values(
                serial=serial,
                **{name: said[name] for name in _OWN},
                said=canonical({name: text for name, text in said.items() if name not in _OWN}).decode(),
                previous=before,
                digest=sealed.digest,
            )
        )
        added.append(sealed)
        before = sealed.digest
    return added


def fingerprint_of(connection: Connection, number: str) -> str:
    """The fingerprint under which a finding was last known.

    Raises:
        HistoryError: no run of the history has issued it
    """
    query = (
        select(findings.c.fingerprint)
        .join(runs, runs.c.digest == findings.c.run)
        .where(findings.c.number == number)
        .order_by(runs.c.as_of.desc(), runs.c.digest)
    )
    found = connection.execute(query).first()
    if found is None:
        raise HistoryError(
            f"{number}: no run of the history has issued a finding of that number",
            "name it as the report prints it, such as 2026Q3-IT-003; clausewise history import takes a run in",
        )
    return str(found.fingerprint)


def wrong_in(connection: Connection) -> list[str]:
    """Every place in which the log is not as it was written; empty if it is."""
    said = []
    before, expected = "", 1
    for row in connection.execute(select(events).order_by(events.c.serial)):
        where = f"entry {row.serial}"
        if row.serial != expected:
            said.append(f"{where}: found after entry {expected - 1}, entries between them are missing")
        if row.previous != before:
            said.append(f"{where}: does not follow the entry before it")
        try:
            sealed = _read(dict(row._mapping))  # noqa: SLF001  # SQLAlchemy's public way
            computed = _digest(sealed.serial, sealed.entry, sealed.previous)
        except ValueError:
            computed = ""
        if computed != row.digest:
            said.append(f"{where}: changed after it was written")
        before, expected = row.digest, row.serial + 1
    return said


def _state(connection: Connection, number: str) -> str:
    """How the finding stands in the newest run that has it."""
    query = (
        select(findings.c.state)
        .join(runs, runs.c.digest == findings.c.run)
        .where(findings.c.number == number)
        .order_by(runs.c.as_of.desc(), runs.c.digest)
    )
    found = connection.execute(query).first()
    return str(found.state) if found else ""


def _fits(entry: Entry, known: Sequence[Entry], state: str) -> None:
    """Refuses what may not be said.

    Raises:
        HistoryError: with what is missing or does not follow
    """
    said = entry.model_dump()
    for name in _NEEDS.get(entry.kind, ()):
        if not said[name]:
            raise HistoryError(
                f"{entry.finding}: {entry.kind} says no {name}", f"say it with --{name.replace('_', '-')}"
            )
    for name in ("on_day", "until"):
        if said[name]:
            _day(entry, said[name])
    if entry.kind == "extension_asked" and any(one.kind == "extension_asked" for one in known):
        raise HistoryError(
            f"{entry.finding}: an extension was asked for before, which is possible once",
            "ask for an exception, or close it",
        )
    fixers = {one.by for one in known if one.kind == "done"}
    if entry.kind == "rechecked" and entry.by in fixers:
        raise HistoryError(
            f"{entry.finding}: found {entry.by} re-checking, who mended it", "have somebody else look again"
        )
    if entry.kind == "closed":
        _may_close(entry, known, fixers, state)


def _may_close(entry: Entry, known: Sequence[Entry], fixers: set[str], state: str) -> None:
    """Refuses to strike a finding off twice, by who mended it, or without a look by somebody else or a run.

    Raises:
        HistoryError: which of these
    """
    closed = next((one for one in reversed(known) if one.kind == "closed"), None)
    if closed is not None:
        since = known[known.index(closed) + 1 :]
        if not any(one.kind == "done" or one.result == "still_there" for one in since):
            raise HistoryError(
                f"{entry.finding}: closed before, on {closed.on_day} by {closed.by}",
                "one that was found again is closed again after it is recorded as done or as still there",
            )
    if state == "closed":
        return
    checks = [one for one in known if one.kind == "rechecked"]
    seen = checks[-1].result == "gone" if checks else False
    if not seen:
        raise HistoryError(
            f"{entry.finding}: nobody has looked again and found it gone, nor has a run",
            "record a re-check by somebody who did not mend it, or audit the next snapshot",
        )
    if entry.by in fixers:
        raise HistoryError(
            f"{entry.finding}: found {entry.by} closing, who mended it",
            "have somebody else close it, or audit the next snapshot",
        )


def _day(entry: Entry, day: str) -> None:
    try:
        date.fromisoformat(day)
    except ValueError as error:
        raise HistoryError(
            f"{entry.finding}: {entry.kind}: found the day {day!r}, needs one such as 2026-10-31"
        ) from error


def _same(one: Entry, other: Entry) -> bool:
    return one.model_copy(update={"recorded_at": ""}) == other.model_copy(update={"recorded_at": ""})


def _digest(serial: int, entry: Entry, previous: str) -> str:
    return digest(canonical({"serial": serial, "entry": entry.model_dump(), "previous": previous}))


def _read(row: dict[str, object]) -> Sealed:
    said = orjson.loads(str(row["said"]))
    entry = Entry.model_validate({**{name: row[name] for name in _OWN}, **said})
    return Sealed.model_validate(
        {"serial": row["serial"], "entry": entry, "previous": row["previous"], "digest": row["digest"]}
    )
