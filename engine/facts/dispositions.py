"""How violations were dealt with."""

from typing import ClassVar, Literal

from engine.facts.fact import Fact
from engine.facts.fields import Id, Instant, Text, needed, optional, tri
from engine.facts.refs import CaseRef, PersonRef


class Disposition(Fact):
    """What was decided about one person in one case, which is an incident, a report or a finding."""

    entity: ClassVar[str] = "disposition"
    plural: ClassVar[str] = "dispositions"
    home: ClassVar[tuple[str, ...]] = ("@case", "@person")
    company_wide: ClassVar[bool] = True
    natural_keys: ClassVar[tuple[str, ...]] = ("number",)

    number: Id = needed("number in the register")
    case: CaseRef | None = optional("incident or report; none: it is about a finding")
    finding: Id | None = optional("number or fingerprint of the finding; none: it is about a case")
    person: PersonRef | None = optional("whom it is about; none: nobody in particular")
    kind: Literal[
        "none_with_reasons",
        "verbal_warning",
        "written_reminder",
        "fine",
        "performance_deduction",
        "dismissal",
        "compensation",
        "unknown",
    ] = tri("what was decided; none_with_reasons: no measure, for reasons that are recorded")
    decided_at: Instant | None = optional("when it was decided; none: it is not")
    decided_by: PersonRef | None = optional("who decided; none: nobody is named")
    decision_ref: Text | None = optional("where the decision is kept; none: nowhere")
    executed_at: Instant | None = optional("when it was carried out; none: it was not")
    appeal_state: Literal["none", "pending", "upheld", "overturned", "unknown"] = tri(
        "what became of an appeal against it"
    )
