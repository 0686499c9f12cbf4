"""Scans for vulnerabilities, what they found, and training."""

from typing import ClassVar, Literal

from engine.facts.fact import Fact
from engine.facts.fields import Count, Id, Instant, Text, Tri, known, needed, optional, tri
from engine.facts.refs import ApprovalRef, TargetRef, VulnScanRef


class VulnScan(Fact):
    """One run of a vulnerability scanner."""

    entity: ClassVar[str] = "vuln_scan"
    plural: ClassVar[str] = "vuln_scans"
    home: ClassVar[tuple[str, ...]] = ()
    bears_on: ClassVar[tuple[str, ...]] = ("scope",)
    natural_keys: ClassVar[tuple[str, ...]] = ("number",)

    number: Id = needed("number in the register or the scanner")
    tool: Text | None = known("the scanner")
    scope: tuple[TargetRef, ...] | None = known("what it looked at")
    started_at: Instant | None = known("start")
    finished_at: Instant | None = optional("end; none: it did not end")
    result: Literal["success", "partial", "failed", "unknown"] = tri("how it ended")
    db_built_at: Instant | None = known("age of its database of vulnerabilities")
    authenticated: Tri = tri("whether it signed in to what it looked at")


class VulnFinding(Fact):
    """One vulnerability on one target."""

    entity: ClassVar[str] = "vuln_finding"
    plural: ClassVar[str] = "vuln_findings"
    home: ClassVar[tuple[str, ...]] = ("@target",)

    scan: VulnScanRef | None = known("the scan that saw it last")
    target: TargetRef | None = known("where it was found")
    target_kind: Literal["install", "host", "endpoint", "unknown"] = tri("what the target is")
    vuln_id: Id = needed("the vulnerability's public id")
    component: Text | None = known("the vulnerable part")
    severity: Literal["critical", "high", "medium", "low", "none", "unknown"] = tri("how bad")
    fixed_version: Text | None = optional("version that repairs it; none: there is none")
    first_seen_at: Instant | None = known("when it was first seen, kept across scans")
    last_seen_at: Instant | None = known("when it was last seen")
    status: Literal["open", "fixed", "accepted", "false_positive", "unknown"] = tri("what became of it")
    acceptance: ApprovalRef | None = optional("who accepted it; none: nobody")


class TrainingSession(Fact):
    """A training that the company planned or held."""

    entity: ClassVar[str] = "training_session"
    plural: ClassVar[str] = "training_sessions"
    home: ClassVar[tuple[str, ...]] = ()

    held_at: Instant | None = known("when")
    topic: Literal["communication_security", "other", "unknown"] = tri("what it was about")
    title: Text | None = known("its title")
    attendees: Count | None = known("how many came")
    state: Literal["planned", "held", "cancelled", "unknown"] = tri("what became of it")
