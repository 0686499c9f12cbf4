"""What the model is made of: frozen values without a sentence in any language."""

from typing import Literal

from pydantic import Field

from engine.findings import FindingState, Method, Severity
from reports.model.annex_shapes import AnnexPage
from reports.model.approval_shapes import ApprovalAudit, Effect
from reports.model.budget_shapes import Budget
from reports.model.issued_shapes import DepartmentChanges, IssueView, WithheldView
from reports.model.others import Others
from reports.model.past_shapes import Trend
from reports.model.shape import Shape

Word = Literal["pass", "partly", "fail", "waived", "not_applicable", "not_assessed"]
"""What a check says, as a reader is told: `partly` is a failure of a part of those looked at."""

RollUp = Literal["pass", "pass_waived", "pass_attested", "partly", "fail", "not_applicable", "incomplete"]
"""What a clause says, from the worst of its checks."""


Tier = Literal["minor", "severe"]
"""Tiers of clause 9.3: what may be considered once people have decided that somebody is to blame."""

Tone = Literal["bad", "warn", "good", "unknown"]
"""How a verdict is coloured; its sentence says the same."""


class Say(Shape):
    """A sentence to be put in words: its key in the catalogue of the frame, and what its placeholders stand for."""

    key: str
    counts: dict[str, int] = Field(default_factory=dict)
    days: dict[str, str] = Field(default_factory=dict, description="civil days, to be written as in prose")
    names: dict[str, str] = Field(default_factory=dict)
    words: dict[str, str] = Field(
        default_factory=dict, description="keys of the catalogue, to be put in words as well"
    )


class Shown(Shape):
    """A part of the evidence."""

    key: str
    kind: str
    parts: tuple[tuple[str | Others, ...], ...] = Field(
        description="each a value, or the values of a record; closed words untranslated"
    )


class InstanceView(Shape):
    """One subject failing a check."""

    number: str = Field(description="E-001, within the department's report")
    fingerprint: str
    subject: str = Field(description="uid")
    name: str
    source: str = Field(description="title of the source")
    record: str = Field(description="the source's own id of the record")
    observed: str = Field(description="local time; empty: the source gives none")
    collected: str = Field(description="local time")
    observed_at: str = Field(description="instant; empty: the source gives none")
    collected_at: str = Field(description="instant; empty: nothing is known of the subject")
    evidence: tuple[Shown, ...]
    severity: Severity
    state: FindingState
    waiver: str = Field(description="number of the waiver in force; empty: open")
    waiver_reason: str
    waiver_by: str = Field(description="who approved it")
    waiver_until: str = Field(description="its last day")
    owner: str = Field(description="name of whom the rule names, if not the finding's owner")
    due: str = Field(description="local time; empty: the finding's dates")


class ChangeView(Shape):
    """One thing in the facts that would have to be otherwise."""

    entity: str = Field(description="fact type of the record")
    label: str = Field(
        description="key of the evidence by whose label it is called; empty: a record of the type is missing"
    )
    how: str = Field(description="is, by, from, at_most, at_least, such_as, stated, somebody or added")
    value: str = Field(description="readable; a word of a closed list untranslated")


class PassView(Shape):
    """What would make an instance, and those alike, pass."""

    number: str = Field(description="of the instance")
    changes: tuple[ChangeView, ...]


class OwnerView(Shape):
    """Who answers for a finding."""

    role: str
    name: str = Field(description="empty: nobody is known, or somebody of another department")
    is_elsewhere: bool = Field(description="somebody of another department, who is told by role alone")
    department: str = Field(description="code of the department in which the role is held")
    department_name: str = Field(description="empty: the department itself, or the company as a whole")


class FindingView(Shape):
    """A check failing in a department."""

    anchor: str
    number: str
    fingerprint: str
    check: str
    clause: str
    department: str
    method: Method
    severity: Severity
    base_severity: Severity
    state: FindingState
    is_open: bool = Field(description="at least one instance without a waiver; or carried on, unverified")
    is_waived: bool = Field(description="not open, because all that is left of it is under waivers in force")
    is_overdue: bool = Field(description="still open when the day to correct had ended")
    is_contain_overdue: bool = Field(description="still open when the day to contain had ended")
    owner: OwnerView
    issued_in: str
    notice_on: str
    contain_by: str
    correct_by: str
    contain_by_ends_at: str = Field(description="instant at which that day is over; empty: no such day")
    correct_by_ends_at: str
    population: int
    violations: int
    unknown: int
    waived: int
    carried: int = Field(
        description="instances of an earlier run that could not be looked at: open still, none of the violations"
    )
    share: str = Field(description="violations of the population, per cent; empty where a rate would mislead")
    instances: tuple[InstanceView, ...]
    would_pass: tuple[PassView, ...] = Field(
        description="found by asking the rule again; of each condition one instance, none where nothing was found"
    )
    on_card: int = Field(description="how many instances the card shows; the annex has them all")
    in_annex: int = Field(description="how many more only the annex shows")
    tier: Tier = Field(description="how 9.3 might deal with it; a suggestion, about no person")
    remark: str = Field(description="the inspector's; empty: none")
    signed_by: str = Field(description="who signed for it; empty: nobody has, as far as is known")
    signed_on: str


