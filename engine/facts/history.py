"""What became of findings: the registers about them, and the facts that the audit itself makes of earlier runs."""

from typing import ClassVar, Literal

from engine.facts.fact import Fact
from engine.facts.fields import Day, Id, Instant, Tri, known, needed, optional, tri
from engine.facts.refs import ApprovalRef, PersonRef


class Notice(Fact):
    """The findings of a run were sent to a department."""

    entity: ClassVar[str] = "notice"
    plural: ClassVar[str] = "notices"
    company_wide: ClassVar[bool] = True

    run: Id = needed("quarter of the run whose findings were sent: 2026Q3")
    department_code: Id = needed("department that they were sent to")
    sent_on: Day | None = known("day on which they were sent")
    acknowledged_on: Day | None = optional("day on which the receipt was confirmed; none: it was not")


class Rectification(Fact):
    """What a department and its inspectors noted about one finding."""

    entity: ClassVar[str] = "rectification"
    plural: ClassVar[str] = "rectifications"
    company_wide: ClassVar[bool] = True

    finding: Id = needed("number or fingerprint of the finding, as the report prints it")
    done_on: Day | None = optional("day on which its cause was gone; none: not yet")
    done_by: PersonRef | None = optional("who did it; none: nobody is named")
    verified_by: PersonRef | None = optional("who looked again; none: nobody did")
    verified_on: Day | None = optional("day on which somebody looked again; none: nobody did")
    confirmed_at: Instant | None = optional(
        "when the finding was confirmed as a violation by the persons named; none: it was not"
    )
    persons: tuple[PersonRef, ...] | None = optional(
        "who committed it, where a person is at fault; none: nobody is named"
    )
    extended_until: Day | None = optional("new last day to mend it; none: not extended")
    extended_until_ends_at: Instant | None = optional("24:00 local of that day")
    extension: ApprovalRef | None = optional("approval of the extension; none: there is none")


class PriorFinding(Fact):
    """A finding of the run before that was open then; made by the audit, in no snapshot."""

    entity: ClassVar[str] = "prior_finding"
    plural: ClassVar[str] = "prior_findings"
    from_history: ClassVar[bool] = True

    number: Id = needed("number that it was issued under")
    fingerprint: Id = needed("fingerprint of the finding, which a register may name instead")
    check: Id = needed("id of the check")
    department_code: Id = needed("department that answers for it today")
    severity: Literal["critical", "high", "medium", "low"] = needed("as issued")
    notice_on: Day = needed("day from which its dates count")
    correct_by: Day = needed("last day to mend it, as first issued")
    correct_by_ends_at: Instant = needed("24:00 local of that day")
    owner: PersonRef | None = optional("who answers for it; none: nobody is known")
    rule: Literal["same", "changed", "gone"] = needed("whether its rule still decides as it did")
    open_now: Tri = tri("whether one of the subjects that it was issued for still fails the check")
    waived: Tri = tri("whether all of them that still fail do so under a waiver in force")
