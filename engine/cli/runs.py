"""A run as commands read it: believed only if it is as it was written."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from engine.canonical import load
from engine.errors import SnapshotError
from engine.history import RUN
from engine.snapshot.folder import differences, read_manifest


def trusted_run(path: Path) -> dict[str, Any]:
    """What `run.json` says, of a run that nobody changed.

    Raises:
        SnapshotError: it is no run, or was changed
    """
    wrong = differences(path, read_manifest(path, RUN)["files"])
    if wrong:
        raise SnapshotError(f"{path.name}/{wrong[0]}", "the run was changed: name an untouched copy")
    return dict(load(path / "run.json"))


def rows(run: Path, name: str) -> Iterator[dict[str, Any]]:
    """The lines of results, findings, subjects or another of its files."""
    with (run / f"{name}.jsonl").open("rb") as lines:
        for line in lines:
            yield orjson.loads(line)
