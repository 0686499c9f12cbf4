"""What is left of a snapshot whose retention is over: digests and counts, and no fact, name or record.

Raw records have a tombstone of their own in `raw/manifest.json`: the list of what there was, under the day on which
it went. Of a whole snapshot the manifest is one, of another kind (`purged/1`), so that no step takes it for a snapshot.
"""

from pathlib import Path
from typing import Any

from engine.canonical import canonical, digest, load
from engine.errors import SnapshotError
from engine.snapshot.folder import MANIFEST, files_below

PURGED = "purged/1"


def raw_tombstone(sources: dict[str, Any], day: str) -> bytes:
    """What takes the place of the list of raw records: the same list, and the day on which the records went."""
    return canonical({"purged_on": day, "sources": sources})


def raw_purged_on(raw_manifest: Path, sha256: str) -> str:
    """The day on a tombstone of raw records that fits the snapshot; empty: it is none, or does not fit.

    Args:
        raw_manifest: the file
        sha256: digest of the list that it replaced, as the snapshot's manifest states it
    """
    try:
        found = load(raw_manifest)
    except (OSError, ValueError):
        return ""
    if not isinstance(found, dict) or not isinstance(found.get("sources"), dict):
        return ""
    fits = digest(canonical({"sources": found["sources"]})) == sha256
    return str(found.get("purged_on", "")) if fits else ""


def whole_tombstone(manifest: dict[str, Any], raw: dict[str, Any], day: str) -> bytes:
    """What takes the place of a snapshot's manifest.

    Of what the manifest said, errors in the data and problems of sources are left out: they may name somebody.
    """
    said = {
        "schema": PURGED,
        "purged_on": day,
        "snapshot": manifest["digest"],
        "organisation": manifest["organisation"],
        "timezone": manifest["timezone"],
        "as_of": manifest["as_of"],
        "counts": manifest["counts"],
        "files": manifest["files"],
        "sources": {
            source["id"]: {
                "type": source["type"],
                "completeness": source["completeness"],
                "received": source["received"],
            }
            for source in manifest["sources"]
        },
        "raw": raw,
    }
    return canonical({**said, "digest": digest(canonical(said))})


def read_whole(path: Path) -> dict[str, Any] | None:
    """The tombstone of a whole snapshot; none: the folder holds something else."""
    try:
        found = load(path / MANIFEST)
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("schema") == PURGED else None


def refuse_purged(path: Path) -> None:
    """Refuses a snapshot of which only digests and counts are left.

    Raises:
        SnapshotError: it was purged, with the day
    """
    found = read_whole(path)
    if found is not None:
        raise SnapshotError(
            f"{path.name}: purged on {found.get('purged_on')}, its facts are gone: no run can be made from it any more",
            "its run and reports stand as they were made; `clausewise verify` says what is left here",
        )


def whole_wrong(path: Path, found: dict[str, Any]) -> list[str]:
    """What of a purged snapshot is not as it should be: a tombstone that was changed, or files that are still there."""
    said = {name: value for name, value in found.items() if name != "digest"}
    wrong = [] if digest(canonical(said)) == found.get("digest") else [f"{MANIFEST}: changed"]
    return wrong + [
        f"{name}: still there, although the snapshot was purged: purge it again" for name in files_below(path)
    ]
