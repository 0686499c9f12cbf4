"""The overview of the company."""

from pydantic import Field

from engine.findings import Severity
from reports.model.approval_shapes import AppliedView, ApprovalAudit, Effect
from reports.model.check_shapes import CoverageView, Tally
from reports.model.front_shapes import Say, Tone
from reports.model.issued_shapes import WithheldView
from reports.model.past_shapes import Trend
from reports.model.shape import Shape
from reports.model.source_shapes import DataErrorView, SourceView


class Frequent(Shape):
    """A check that fails often."""

    check: str
    severity: Severity
    departments: int
    violations: int
    population: int


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
    coverage: CoverageView = Field(description="checks x departments")
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
