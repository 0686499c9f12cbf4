"""Page one: the verdict, what to do now, what is as it should be."""

from typing import Literal

from pydantic import Field

from engine.findings import Method, Severity
from reports.model.finding_shapes import OwnerView
from reports.model.past_shapes import Term
from reports.model.shape import Shape

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
    terms: tuple[Term, ...] = Field(default=(), description="what stands for {terms}, in this order")


class About(Shape):
    """One subject that an action is about."""

    number: str = Field(description="E-001, of the instance")
    name: str = Field(
        description="as on the card, cut where it is long; empty: the report's department itself, or somebody's name that may not stand on page one"
    )


class Action(Shape):
    """One of the things to do now."""

    kind: Literal["contain", "correct", "overdue", "data"]
    check: str
    anchor: str
    number: str
    severity: Severity
    violations: int = Field(description="open instances, carried ones included; of missing data: checks")
    about: tuple[About, ...] = Field(description="the first of those instances")
    about_more: int = Field(description="how many more there are")
    contain_by: str
    contain_passed: bool = Field(description="that day lies before the notice")
    correct_by: str
    correct_passed: bool
    owner: OwnerView | None = Field(description="none: nobody is held to it by a finding")
    reason: str
    missing: tuple[str, ...]


class AlsoCheck(Shape):
    """A finding that the three actions left out, as a place to go to."""

    check: str
    anchor: str


class Also(Shape):
    """What must be dealt with at once as well, and is none of the actions."""

    findings: int
    first: str = Field(
        description="first day to contain that is not before the notice; empty: all have passed"
    )
    checks: tuple[AlsoCheck, ...] = Field(description="as many as page one has room for, worst first")
    others: int = Field(description="findings beyond those")


class Good(Shape):
    """Something that is as it should be."""

    kind: Literal["closed", "pass"]
    check: str
    method: Method
    conforming: int
    population: int


class Front(Shape):
    """Page one."""

    verdict: tuple[Say, ...]
    tone: Tone
    severities: dict[str, int]
    overdue: int
    open: int
    actions: tuple[Action, ...]
    first_due: str = Field(
        description="first day of all open findings that is not before the notice; empty: none is"
    )
    more: int = Field(description="open findings that are not among the actions")
    also: Also | None = Field(description="none: every urgent finding is among the actions")
    closing: Say
    sign_by: str = Field(description="day by which the head is asked to sign; never before the notice")
    good: tuple[Good, ...]
    addressee: str = Field(
        description="names of who heads the department, if names may stand on page one; else empty"
    )