class WaiverNote(Shape):
    """A waiver in force, as far as it bears on a check of a department."""

    number: str
    subject: str = Field(description="name; empty: all of them")
    reason: str
    approved_by: str
    valid_until: str


class CheckRow(Shape):
    """What one check says about the department."""

    check: str
    clause: str
    word: Word
    method: Method
    severity: Severity
    implemented: bool
    population: int
    conforming: int
    violations: int
    unknown: int
    waived: int
    reason: str
    reasons: dict[str, int]
    missing: tuple[str, ...] = Field(description="titles of the sources that it lacks")
    finding: str = Field(description="anchor of its finding; empty: none")
    waivers: tuple[WaiverNote, ...] = Field(
        description="those that its waived instances are under; a run keeps no instances of a check that fails nowhere else"
    )


class ClauseRow(Shape):
    """A clause of the policy in the department."""

    clause: str
    duty: bool
    rollup: RollUp
    conforming: int
    assessed: int
    total: int
    waived: int
    checks: tuple[CheckRow, ...]


class ChapterRow(Shape):
    """A chapter of the policy in the department: a cell of the heat table."""

    chapter: str
    anchor: str
    worst: Severity | Literal[""]
    findings: int
    not_assessed: int
    total: int
    state: Literal["findings", "pass", "incomplete", "not_assessed", "not_applicable"]
    clauses: tuple[ClauseRow, ...]


class CoverageView(Shape):
    """How much was looked at, and how."""

    total: int
    automated: int
    sampled: int
    attested: int
    not_assessed: int
    not_implemented: int
    withheld: int = Field(description="an inspector withheld what was found")
    without_data: int
    assessed: int
    share: str = Field(description="assessed of all, per cent")
    passed: int
    applicable: int
    rate: str = Field(
        description="passed of the applicable ones that were assessed, per cent; empty: suppressed"
    )
    rate_hidden: Literal["", "coverage", "small", "none"] = Field(description="why there is no rate")


class Tally(Shape):
    """Results by what they say; no two of these are ever added up under the name of one of them."""

    total: int
    words: dict[Word, int]
    failed: int = Field(description="wholly or in part")
    rule_errors: int = Field(description="of those not assessed: the rule of the check failed")
    left_out: int = Field(description="neither passed nor failed, rules that failed aside")


class Action(Shape):
    """One of the things to do now."""

    kind: Literal["contain", "correct", "overdue", "data"]
    check: str
    anchor: str
    number: str
    severity: Severity
    violations: int
    contain_by: str
    correct_by: str
    owner: OwnerView | None = Field(description="none: nobody is held to it by a finding")
    reason: str
    missing: tuple[str, ...]


class Good(Shape):
    """Something that is as it should be."""

    kind: Literal["closed", "pass"]
    check: str
    method: Method
    conforming: int
    population: int


class Gap(Shape):
    """Checks that were not assessed for one reason."""

    reason: str
    job: str
    checks: tuple[str, ...]
    subjects: int = Field(description="subjects that were left undecided")
    missing: tuple[str, ...]
    decided_in_part: tuple[str, ...] = Field(
        description="checks with findings or passes beside what is undecided"
    )


class UndecidedView(Shape):
    """A subject that could not be decided."""

    check: str
    subject: str
    name: str
    reason: str


class AppliedView(Shape):
    """A waiver or an attestation."""

    number: str
    check: str
    department: str
    subject: str
    reason: str
    approved_by: str
    valid_until: str
    applied: bool
    why_not: str
    instances: int
    expires_soon: bool = Field(description="in force, needed or not, and ends within 30 days of the snapshot")
    days: int | None = Field(description="civil days for which it was given; none: not known")
    limit: int | None = Field(description="days that the severity of its check allows")
    is_too_long: bool
    line: str = Field(
        description="in, out, unknown: whether who approved stood in the line of management then"
    )


class DataErrorView(Shape):
    """Something wrong in the data."""

    kind: str
    subject: str
    detail: str
    department: str


class Front(Shape):
    """Page one."""

    verdict: tuple[Say, ...]
    tone: Tone
    severities: dict[str, int]
    overdue: int
    open: int
    actions: tuple[Action, ...]
    first_due: str = Field(description="earliest day of the actions; empty: none has one")
    more: int = Field(description="open findings that are not among the actions")
    more_urgent: int = Field(description="those of them that need action at once")
    closing: Say
    good: tuple[Good, ...]
    addressee: str = Field(
        description="names of who heads the department, if names may stand on page one; else empty"
    )


