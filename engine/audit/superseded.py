"""The run that this one takes the place of, because a source was wrong: which it is, and what came out otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from engine.canonical import load
from engine.errors import UsageError
from engine.findings import CorrectedSource, Finding, Result, Supersedes
from engine.issued import ResultChange
from engine.snapshot import Snapshot
from engine.snapshot.folder import untouched_run

_BESIDES = ("rules", "settings", "catalogue", "previous")
"""Digests of a run that a corrected source does not touch: one that differs may be why a result does."""


@dataclass(frozen=True)
class Superseded:
    """An earlier run of the snapshot that was corrected."""

    digest: str
    run: dict[str, Any]
    results: Mapping[tuple[str, str], Result]
    """Department and check -> result."""
    open: frozenset[str]
    """Fingerprints of findings that were open."""
    numbered: Mapping[str, Finding]
    """Fingerprint -> finding, withheld ones too: their numbers, and the dates of those that were issued, are kept."""

    @property
    def is_issued(self) -> bool:
        """Whether departments were given it."""
        return self.run.get("issued") is not None


def read_superseded(path: Path) -> Superseded:
    """Reads the run that is to be superseded.

    Raises:
        SnapshotError: it is no run, or was changed
    """
    manifest = untouched_run(path)
    with (path / "results.jsonl").open("rb") as lines:
        results = [Result.model_validate(orjson.loads(line)) for line in lines]
    findings, withheld = _findings(path / "findings.jsonl"), _findings(path / "withheld.jsonl")
    return Superseded(
        digest=manifest["digest"],
        run=load(path / "run.json"),
        results={(row.department, row.check): row for row in results},
        open=frozenset(one.fingerprint for one in findings if one.state != "closed"),
        numbered={one.fingerprint: one for one in (*withheld, *findings)},
    )


def _findings(path: Path) -> list[Finding]:
    if not path.exists():  # a draft withholds nothing
        return []
    with path.open("rb") as lines:
        return [Finding.model_validate(orjson.loads(line)) for line in lines]


def must_fit(snapshot: Snapshot, run: Superseded | None) -> None:
    """Refuses a run that is not one of the snapshot that was corrected.

    Raises:
        UsageError: the snapshot corrects none, or another one
    """
    if run is None:
        return
    corrects = snapshot.manifest.get("corrects")
    if corrects is None:
        raise UsageError(
            f"--supersedes: {snapshot.path.name} corrects no snapshot",
            "collect --only ID --previous SNAPSHOT makes one that does",
        )
    if corrects["snapshot"] != run.run["digests"]["snapshot"]:
        raise UsageError(
            f"--supersedes: run {run.run['id']} is of snapshot {run.run['digests']['snapshot'][:12]}, "
            f"{snapshot.path.name} corrects {corrects['snapshot'][:12]}",
            "name the run of the snapshot that was corrected",
        )


def supersedes(
    corrects: dict[str, Any] | None,
    earlier: Superseded | None,
    results: Mapping[tuple[str, str], Result],
    open_now: frozenset[str],
    digests: dict[str, str],
) -> Supersedes | None:
    """What a run says of the one whose place it takes; none where its snapshot corrects nothing.

    Args:
        corrects: what the manifest of the snapshot says of its correction
        earlier: the run of the snapshot before, if it was named
        results: department and check -> result of this run
        open_now: fingerprints of what is open in this run
        digests: of this run
    """
    if corrects is None:
        return None
    sources = tuple(CorrectedSource.model_validate(source) for source in corrects["sources"])
    if earlier is None:
        return Supersedes(snapshot=corrects["snapshot"], sources=sources)
    return Supersedes(
        snapshot=corrects["snapshot"],
        sources=sources,
        run=earlier.run["id"],
        digest=earlier.digest,
        differs=tuple(name for name in _BESIDES if digests[name] != earlier.run["digests"][name]),
        results=tuple(changed_results(earlier.results, results)),
        findings_added=len(open_now - earlier.open),
        findings_gone=len(earlier.open - open_now),
    )


def changed_results(
    before: Mapping[tuple[str, str], Result], now: Mapping[tuple[str, str], Result]
) -> list[ResultChange]:
    """Results that say something else now, or count other violations."""
    found = []
    for department, check in sorted(before.keys() | now.keys()):
        was, is_ = before.get((department, check)), now.get((department, check))
        change = ResultChange(
            department=department,
            check=check,
            was=was.result.value if was else "",
            is_now=is_.result.value if is_ else "",
            violations_were=was.violations if was else 0,
            violations_are=is_.violations if is_ else 0,
        )
        if (change.was, change.violations_were) != (change.is_now, change.violations_are):
            found.append(change)
    return found
