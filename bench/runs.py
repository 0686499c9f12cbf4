"""A run folder of any size, made from a real small one: its departments and the instances of its findings many times over."""

import hashlib
import json
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from engine.canonical import canonical, canonical_record, load

_ONE_FOR_ALL = ("catalogue.json", "settings.json", "attestations.jsonl")


def multiply(run: Path, into: Path, departments: int, instances: int) -> None:
    """Writes the run with so many departments, and so many instances in all, spread evenly over departments and findings.

    Every instance is a subject of its own, as it would be; evidence, owners and checks are those of the real run.
    """
    into.mkdir()
    for name in _ONE_FOR_ALL:
        (into / name).write_bytes((run / name).read_bytes())
    found = [row for row in _rows(run / "findings.jsonl") if row["instances"] and row["violations"]]
    by_check = list({row["check"]: row for row in found}.values())
    pattern = by_check[0]["department"]
    results = [row for row in _rows(run / "results.jsonl") if row["department"] == pattern]
    subjects = {row["uid"]: row for row in _rows(run / "subjects.jsonl")}
    codes = [f"D{number:04d}" for number in range(1, departments + 1)]
    about = load(run / "run.json")
    head = next(row for row in about["departments"] if row["code"] == pattern)
    about["departments"] = [
        {**head, "code": code, "name": f"部門 {code}", "parent": "", "people": 12 + instances // departments}
        for code in codes
    ]
    (into / "run.json").write_bytes(canonical(about))
    (into / "history.json").write_bytes(canonical({"company": [], "departments": {}}))
    coverage = load(run / "coverage.json")
    (into / "coverage.json").write_bytes(canonical({**coverage, "data_errors": []}))
    for name in ("undecided.jsonl", "waivers.jsonl"):
        (into / name).write_bytes(b"")
    _write(into / "results.jsonl", ({**row, "department": code} for code in codes for row in results))
    shares = [_share(instances, departments, number) for number in range(departments)]
    with (into / "subjects.jsonl").open("wb") as named:
        _write(
            into / "findings.jsonl",
            (
                _inflated(row, code, _share(share, len(by_check), number), subjects, named)
                for code, share in zip(codes, shares, strict=True)
                for number, row in enumerate(by_check)
            ),
        )
        for uid in sorted(subjects):
            named.write(canonical_record(subjects[uid]) + b"\n")


def _inflated(
    row: dict[str, Any], code: str, count: int, subjects: dict[str, Any], named: Any
) -> dict[str, Any]:
    made = []
    for number, instance in enumerate(islice(cycle(row["instances"]), count)):
        uid = f"{instance['subject']}-{row['check']}-{code}-{number}"
        of = subjects.get(instance["subject"])
        if of:
            named.write(canonical_record({**of, "uid": uid, "department": code}) + b"\n")
        made.append(
            {
                **instance,
                "subject": uid,
                "fingerprint": hashlib.sha256(uid.encode()).hexdigest(),
                "waiver": "",
            }
        )
    fingerprint = hashlib.sha256(f"{row['check']}{code}".encode()).hexdigest()
    return {
        **row,
        "department": code,
        "number": f"{row['issued_in']}-{code}-{row['check']}",
        "fingerprint": fingerprint,
        "instances": made,
        "violations": len(made),
        "population": len(made) * 2,
        "waived": 0,
    }


def _share(whole: int, parts: int, number: int) -> int:
    return whole // parts + (number < whole % parts)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as lines:
        for line in lines:
            yield json.loads(line)


def _write(path: Path, rows: Iterator[dict[str, Any]]) -> None:
    with path.open("wb") as file:
        for row in rows:
            file.write(canonical_record(row) + b"\n")
