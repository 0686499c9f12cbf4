"""The log of decisions about a run: what an inspector decided of each finding, and that it was issued.

A file with an entry a line, beside the run, because the run itself is sealed. Entries are only ever added, each sealed
with the one before it.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.canonical import canonical, digest
from engine.errors import SnapshotError
from engine.issued import DecisionKind

EntryKind = Literal[DecisionKind, "issued"]

SUFFIX = ".decisions.jsonl"

LONGEST = 4_000
"""Characters of a remark or a reason."""


class Entry(BaseModel):
    """One decision about a finding, or that the run was issued."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: EntryKind
    run: str = Field(description="SHA-256 of the run that was reviewed")
    by: str = Field(description="who decided or issued", min_length=1, max_length=200)
    on_day: str = Field(description="day on which that was")
    recorded_at: str = Field(description="instant at which it was written down")
    finding: str = Field(default="", description="its number; empty: issued")
    fingerprint: str = ""
    text: str = Field(
        default="", description="remark for the report, or why it is withheld", max_length=LONGEST
    )
    version: int = Field(default=0, description="issued: which version")
    notice_on: str = Field(default="", description="issued: day from which its dates count")
    issued: str = Field(default="", description="issued: SHA-256 of the run as it was issued")


class Sealed(BaseModel):
    """An entry in its place in the log."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    serial: int
    entry: Entry
    previous: str = Field(description="digest of the entry before; empty: the first")
    digest: str


def beside(run: Path) -> Path:
    """Where the log of a run lies if nobody says otherwise."""
    run = run.absolute()
    return run.with_name(f"{run.name}{SUFFIX}")


def entries(path: Path) -> list[Sealed]:
    """The log in its order; nothing where there is none yet.

    Raises:
        SnapshotError: it was changed, or is no log
    """
    wrong = wrong_in(path) if path.exists() else []
    if wrong:
        raise SnapshotError(f"{path.name}: {wrong[0]}", "name an untouched copy, or review the run again")
    return list(_read(path.read_bytes())) if path.exists() else []


def wrong_in(path: Path) -> list[str]:
    """Every place in which the log is not as it was written; empty if it is."""
    said, before = [], ""
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            sealed = Sealed.model_validate_json(line)
        except ValidationError:
            said.append(f"line {number}: no entry of a log of decisions")
            continue
        where = f"entry {sealed.serial}"
        if sealed.serial != number:
            said.append(f"{where}: found in line {number}, entries were added or taken away")
        if sealed.previous != before:
            said.append(f"{where}: does not follow the entry before it")
        if sealed.digest != _digest(sealed.serial, sealed.entry, sealed.previous):
            said.append(f"{where}: changed after it was written")
        before = sealed.digest
    return said


def append(path: Path, new: Sequence[Entry]) -> list[Sealed]:
    """Adds entries at the end; a decision that is in force already is left out.

    Raises:
        SnapshotError: the log was changed, is of another run, or an entry is not complete
    """
    with _locked(path):
        log = entries(path)
        of = {one.entry.run for one in log} | {entry.run for entry in new}
        if len(of) > 1:
            raise SnapshotError(
                f"{path.name}: a log of another run",
                "name the log of this run with --decisions, or a new file",
            )
        now = in_force(log)
        added: list[Sealed] = []
        for entry in new:
            _complete(entry)
            known = now.get(entry.fingerprint)
            if known is not None and (known.kind, known.text, known.by) == (entry.kind, entry.text, entry.by):
                continue
            serial, before = len(log) + 1, log[-1].digest if log else ""
            log.append(
                Sealed(serial=serial, entry=entry, previous=before, digest=_digest(serial, entry, before))
            )
            added.append(log[-1])
        if added:
            _written(path, b"".join(canonical(one.model_dump()) + b"\n" for one in log))
    return added


def in_force(log: Sequence[Sealed]) -> dict[str, Entry]:
    """Fingerprint of a finding -> the last decision about it."""
    return {one.entry.fingerprint: one.entry for one in log if one.entry.kind != "issued"}


def issued(log: Sequence[Sealed]) -> Entry | None:
    """The last time the run was issued; none: never."""
    return next((one.entry for one in reversed(log) if one.entry.kind == "issued"), None)


def _complete(entry: Entry) -> None:
    what = entry.finding or "issue"
    if entry.kind in {"annotated", "withheld"} and not entry.text.strip():
        raise SnapshotError(
            f"{what}: {entry.kind} says no {'remark' if entry.kind == 'annotated' else 'reason'}"
        )
    for day in (entry.on_day, entry.notice_on):
        try:
            date.fromisoformat(day or entry.on_day)
        except ValueError as error:
            raise SnapshotError(f"{what}: found the day {day!r}, needs one such as 2026-10-31") from error


def _read(body: bytes) -> Iterator[Sealed]:
    for line in body.splitlines():
        yield Sealed.model_validate_json(line)


def _digest(serial: int, entry: Entry, previous: str) -> str:
    return digest(canonical({"serial": serial, "entry": entry.model_dump(), "previous": previous}))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One writer at a time."""
    try:
        lock = os.open(path.with_name(f".{path.name}.lock"), os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise SnapshotError(
            f"{path}: {error.strerror}", "name a log that can be written with --decisions"
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        path.with_name(f".{path.name}.lock").unlink(missing_ok=True)
        os.close(lock)


def _written(path: Path, body: bytes) -> None:
    """The file as a whole or as it was: written beside and renamed."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
