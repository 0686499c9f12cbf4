"""Announcements, and the decisions that they and others need."""

from typing import ClassVar, Literal

from engine.facts.fact import Fact, Value
from engine.facts.fields import Count, Id, Instant, LocalTime, Sha256, Text, Tri, known, needed, optional, tri
from engine.facts.refs import AccountOrPersonRef, ApprovalRef, GroupRef, PersonRef


class Decision(Value):
    """What one person decided about a request."""

    by: PersonRef | None = optional("who; left out if it cannot be resolved")
    on_behalf_of: PersonRef | None = optional("for whom, by delegation")
    role: Literal["assessor", "approver", "other", "unknown"] = needed("in which role")
    decision: Literal["approved", "rejected", "pending", "unknown"] = needed("what")
    at: Instant | None = optional("when; left out if it is not known")


class Approval(Fact):
    """A request for a decision, and how it was decided."""

    entity: ClassVar[str] = "approval"
    plural: ClassVar[str] = "approvals"
    home: ClassVar[tuple[str, ...]] = ("@requested_by",)
    company_wide: ClassVar[bool] = True
    natural_keys: ClassVar[tuple[str, ...]] = ("number",)

    number: Id = needed("number in the register or ticket system")
    kind: Literal[
        "account_creation",
        "group_creation",
        "important_announcement",
        "sensitive_publication",
        "software_exception",
        "data_deletion",
        "retention_exception",
        "vulnerability_acceptance",
        "extension",
        "other",
        "unknown",
    ] = tri("what is asked for")
    subject: Text | None = known("what it is about, in words or as a uid")
    requested_by: PersonRef | None = known("who asks")
    requested_at: Instant | None = known("when")
    decisions: tuple[Decision, ...] | None = known("all decisions, oldest first; empty: none yet")
    state: Literal["approved", "rejected", "pending", "withdrawn", "expired", "unknown"] = tri(
        "what the register calls it"
    )
    decided_at: Instant | None = optional("when it was decided; none: it is not")
    valid_from: Instant | None = optional("from when it holds; none: from the decision")
    valid_until: Instant | None = optional("until when it holds; none: no end")
    text_sha256: Sha256 | None = optional("digest of the text that was approved; none: no text")
    released_audience: Literal["group", "department", "company", "external", "unknown"] | None = optional(
        "whom it may reach"
    )
    released_departments: tuple[Id, ...] = needed("departments that it may reach; empty: all of the audience")


class Announcement(Fact):
    """A notice that was published; its text is never kept, only its digest."""

    entity: ClassVar[str] = "announcement"
    plural: ClassVar[str] = "announcements"
    home: ClassVar[tuple[str, ...]] = ("department_code", "@author")

    number: Id = needed("number in the register, or the platform's id")
    department_code: Id | None = known("department that published it")
    author: AccountOrPersonRef | None = known("who published it")
    group: GroupRef | None = optional("where, if in a group")
    channel: Text | None = optional("where else")
    published_at: Instant | None = known("when")
    published_local: LocalTime | None = known("when, by the company's clock")
    edited_at: Instant | None = optional("last change after publishing; none: not changed")
    kind: Literal["important", "sensitive", "ordinary", "unknown"] = tri("class of the notice")
    kind_origin: Literal["label", "register", "rule", "unknown"] = tri(
        "what says so; rule: a guess by keywords"
    )
    audience: Literal["group", "department", "company", "external", "unknown"] = tri("whom it reached")
    outsiders: Tri = tri("whether outsiders are in the group, and so could read it")
    audience_departments: tuple[Id, ...] = needed("departments that it was addressed to")
    emergency: Tri = tri("whether it was marked as an emergency")
    approval: ApprovalRef | None = optional("its approval; none: there is none")
    text_sha256: Sha256 | None = known("digest of the text")
    has_subject: Tri = tri("whether it has a subject")
    has_contact: Tri = tri("whether it names a contact")
    undated_call: Tri = tri("whether it calls for action without a date")
    vague_words: Count | None = known("how many words of the vague-wording list it has")
    flags_version: Text | None = known("version of the word list that the flags were set by")
