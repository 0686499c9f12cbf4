"""What the model is made of: frozen values without a sentence in any language."""

from typing import Literal

from pydantic import Field

from engine.findings import Method, Severity
from reports.model.annex_shapes import AnnexPage
from reports.model.approval_shapes import AppliedView, ApprovalAudit, Effect
from reports.model.budget_shapes import Budget
from reports.model.check_shapes import ChapterRow, CoverageView, Gap, Tally
from reports.model.company_shapes import Company
from reports.model.finding_shapes import FindingView, UndecidedView
from reports.model.front_shapes import Front
from reports.model.issued_shapes import DepartmentChanges
from reports.model.past_shapes import Trend
from reports.model.run_shapes import RunView
from reports.model.shape import Shape
from reports.model.source_shapes import DataErrorView


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


class Model(Shape):
    """All of model.json."""

    format: Literal["report/1"] = Field(serialization_alias="schema")
    run: RunView
    company: Company
    departments: tuple[Department, ...]
    checks: tuple[CheckView, ...]
