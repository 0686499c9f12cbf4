"""Parts of the model that say how a report was issued."""

from typing import Literal

from pydantic import Field

from engine.findings import Severity
from reports.model.shape import Shape


class ChangeView(Shape):
    """What this version says otherwise about a finding."""

    kind: Literal["added", "gone", "changed"]
    number: str
    check: str
    department: str = Field(description="short name; empty: the company as a whole")
    severity: Severity
    what: tuple[str, ...]
    reason: str = Field(description="gone: why; else empty")
    violations_were: int
    violations_are: int
    anchor: str = Field(description="of the finding in the department's report; empty: gone")


class ResultChangeView(Shape):
    """What this version says otherwise about a check."""

    check: str
    was: str = Field(description="empty: nothing")
    is_now: str = Field(description="empty: nothing")
    violations_were: int
    violations_are: int


class DepartmentChanges(Shape):
    """What changed for a department since the version before."""

    code: str
    name: str = Field(description="short name; empty: the company as a whole")
    file: str
    added: int
    gone: int
    changed: int
    total: int
    rows: tuple[ChangeView, ...]
    results: tuple[ResultChangeView, ...] = Field(description="checks that came out otherwise")
    is_concerned: bool = Field(description="anything changed at all")
    told: tuple[str, ...] = Field(
        description="short names of the departments whose heads are to be told; empty name: the company as a whole"
    )


class IssueView(Shape):
    """Whether this is a draft, or which version was issued, by whom and on what grounds."""

    state: Literal["draft", "issued"]
    version: int = Field(description="0: a draft")
    notice_on: str = Field(description="day from which dates count; of a draft: the day that is planned")
    by: str
    on_day: str
    draft: str = Field(description="id of the run that was reviewed; of a draft: empty")
    finding_log: str = Field(
        description="digest of the last entry of the log of findings when it was issued; empty: none was kept"
    )
    decisions: dict[str, int] = Field(description="confirmed, annotated, withheld, unreviewed -> findings")
    reviewed: int = Field(description="all of these together")
    taken_over: int = Field(description="decisions that were made for an earlier version")
    before: int = Field(description="version whose place is taken; 0: none")
    before_notice_on: str
    added: int = Field(description="findings that the version before did not have")
    gone: int
    changed: int
    departments: tuple[DepartmentChanges, ...] = Field(
        description="every department, if there was a version before"
    )
    concerned: int = Field(description="departments for which something changed")


class WithheldView(Shape):
    """A finding that the inspector withheld."""

    number: str
    check: str
    department: str = Field(description="short name; empty: the company as a whole")
    severity: Severity
    violations: int
    reason: str
    by: str
    on_day: str
