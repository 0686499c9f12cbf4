"""One collection of the fixture company, which every law changes a little and audits again."""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from laws_reuse import Known, Reusing, Sight
from remembered import Remembered, engine_digest, key_of

from engine.audit import Inputs, audit
from engine.canonical import canonical_record
from engine.checks.catalogue import load_catalogue
from engine.cli.collecting import Where, about_of, collected_from
from engine.cli.company import load_company
from engine.cli.places import fixtures, policies
from engine.facts import Collected
from engine.findings import Previous
from engine.opa import EngineSpec, Rules, load_rules, running
from engine.opa.client import Client
from engine.settings import resolve
from engine.snapshot import open_snapshot, seal, write_snapshot
from engine.snapshot.seal import Seal

QUARTER = "2026Q3"
DAY = date(2026, 9, 30)
CATALOGUE = load_catalogue(policies())

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


_LISTS = ("results", "findings", "undecided")


class Run:
    """What an audit wrote."""

    def __init__(self, lists: Mapping[str, Sequence[bytes]]) -> None:
        self.lists = lists
        self.results: Results = {(row["check"], row["department"]): row for row in self.rows("results")}

    @classmethod
    def of(cls, folder: Path) -> "Run":
        return cls({name: (folder / f"{name}.jsonl").read_bytes().splitlines() for name in _LISTS})

    def rows(self, name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lists[name]]

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

    def __init__(self, program: Path, folder: Path, memory: Remembered) -> None:
        self._program = program
        self._folder = folder
        self._open = ExitStack()
        self._client: Client | None = None
        self._sight = Sight(CATALOGUE, policies() / "rego")
        self._told = False
        self._rules = Rules(policies() / "rego", policies() / "capabilities.json")
        texts = [part.encode() for file in load_rules(self._rules).files for part in (file.name, file.text)]
        self._known = Known(memory, key_of([engine_digest(program), _LAW.encode(), *texts]))

    def audited(self, sealed: Seal, folder: Path, *, anew: bool = False) -> Run:
        """The run of a sealed snapshot.

        Args:
            sealed: the snapshot
            folder: where it and the run are written
            anew: ask every check about everything, whatever it has been asked before
        """
        snapshot = open_snapshot(write_snapshot(sealed, folder / "snapshot").path)
        inputs = Inputs(
            snapshot, CATALOGUE, resolve(CATALOGUE.settings, {}, "default"), "default", Previous()
        )
        documents = inputs.documents()
        self._told = False
        asked = Reusing(self._sight, None if anew else self._known, documents, partial(self._ask, documents))
        work = folder / "run"
        work.mkdir()
        audit(inputs, asked, work, lambda *_: None)
        return Run.of(work)

    def close(self) -> None:
        """End it."""
        self._open.close()

    def _ask(self, documents: dict[str, Any], shard: bytes, checks: Sequence[str]) -> dict[str, Any]:
        if not self._told:
            self._tell(documents)
            self._told = True
        assert self._client is not None
        body = b'{"input":{"asked":' + canonical_record(list(checks)) + b"," + shard.lstrip()[1:] + b"}"
        answers: dict[str, Any] = self._client.query("law/answers", body, 120)
        assert self._engine._restarts == 0  # a new one would know the first documents only
        return answers

    def _tell(self, documents: dict[str, Any]) -> None:
        if self._client is None:
            path = self._folder / "data.json"
            path.write_bytes(canonical_record(documents))
            spec = EngineSpec("opa", self._rules, path, self._program)
            self._engine = self._open.enter_context(running(spec))._engine
            self._client = self._engine._server.client
            assert self._client.put_policy("law.rego", _LAW) == ""
        for name, document in documents.items():
            self._client.put_document(name, canonical_record(document))
        self._client.prepare()


_LAW = """package law

answers := {id: answer |
	some id in input.asked
	check := data.checks[id]
	answer := {"population": check.population, "violations": check.violations, "unknown": check.unknown}
}
"""
"""The checks that are named, asked in one query."""
