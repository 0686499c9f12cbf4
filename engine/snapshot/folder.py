"""Folders that are written whole or not at all, and that say what they hold."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from typing import Any, BinaryIO

from engine.canonical import canonical, digest, file_digest, load
from engine.errors import SnapshotError, UsageError

RUN = "run/1"
"""The kind of a folder that an audit wrote."""

MANIFEST = "manifest.json"


@contextmanager
def fresh_folder(target: Path) -> Iterator[Path]:
    """A folder beside the target that takes its place when the block ends well, and vanishes when it does not.

    An empty folder is taken over; one that holds anything is refused, and so is a second run at the same time.

    Raises:
        UsageError: the target is no folder, is not empty, or another run is writing it
    """
    target = target.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(
            f"{target.name}: exists and is not empty", "name a new folder; nothing is ever written over"
        )
    with _locked(target), _beside(target) as work:
        yield work
        if target.exists():
            target.rmdir()
        work.rename(target)


@contextmanager
def renewed_folder(target: Path) -> Iterator[Path]:
    """The same for a target that holds what is to be replaced: until the block ends well it stays as it is.

    Raises:
        UsageError: another run is writing it
    """
    target = target.absolute()
    with _locked(target), _beside(target) as work, _beside(target) as old:
        yield work
        target.rename(old)
        try:
            work.rename(target)
        except OSError:
            old.rename(target)
            raise


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """One run at a time may write the target; what a run that was killed left beside it is cleared away."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(target.parent / f".{target.name}.lock", os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise UsageError(f"{target}: {error.strerror}", "name a folder that can be written") from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(
                f"{target.name}: another run is writing it", "wait until it ends, or name another folder"
            ) from error
        for left in target.parent.glob(f".{escape(target.name)}.????????.part"):
            shutil.rmtree(
                left, ignore_errors=True
            )  # of a run that was killed: the lock says that nobody writes it
        try:
            yield
        finally:
            Path(target.parent / f".{target.name}.lock").unlink(missing_ok=True)
    finally:
        os.close(lock)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """An empty folder beside the target; whatever is left of it vanishes."""
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def write_private(path: Path, data: bytes) -> None:
    """A file that only its owner can read, in folders that only its owner can enter."""
    with private_file(path) as file:
        file.write(data)


def private_file(path: Path) -> BinaryIO:
    """The same, to be written in pieces and closed by whoever asks for it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb")


def files_below(root: Path, *folders: str) -> dict[str, dict[str, Any]]:
    """Path -> bytes and SHA-256 of every file in the folders; without folders: of all but the manifest."""
    starts = [root / folder for folder in folders] or [root]
    found = sorted(path for start in starts for path in start.rglob("*") if path.is_file())
    return {
        path.relative_to(root).as_posix(): entry_of(path)
        for path in found
        if path.relative_to(root).as_posix() != MANIFEST
    }


def entry_of(path: Path) -> dict[str, Any]:
    """What a manifest says of a file."""
    return {"bytes": path.stat().st_size, "sha256": file_digest(path)}


def digest_of(files: dict[str, dict[str, Any]]) -> str:
    """The digest of a list of files: of their paths, sizes and digests."""
    return digest(canonical(files))


def with_digest(manifest: dict[str, Any]) -> dict[str, Any]:
    """The manifest of a snapshot with the digest of all that it says: its files, its date, and what its sources came to."""
    said = {name: value for name, value in manifest.items() if name != "digest"}
    return {**said, "digest": digest(canonical(said))}


def differences(root: Path, files: dict[str, dict[str, Any]], *folders: str) -> list[str]:
    """Every file that was changed, is missing or is extra, as a sentence each."""
    present = files_below(root, *folders)
    said = [f"{path}: missing" for path in sorted(files.keys() - present.keys())]
    said += [
        f"{path}: extra, the manifest does not know it" for path in sorted(present.keys() - files.keys())
    ]
    for path in sorted(files.keys() & present.keys()):
        if files[path] != present[path]:
            said.append(
                f"{path}: changed, {present[path]['bytes']} bytes with SHA-256 {present[path]['sha256'][:12]}…, "
                f"the manifest says {files[path]['bytes']} bytes with {files[path]['sha256'][:12]}…"
            )
    return said


def untouched_run(path: Path) -> dict[str, Any]:
    """The manifest of a run whose files are as they were written.

    Raises:
        SnapshotError: it is no run, or was changed
    """
    manifest = read_manifest(path, RUN)
    wrong = differences(path, manifest["files"])
    if wrong:
        raise SnapshotError(
            f"{path.name}/{wrong[0]}", "the run was changed after it was written: name an untouched copy"
        )
    return manifest


def read_manifest(root: Path, schema: str) -> dict[str, Any]:
    """The manifest of a folder.

    Raises:
        SnapshotError: there is none, it cannot be read, or it is of another kind
    """
    path = root / MANIFEST
    try:
        manifest = load(path)
    except FileNotFoundError as error:
        raise SnapshotError(f"{root}: no {MANIFEST} here", "name a folder that clausewise wrote") from error
    except (OSError, ValueError) as error:
        raise SnapshotError(f"{path}: cannot be read: {error}", "collect or audit again") from error
    found = manifest.get("schema") if isinstance(manifest, dict) else None
    if found != schema:
        raise SnapshotError(
            f"{path}: found a folder of kind {found!r}, needs {schema!r}", "check which folder was meant"
        )
    return dict(manifest)
