"""What was audited, and whose place the run takes."""

from pydantic import Field

from reports.model.issued_shapes import IssueView
from reports.model.shape import Shape


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
    contact: str = Field(
        description="whom departments tell what they dispute, by name or address; empty: not stated"
    )
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