class Department(Shape):
    """The report of a department."""

    code: str
    file: str = Field(description="its files are called so")
    name: str
    name_short: str = Field(description="for places that must not grow")
    parent: str
    head: tuple[str, ...]
    people: int
    report: str = Field(description="number of the report")
    front: Front
    budget: Budget | None = Field(description="none: nothing closes more findings than it is things")
    findings: tuple[FindingView, ...] = Field(description="open ones, worst first")
    waived: tuple[FindingView, ...] = Field(description="those whose instances are all under a waiver")
    closed: tuple[FindingView, ...]
    instances: int = Field(description="open instances")
    waived_instances: int
    chapters: tuple[ChapterRow, ...]
    tally: Tally
    coverage: CoverageView
    trend: Trend
    gaps: tuple[Gap, ...]
    undecided: tuple[UndecidedView, ...]
    annex: tuple[AnnexPage, ...] = Field(
        description="pages beside the report; none: the report holds its annex"
    )
    waivers: tuple[AppliedView, ...]
    attestations: tuple[AppliedView, ...]
    waiver_audit: ApprovalAudit | None = Field(description="none: it has no exceptions")
    attestation_audit: ApprovalAudit | None
    effect: Effect | None = Field(description="none: nothing is under an exception")
    data_errors: tuple[DataErrorView, ...]
    changes: DepartmentChanges | None = Field(description="none: a draft, or the first version")


class Frequent(Shape):
    """A check that fails often."""

    check: str
    severity: Severity
    departments: int
    violations: int
    population: int


class SourceView(Shape):
    """A source and how complete it was."""

    id: str
    title: str
    completeness: str
    problems: tuple[str, ...]
    collected: str
    as_of: str
    received: dict[str, int]
    records: int
    limits: int
    unmapped: tuple[str, ...]


class SettingView(Shape):
    """A setting that was changed."""

    name: str
    value: str
    origin: str


class RollRow(Shape):
    """A department in the company's roll-forward."""

    code: str
    name: str
    trend: Trend
    severities: dict[str, int]


class Company(Shape):
    """The overview of the company."""

    verdict: tuple[Say, ...]
    tone: Tone
    severities: dict[str, int]
    open: int
    overdue: int
    instances: int
    waived_instances: int
    waivers: int
    waivers_expiring: int
    people: int
    departments: int
    systems: int
    decisions: tuple[Say, ...]
    frequent: tuple[Frequent, ...]
    sources: tuple[SourceView, ...]
    without_data: tuple[SourceView, ...] = Field(description="sources that did not deliver everything")
    with_data: tuple[SourceView, ...]
    data_errors: tuple[DataErrorView, ...]
    tally: Tally = Field(description="checks x departments")
    coverage: CoverageView
    trend: Trend
    moved_in: int = Field(description="over all departments; equal to those moved out")
    moved_out: int
    roll: tuple[RollRow, ...] = Field(
        description="every department, those that are gone but had findings included"
    )
    waiver_rows: tuple[AppliedView, ...]
    attestation_rows: tuple[AppliedView, ...]
    waiver_audit: ApprovalAudit | None
    attestation_audit: ApprovalAudit | None
    effect: Effect | None
    settings_total: int
    settings_changed: tuple[SettingView, ...]
    withheld: tuple[WithheldView, ...] = Field(description="what no department was given")


class Place(Shape):
    """A finding, as a place to go to."""

    department: str = Field(description="short name; empty: the company as a whole")
    file: str
    anchor: str


class CheckView(Shape):
    """A check of the catalogue."""

    id: str
    clause: str
    chapter: str
    method: Method
    severity: Severity
    implemented: bool
    title: dict[str, str]
    fails_in: tuple[Place, ...]


class CorrectedSourceView(Shape):
    """A source that was collected again because it was wrong."""

    id: str
    title: str
    was: str
    is_: str
    added: int
    gone: int
    changed: int


class ChangedResult(Shape):
    """A result that came out otherwise than in the run that is superseded."""

    department: str = Field(description="name; empty: the company as a whole")
    check: str
    was: str
    is_now: str
    violations_were: int
    violations_are: int


class SupersedesView(Shape):
    """Whose place this report takes, and what changed."""

    snapshot: str
    run: str = Field(description="empty: the run was not named, so that what changed is not known")
    named: str = Field(description="titles of the corrected sources")
    sources: tuple[CorrectedSourceView, ...]
    differs: tuple[str, ...] = Field(description="what else is otherwise than in that run")
    results: tuple[ChangedResult, ...]
    changed: dict[str, int] = Field(description="department -> results that came out otherwise")
    findings_added: int
    findings_gone: int


class RunView(Shape):
    """What was audited, when, with what."""

    id: str
    organisation: str
    timezone: str
    as_of: str = Field(description="local time")
    as_of_day: str
    as_of_at: str = Field(description="instant")
    from_at: str = Field(description="first instant of the period")
    period: str
    year: int
    quarter: int
    notice_on: str
    policy: str
    policy_version: str
    policy_in_force: str
    engine: str
    engine_version: str
    engine_note: str
    settings_origin: str
    digests: dict[str, str]
    severity_days: dict[str, dict[str, int]]
    supersedes: SupersedesView | None = Field(description="none: this report takes nobody's place")
    issue: IssueView


class Model(Shape):
    """All of model.json."""

    format: Literal["report/1"] = Field(serialization_alias="schema")
    run: RunView
    company: Company
    departments: tuple[Department, ...]
    checks: tuple[CheckView, ...]
