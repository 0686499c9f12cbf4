"""What an audit says: results, findings and instances, and the run that holds them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from engine.facts import SourceReport
from engine.issued import Issued, ResultChange
from engine.rolls import Level

Severity = Literal["critical", "high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("critical", "high", "medium", "low")
"""Worst first."""

Method = Literal["automated", "sampled", "attested"]


class Outcome(StrEnum):
    """What one check says about one department."""

    PASS = "pass"  # noqa: S105  # the word of the design
    FAIL = "fail"
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASSESSED = "not_assessed"


class FindingState(StrEnum):
    """How a finding stands against the run before."""

    NEW = "new"
    RECURRED = "recurred"
    """Closed within the last four quarters, and open again."""
    RESUMED = "resumed"
    """Was under a waiver that has ended, and is open again."""
    PERSISTING = "persisting"
    CLOSED = "closed"
    """Looked at again, and gone."""
    UNVERIFIED = "unverified"
    """Could not be looked at this time: carried on, not closed."""


class Record(BaseModel):
    """A row of a run: frozen, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


OUT_OF_FORCE = frozenset({"not_in_force", "replaced"})
"""Why a check is listed and not scored: its days are over or have not come, or another check stands in its place."""


class Result(Record):
    """What one check says about one department: a line of results.jsonl."""

    check: str
    clause: str
    department: str
    result: Outcome
    method: Method
    severity: Severity = Field(description="worst open instance's, else the check's")
    population: int = Field(description="distinct subjects looked at, undecided ones included")
    violations: int = Field(description="open instances")
    unknown: int = Field(description="subjects that could not be decided")
    waived: int = Field(description="instances under a waiver in force")
    reason: str = Field(
        description="not assessed: the commonest reason of the closed list; not applicable: why it does not hold, a word of "
        "OUT_OF_FORCE; else empty"
    )
    reasons: dict[str, int] = Field(description="reason -> subjects that it left undecided")
    missing: tuple[str, ...] = Field(description="ids of the sources that made it not assessed")


class Undecided(Record):
    """A subject that a check could not decide: a line of undecided.jsonl."""

    check: str
    department: str
    subject: str
    reason: str


class Change(Record):
    """One thing in the facts that would have to be otherwise for a subject to pass."""

    entity: str = Field(description="fact type of the record")
    field: str = Field(description="its field; empty: a record that is missing")
    label: str = Field(description="key of the evidence by whose label it is called; empty: a record")
    how: Literal["is", "by", "from", "such_as", "stated", "somebody", "added"] = Field(
        description="is: this value; by, from: this value or an earlier, a later one (a smaller, a larger number); such_as: for "
        "example this one; stated: any words; somebody: another person or thing of the type in value; added: such a record"
    )
    value: str = ""


class Instance(Record):
    """One subject failing one check."""

    fingerprint: str = Field(description="SHA-256 over policy, check and subject")
    subject: str
    evidence: dict[str, Any]
    severity: Severity
    state: FindingState
    waiver: str = Field(default="", description="uid of the waiver in force; empty: open")
    owner: str = Field(
        default="", description="uid of the person that the rule names to act; empty: the finding's owner"
    )
    due: str = Field(
        default="", description="instant by which the rule itself asks for it; empty: the finding's dates"
    )
    would_pass: tuple[Change, ...] = Field(
        default=(),
        description="the smallest change of facts with which the rule finds nothing wrong here; empty: not looked for, or none was found",
    )


class Owner(Record):
    """Who answers for a finding."""

    role: str = Field(
        description="department_head, it, hr … as the check names it, or person if the rule named one"
    )
    person: str = Field(description="uid; empty: nobody is known")
    department: str = Field(description="code of the department in which the role is held")


class FindingHead(Record):
    """A check failing in a department, without the subjects that fail."""

    fingerprint: str = Field(description="SHA-256 over policy, check and department")
    number: str = Field(description="such as 2026Q3-IT-003; kept from the run that first issued it")
    check: str
    clause: str
    department: str
    severity: Severity = Field(description="the worst open instance's")
    state: FindingState
    owner: Owner
    issued_in: str = Field(description="period of the run that first issued it: 2026Q3")
    notice_on: str = Field(description="day from which the dates count")
    contain_by: str = Field(description="day by which the harm must stop; empty: the severity has none")
    correct_by: str = Field(description="day by which the cause must be gone")
    population: int
    violations: int = Field(description="open instances")
    unknown: int
    waived: int


