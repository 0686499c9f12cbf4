"""Hosts, what is installed on them, and what the company chose."""

from typing import ClassVar, Literal

from engine.facts.fact import Fact
from engine.facts.fields import Day, Id, Instant, Text, Tri, known, needed, optional, tri
from engine.facts.refs import (
    ApplicationRef,
    ApprovalRef,
    HostRef,
    PersonRef,
    ReleaseRef,
    SoftwareInstallRef,
)


class Host(Fact):
    """A device or a server."""

    entity: ClassVar[str] = "host"
    plural: ClassVar[str] = "hosts"
    home: ClassVar[tuple[str, ...]] = ("@owner", "department_code")
    placed_by: ClassVar[tuple[str, ...]] = ("register_entry:hosts",)
    natural_keys: ClassVar[tuple[str, ...]] = ("name",)

    name: Id = needed("host name or asset number")
    os: Text | None = known("operating system")
    os_version: Text | None = known("its version")
    owner: PersonRef | None = optional("its user; of a server: who answers for it")
    department_code: Id | None = optional("department that it belongs to, if no person")
    serves: tuple[ApplicationRef, ...] | None = known(
        "communication applications that it serves; empty: none"
    )
    hosted: Literal["self", "provider", "unknown"] = tri("who runs it")
    retired: Tri = tri("whether it is out of service")
    last_seen_at: Instant | None = known("when a source last heard of it")
    managed: Tri = tri("whether the company's management reaches it")
    disk_encrypted: Tri = tri("whether its disks are encrypted")
    firewall_active: Tri = tri("whether its firewall is on")
    firewall_rules_present: Tri = tri("whether the firewall has rules")
    intrusion_detection_active: Tri = tri("whether intrusion detection is on")


class Application(Fact):
    """A product, from the company's register or from the shipped catalogue of communication products."""

    entity: ClassVar[str] = "application"
    plural: ClassVar[str] = "applications"
    home: ClassVar[tuple[str, ...]] = ("department_code", "@owner")
    company_wide: ClassVar[bool] = True
    natural_keys: ClassVar[tuple[str, ...]] = ("product", "name")

    product: Id = needed("short name of the product, as in the catalogue of communication products")
    name: Text = needed("name for people")
    category: Literal["chat", "collaboration", "meeting", "mail", "other", "unknown"] = tri("what it is for")
    origin: Literal["register", "catalogue"] = needed("whether the register knows it or only the catalogue")
    registered: Tri = tri("whether the company's register knows it")
    collected: Tri = tri("whether a source of this snapshot covers it")
    source_systems: tuple[Id, ...] | None = known("ids of the sources that cover it; empty: none")
    selected: Tri = tri("whether the company chose it for everybody")
    standard: Tri = tri("whether it is the company's standard tool of its category")
    hosted: Literal["self", "provider", "unknown"] = tri("who runs it")
    department_code: Id | None = optional("department that it belongs to; none: the company")
    owner: PersonRef | None = optional("who answers for it")
    evaluated_at: Instant | None = optional("last evaluation; none: never evaluated")
    selected_at: Instant | None = optional("when it was selected; none: it was not")
    deployed_at: Instant | None = optional("since when it is in use; none: it is not")
    last_maintained_at: Instant | None = optional("last maintenance; none: never")
    end_of_support_on: Day | None = optional("last day of the maker's support; none: no end")
    support_ends_at: Instant | None = optional("24:00 local of that day")
    exception_approvals: tuple[ApprovalRef, ...] | None = known(
        "approvals of a paid extension of support; empty: none"
    )


class SoftwareInstall(Fact):
    """One program on one host."""

    entity: ClassVar[str] = "software_install"
    plural: ClassVar[str] = "software_installs"
    home: ClassVar[tuple[str, ...]] = ("@host",)
    named_by_record: ClassVar[bool] = True

    host: HostRef = needed("the host")
    name: Text = needed("name of the package or program")
    version: Text | None = known("version, as the source writes it")
    ecosystem: Literal["deb", "rpm", "msi", "macapp", "pypi", "npm", "other", "unknown"] = tri(
        "what installed it"
    )
    publisher: Text | None = known("who published it")
    application: ApplicationRef | None = optional(
        "the communication application; none: it is no such program"
    )
    installed_at: Instant | None = known("when it was installed")
    installed_at_kind: Literal["install", "last_change", "unknown"] = tri("what installed_at means")
    first_seen_at: Instant | None = known("as of which snapshot it was first seen")
    version_since: Instant | None = known("since when it has this version")
    update_state: Literal["current", "behind", "unknown"] = tri("whether a newer release exists")
    lists_as_of: Instant | None = known("as of when the list of releases or updates is that says so")
    release: ReleaseRef | None = known("the release in the register that it is, or that its branch has")
    newer_releases: tuple[ReleaseRef, ...] | None = known("newer releases of its branch; empty: none")


class Release(Fact):
    """One version of a product that its maker released."""

    entity: ClassVar[str] = "release"
    plural: ClassVar[str] = "releases"
    home: ClassVar[tuple[str, ...]] = ("@application",)
    company_wide: ClassVar[bool] = True

    application: ApplicationRef = needed("the product")
    version: Id = needed("version, as its maker writes it")
    branch: Text | None = optional("line of versions that is supported together; none: all versions are one")
    released_at: Instant | None = known("when it was released")
    security: Tri = tri("whether it closes a hole")
    end_of_support_on: Day | None = optional("last day of the branch's support; none: no end is announced")
    support_ends_at: Instant | None = optional("24:00 local of that day")
    lists_as_of: Instant | None = known("as of when the register lists it")


class SoftwareUpdate(Fact):
    """A newer release that an installed program lacks, as a package manager or a management tool lists it."""

    entity: ClassVar[str] = "software_update"
    plural: ClassVar[str] = "software_updates"
    home: ClassVar[tuple[str, ...]] = ("@install",)

    install: SoftwareInstallRef = needed("the program that lacks it")
    candidate_version: Id = needed("the newer version")
    installed_version: Text | None = known("the version that it would replace, as the list saw it")
    version_since: Instant | None = known("since when the program has had that version, as the list says")
    lacking: Tri = tri(
        "whether the program lacks it by what its inventory shows; found when the snapshot is sealed"
    )
    released_at: Instant | None = known("when it was released")
    security: Tri = tri("whether it closes a hole")
    first_seen_at: Instant | None = known("when the list first showed it")
    lists_as_of: Instant | None = known("as of when the list is")


class ExceptionRequest(Fact):
    """A department asks for a tool that was not selected."""

    entity: ClassVar[str] = "exception_request"
    plural: ClassVar[str] = "exception_requests"
    home: ClassVar[tuple[str, ...]] = ("department_code",)
    company_wide: ClassVar[bool] = True
    natural_keys: ClassVar[tuple[str, ...]] = ("number",)

    number: Id = needed("number in the register")
    department_code: Id | None = known("department that asks")
    also_for: tuple[Id, ...] = needed("codes of further departments that it names")
    application: ApplicationRef | None = known("what is asked for")
    reason: Text | None = known("why; empty: not stated")
    software: Text | None = known("which software; empty: not stated")
    functions: Text | None = known("which functions; empty: not stated")
    requester: PersonRef | None = known("who asks")
    requested_at: Instant | None = known("when")
    assessor: PersonRef | None = optional("who assessed it for IT; none: nobody")
    assessed_at: Instant | None = optional("when; none: not assessed")
    approval: ApprovalRef | None = optional("the approval; none: there is none")
    state: Literal["pending", "approved", "rejected", "withdrawn", "expired", "unknown"] = tri(
        "what the register calls it"
    )
