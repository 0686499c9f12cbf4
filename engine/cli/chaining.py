"""What `collect --previous` means: the same day is a correction, an earlier one the snapshot before in the chain."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from engine.calendar import from_instant
from engine.cli.company import Company
from engine.cli.correcting import day_of
from engine.errors import UsageError
from engine.snapshot import Snapshot, must_follow, open_snapshot

_MOST = 2


@dataclass(frozen=True)
class Chain:
    """Where a new snapshot stands."""

    day: date
    """The day that it is for."""
    corrected: Snapshot | None = None
    """The snapshot of the same day of which sources are asked again."""
    follows: Snapshot | None = None
    """The snapshot before."""


def chain_of(
    previous: Sequence[Path], company: Company, only: Sequence[str], as_of: date | None, otherwise: date
) -> Chain:
    """What the named snapshots are to the new one.

    Args:
        previous: their folders
        company: whose they have to be
        only: sources that are asked again; none: all sources
        as_of: the day that was asked for
        otherwise: the day if nobody says one

    Raises:
        UsageError: they are not of this company, or neither of this day nor before
        SnapshotError: one was changed
    """
    found = sorted((open_snapshot(path) for path in previous), key=lambda one: str(one.manifest["as_of"]))
    if len(found) > _MOST or (len(found) == _MOST and not only):
        raise UsageError(
            f"--previous: found {len(found)} snapshots, needs the one before",
            "with --only also the one that is corrected",
        )
    if not found:
        return Chain(as_of or otherwise)
    if only:
        return _correction(found, company, only, as_of)
    before = found[0]
    _must_be_of(before, company)
    was = _day(before, company)
    day = as_of or otherwise
    if day <= was:
        raise UsageError(
            f"--previous: that snapshot is as of {was}, the new one as of {day}",
            "a later --as-of follows it; --only ID corrects a source of the same day",
        )
    return Chain(day, follows=before)


def _correction(
    found: Sequence[Snapshot], company: Company, only: Sequence[str], as_of: date | None
) -> Chain:
    corrected = found[-1]
    day = day_of(corrected, company, only, as_of)
    earlier = found[0] if len(found) == _MOST else None
    said = corrected.manifest.get("follows")
    if earlier is not None:
        must_follow(corrected.manifest, earlier)
    elif said is not None:
        raise UsageError(
            f"--previous: the snapshot that is corrected follows {said['snapshot'][:12]} as of {said['as_of']}, which is not named",
            "name it as well: --previous EARLIER; what is new, gone and changed is found anew",
        )
    return Chain(day, corrected, earlier)


def _must_be_of(before: Snapshot, company: Company) -> None:
    for name in ("organisation", "timezone"):
        if before.manifest[name] != getattr(company, name):
            raise UsageError(
                f"--previous: {name} {before.manifest[name]!r}, {company.path.name} says {getattr(company, name)!r}",
                "name a snapshot of this company",
            )


def _day(snapshot: Snapshot, company: Company) -> date:
    return from_instant(snapshot.manifest["as_of"]).astimezone(company.zone).date()


def chain_line(follows: dict[str, Any]) -> str:
    """What came, went and changed, for the terminal."""
    counts: Counter[str] = Counter()
    for found in follows["counts"].values():
        counts.update(found)
    said = ", ".join(f"{counts[what]} {what.replace('_', ' ')}" for what in counts if counts[what])
    return f"since {follows['as_of']}: {said or 'nothing changed'}; clausewise changes lists them"
