"""Inspections by IT: what somebody looked at, in which departments, for which quarter."""

from typing import ClassVar, Literal

from engine.facts.fact import Fact
from engine.facts.fields import Day, Id, Instant, Text, Tri, known, needed, optional, tri
from engine.facts.refs import PersonRef


class Inspection(Fact):
    """An inspection that was planned or done."""

    entity: ClassVar[str] = "inspection"
    plural: ClassVar[str] = "inspections"
    home: ClassVar[tuple[str, ...]] = ("@inspector",)
    company_wide: ClassVar[bool] = True

    number: Id = needed("number in the register")
    period: Id | None = known("quarter that it is for: 2026Q3")
    planned_for: Day | None = optional("day that it was planned for; none: not planned ahead")
    performed_at: Instant | None = optional("when it was done; none: not done yet")
    areas: tuple[Literal["accounts", "publishing", "protection"], ...] | None = known("what was looked at")
    departments: tuple[Id, ...] | None = known("codes of the departments looked at; empty: none")
    inspector: PersonRef | None = known("who looked")
    report_approved: Tri = tri("whether the report was approved")
    note: Text = needed("what was found, in short; empty: nothing noted")
