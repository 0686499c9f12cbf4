"""A snapshot with one source replaced: all else is taken over from the one before, by digest."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from engine.errors import SnapshotError
from engine.facts import Collected
from engine.snapshot.delivered import digests, read_delivered
from engine.snapshot.store import Snapshot


def corrected(before: Snapshot, fresh: Iterable[Collected]) -> tuple[list[Collected], dict[str, Any]]:
    """All sources of the new snapshot, and what its manifest says of the correction.

    Raises:
        SnapshotError: a source failed, or what the others delivered is no longer there
    """
    new = {source.report.id: source for source in fresh}
    for name, source in sorted(new.items()):
        if source.report.completeness == "failed":
            raise SnapshotError(
                f"{name}: failed: {'; '.join(source.report.problems)}",
                "nothing was written: a source that failed corrects nothing; mend it and collect it again",
            )
    old = read_delivered(before.path, before.manifest)
    kept = {name: sha256 for name, sha256 in digests(before.path).items() if name not in new}
    about = {
        "snapshot": before.manifest["digest"],
        "sources": [_change(name, old.get(name), source) for name, source in sorted(new.items())],
        "taken_over": kept,
    }
    return [*(old[name] for name in kept), *new.values()], about


def _change(name: str, old: Collected | None, new: Collected) -> dict[str, Any]:
    """What became of a source: its completeness before and now, and how many facts came, went and changed."""
    was = {fact.uid: fact.record() for fact in old.facts} if old else {}
    now = {fact.uid: fact.record() for fact in new.facts}
    counts = Counter(
        "added" if uid not in was else "gone" if uid not in now else "changed"
        for uid in was.keys() | now.keys()
        if was.get(uid) != now.get(uid)
    )
    return {
        "id": name,
        "title": new.report.title,
        "was": old.report.completeness if old else "not_configured",
        "is": new.report.completeness,
        **{word: counts[word] for word in ("added", "gone", "changed")},
    }
