"""What checks say about a department: check, clause and chapter, how much was looked at, and what was not."""

from typing import Literal

from pydantic import Field

from engine.findings import Method, Severity
from reports.model.shape import Shape

Word = Literal["pass", "partly", "fail", "waived", "not_applicable", "not_assessed"]
"""What a check says, as a reader is told: `partly` is a failure of a part of those looked at."""


RollUp = Literal["pass", "pass_waived", "pass_attested", "partly", "fail", "not_applicable", "incomplete"]
"""What a clause says, from the worst of its checks."""


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
    statements: tuple[str, ...] = Field(
        description="numbers, in the register, of the signed statements in force for the check"
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
