"""The parts of the model that tell how exceptions and signed statements were given, and what they change."""

from pydantic import Field

from reports.model.shape import Shape


class ApproverRow(Shape):
    """Somebody who approved, or signed."""

    name: str
    approved: int = Field(description="rows of the register that name this person")
    applied: int = Field(description="of these, applied")
    outside: int = Field(description="of these, for a department in whose line the person did not stand then")
    too_long: int
    instances: int = Field(description="instances that they cover")


class ApprovalAudit(Shape):
    """Exceptions, or signed statements, looked at as such."""

    total: int
    applied: int
    unused: int = Field(description="in force, and nothing needs them")
    expired: int
    expiring: int = Field(description="in force, and ending within the days of `soon`")
    soon: int = Field(description="days")
    invalid: int = Field(description="not in force for another reason than that they have ended")
    outside: int = Field(description="approved by somebody who did not stand in the line of management then")
    line_unknown: int = Field(description="of these nobody can say whether the approver did")
    too_long: int = Field(description="given for longer than the severity of the check allows")
    approvers: tuple[ApproverRow, ...] = Field(description="who approved most first")


class Effect(Shape):
    """What would be said if no exception were applied, beside what is said."""

    failing: int = Field(description="checks x departments that fail")
    failing_without: int
    waived: int = Field(description="checks x departments that nothing fails but what is under an exception")
    instances: int = Field(description="open instances")
    instances_without: int


class AppliedView(Shape):
    """A waiver or an attestation."""

    number: str
    check: str
    department: str
    subject: str
    reason: str
    approved_by: str
    valid_until: str
    applied: bool
    why_not: str
    instances: int
    expires_soon: bool = Field(description="in force, needed or not, and ends within 30 days of the snapshot")
    days: int | None = Field(description="civil days for which it was given; none: not known")
    limit: int | None = Field(description="days that the severity of its check allows")
    is_too_long: bool
    line: str = Field(
        description="in, out, unknown: whether who approved stood in the line of management then"
    )
