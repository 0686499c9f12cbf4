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
