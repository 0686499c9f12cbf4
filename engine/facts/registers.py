"""Rows of the lists that a company keeps by hand."""

from typing import ClassVar, Literal

from engine.facts.fact import Fact
from engine.facts.fields import Day, Id, Instant, Sha256, Text, Tri, known, needed, optional, tri
from engine.facts.refs import AccountRef, ApplicationRef, GroupRef, PersonRef, SubjectRef


class RegisterEntry(Fact):
    """What a register says about one thing: a group, a service account, a sponsorship, a second factor, a host.

    Fields that make sense for one kind only are none for the others.
    """

    entity: ClassVar[str] = "register_entry"
    plural: ClassVar[str] = "register_entries"
    home: ClassVar[tuple[str, ...]] = ("@subject", "department_code")

    kind: Literal[
        "group",
        "service_account",
        "shared_account",
        "second_account",
        "sponsor",
        "credential",
        "host",
        "protection",
        "profile",
    ] = needed("which register")
    subject: SubjectRef | None = known("what it is about")
    subject_key: Text = needed("what it is about, as the register writes it")
    group: GroupRef | None = optional("sponsor: the group; none: all groups")
    department_code: Id | None = optional("the department that it belongs to")
    owner: PersonRef | None = optional("who answers for it, or sponsors it")
    manager: AccountRef | None = optional("group: the account that manages it")
    purpose: Text | None = optional("what it is for; none: not stated")
    scope_text: Text | None = optional("group: who belongs in it, in words; none: not stated")
    scope_departments: tuple[Id, ...] | None = optional(
        "group: codes of the departments that belong in it; none: not stated"
    )
    scope_projects: tuple[Id, ...] | None = optional("group: projects that belong in it; none: not stated")
    label: Literal["public", "internal", "confidential", "secret", "unknown"] | None = optional(
        "group: how confidential"
    )
    until: Day | None = optional("until when it holds; none: no end")
    until_ends_at: Instant | None = optional("24:00 local of that day")
    reviewed_at: Instant | None = optional("last review; none: never")
    mfa_enrolled: Tri | None = optional("credential: whether a second factor is set up")
    mfa_enforced: Tri | None = optional("credential: whether a second factor is demanded")
    password_changed_at: Instant | None = optional("credential: last change of the password")
    password_compromised: Tri | None = optional("credential: whether the password is known to others")
    stated_department: Text | None = optional(
        "profile: department that the account states; none: it states none"
    )
    stated_position: Text | None = optional("profile: position that the account states; none: it states none")
    serves: tuple[ApplicationRef, ...] | None = optional("host: communication applications that it serves")
    hosted: Literal["self", "provider", "unknown"] | None = optional("host: who runs it")
    retired: Tri | None = optional("host: whether it is out of service")
    managed: Tri | None = optional("host: whether the company's management reaches it")


class PolicyVersion(Fact):
    """A version of the policy that is audited."""

    entity: ClassVar[str] = "policy_version"
    plural: ClassVar[str] = "policy_versions"
    home: ClassVar[tuple[str, ...]] = ()
    company_wide: ClassVar[bool] = True
    natural_keys: ClassVar[tuple[str, ...]] = ("version",)

    version: Id = needed("name of the version")
    valid_from: Instant | None = known("from when it is in force")
    valid_until: Instant | None = optional("until when; none: no end")
    reviewed_on: Day | None = optional("last review; none: never")
    reviewed_on_starts_at: Instant | None = optional("00:00 local of that day")
    reviewed_by: PersonRef | None = optional("who signed the review; none: nobody")
    owner_department: Id | None = optional("department that owns the policy")
    sha256: Sha256 | None = known("digest of its text")


class Attestation(Fact):
    """A signed statement about a check that no machine can decide."""

    entity: ClassVar[str] = "attestation"
    plural: ClassVar[str] = "attestations"
    home: ClassVar[tuple[str, ...]] = ("department_code",)

    number: Id | None = optional("number in the register; none: it gives none")
    check: Id = needed("id of the check")
    department_code: Id | None = optional("department that it speaks for; none: the company")
    statement: Text = needed("what is stated")
    conforms: Tri = tri("whether it says that the check is satisfied")
    signed_by: PersonRef | None = optional("who signed; none: nobody")
    signed_at: Instant | None = optional("when; none: not signed")
    valid_until: Day | None = optional("last day that it holds; none: not stated")
    valid_until_ends_at: Instant | None = optional("24:00 local of that day")


class Waiver(Fact):
    """An approved exception from a check, for a time."""

    entity: ClassVar[str] = "waiver"
    plural: ClassVar[str] = "waivers"
    home: ClassVar[tuple[str, ...]] = ("department_code",)

    number: Id = needed("number in the register")
    check: Id = needed("id of the check")
    department_code: Id | None = optional("department that it is for; none: wherever the subject lies")
    subject: Text = needed("uid or name of the one subject that it is for")
    reason: Text = needed("why; empty: not stated")
    requested_by: PersonRef | None = optional("who asked; none: nobody is named")
    approved_by: PersonRef | None = optional("who approved; none: nobody is named")
    approved_at: Instant | None = optional("when it was approved; none: it is not")
    valid_from: Instant | None = optional("from when; none: from the approval")
    valid_until: Day | None = optional("last day; none: not stated")
    valid_until_ends_at: Instant | None = optional("24:00 local of that day")
