"""What each source delivered, as it delivered it: kept beside the raw records, so that one source can be replaced later.

The facts of a snapshot are settled against one another, and cannot be taken apart again. A file here holds one
document a line: the report of the source, then its facts, then where each came from.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError

from engine.canonical import canonical, digest, load
from engine.errors import SnapshotError
from engine.facts import Collected, Fact, Provenance, RawRecord, SourceReport
from engine.facts.declared import types_with
from engine.facts.delivery import fact_row, provenance_row, raw_key, raw_row
from engine.facts.kept import Kept, lines_of
from engine.snapshot.declarations import declared_in
from engine.snapshot.folder import MANIFEST

_AGAIN = "collect all sources again, without --previous"


def delivered_lines(source: Collected) -> Iterator[bytes]:
    """A source as lines, in the order of the uids."""
    yield canonical({"report": source.report.model_dump(exclude_none=True)})
    yield from lines_of(source.facts, fact_row)
    yield from lines_of(source.provenance, provenance_row)


def raw_lines(source: Collected) -> Iterator[bytes]:
    """The canonical raw records of a source as lines."""
    # what is kept in a file is in this order there
    raw = source.raw if isinstance(source.raw, Kept) else sorted(source.raw, key=raw_key)
    return lines_of(raw, raw_row)


def read_delivered(snapshot: Path, manifest: dict[str, Any]) -> dict[str, Collected]:
    """What every source of a snapshot delivered, by its id.

    Raises:
        SnapshotError: raw records were purged or changed, or an earlier version of clausewise kept less
    """
    path = snapshot / "raw" / MANIFEST
    if not path.is_file() or digest(path.read_bytes()) != manifest["raw"]["sha256"]:
        raise SnapshotError(
            f"{snapshot.name}/raw/{MANIFEST}: purged or changed, and nothing can be taken over without it",
            _AGAIN,
        )
    types = types_with(declared_in(manifest))
    return {name: _source(snapshot, entry, types) for name, entry in sorted(load(path)["sources"].items())}


def digests(snapshot: Path) -> dict[str, str]:
    """Source -> SHA-256 of what it delivered."""
    listed = load(snapshot / "raw" / MANIFEST)["sources"]
    return {name: entry["delivered"]["sha256"] for name, entry in sorted(listed.items())}


def _source(snapshot: Path, entry: dict[str, Any], types: dict[str, type[Fact]]) -> Collected:
    if "delivered" not in entry:
        raise SnapshotError(
            f"{snapshot.name}: sealed by a version of clausewise that did not keep what sources delivered",
            _AGAIN,
        )
    lines = [orjson.loads(line) for line in _unpacked(snapshot, entry["delivered"]).splitlines()]
    raw = [orjson.loads(line) for line in _unpacked(snapshot, entry).splitlines()]
    try:
        return Collected(
            report=SourceReport.model_validate(lines[0]["report"]),
            facts=tuple(types[row["entity"]].model_validate(row["fact"]) for row in lines if "fact" in row),
            provenance=tuple(
                Provenance.model_validate(row["provenance"]) for row in lines if "provenance" in row
            ),
            raw=tuple(RawRecord.model_validate(row) for row in raw),
        )
    except (ValidationError, KeyError, IndexError) as error:
        raise SnapshotError(
            f"{snapshot.name}/{entry['delivered']['path']}: not as this version of clausewise writes it",
            _AGAIN,
        ) from error


def _unpacked(snapshot: Path, entry: dict[str, Any]) -> bytes:
    file = snapshot / entry["path"]
    packed = file.read_bytes() if file.is_file() else b""
    if digest(packed) != entry["sha256"]:
        raise SnapshotError(f"{snapshot.name}/{entry['path']}: purged or changed", _AGAIN)
    return gzip.decompress(packed)