class Finding(FindingHead):
    """A check failing in a department: a line of findings.jsonl."""

    instances: tuple[Instance, ...] = Field(
        description="open ones, then waived ones; by severity, then subject"
    )


@dataclass(frozen=True, slots=True)
class EarlierInstance:
    """A subject that failed in the run before, and where its line lies: of these there are as many as in all departments together."""

    fingerprint: str
    subject: str
    waiver: str
    at: int
    """Byte of that run's findings.jsonl at which the line of its finding begins."""


class Earlier(FindingHead):
    """A finding of the run before; evidence and all else of its instances stays in the file."""

    instances: tuple[EarlierInstance, ...]

    @classmethod
    def of(cls, finding: Finding, at: int) -> "Earlier":
        """The finding whose line begins there."""
        kept = (EarlierInstance(one.fingerprint, one.subject, one.waiver, at) for one in finding.instances)
        return cls.model_construct(**{**dict(finding), "instances": tuple(kept)})

    def finding(self, instances: tuple[Instance, ...], **otherwise: Any) -> Finding:
        """The finding as a line of today's run.

        Args:
            instances: those that it has today
            otherwise: fields that are not as they were
        """
        return Finding.model_construct(**{**dict(self), "instances": instances, **otherwise})


class Ended(Record):
    """What is not open any more, so that a later run knows it when it comes back: a line of ended.jsonl."""

    level: Level
    fingerprint: str
    check: str
    department: str
    subject: str = Field(description="of an instance; empty: a finding")
    how: Literal["closed", "waived"] = Field(
        description="closed: looked at and gone, kept for four quarters; waived: under a waiver in force"
    )
    period: str = Field(description="period of the run in which it ended: 2026Q3")


class Subject(Record):
    """How a subject that is named in a run is called and where it comes from: a line of subjects.jsonl."""

    uid: str
    name: str
    department: str
    source_id: str
    source_record_id: str
    observed_at: str = Field(description="empty: the source gives none")
    collected_at: str
    raw_sha256: str


Line = Literal["", "in", "out", "unknown"]
"""Whether who approved stood in the line of management then; empty: nobody did, or it was not looked into."""


class Applied(Record):
    """A waiver or an attestation, and whether it was applied: a line of waivers.jsonl or attestations.jsonl."""

    uid: str
    number: str
    check: str
    department: str = Field(description="empty: the whole company")
    subject: str
    reason: str
    approved_by: str
    valid_until: str
    applied: bool
    why_not: str = Field(
        description="closed list: expired, not_yet, self_approved, not_approved, no_reason, no_end, unknown_subject, unknown_check, nothing_to_waive, not_signed, not_head; empty if applied"
    )
    instances: int = Field(description="instances that it covers")
    days: int | None = Field(
        default=None, description="civil days for which it was given; none: not stated, or not looked into"
    )
    limit: int | None = Field(default=None, description="days for which it may be given at most")
    line: Line = ""


class DepartmentRow(Record):
    """A department as a report needs it."""

    code: str
    name: str
    parent: str
    head: tuple[str, ...] = Field(description="names of who heads it as of the run")
    people: int = Field(description="people in service")


class Digests(Record):
    """SHA-256 of everything that a run is made from."""

    snapshot: str
    rules: str
    settings: str
    catalogue: str
    previous: str = Field(description="of the run before; empty: there is none")


class EngineUsed(Record):
    """What decided."""

    name: Literal["opa", "embedded"]
    version: str
    note: str = Field(description="why not the reference engine, if so; else empty")


class FailedRule(Record):
    """A rule that gave no answer."""

    check: str
    departments: tuple[str, ...] = Field(
        description="codes of those where it is not assessed for that reason"
    )
    message: str = Field(
        description="what the engine said, of one of them, with file and row of the rule where it tells; engines word it differently"
    )


class Period(Record):
    """The quarter that is audited."""

    label: str = Field(description="2026Q3")
    year: int
    quarter: int
    from_at: str = Field(description="its first instant")
    to_at: str = Field(description="the first instant after it")
    previous_from: str = Field(description="first instant of the quarter before")
    duty_from: str = Field(description="first instant of the last complete quarter")
    duty_to: str = Field(description="first instant after that")


