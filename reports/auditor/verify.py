"""Checks an auditor's pack with nothing but Python: run `python3 verify.py` in the unpacked pack.

    python3 verify.py [FOLDER or PACK.zip] [--digest SHA256] [--log SHA256]

It names every file that was changed, is missing or is extra, recounts what the results add up to, and holds the
roll-forward against itself. Exit code 0: everything fits; 1: something does not; 2: there is no pack here.
It cannot know whether the pack as a whole was made anew: for that, compare the digest that it prints with the one
that you were told by another way, or name it with --digest. So it is with entries that are gone from the end of the
log of findings: name with --log the digest of its last entry that an earlier pack, made with the same key, printed.
"""

import csv
import hashlib
import io
import json
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
SCHEMA = "auditor-pack/1"
LOG, CHAIN = "10-followup/log.jsonl", "10-followup/log-chain.json"
OUTCOMES = ("pass", "fail", "waived", "not_applicable", "not_assessed")
SEVERITIES = ("critical", "high", "medium", "low")
SUMMED = ("population", "violations", "unknown", "waived")


class NoPackError(Exception):
    """There is nothing here to check."""


class Folder(Mapping[str, bytes]):
    """The files of an unpacked pack."""

    def __init__(self, root: Path) -> None:
        """Lists the files; each is read when it is asked for."""
        self._paths = {
            path.relative_to(root).as_posix(): path
            for path in root.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }

    def __getitem__(self, name: str) -> bytes:
        return self._paths[name].read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._paths))

    def __len__(self) -> int:
        return len(self._paths)


class Zipped(Mapping[str, bytes]):
    """The files of a pack that is still packed."""

    def __init__(self, path: Path) -> None:
        """Opens the archive."""
        self._zip = zipfile.ZipFile(path)
        self._names = self._zip.namelist()

    def __getitem__(self, name: str) -> bytes:
        return self._zip.read(name)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(set(self._names)))

    def __len__(self) -> int:
        return len(set(self._names))

    def twice(self) -> list[str]:
        """Names that stand in the archive more than once: programs do not agree which of them counts."""
        return sorted(name for name, count in Counter(self._names).items() if count > 1)


def opened(where: Path) -> Mapping[str, bytes]:
    """The files of a folder or of a ZIP.

    Raises:
        NoPackError: it is neither
    """
    if where.is_dir():
        return Folder(where)
    try:
        return Zipped(where)
    except (OSError, zipfile.BadZipFile) as error:
        raise NoPackError(f"{where}: neither a folder nor a ZIP: {error}") from error


def manifest_of(files: Mapping[str, bytes]) -> dict[str, Any]:
    """What the pack says of itself.

    Raises:
        NoPackError: it says nothing
    """
    try:
        found = json.loads(files[MANIFEST])
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise NoPackError(f"{MANIFEST}: missing or damaged, so this is no auditor's pack") from error
    if (
        not isinstance(found, dict)
        or found.get("schema") != SCHEMA
        or not isinstance(found.get("files"), dict)
    ):
        raise NoPackError(f"{MANIFEST}: not that of an auditor's pack ({SCHEMA})")
    return found


def digest_of(manifest: Mapping[str, Any]) -> str:
    """The digest of all that a manifest says, but for the digest itself."""
    said = {name: value for name, value in manifest.items() if name != "digest"}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def wrong_in(files: Mapping[str, bytes]) -> list[str]:
    """Everything that does not fit, a sentence each; empty: all is as it was written, and adds up.

    Raises:
        NoPackError: there is no manifest
    """
    manifest = manifest_of(files)
    said = list(_changed(files, manifest))
    if said:
        return said  # what was changed cannot be recounted
    try:
        return [
            *_totals(files),
            *_criteria(files),
            *_roll(files, manifest),
            *_evidence(files),
            *_log(files, manifest),
        ]
    except (KeyError, ValueError, TypeError) as error:
        return [f"the files do not say what a pack says: {type(error).__name__}: {error}"]


