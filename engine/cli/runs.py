"""A run as commands read it: believed only if it is as it was written."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from engine.canonical import load
from engine.errors import SnapshotError, UsageError
from engine.issuing.decisions import beside, entries, issued
from engine.snapshot.folder import RUN, differences, read_manifest


def trusted_run(path: Path) -> dict[str, Any]:
    """What `run.json` says, of a run that nobody changed.

    Raises:
        SnapshotError: it is no run, or was changed
    """
    wrong = differences(path, read_manifest(path, RUN)["files"])
    if wrong:
        raise SnapshotError(f"{path.name}/{wrong[0]}", "the run was changed: name an untouched copy")
    return dict(load(path / "run.json"))


def must_be_as_issued(previous: Path | None) -> None:
    """Refuses a draft as the run before, where its log says that it was issued: the dates that departments know would be lost.

    Raises:
        UsageError: it names the version that is to be named instead
    """
    if previous is None or not beside(previous).exists() or load(previous / "run.json").get("issued"):
        return
    last = issued(entries(beside(previous)))
    if last is not None:
        raise UsageError(
            f"--previous: {previous} is a draft that was issued as version {last.version}, notice on {last.notice_on}",
            "name what `clausewise issue` wrote: its folder for inspect, the folder run in it for audit",
        )


def rows(run: Path, name: str) -> Iterator[dict[str, Any]]:
    """The lines of results, findings, subjects or another of its files."""
    with (run / f"{name}.jsonl").open("rb") as lines:
        for line in lines:
            yield orjson.loads(line)
