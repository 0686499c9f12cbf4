"""What people granted and signed: the waivers and the statements of a snapshot, and what the run says of them."""

from dataclasses import dataclass
from typing import Any

from engine.audit.approvals import Approvals
from engine.audit.inputs import Inputs
from engine.audit.people import meanings
from engine.audit.waivers import Waivers, attestations
from engine.audit.writer import RunWriter
from engine.canonical import load
from engine.relations.organisation import Organisation


@dataclass(frozen=True)
class Granted:
    """The waivers, and the statements (attestations) as the register has them."""

    waivers: Waivers
    statements: list[dict[str, Any]]

    @classmethod
    def of(cls, inputs: Inputs) -> "Granted":
        """Reads both out of every shard that has any."""
        manifest = inputs.snapshot.manifest
        found: dict[str, list[dict[str, Any]]] = {"waivers": [], "attestations": []}
        for code in inputs.snapshot.codes:
            wanted = [plural for plural in found if manifest["counts"][code][plural]]
            shard = load(inputs.snapshot.shard(code)) if wanted else {}
            for plural in wanted:
                found[plural] += shard[plural]
        rows = sorted(found["waivers"], key=lambda row: row["uid"])
        subjects = meanings(inputs.snapshot, {row["subject"] for row in rows})
        departments = inputs.snapshot.company()["departments"]
        waivers = Waivers(
            manifest["as_of"],
            frozenset(inputs.catalogue.checks),
            rows,
            subjects,
            today=Organisation(departments, manifest["as_of"]).successor,
        )
        return cls(waivers, sorted(found["attestations"], key=lambda row: row["uid"]))

    def named(self) -> set[str]:
        """Uids of whom and what they name, which a report has to call by their names."""
        rows = self.waivers.rows
        people = {row.get(part) for row in rows for part in ("approved_by", "requested_by")}
        people |= {row.get("signed_by") for row in self.statements}
        return {uid for uid in people if uid} | {self.waivers.meant(row["subject"]) for row in rows}

    def write(self, writer: RunWriter, approvals: Approvals) -> None:
        """Writes each with whether it holds, and why it does not."""
        for row, waiver in zip(self.waivers.rows, self.waivers.applied(), strict=True):
            writer.line("waivers", approvals.waiver(waiver, row))
        signed = attestations(self.statements, self.waivers.as_of, self.waivers.known_checks)
        for row, statement in zip(self.statements, signed, strict=True):
            writer.line("attestations", approvals.statement(statement, row))
