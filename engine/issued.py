"""How a run was issued: which version, from which day dates count, what an inspector decided, what a correction changed."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

DecisionKind = Literal["confirmed", "annotated", "withheld"]

WITHHELD = "withheld"
"""Why a check is not assessed whose finding an inspector withheld: what is not told is not passed either."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Decided(_Row):
    """The decision in force about a finding: a line of review.jsonl in an issued run."""

    fingerprint: str = Field(description="of the finding")
    finding: str = Field(description="its number")
    kind: DecisionKind
    text: str = Field(description="annotated: what the report prints; withheld: why; confirmed: empty")
    by: str = Field(description="who decided")
    on_day: str = Field(description="day of the decision")
    version: int = Field(
        description="version of the reports that it was made for: an earlier one is taken over"
    )


class Signed(_Row):
    """A finding that its department has signed for, as the history says: a line of signed.jsonl in an issued run."""

    fingerprint: str
    by: str
    on_day: str


class Change(_Row):
    """What a later version says otherwise about one finding."""

    kind: Literal["added", "gone", "changed"]
    fingerprint: str
    finding: str = Field(description="its number")
    department: str
    check: str
    severity: str = Field(description="as it is now; gone: as it was")
    what: tuple[str, ...] = Field(
        description="changed: instances, evidence, severity, owner, population or remark; else empty"
    )
    reason: str = Field(description="gone: what the check says now, or withheld; else empty")
    violations_were: int
    violations_are: int
    owners: tuple[str, ...] = Field(description="departments of who answered for it and of who does now")


class ResultChange(_Row):
    """A result that came out otherwise than in the run whose place is taken."""

    department: str
    check: str
    was: str = Field(description="result then; empty: there was none")
    is_now: str = Field(description="result now; empty: there is none")
    violations_were: int
    violations_are: int


class IssuedBefore(_Row):
    """The version whose place is taken."""

    run: str = Field(description="id of the issued run")
    digest: str = Field(description="SHA-256 of it")
    version: int
    notice_on: str


class Issued(_Row):
    """That and how a run was issued; a run that says nothing of it is a draft."""

    version: int = Field(description="1, or one more than that of the version whose place it takes")
    notice_on: str = Field(
        description="day from which the dates of findings count that this version issues first"
    )
    by: str = Field(description="who issued it")
    on_day: str = Field(description="day on which it was issued")
    draft: str = Field(description="id of the run that it was made from")
    draft_digest: str = Field(description="SHA-256 of that run")
    log: str = Field(
        description="digest of the last entry of the log of decisions; empty: nothing was decided"
    )
    finding_log: str = Field(
        default="",
        description="digest of the last entry of the log of findings then, by which it is seen later whether entries are gone from "
        "its end; empty: no history is kept, or its log has no entry",
    )
    decisions: dict[str, int] = Field(
        description="confirmed, annotated, withheld, unreviewed -> findings; they add up to all that were open"
    )
    taken_over: int = Field(
        description="of the decisions: made for an earlier version, of findings that are the same"
    )
    supersedes: IssuedBefore | None = Field(default=None, description="none: the first version")
    changes: tuple[Change, ...] = Field(default=(), description="findings, against the version before")
    results: tuple[ResultChange, ...] = Field(default=(), description="results, against the version before")
