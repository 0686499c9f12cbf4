"""What was cleared away, and what must not be."""

from typing import ClassVar, Literal

from engine.facts.fact import Fact
from engine.facts.fields import Day, Id, Instant, Sha256, Text, Tri, known, needed, optional, tri
from engine.facts.refs import ApprovalRef, DataSetRef, PersonRef


class DeletionRecord(Fact):
    """Records or a medium were disposed of."""

    entity: ClassVar[str] = "deletion_record"
    plural: ClassVar[str] = "deletion_records"
    home: ClassVar[tuple[str, ...]] = ("@data_set", "department_code", "@executed_by")

    number: Id = needed("number in the register")
    data_set: DataSetRef | None = known("what the records belonged to")
    department_code: Id | None = optional("department that they belonged to; none: that of the data set")
    classification: Literal["public", "internal", "confidential", "secret", "unknown"] = tri(
        "how confidential they were"
    )
    customer_data: Tri = tri("whether customers' data was among them")
    media_kind: Literal["hdd", "ssd", "flash", "tape", "phone", "paper", "cloud", "unknown"] = tri(
        "what they were on"
    )
    method: Literal["overwrite", "degauss", "crypto_erase", "physical", "logical_delete", "unknown"] = tri(
        "how they were destroyed; logical_delete: in the application alone"
    )
    reviewed_at: Instant | None = optional("when their value was reviewed; none: never")
    reviewed_by: PersonRef | None = optional("who reviewed it; none: nobody")
    executed_at: Instant | None = known("when they were disposed of")
    executed_by: PersonRef | None = known("who did it")
    routine: Tri = tri("whether a rule for expired records did it, and the review was one of the rule")
    approval: ApprovalRef | None = optional("its approval; none: there is none")
    certificate_sha256: Sha256 | None = optional(
        "digest of the certificate of destruction; none: there is none"
    )
    certificate_on: Day | None = optional("date of the certificate")
    certificate_on_ends_at: Instant | None = optional("24:00 local of that day")
    witness: PersonRef | None = optional("who watched; none: nobody")


class Hold(Fact):
    """An order that the records of a data set must not be deleted for a time."""

    entity: ClassVar[str] = "hold"
    plural: ClassVar[str] = "holds"
    home: ClassVar[tuple[str, ...]] = ("@data_set",)

    number: Id = needed("number in the register")
    data_set: DataSetRef = needed("what it is for; an order on a part of it holds all of it")
    from_at: Instant | None = known("since when")
    until_at: Instant | None = optional("until when; none: it still holds")
    ordered_by: PersonRef | None = optional("who ordered it; none: nobody is named")
    reason: Text | None = optional("why; none: not stated")
