"""Snapshots on disk: written once, verified before they are believed."""

import gzip
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.canonical import canonical, digest, load
from engine.errors import SnapshotError
from engine.facts.declared import Declared, flat, types_with
from engine.snapshot.declarations import declared_in
from engine.snapshot.delivered import delivered_lines, raw_lines
from engine.snapshot.folder import (
    MANIFEST,
    differences,
    digest_of,
    entry_of,
    files_below,
    fresh_folder,
    read_manifest,
    with_digest,
    write_private,
)
from engine.snapshot.seal import SCHEMA, Seal
from engine.snapshot.tombstone import raw_purged_on, refuse_purged

_FACTS = ("facts", "provenance", "history")
_LEVEL = 6
"""Of compression: where each fact came from takes 2 % more room than at the highest, in less than half the time."""
_AS_GZIP = 31
"""How zlib is asked for the form of gzip."""
_HEADER = 10
"""Octets before the compressed data: no time and no machine in them."""
_KINDS = (SCHEMA, "run/1", "reports/1")


def write_snapshot(sealed: Seal, into: Path) -> "Snapshot":
    """Writes a snapshot beside its place and puts it there when it is whole.

    Raises:
        UsageError: the folder is not free
    """
    with fresh_folder(into) as work:
        for path in sealed.files:
            sealed.files.write(path, work / path)
        raw: dict[str, Any] = {}
        for name, source in sealed.sources.items():
            raw[name] = {
                **_packed(work, f"raw/{name}.jsonl.gz", raw_lines(source)),
                "records": len(source.raw),
                "delivered": _packed(work, f"raw/delivered/{name}.jsonl.gz", delivered_lines(source)),
            }
        raw_manifest = canonical({"sources": raw})
        write_private(work / "raw" / MANIFEST, raw_manifest)
        files = files_below(work, *_FACTS)
        files["calendar.json"] = entry_of(work / "calendar.json")
        manifest = with_digest(
            {
                "schema": SCHEMA,
                **sealed.facts_about,
                "files": dict(sorted(files.items())),
                "raw": {"manifest": f"raw/{MANIFEST}", "sha256": digest(raw_manifest)},
            }
        )
        write_private(work / MANIFEST, canonical(manifest))
        for folder in (work, *(path for path in work.rglob("*") if path.is_dir())):
            folder.chmod(0o700)
    return Snapshot(into, manifest)


def _packed(work: Path, name: str, lines: Iterable[bytes]) -> dict[str, Any]:
    data = packed_lines(lines)
    write_private(work / name, data)
    return {"path": name, "bytes": len(data), "sha256": digest(data)}


def packed_lines(lines: Iterable[bytes]) -> bytes:
    """The lines compressed as they come, so that a large text is never there whole; the bytes are those of `gzip.compress`."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _AS_GZIP)
    packed = bytearray()
    for line in lines:
        packed += packer.compress(line + b"\n")
    packed += packer.flush()
    packed[:_HEADER] = gzip.compress(b"", _LEVEL, mtime=0)[:_HEADER]
    return bytes(packed)


@dataclass(frozen=True)
class Snapshot:
    """A sealed snapshot."""

    path: Path
    manifest: dict[str, Any]

    @cached_property
    def declared(self) -> tuple[Declared, ...]:
        """The registers that the company declared."""
        return declared_in(self.manifest)

    @cached_property
    def codes(self) -> list[str]:
        """Codes of its shards."""
        return sorted(code for code in self.manifest["counts"] if code != "company")

    @property
    def largest_shard(self) -> int:
        """Bytes of the largest file of a department's facts."""
        return max((self.shard(code).stat().st_size for code in self.codes), default=0)

    def shard(self, code: str) -> Path:
        """The file of a department's facts."""
        return self.path / "facts" / "departments" / f"{code}.json"

    def company(self) -> dict[str, Any]:
        """What all departments need."""
        return dict(load(self.path / "facts" / "company.json"))

    def calendar(self) -> dict[str, Any]:
        """Working days, as used."""
        return dict(load(self.path / "calendar.json"))

    def provenance(self, code: str) -> Path:
        """The file that says where each fact of a department came from."""
        return self.path / "provenance" / f"{code}.jsonl"


