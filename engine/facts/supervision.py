"""What heads of departments looked at."""

from typing import ClassVar, Literal

from engine.facts.fact import Fact
from engine.facts.fields import Id, Instant, Text, known, needed, optional
from engine.facts.refs import PersonRef


class Supervision(Fact):
    """One look of a department at itself, as its register has it."""

    entity: ClassVar[str] = "supervision"
    plural: ClassVar[str] = "supervisions"
    home: ClassVar[tuple[str, ...]] = ("department_code",)

    number: Id = needed("number in the register")
    department_code: Id = needed("the department")
    covers: (
        tuple[
            Literal["storage_backup", "accounts", "groups", "publishing", "conduct", "unknown"],
            ...,
        ]
        | None
    ) = known("what was looked at")
    performed_at: Instant | None = known("when")
    signed_by: PersonRef | None = optional("who signed; none: nobody")
    outcome: Text | None = optional("what came of it; none: nothing was noted")
