"""Which snapshots this machine has sealed or validated: these need not be validated again."""

from contextlib import suppress
from pathlib import Path

from engine.cli.places import cache
from engine.snapshot import Snapshot, open_snapshot
from engine.snapshot.folder import write_private
from engine.snapshot.validated import validate


def note(snapshot: Snapshot) -> None:
    """Remembers, by its digest, that every fact of a snapshot is one; where nothing can be kept it is validated each time."""
    with suppress(OSError):
        write_private(_stamp(snapshot), b"")


def trusted(path: Path) -> Snapshot:
    """A snapshot whose bytes are as sealed and whose facts are facts: validated once if it comes from elsewhere.

    Raises:
        SnapshotError: something was changed, is missing or is extra
        FactError: a record is not a fact
    """
    snapshot = open_snapshot(path)
    if not _stamp(snapshot).is_file():
        validate(snapshot)
        note(snapshot)
    return snapshot


def _stamp(snapshot: Snapshot) -> Path:
    return (
        cache()
        / "validated"
        / f"{snapshot.manifest['schema'].replace('/', '-')}-{snapshot.manifest['digest']}"
    )
