"""The company in one shard and in many gives the same answers: nothing is lost between two departments."""

from pathlib import Path
from typing import Any

import pytest
from laws_company import CATALOGUE, Company

from engine.audit import Inputs
from engine.canonical import canonical_record, load
from engine.cli.places import policies
from engine.facts import COMPANY, SHARDED
from engine.findings import Previous
from engine.opa import EngineSpec, Rules, evaluate, running
from engine.settings import resolve
from engine.snapshot import Snapshot, write_snapshot

ASKS = (
    "input.department",
    "is_here(",
    "exceptions.here",
    "samples.gaps",
    "samples.undrawn",
    "lib.cases",
    "lib.supervision",
)


def text(check: str) -> str:
    return (policies() / "rego" / CATALOGUE.checks[check].clause / f"{check}.rego").read_text(
        encoding="utf-8"
    )


BY_DEPARTMENT = {"2-a", "4.3-e", "5.1-c", "5.1-e"} | {
    check for check in CATALOGUE.checks if any(word in text(check) for word in ASKS)
}
"""Checks that ask whose shard they are in, because a department is judged or its own requests are: one shard has none.

2-a counts a product, and 4.3-e an exception, once for each department that has it; an account that nobody is known to hold could be
anybody's of the department: 5.1-c, 5.1-e.
"""

Answers = dict[str, tuple[int, set[str], set[tuple[str, str]]]]


@pytest.fixture(scope="module")
def snapshot(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return write_snapshot(company.seal(company.collected), tmp_path_factory.mktemp("one") / "snapshot")


def asked(program: Path, snapshot: Snapshot, shards: list[Path], folder: Path) -> Answers:
    inputs = Inputs(
        snapshot, CATALOGUE, resolve(CATALOGUE.settings, {}, "default"), "default", Previous(), first_run=True
    )
    documents = folder / "data.json"
    documents.write_bytes(canonical_record(inputs.documents()))
    spec = EngineSpec("opa", Rules(policies() / "rego", policies() / "capabilities.json"), documents, program)
    found: Answers = {check: (0, set(), set()) for check in CATALOGUE.checks if check not in BY_DEPARTMENT}
    with running(spec):
        for shard in shards:
            answer = evaluate(spec, shard)
            assert answer.faults == {}
            for check in found:
                given: dict[str, Any] = answer.checks[check]
                population, violations, unknown = found[check]
                found[check] = (
                    population + given["population"],
                    violations | {row["subject"] for row in given["violations"]},
                    unknown | {(row["subject"], row["reason"]) for row in given["unknown"]},
                )
    return found


def test_one_shard_and_many_give_the_same_answers(opa: Path, snapshot: Snapshot, tmp_path: Path):
    many = [snapshot.shard(code) for code in snapshot.codes]
    bodies = [load(path) for path in many]
    arrays = {
        model.plural: sorted(
            (row for body in bodies for row in body[model.plural]), key=lambda row: row["uid"]
        )
        for model in SHARDED.values()
    }
    one = tmp_path / "one.json"
    context = {plural: [] for plural in arrays}
    one.write_bytes(canonical_record({"department": COMPANY, **arrays, "context": context}))

    assert asked(opa, snapshot, many, tmp_path) == asked(opa, snapshot, [one], tmp_path)
    assert len(BY_DEPARTMENT) < len(CATALOGUE.checks) / 2
