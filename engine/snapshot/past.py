"""An earlier snapshot, as the next one in the chain needs it."""

from typing import Any

import orjson

from engine.canonical import load
from engine.errors import UsageError
from engine.facts import FACT_TYPES
from engine.relations.past import FIRST_SEEN, FOLLOWED, Past
from engine.snapshot.store import Snapshot

_READ = {
    entity: model.plural
    for entity, model in FACT_TYPES.items()
    if entity in FOLLOWED or FIRST_SEEN in model.model_fields
}


def past_of(snapshot: Snapshot) -> Past:
    """What the records of an earlier snapshot were, where they lay and how they were called."""
    manifest = snapshot.manifest
    records: dict[str, dict[str, Any]] = {entity: {} for entity in _READ}
    homes: dict[str, str] = {}
    names: dict[str, str] = {}
    for code in snapshot.codes:
        shard = load(snapshot.shard(code))
        for entity, plural in _READ.items():
            for row in shard[plural]:
                records[entity][row["uid"]] = row
                homes[row["uid"]] = code
        with snapshot.provenance(code).open("rb") as lines:
            for line in lines:
                row = orjson.loads(line)
                if row["uid"] in homes:
                    names[row["uid"]] = row["name"]
    states = {report["id"]: report["completeness"] for report in manifest["sources"]}
    return Past(manifest["digest"], manifest["as_of"], states, records, homes, names)


def must_follow(manifest: dict[str, Any], earlier: Snapshot) -> None:
    """Whether a snapshot is the next one after another.

    Raises:
        UsageError: it names none, or another
    """
    said = manifest.get("follows")
    if said is None:
        raise UsageError(
            "--previous: the snapshot follows none", "it was collected without --previous: leave it out"
        )
    if said["snapshot"] != earlier.manifest["digest"]:
        raise UsageError(
            f"--previous: found the snapshot {earlier.manifest['digest'][:12]}, needs {said['snapshot'][:12]} as of {said['as_of']}",
            "name the snapshot that this one was collected after",
        )