def _changed(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Iterator[str]:
    if digest_of(manifest) != manifest.get("digest"):
        yield f"{MANIFEST}: changed, its digest does not fit what it says"
    if isinstance(files, Zipped):
        for name in files.twice():
            yield f"{name}: twice in the archive"
    listed = manifest["files"]
    for name in sorted({*listed, *files} - {MANIFEST}):
        if name not in files:
            yield f"{name}: missing"
        elif name not in listed:
            yield f"{name}: extra, the manifest does not know it"
        else:
            try:
                data = files[name]
            except (OSError, zipfile.BadZipFile) as error:
                yield f"{name}: changed, cannot be read: {error}"
                continue
            found = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            if found != listed[name]:
                yield f"{name}: changed, {len(data)} bytes, the manifest says {listed[name].get('bytes')}"


def _lines(files: Mapping[str, bytes], name: str) -> Iterator[dict[str, Any]]:
    for line in files[name].splitlines():
        if line:
            yield json.loads(line)


def _open(finding: Mapping[str, Any]) -> bool:
    return bool(
        finding["state"] == "unverified" or (finding["state"] != "closed" and finding["violations"] > 0)
    )


def _totals(files: Mapping[str, bytes]) -> Iterator[str]:
    """The totals of the run against its results and findings, and against the model that every page shows."""
    run = json.loads(files["03-results/run.json"])
    outcomes = Counter(row["result"] for row in _lines(files, "03-results/results.jsonl"))
    found = [row for row in _lines(files, "03-results/findings.jsonl") if _open(row)]
    levels = Counter(row["severity"] for row in found)
    model = json.loads(files["03-results/model.json"])
    for word in OUTCOMES:
        yield from _same(f"results that are {word}", outcomes[word], run["totals"][word])
    for level in SEVERITIES:
        yield from _same(f"open findings that are {level}", levels[level], run["totals"][level])
        yield from _same(f"{level} in model.json", model["company"]["severities"][level], levels[level])
        parts = sum(department["front"]["severities"][level] for department in model["departments"])
        yield from _same(f"{level} over all departments of model.json", parts, levels[level])
    yield from _same("open findings in model.json", model["company"]["open"], len(found))


def _criteria(files: Mapping[str, bytes]) -> Iterator[str]:
    """The auditor's table against the results: a row a check."""
    sums: dict[str, Counter[str]] = {}
    for row in _lines(files, "03-results/results.jsonl"):
        sums.setdefault(row["check"], Counter()).update({term: row[term] for term in SUMMED})
    table = {row["check"]: row for row in json.loads(files["01-scope/criteria.json"])}
    for check in sorted({*sums, *table}):
        if check not in table or check not in sums:
            yield f"01-scope/criteria.json: {check} stands in one of table and results only"
            continue
        for term in SUMMED:
            yield from _same(f"{check}, {term} in the table", table[check][term], sums[check][term])


def _roll(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Iterator[str]:
    """Opening and what came and went make the closing, in every row; the rows make the total; and it is what is open."""
    added, taken = manifest["roll"]["added"], manifest["roll"]["taken"]
    counted = ("opening", *added, *taken, "closing")
    text = io.StringIO(files["03-results/rollforward.csv"].decode("utf-8-sig"), newline="")
    total: dict[str, dict[str, int]] = {}
    sums: dict[str, Counter[str]] = {}
    for row in csv.DictReader(text):
        said = {term: int(row[term]) for term in counted}
        where = f"roll-forward of {row['level']}, {row['department'] or 'total'}"
        came = said["opening"] + sum(said[term] for term in added) - sum(said[term] for term in taken)
        yield from _same(where, came, said["closing"])
        if row["department"]:
            sums.setdefault(row["level"], Counter()).update(said)
        else:
            total[row["level"]] = said
    for level in sorted({*sums, *total}):
        for term in counted:
            yield from _same(
                f"roll-forward of {level}, {term} of the total",
                total.get(level, {}).get(term, 0),
                sums.get(level, Counter())[term],
            )
    if "findings" in total:
        found = sum(_open(row) for row in _lines(files, "03-results/findings.jsonl"))
        yield from _same("closing findings of the roll-forward", total["findings"]["closing"], found)


def _evidence(files: Mapping[str, bytes]) -> Iterator[str]:
    """Every finding has its evidence, an entry an instance."""
    for row in _lines(files, "03-results/findings.jsonl"):
        name = f"04-evidence/{row['number']}.json"
        if name not in files:
            yield f"{name}: missing, the finding {row['number']} has no evidence"
            continue
        there = json.loads(files[name])["instances"]
        yield from _same(f"{name}, instances", len(there), len(row["instances"]))


def _log(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Iterator[str]:
    """Every entry about a finding stands in its place in the chain of the log; with real names it is sealed anew."""
    if LOG not in files:
        return
    chain = ["", *json.loads(files[CHAIN])["digests"]]
    for row in _lines(files, LOG):
        serial = row.pop("serial")
        previous, digest = row.pop("previous"), row.pop("digest")
        if not 0 < serial < len(chain) or [previous, digest] != chain[serial - 1 : serial + 1]:
            yield f"{LOG}: entry {serial} does not follow the entry before it, or is not that of the chain"
        elif manifest["identities"] == "real names":
            sealed = digest_of({"serial": serial, "entry": row, "previous": previous})
            yield from _same(f"{LOG}, digest of entry {serial}", sealed, digest)


def log_line(files: Mapping[str, bytes], wanted: str = "") -> str:
    """How far the log goes, for who keeps it elsewhere; that it lacks the entry that is wanted; empty: there is no log."""
    digests = json.loads(files[CHAIN])["digests"] if CHAIN in files else []
    if wanted:
        return (
            "" if wanted in digests else f"log of findings: no entry has the digest {wanted}, some are gone"
        )
    last = f", the last with digest {digests[-1]}" if digests else ""
    return f"log of findings: {len(digests)} entries{last}" if CHAIN in files else ""


def _same(what: str, found: object, wanted: object) -> Iterator[str]:
    if found != wanted:
        yield f"{what}: found {found}, should be {wanted}"


def main(words: list[str]) -> int:
    """Checks the pack that is named, or the one that this script lies in."""
    named = {}
    for option in ("--digest", "--log"):
        if option in words:
            at = words.index(option)
            named[option] = words[at + 1] if at + 1 < len(words) else "nothing"
            words = words[:at] + words[at + 2 :]
    wanted, entry = named.get("--digest", ""), named.get("--log", "")
    if len(words) > 1 or any(word.startswith("-") for word in words):
        print((__doc__ or "").strip())  # noqa: T201  # a script of its own
        return 2
    where = Path(words[0]) if words else Path(__file__).resolve().parent
    try:
        files = opened(where)
        said = wrong_in(files)
        digest = str(manifest_of(files)["digest"])
        log = "" if said else log_line(files)
    except NoPackError as error:
        print(f"error: {error}")  # noqa: T201
        return 2
    if wanted and wanted != digest:
        said.append(f"the digest of this pack is {digest}, it should be {wanted}: it is another pack")
    if entry and not said:
        said += filter(None, [log_line(files, entry)])
    for line in said:
        print(line)  # noqa: T201
    if said:
        print(f"{len(said)} differences: this pack is not what it was, or does not add up")  # noqa: T201
        return 1
    print(f"as it was written, and adds up; {len(files)} files, digest {digest}")  # noqa: T201
    if log:
        print(log)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