class CorrectedSource(Record):
    """A source that was collected again because it was wrong."""

    id: str
    title: str
    was: str = Field(description="completeness before; not_configured: it was not there")
    is_: str = Field(alias="is", description="completeness now")
    added: int = Field(description="facts that were not there before")
    gone: int = Field(description="facts that are no longer there")
    changed: int = Field(description="facts that say something else")

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Supersedes(Record):
    """Whose place a run takes, and what changed."""

    snapshot: str = Field(description="SHA-256 of the snapshot that was corrected")
    sources: tuple[CorrectedSource, ...]
    run: str = Field(default="", description="id of the run that is superseded; empty: none was named")
    digest: str = Field(default="", description="SHA-256 of that run")
    differs: tuple[str, ...] = Field(
        default=(),
        description="what else is otherwise than in that run: rules, settings, catalogue, previous",
    )
    results: tuple[ResultChange, ...] = ()
    findings_added: int = Field(default=0, description="open now, and not in that run")
    findings_gone: int = Field(default=0, description="open in that run, and not now")


class Run(Record):
    """One audit of one snapshot with one rule set and one settings set: run.json."""

    format: Literal["run/1"] = Field(alias="schema")
    id: str
    organisation: str
    contact: str | None = Field(
        default=None, description="whom departments tell what they dispute; left out if nobody is stated"
    )
    timezone: str
    policy: str = Field(description="id of the policy")
    policy_version: str = Field(description="version that the rules were written for")
    policy_in_force: str = Field(description="version in force as of the snapshot; empty: not known")
    as_of: str
    period: Period
    notice_on: str
    settings_origin: str = Field(description="default, or the name of the file that changed some")
    engine: EngineUsed
    digests: Digests
    departments: tuple[DepartmentRow, ...]
    totals: dict[str, int] = Field(description="outcomes, severities of open findings, instances")
    supersedes: Supersedes | None = Field(
        default=None, description="whose place this run takes; left out if its snapshot corrects none"
    )
    issued: Issued | None = Field(default=None, description="how it was issued; left out of a draft")
    failed_rules: tuple[FailedRule, ...] | None = Field(
        default=None, description="rules that gave no answer, and why; left out if all were well"
    )

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @property
    def told_on(self) -> str:
        """The day of the notice: of an issued run that of its issue, which may be a later version; of a draft the one that is planned."""
        return self.issued.notice_on if self.issued else self.notice_on


class DataError(Record):
    """Something wrong in the data that did not stop the run."""

    kind: str = Field(
        description="closed list: two_heads, cycle, two_main_posts, double_uid, broken_reference, ambiguous_key …"
    )
    subject: str
    detail: str
    department: str


class Coverage(Record):
    """Sources and errors in the data: coverage.json."""

    sources: tuple[SourceReport, ...]
    fact_types: dict[str, str] = Field(
        description="entity -> complete, partial, failed, stale, not_configured"
    )
    counts: dict[str, dict[str, int]] = Field(description="department -> entity -> records")
    data_errors: tuple[DataError, ...]


@dataclass(frozen=True)
class Previous:
    """The run before, as far as this one needs it; empty if there was none."""

    digest: str = ""
    findings: dict[str, Earlier] = field(default_factory=dict)
    """Fingerprint -> finding that was open."""
    numbers: dict[str, Earlier] = field(default_factory=dict)
    """Fingerprint -> finding, closed ones too, and those that were withheld: their numbers stay taken."""
    withheld: dict[str, Earlier] = field(default_factory=dict)
    """Fingerprint -> finding that was issued in an earlier period and withheld in the run before: its dates are kept."""
    history: dict[str, Any] = field(default_factory=lambda: {"company": [], "departments": {}})
    as_of: str = ""
    rules: dict[str, str] = field(default_factory=dict)
    """Check -> SHA-256 of its rule then."""
    ended: tuple[Ended, ...] = ()
    """What ended in earlier runs, as far as it may come back."""
    absorbed: dict[str, str] = field(default_factory=dict)
    """Number of a finding -> fingerprint of the one that it became part of since."""
    arrived: frozenset[str] = frozenset()
    """Fingerprints of instances that were open in another department."""
    described: dict[str, Any] = field(default_factory=dict)
    """`catalogue.json` and `settings.json` of that run, by name: what it counted, and by which numbers."""
    recall: Callable[[EarlierInstance], Instance] | None = None
    """The whole instance, as it was written; none if there was no run."""

    def whole(self, one: EarlierInstance, **otherwise: Any) -> Instance:
        """An instance of that run as it was written, under the fingerprint that it has today, and with what is otherwise.

        Raises:
            SnapshotError: the run has been taken away meanwhile
        """
        if self.recall is None:
            raise ValueError("there was no run before")
        return self.recall(one).model_copy(update={"fingerprint": one.fingerprint, **otherwise})