def open_snapshot(path: Path) -> Snapshot:
    """A snapshot that is what it says: every byte of facts and provenance as sealed, every array there and counted.

    Raises:
        SnapshotError: something was changed, is missing or is extra; every file is named
    """
    refuse_purged(path)
    manifest = read_manifest(path, SCHEMA)
    wrong = _facts_wrong(path, manifest)
    if wrong:
        raise SnapshotError(
            "; ".join(f"{path.name}/{line}" for line in wrong),
            "the snapshot was changed after it was sealed: collect again",
        )
    return Snapshot(path, manifest)


def _facts_wrong(path: Path, manifest: dict[str, Any]) -> list[str]:
    files = manifest["files"]
    wrong = differences(
        path, {name: entry for name, entry in files.items() if name != "calendar.json"}, *_FACTS
    )
    calendar = path / "calendar.json"
    if not calendar.is_file() or entry_of(calendar) != files.get("calendar.json"):
        wrong.append("calendar.json: changed or missing")
    if manifest != with_digest(manifest):
        wrong.append(f"{MANIFEST}: its digest does not fit what it says")
    types = types_with(declared_in(manifest)).values()
    for code, counts in manifest["counts"].items():
        expected = {model.plural for model in types if model.company_wide == (code == "company")}
        missing = sorted(expected - counts.keys())
        if missing:
            wrong.append(
                f"facts of {code}: the array {missing[0]!r} is missing; an empty array is not the same as none"
            )
        strange = sorted(counts.keys() - expected)
        if strange:
            wrong.append(
                f"facts of {code}: the array {strange[0]!r} is not known here; a newer clausewise made it"
            )
    return wrong


def check_arrays(code: str, body: dict[str, Any], counts: dict[str, int]) -> None:
    """Refuses a shard that lacks an array or holds another number of records than its manifest says.

    Raises:
        SnapshotError: with the array that is wrong
    """
    arrays = flat(body)
    for plural, count in counts.items():
        found = arrays.get(plural)
        if not isinstance(found, list):
            raise SnapshotError(
                f"facts of {code}: the array {plural!r} is missing",
                "collect again; a missing array is never taken for none",
            )
        if len(found) != count:
            raise SnapshotError(
                f"facts of {code}: {len(found)} {plural}, the manifest says {count}", "collect again"
            )


def verify_folder(path: Path) -> list[str]:
    """Everything in a snapshot, run or report pack that is not as it was written; empty if nothing.

    Raises:
        SnapshotError: it is none of these
    """
    try:
        kind = load(path / MANIFEST).get("schema")
    except (OSError, ValueError, AttributeError):
        kind = None
    if kind not in _KINDS:
        raise SnapshotError(
            f"{path}: found no manifest of a snapshot, run or report pack",
            "name a folder that clausewise wrote",
        )
    manifest = read_manifest(path, kind)
    if kind != SCHEMA:
        wrong = differences(path, manifest["files"])
        return (
            wrong
            if manifest["digest"] == digest_of(manifest["files"])
            else [*wrong, f"{MANIFEST}: its digest does not fit its list of files"]
        )
    return _facts_wrong(path, manifest) + _raw_wrong(path, manifest)


def _raw_wrong(path: Path, manifest: dict[str, Any]) -> list[str]:
    raw_manifest = path / "raw" / MANIFEST
    if not raw_manifest.is_file():
        return [f"raw/{MANIFEST}: missing"]
    if digest(raw_manifest.read_bytes()) != manifest["raw"]["sha256"]:
        day = raw_purged_on(raw_manifest, manifest["raw"]["sha256"])
        if not day:
            return [f"raw/{MANIFEST}: changed"]
        left = sorted({*files_below(path, "raw")} - {f"raw/{MANIFEST}"})
        return [f"raw/: purged on {day}; facts and provenance stand as they are"] + [
            f"{name}: still there, although raw records were deleted: purge the snapshot again"
            for name in left
        ]
    said = []
    for source, entry in load(raw_manifest)["sources"].items():
        for part in (entry, entry.get("delivered", entry)):
            file = path / part["path"]
            if not file.is_file():
                said.append(f"{part['path']}: purged or missing; the facts of {source} stand as they are")
            elif digest(file.read_bytes()) != part["sha256"]:
                said.append(f"{part['path']}: changed")
    return list(dict.fromkeys(said))
