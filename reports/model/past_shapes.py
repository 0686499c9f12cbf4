"""The parts of the model that tell what became of findings from quarter to quarter."""

from typing import Literal

from pydantic import Field

from reports.model.shape import Shape


class Point(Shape):
    """A period of the trend."""

    label: str
    open: dict[str, int] = Field(description="severity -> open findings, those of checks new then left out")
    total: int
    fresh: int = Field(description="open findings of checks that were new then: not in the total")
    breaks: dict[str, tuple[str, ...]] = Field(
        description="check -> rule, setting or population, whatever changed: the line to this point is broken"
    )


class Term(Shape):
    """A part of the roll-forward that is not nothing."""

    key: str
    sign: Literal["+", "−"]
    count: int


class RollView(Shape):
    """A roll-forward: opening + new + recurred + resumed + moved in - moved out - merged - closed - waived - withheld = closing."""

    opening: int
    new: int
    recurred: int
    resumed: int
    moved_in: int
    moved_out: int
    merged: int
    closed: int
    waived: int
    withheld: int
    closing: int
    unverified: int
    terms: tuple[Term, ...]


class Process(Shape):
    """How rectification goes."""

    closed: int = Field(description="closed this quarter")
    in_time: int = Field(description="of these, by the day to correct")
    late: int
    undated: int = Field(description="gone, after the day to correct, and nobody stated when: neither")
    overdue: int = Field(description="still open when the day to correct had ended")
    due: int = Field(description="in time, late and overdue together")
    in_time_share: str = Field(description="in time of those due, per cent; empty: none was due")
    dated: int = Field(description="closed, with the day on which it was done")
    median_days: str = Field(description="from notice to that day; empty: no day is stated")
    recurred: int
    closed_lately: int = Field(description="closed within the four quarters before")
    recurred_share: str = Field(description="recurred of these, per cent; empty: none was closed")


class Trend(Shape):
    """Findings from quarter to quarter, and the roll-forward of both levels."""

    points: tuple[Point, ...]
    has_previous: bool
    opening: int = Field(description="what the report before gave as its closing")
    moved_in: int = Field(
        description="from departments that were renamed or merged into this one, or with people"
    )
    moved_out: int
    merged: int = Field(description="became part of a finding that was there already")
    new: int
    recurred: int = Field(description="closed within the last four quarters, and open again")
    resumed: int = Field(description="under a waiver that has ended, and open again")
    closed: int
    to_waiver: int
    closing: int
    unverified: int = Field(description="of the closing ones: could not be looked at this time")
    difference: int = Field(description="closing minus opening")
    terms: tuple[Term, ...] = Field(description="what came and went between opening and closing")
    findings: RollView
    instances: RollView | None = Field(description="the same for instances; none: the run does not say")
    process: Process | None = Field(description="none: the run does not say")
