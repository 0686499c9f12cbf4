"""One collection of the fixture company, which every law changes a little and audits again."""

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from engine.audit import Inputs, audit
from engine.audit.ask import EngineAsked
from engine.canonical import canonical_record
from engine.checks.catalogue import load_catalogue
from engine.cli.collecting import Where, about_of, collected_from
from engine.cli.company import load_company
from engine.cli.places import fixtures, policies
from engine.facts import Collected
from engine.findings import EngineUsed, Previous
from engine.opa import EngineSpec, Rules, running
from engine.settings import resolve
from engine.snapshot import open_snapshot, seal, write_snapshot
from engine.snapshot.seal import Seal

QUARTER = "2026Q3"
DAY = date(2026, 9, 30)
CATALOGUE = load_catalogue(policies())

_USED = EngineUsed(name="opa", version="", note="")

Results = dict[tuple[str, str], dict[str, Any]]


class Company:
    """The fixture company as its sources delivered it."""

    def __init__(self) -> None:
        place = fixtures() / "company" / QUARTER
        self.file = load_company(place / "company.yaml")
        self.collected = collected_from(self.file, DAY, Where(replay=place / "recordings"))

    def seal(self, collected: Iterable[Collected]) -> Seal:
        return seal(collected, **about_of(self.file, DAY))


def lasting(uid: str) -> str:
    """What a subject is known by whichever source delivers it: of a host its name."""
    return f"host/{uid.partition('/host/')[2]}" if "/host/" in uid else uid


class Run:
    """What an audit wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.results: Results = {(row["check"], row["department"]): row for row in self.rows("results")}

    def rows(self, name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / f"{name}.jsonl").read_bytes().splitlines()]

    def outcomes(self, wanted: str) -> set[tuple[str, str]]:
        return {key for key, row in self.results.items() if row["result"] == wanted}

    def instances(self) -> set[tuple[str, str]]:
        return {
            (finding["check"], lasting(one["subject"]))
            for finding in self.rows("findings")
            for one in finding["instances"]
            if not one["waiver"]
        }


class Auditor:
    """OPA, started once for all laws of a process: the rules stay, and each audit puts its documents in the place of those before."""

    def __init__(self, program: Path, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._open = ExitStack()
        self._spec: EngineSpec | None = None

    def audited(self, sealed: Seal, folder: Path) -> Run:
        """The run of a sealed snapshot."""
        snapshot = open_snapshot(write_snapshot(sealed, folder / "snapshot").path)
        inputs = Inputs(
            snapshot, CATALOGUE, resolve(CATALOGUE.settings, {}, "default"), "default", Previous()
        )
        asked = EngineAsked(self._told(inputs.documents()), self._pool, _USED, snapshot.manifest["counts"])
        work = folder / "run"
        work.mkdir()
        audit(inputs, asked, work, lambda *_: None)
        assert self._engine._restarts == 0  # a new one would know the first documents only
        return Run(work)

    def close(self) -> None:
        """End it."""
        self._open.close()

    def _told(self, documents: dict[str, Any]) -> EngineSpec:
        """The engine, told the documents."""
        if self._spec is not None:
            for name, document in documents.items():
                self._engine._server.client.put_document(name, canonical_record(document))
            return self._spec
        path = self._folder / "data.json"
        path.write_bytes(canonical_record(documents))
        rules = Rules(policies() / "rego", policies() / "capabilities.json")
        self._spec = EngineSpec("opa", rules, path, self._program)
        self._engine = self._open.enter_context(running(self._spec))._engine
        self._pool = self._open.enter_context(ThreadPoolExecutor(1))
        return self._spec
