"""`clausewise explain`: from a printed finding back to rule and record."""

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import orjson

from engine.canonical import canonical, digest, load
from engine.checks.catalogue import load_catalogue
from engine.cli.checking import FOLDER, language_option, packs_option, rule_file
from engine.cli.places import policies
from engine.cli.runs import rows, trusted_run
from engine.cli.talk import put
from engine.errors import CatalogueError, UsageError
from engine.facts.declared import flat
from engine.snapshot import open_snapshot

Row = dict[str, Any]
_SHORTEST = 6


@click.command("explain")
@click.argument("run", type=FOLDER)
@click.argument("fingerprint")
@click.option("--snapshot", type=FOLDER, help="The snapshot of the run, for the facts and raw records.")
@packs_option
@language_option
def explain_command(
    run: Path, fingerprint: str, snapshot: Path | None, packs: tuple[Path, ...], language: str
) -> None:
    """Trace a finding back: clause, rule, settings, evidence, and the record that decided.

    FINGERPRINT is that of a finding or of one subject in it (the first digits do), or the number of a finding.

    \b
    Example:
      clausewise explain demo/run 2026Q3-IT-001 --snapshot demo/snapshot
    """
    about = trusted_run(run)
    finding, instances = _found(run, fingerprint)
    catalogue = load(run / "catalogue.json")
    check = next(row for row in catalogue["checks"] if row["id"] == finding["check"])
    clause = next(row for row in catalogue["clauses"] if row["id"] == finding["clause"])
    texts = check["texts"][language]
    put(f"{finding['number']}  {finding['severity']}, {finding['state']}, {finding['department']}")
    put(f"fingerprint  {finding['fingerprint']}")
    put(f"clause       {clause['id']} {clause['title'][language]}")
    put(f"check        {check['id']} {texts['title']}: {texts['obligation']}")
    for line in _standing(check, catalogue.get("packs", ()), language):
        put(f"standing     {line}")
    for line in _rule(check["id"], about, packs):
        put(f"rule         {line}")
    settings = load(run / "settings.json")
    for name in sorted(check["settings"]):
        put(f"setting      {name} = {settings['values'][name]} ({settings['origin'][name]})")
    put(f"dates        issued in {finding['issued_in']}, correct by {finding['correct_by']}")
    subjects = {row["uid"]: row for row in rows(run, "subjects")}
    for instance in instances:
        for line in _instance(instance, subjects):
            put(line)
        if snapshot is not None:
            for line in _records(
                snapshot, about, [instance["subject"], *_uids(instance, subjects)], subjects
            ):
                put(line)


def _found(run: Path, wanted: str) -> tuple[Row, list[Row]]:
    """The finding that is meant, and those of its instances that are."""
    found: list[tuple[Row, list[Row]]] = []
    for finding in rows(run, "findings"):
        if wanted == finding["number"] or _begins(finding["fingerprint"], wanted):
            found.append((finding, finding["instances"]))
            continue
        found += [
            (finding, [instance])
            for instance in finding["instances"]
            if _begins(instance["fingerprint"], wanted)
        ]
    if not found:
        raise UsageError(
            f"{wanted}: no finding of this run",
            "findings.jsonl and every report list numbers and fingerprints",
        )
    if len(found) > 1:
        raise UsageError(f"{wanted}: {len(found)} fingerprints begin so", "write more digits")
    return found[0]


def _begins(fingerprint: str, wanted: str) -> bool:
    return len(wanted) >= _SHORTEST and fingerprint.startswith(wanted)


def _standing(check: Row, packs: Sequence[Row], language: str) -> Iterator[str]:
    """That a check is a pack's, and which one it replaces."""
    yield from (f"a check of pack {pack['name']}" for pack in packs if check["id"] in pack["checks"])
    if check.get("replaces"):
        yield f"replaces {check['replaces']}: {check['reason'][language]}"


def _rule(check: str, about: Row, packs: tuple[Path, ...]) -> Iterator[str]:
    try:
        catalogue = load_catalogue(policies(), packs)
    except CatalogueError as error:
        yield f"cannot be shown: {error}"
        return
    if check not in catalogue.checks:
        yield f"{check} is not among the rules here: name its folder with --policies"
        return
    path = rule_file(catalogue, catalogue.checks[check])
    text = path.read_text("utf-8").splitlines()
    row = next((number for number, line in enumerate(text, 1) if line.startswith("violations")), 1)
    yield f"{path}:{row} (SHA-256 {digest(path.read_bytes())})"
    if catalogue.rules_digest != about["digests"]["rules"]:
        yield "the rules here are not those of the run: they have changed since"


def _instance(instance: Row, subjects: dict[str, Row]) -> Iterator[str]:
    yield ""
    yield f"subject      {subjects.get(instance['subject'], {}).get('name', '')} [{instance['subject']}]"
    yield f"fingerprint  {instance['fingerprint']}"
    yield f"state        {instance['severity']}, {instance['state']}" + (
        f", under waiver {instance['waiver']}" if instance["waiver"] else ""
    )
    for key, value in instance["evidence"].items():
        name = subjects[value]["name"] if isinstance(value, str) and value in subjects else ""
        yield f"evidence     {key} = {canonical(value).decode()}{f' ({name})' if name else ''}"
    for uid in [instance["subject"], *_uids(instance, subjects)]:
        if uid in subjects:
            row = subjects[uid]
            yield (
                f"came from    {uid}: source {row['source_id']}, record {row['source_record_id']}, "
                f"observed {row['observed_at'] or 'at no stated time'}, collected {row['collected_at']}, "
                f"raw SHA-256 {row['raw_sha256']}"
            )


def _uids(instance: Row, subjects: dict[str, Row]) -> list[str]:
    values = (
        item
        for value in instance["evidence"].values()
        for item in (value if isinstance(value, list) else [value])
    )
    return sorted(
        {value for value in values if isinstance(value, str) and value in subjects} - {instance["subject"]}
    )


def _records(path: Path, about: Row, uids: list[str], subjects: dict[str, Row]) -> Iterator[str]:
    """The facts and the raw records behind the uids."""
    snapshot = open_snapshot(path)
    if snapshot.manifest["digest"] != about["digests"]["snapshot"]:
        raise UsageError(f"{path}: is not the snapshot of this run", "name the one that was audited")
    for uid in uids:
        row = subjects.get(uid)
        if row is None:
            continue
        shard = load(snapshot.shard(row["department"])) if row["department"] in snapshot.codes else {}
        for facts in (shard, snapshot.company()):
            for rows_ in flat(facts).values():
                if isinstance(rows_, list):
                    yield from (
                        f"fact         {canonical(fact).decode()}" for fact in rows_ if fact.get("uid") == uid
                    )
        yield from _raw(path, row)


def _raw(path: Path, row: Row) -> Iterator[str]:
    file = path / "raw" / f"{row['source_id']}.jsonl.gz"
    if not file.is_file():
        yield f"raw          of {row['source_id']} was purged"
        return
    found = []
    with gzip.open(file, "rb") as lines:
        for line in lines:
            record = orjson.loads(line)
            if digest(record["body"].encode()) == row["raw_sha256"]:
                yield f"raw          {record['body']}"
                return
            if record["id"] == row["source_record_id"]:
                found.append(record["body"])
    # NOTE: the digest leaves out what changes from one collection to the next, so such a record is known by its id
    yield from (f"raw          {body}" for body in found)
    if not found:
        yield f"raw          none of {row['source_id']} is record {row['source_record_id']}"
