"""What went wrong: incidents, what security tools saw, and what people reported."""

from typing import ClassVar, Literal

from engine.facts.fact import Fact
from engine.facts.fields import Id, Instant, LocalTime, Text, Tri, known, needed, optional, tri
from engine.facts.refs import (
    AccountOrPersonRef,
    AccountRef,
    HostRef,
    IncidentEventRef,
    IncidentRef,
    PersonRef,
)


class Incident(Fact):
    """An entry of the incident register.

    Company-wide, because a report of one department may be about a sign-in of another; judged in the first, by code,
    of the departments that it concerns.
    """

    entity: ClassVar[str] = "incident"
    plural: ClassVar[str] = "incidents"
    home: ClassVar[tuple[str, ...]] = ("departments",)
    company_wide: ClassVar[bool] = True
    natural_keys: ClassVar[tuple[str, ...]] = ("number",)

    number: Id = needed("number in the register")
    departments: tuple[Id, ...] = needed(
        "codes of the departments that it concerns; empty: none in particular"
    )
    category: Literal[
        "compliance",
        "harm",
        "leak",
        "loss",
        "tampering",
        "theft",
        "account_theft",
        "abnormal_login",
        "malware",
        "other",
        "unknown",
    ] = tri("what kind; leak, loss, tampering and theft are of data")
    clause: Id | None = optional("clause of the policy that was broken; none: not stated")
    confirmed: Tri = tri("whether it was found to be true; no: suspected, or a false alarm")
    confirmed_at: Instant | None = optional("when it was; none: it was not")
    persons: tuple[PersonRef, ...] | None = optional("people at fault; none: nobody is named")
    gravity: Literal["minor", "severe", "unknown"] = tri("how grave somebody judged it to be")
    loss: Tri = tri("whether somebody suffered a loss")
    loss_recorded_at: Instant | None = optional(
        "when a loss that showed later was recorded; none: with the incident"
    )
    legal_risk: Tri = tri("whether a claim or a penalty may follow")
    liability_assessed: Tri = tri("whether somebody assessed who is liable; that nobody is counts")
    status: Literal["open", "closed", "reopened", "rejected", "unknown"] = tri(
        "where it stands; rejected: a false alarm"
    )
    discovered_at: Instant | None = known("when somebody first knew of it")
    reported_at: Instant | None = optional("when it was reported; none: it was not")
    reported_to: Literal["it", "department_head", "other", "unknown"] = tri("to whom it was reported")
    contained_at: Instant | None = optional("when the harm was stopped; none: it was not")
    closed_at: Instant | None = optional("when it was last closed; none: never")
    concerns: tuple[AccountOrPersonRef, ...] | None = known(
        "accounts and people that it is about; empty: none is named"
    )
    events: tuple[IncidentEventRef, ...] | None = known(
        "what was seen that it answers for; empty: nothing is named"
    )


class SecurityEvent(Fact):
    """A proxy, a mail gateway or a device saw a dangerous link or file."""

    entity: ClassVar[str] = "security_event"
    plural: ClassVar[str] = "security_events"
    home: ClassVar[tuple[str, ...]] = ("@account", "@host")
    natural_keys: ClassVar[tuple[str, ...]] = ("number",)

    number: Id = needed("number in the export")
    kind: Literal["blocklisted_link", "external_executable", "other", "unknown"] = tri("what it was about")
    outcome: Literal["blocked", "opened", "downloaded", "run", "unknown"] = tri("what became of it")
    at: Instant | None = known("when")
    listed_at: Instant | None = optional("link: since when it is on the list; none: not on a list")
    list_name: Text | None = optional("link: the list; none: not on a list")
    list_version: Text | None = optional("link: version of the list; none: it has none")
    account: AccountRef | None = optional("whose doing it was; none: nobody was signed in")
    host: HostRef | None = optional("on which device; none: on none")
    automatic: Tri = tri("whether a scanner or a preview did it, nobody")
    group_key: Id | None = optional("events of one download have the same; none: it stands alone")


class ViolationReport(Fact):
    """Somebody reported a violation of the policy. Who did is not kept."""

    entity: ClassVar[str] = "violation_report"
    plural: ClassVar[str] = "violation_reports"
    home: ClassVar[tuple[str, ...]] = ("department_code",)
    natural_keys: ClassVar[tuple[str, ...]] = ("number",)

    number: Id = needed("number in the register")
    department_code: Id | None = known("department that it concerns")
    about: tuple[PersonRef, ...] | None = known("people whom it is about; empty: nobody is named")
    received_at: Instant | None = known("when it came in")
    received_local: LocalTime | None = known("the same by the company's clock")
    first_action_at: Instant | None = optional("when something was first done about it; none: nothing was")
    first_action_local: LocalTime | None = optional("the same by the company's clock")
    first_action_by: PersonRef | None = optional("who did it; none: no person, it was an automatic reply")
    handler: PersonRef | None = optional("who is to handle it; none: nobody")
    withdrawn_at: Instant | None = optional("when it was taken back; none: it was not")
    withdrawn_local: LocalTime | None = optional("the same by the company's clock")
    clause: Id | None = optional("clause of the policy that was broken; none: not stated")
    confirmed: Tri = tri("whether it was found to be true")
    confirmed_at: Instant | None = optional("when it was; none: it was not")
    gravity: Literal["minor", "severe", "unknown"] = tri("how grave somebody judged it to be")
    case_of: IncidentRef | None = optional("incident as which it is dealt with; none: it stands for itself")
