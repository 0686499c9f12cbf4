"""Where tools serve the network, what checks, scans and assessments found there, and training."""

from typing import ClassVar, Literal

from engine.facts.fact import Fact
from engine.facts.fields import Count, Id, Instant, Sha256, Text, Tri, known, needed, optional, tri
from engine.facts.refs import (
    ApplicationRef,
    ApprovalRef,
    HostRef,
    PersonRef,
    ServiceEndpointRef,
    TargetRef,
    VulnScanRef,
)


class ServiceEndpoint(Fact):
    """An address where a communication tool serves the network."""

    entity: ClassVar[str] = "service_endpoint"
    plural: ClassVar[str] = "service_endpoints"
    home: ClassVar[tuple[str, ...]] = ("department_code", "@owner", "@application")
    natural_keys: ClassVar[tuple[str, ...]] = ("address",)

    address: Id = needed("name and port: chat.example:443")
    application: ApplicationRef | None = known("the tool that it serves")
    exposure: Literal["network", "loopback", "unknown"] = tri("who can reach it: others, or the host alone")
    hosted: Literal["self", "provider", "unknown"] = tri("who runs it")
    department_code: Id | None = optional("department that it belongs to; none: its owner's")
    owner: PersonRef | None = optional("who answers for it; none: nobody in particular")
    retired: Tri = tri("whether it is out of service")
    private_ca: Tri = tri("whether the company's own authority issues its certificate")


class TlsCheck(Fact):
    """What one look at the encryption of an endpoint showed."""

    entity: ClassVar[str] = "tls_check"
    plural: ClassVar[str] = "tls_checks"
    home: ClassVar[tuple[str, ...]] = ("@endpoint",)

    endpoint: ServiceEndpointRef = needed("the endpoint")
    machine: Text | None = optional("which of several machines behind the address; none: there is one")
    checked_at: Instant | None = known("when")
    reachable: Tri = tri("whether it answered")
    plain_text_offered: Tri = tri("whether it serves without encryption; sending elsewhere is not serving")
    ssl2: Tri = tri("whether it accepts SSL 2")
    ssl3: Tri = tri("whether it accepts SSL 3")
    tls10: Tri = tri("whether it accepts TLS 1.0")
    tls11: Tri = tri("whether it accepts TLS 1.1")
    tls12: Tri = tri("whether it accepts TLS 1.2")
    tls13: Tri = tri("whether it accepts TLS 1.3")
    chain_trusted: Tri = tri("whether its certificate leads to an authority that was trusted")
    trust_store: Literal["public", "company", "both", "unknown"] = tri("whose authorities were trusted")
    name_matches: Tri = tri("whether the certificate is for its name")
    not_after: Instant | None = known("when the certificate ends; the earliest of several")


class SecurityAssessment(Fact):
    """Somebody assessed the security of a tool."""

    entity: ClassVar[str] = "security_assessment"
    plural: ClassVar[str] = "security_assessments"
    home: ClassVar[tuple[str, ...]] = ("@application",)
    company_wide: ClassVar[bool] = True

    number: Id = needed("number of the report")
    application: ApplicationRef = needed("the tool")
    performed_at: Instant | None = known("when")
    performed_by: PersonRef | None = optional("who of the company; none: somebody else")
    assessor: Text | None = known("which company or unit did it; empty: not stated")
    independent: Tri = tri("whether whoever did it has no part in running the tool")
    report_sha256: Sha256 | None = optional("digest of the report; none: there is no file")


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


class HostScan(Fact):
    """What a scan says of one host with communication tools, made of the scan when the snapshot is sealed.

    A scan may cover thousands of hosts of many departments; a department needs no more of it than this.
    """

    entity: ClassVar[str] = "host_scan"
    plural: ClassVar[str] = "host_scans"
    home: ClassVar[tuple[str, ...]] = ("@host",)

    host: HostRef = needed("the host that it looked at")
    number: Id = needed("number of the scan")
    started_at: Instant | None = known("start")
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
