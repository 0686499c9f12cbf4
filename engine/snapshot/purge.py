"""Purging: raw records, or a whole snapshot, are deleted when their retention is over.

The tombstone is written first, in one step, and files go after it. Whoever is stopped in between leaves a snapshot that
says that it was purged and which files are still there; purging it again finishes the work. Nothing is deleted that the
snapshot's own lists do not name.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from engine.calendar import from_instant
from engine.canonical import load
from engine.errors import SnapshotError, UsageError
from engine.snapshot.folder import MANIFEST, files_below, read_manifest
from engine.snapshot.seal import SCHEMA
from engine.snapshot.tombstone import raw_purged_on, raw_tombstone, read_whole, whole_tombstone

What = Literal["nothing", "raw", "all"]


@dataclass(frozen=True)
class Retention:
    """For how many days after its date a snapshot is kept; none: for ever."""

    raw_days: int | None
    snapshot_days: int | None


@dataclass(frozen=True)
class Plan:
    """What is to be done about one snapshot, and nothing done yet."""

    path: Path
    as_of: date
    """Its date, in the company's zone."""
    what: What
    files: tuple[str, ...]
    """Files that go; the tombstone is none of them."""
    size: int
    """Bytes of them."""
    until: date | None
    """Last day on which what is left is kept; none: for ever, or nothing is left."""


def plan(path: Path, retention: Retention, today: date) -> Plan:
    """Looks at a snapshot without changing anything.

    Raises:
        SnapshotError: it is no snapshot, or holds files that its lists do not know
    """
    purged = read_whole(path)
    if purged is not None:
        _nothing_else(path, purged["files"], purged["raw"])
        return _plan(path, purged, "all", _present(path), None)
    manifest = read_manifest(path, SCHEMA)
    _nothing_else(path, manifest["files"], _raw(path))
    day = _day(manifest)
    whole, raw = (_last(day, days) for days in (retention.snapshot_days, retention.raw_days))
    if whole is not None and today > whole:
        return _plan(path, manifest, "all", _present(path), None)
    if raw is not None and today > raw:
        return _plan(path, manifest, "raw", _present(path, "raw/"), whole)
    dates = [last for last in (raw, whole) if last is not None]
    return _plan(path, manifest, "nothing", (), min(dates, default=None))


def purge(planned: Plan, today: date) -> None:
    """Writes the tombstone, then deletes the files.

    Raises:
        SnapshotError: a folder cannot be changed; then nothing is deleted
        UsageError: another run is at work in the same place
    """
    if planned.what == "nothing" or not planned.files:
        return
    path = planned.path
    with _alone(path):
        _deletable(path, planned.files)
        if read_whole(path) is None:
            manifest = read_manifest(path, SCHEMA)
            raw = _raw(path)
            if planned.what == "all":
                _replace(path / MANIFEST, whole_tombstone(manifest, raw, today.isoformat()))
            elif not raw_purged_on(path / "raw" / MANIFEST, manifest["raw"]["sha256"]):
                _replace(path / "raw" / MANIFEST, raw_tombstone(raw, today.isoformat()))
        for name in planned.files:
            (path / name).unlink(missing_ok=True)
        for folder in sorted((one for one in path.rglob("*") if one.is_dir()), reverse=True):
            if not any(folder.iterdir()):
                folder.rmdir()


def _plan(path: Path, said: dict[str, Any], what: What, files: tuple[str, ...], until: date | None) -> Plan:
    return Plan(path, _day(said), what, files, sum((path / name).stat().st_size for name in files), until)


def _day(manifest: dict[str, Any]) -> date:
    return from_instant(manifest["as_of"]).astimezone(ZoneInfo(manifest["timezone"])).date()


def _last(day: date, days: int | None) -> date | None:
    return None if days is None else day + timedelta(days=days)


def _present(path: Path, below: str = "") -> tuple[str, ...]:
    """Files that go, facts and records before their lists: the list of raw records is itself a tombstone of raw records."""
    kept = f"raw/{MANIFEST}" if below else MANIFEST
    return tuple(name for name in files_below(path) if name.startswith(below) and name != kept)


def _raw(path: Path) -> dict[str, Any]:
    """The list of raw records, whether they are still there or not."""
    try:
        found = load(path / "raw" / MANIFEST)
    except (OSError, ValueError):
        return {}
    return (
        dict(found["sources"]) if isinstance(found, dict) and isinstance(found.get("sources"), dict) else {}
    )


def _nothing_else(path: Path, files: dict[str, Any], raw: dict[str, Any]) -> None:
    listed = {*files, f"raw/{MANIFEST}"}
    for entry in raw.values():
        listed |= {entry["path"], *([entry["delivered"]["path"]] if "delivered" in entry else [])}
    strange = sorted(set(files_below(path)) - listed)
    if strange:
        raise SnapshotError(
            f"{path.name}/{strange[0]}: no file of the snapshot ({len(strange)} such files)",
            "move it elsewhere; only what belongs to a snapshot is ever deleted",
        )
    linked = sorted(one.relative_to(path).as_posix() for one in path.rglob("*") if one.is_symlink())
    if linked:
        raise SnapshotError(f"{path.name}/{linked[0]}: a link, not a file of the snapshot", "take it away")


def _deletable(path: Path, files: tuple[str, ...]) -> None:
    for folder in sorted({(path / name).parent for name in files} | {path}):
        if not os.access(folder, os.W_OK | os.X_OK):
            raise SnapshotError(
                f"{folder.relative_to(path.parent)}: cannot be changed, nothing was deleted",
                "call this as the user who owns the snapshot",
            )


def _replace(file: Path, data: bytes) -> None:
    """A file that is the old one or the new one, whenever somebody looks."""
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as new:
            new.write(data)
            new.flush()
            os.fsync(new.fileno())
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    place = path.absolute()
    lock = os.open(place.parent / f".{place.name}.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(f"{path.name}: another run is at work in it", "wait until it ends") from error
        yield
    finally:
        (place.parent / f".{place.name}.lock").unlink(missing_ok=True)
        os.close(lock)
