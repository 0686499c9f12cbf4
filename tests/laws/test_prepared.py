"""What is worked out once for all shards changes no answer, in either engine: it only saves each shard the work."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from laws_company import CATALOGUE, Company
from made import sources_digest
from remembered import Remembered, engine_digest

from engine.audit import Inputs
from engine.canonical import canonical_record
from engine.cli.places import policies
from engine.findings import Previous
from engine.opa import Answer, EngineSpec, Rules, evaluate, running
from engine.settings import resolve
from engine.snapshot import Snapshot, write_snapshot

PREPARED = "lib/prepared.rego"


@pytest.fixture(scope="module")
def snapshot(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return write_snapshot(company.seal(company.collected), tmp_path_factory.mktemp("shards") / "snapshot")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rules without the tables."""
    folder = tmp_path_factory.mktemp("bare") / "rego"
    shutil.copytree(policies() / "rego", folder, ignore=shutil.ignore_patterns("*_test.rego", "*.yaml"))
    (folder / PREPARED).unlink()
    return folder


def inputs(snapshot: Snapshot) -> Inputs:
    return Inputs(snapshot, CATALOGUE, resolve(CATALOGUE.settings, {}, "default"), "default", Previous())


def asked(spec: EngineSpec, snapshot: Snapshot) -> dict[str, Answer]:
    with running(spec):
        return {code: evaluate(spec, snapshot.shard(code)) for code in snapshot.codes}


@pytest.mark.parametrize("engine", ["opa", "embedded"])
def test_no_answer_rests_on_the_tables(
    opa: Path, answers: Remembered, snapshot: Snapshot, bare: Path, tmp_path: Path, engine: str
):
    documents = tmp_path / "data.json"
    documents.write_bytes(canonical_record(inputs(snapshot).documents()))

    def spec(rules: Path) -> EngineSpec:
        return EngineSpec(
            engine,
            Rules(rules, policies() / "capabilities.json"),
            documents,
            opa if engine == "opa" else None,
        )

    def said(rules: Path) -> dict[str, Answer]:
        of = engine_digest(opa if engine == "opa" else None)
        key = [
            b"prepared",
            b"without" if rules == bare else b"with",
            of,
            sources_digest("tests/laws").encode(),
        ]
        found: dict[str, Answer] = answers.answer(key, lambda: asked(spec(rules), snapshot))
        return found

    assert said(policies() / "rego") == said(bare)


def test_the_tables_lie_beside_the_registers_and_hold_what_json_can(
    opa: Path, snapshot: Snapshot, tmp_path: Path
):
    documents: dict[str, Any] = inputs(snapshot).documents()
    path = tmp_path / "data.json"
    path.write_bytes(canonical_record(documents))
    spec = EngineSpec("opa", Rules(policies() / "rego", policies() / "capabilities.json"), path, opa)

    with running(spec) as session:
        client = session._engine._server.client
        laid = client.document("company")
        again = client.query("lib/prepared/company", b"{}", 60)

    tables = laid.pop("prepared")
    assert laid == documents["company"]
    assert tables == again  # made of itself it says the same
    assert sorted(tables["approvals"]["by_uid"]) == sorted(
        approval["uid"] for approval in documents["company"]["approvals"]
    )
