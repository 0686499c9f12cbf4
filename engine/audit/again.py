"""The second pass: checks about earlier findings, asked over what the first pass says of these today."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engine.audit.ask import Asked
from engine.audit.inputs import Inputs
from engine.audit.past import prior_finding
from engine.audit.verdict import Verdict
from engine.canonical import canonical_record, load
from engine.facts import FACT_TYPES, SHARDED, PriorFinding
from engine.facts.declared import REGISTERS, is_declared
from engine.findings import Previous, Subject

Record = dict[str, Any]
Judged = Callable[[str, str], Verdict]
"""What the first pass says: check and department in, verdict out."""


class SecondPass:
    """Shards that hold what the checks about the past read, and no more."""

    def __init__(self, inputs: Inputs, zone: ZoneInfo, previous: Previous) -> None:
        self._inputs, self._zone, self._previous = inputs, zone, previous
        described = inputs.catalogue.checks
        self.checks = tuple(id_ for id_, check in described.items() if check.uses_history)
        self._facts: dict[str, list[Record]] = {}
        entities = {
            name.partition(":")[0]
            for id_ in self.checks
            for name in (*described[id_].facts.subject, *described[id_].facts.exonerating)
        }
        self._read = [FACT_TYPES[entity].plural for entity in sorted(entities) if entity in SHARDED]
        self._declared = any(is_declared(entity) for entity in entities)

    def ask(self, engine: Asked, work: Path, judged: Judged) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each department's code with the answers of the checks about the past; the folder is used and left empty.

        Raises:
            EngineError: the engine has gone for good
        """
        shards = []
        deciding = self._deciding()
        work.mkdir()
        for code in self._inputs.snapshot.codes:
            path = work / f"{code}.json"
            path.write_bytes(canonical_record(self._shard(code, judged, deciding)))
            shards.append((code, path))
        for code, found in engine.answers(shards, self.checks, only=self.checks):
            yield code, found
        for _, path in shards:
            path.unlink()
        work.rmdir()

    def _shard(self, code: str, judged: Judged, deciding: list[Record]) -> Record:
        whole = load(self._inputs.snapshot.shard(code))
        empty: dict[str, Any] = {model.plural: [] for model in SHARDED.values()}
        of_registers = {REGISTERS: whole[REGISTERS]} if self._declared and REGISTERS in whole else {}
        read = {plural: whole[plural] for plural in self._read}
        context = {plural: whole["context"][plural] for plural in self._read}
        near = {row["uid"] for part in (whole, whole["context"]) for row in part["people"]}
        context["people"] = [
            *whole["context"]["people"],
            *(row for row in deciding if row["uid"] not in near),
        ]
        self._facts[code] = list(self._prior_findings(code, judged))
        made = {PriorFinding.plural: self._facts[code]}
        return {"department": code, **empty, **read, **of_registers, **made, "context": {**empty, **context}}

    def _deciding(self) -> list[Record]:
        """Who decided about extensions, and who answers for those findings: their records lie in any shard."""
        company = self._inputs.snapshot.company()
        notes = [row for row in company["rectifications"] if "extension" in row]
        extended, asked = ({row[field] for row in notes} for field in ("finding", "extension"))
        wanted = {
            decision["by"]
            for row in company["approvals"]
            if row["uid"] in asked
            for decision in row.get("decisions", ())
            if "by" in decision
        }
        wanted |= {
            one.owner.person
            for one in self._previous.findings.values()
            if extended & {one.number, one.fingerprint}
        }
        return [
            person
            for code in (self._inputs.snapshot.codes if wanted else ())
            for person in load(self._inputs.snapshot.shard(code))["people"]
            if person["uid"] in wanted
        ]

    def _prior_findings(self, code: str, judged: Judged) -> Iterator[Record]:
        """What the checks about the past found themselves is not told again: it would accuse of having been accused."""
        inputs = self._inputs
        for finding in sorted(self._previous.findings.values(), key=lambda one: one.check):
            if finding.department != code or finding.check in self.checks or not finding.number:
                continue
            decided = finding.check in inputs.catalogue.checks and finding.check not in inputs.listed
            verdict = judged(finding.check, code) if decided else None
            yield prior_finding(
                finding, verdict, inputs.sources, inputs.catalogue, self._previous, self._zone
            )

    def subjects(self, code: str) -> Iterator[Subject]:
        """How the facts made for a department are called, and that they come from the run before."""
        for row in self._facts.get(code, ()):
            yield self._subject(row["uid"], row["number"], code)
        for row in self._inputs.history["losses"]:
            if row["department"] == code:
                yield self._subject(row["case"], row["number"], code)

    def _subject(self, uid: str, number: str, code: str) -> Subject:
        previous = self._previous
        return Subject(
            uid=uid,
            name=number,
            department=code,
            source_id="history",
            source_record_id=number,
            observed_at=previous.as_of,
            collected_at=previous.as_of,
            raw_sha256=previous.digest,
        )
