"""Groups, and who is in them."""

from typing import ClassVar, Literal

from pydantic import Field

from engine.facts.accounts import LastActivity
from engine.facts.fact import Fact, Value
from engine.facts.fields import Count, Day, Days, Id, Instant, Text, Tri, known, needed, optional, tri
from engine.facts.refs import AccountRef, GroupRef, MembershipRef, PersonRef, RegisterEntryRef


class Scope(Value):
    """Who belongs in a group: departments and projects. Both empty: nobody was named."""

    departments: tuple[Id, ...] = needed("codes of departments")
    projects: tuple[Id, ...] = needed("ids of projects")


class Group(Fact):
    """A room, channel, team or list, by the platform's record and the company's register."""

    entity: ClassVar[str] = "group"
    plural: ClassVar[str] = "groups"
    home: ClassVar[tuple[str, ...]] = ("owner_department", "department_code")
    placed_by: ClassVar[tuple[str, ...]] = ("register_entry:groups",)
    natural_keys: ClassVar[tuple[str, ...]] = ("native_id", "name")

    source_system: Id = needed("id of the source that delivered it: the tool")
    native_id: Id = needed("the platform's own id")
    kind: Literal["room", "channel", "team", "dept_group", "mailing_list", "stream", "unknown"] = tri(
        "what it is"
    )
    name: Text | None = known("its name; empty: it has none")
    same_name_count: Count | None = known("how many other live groups of the company have the same name")
    purpose: Text | None = known("what it is for; empty: nobody wrote it down")
    purpose_origin: Literal["native", "register", "unknown"] = tri("where the purpose stands")
    scope_text: Text | None = known("who belongs in it, in words; empty: nobody wrote it down")
    scope: Scope | None = known("who belongs in it")
    scope_as_of: Instant | None = optional("since when the scope is so; none: no scope")
    label: Literal["public", "internal", "confidential", "secret", "unknown"] = tri("how confidential it is")
    owners: tuple[AccountRef, ...] | None = known("accounts of those who manage it; empty: nobody")
    owner_origin: Literal["native_owner", "creator", "managed_by", "register", "unknown"] = tri(
        "what says so"
    )
    owner_department: Id | None = optional("code of the department that owns it; none: a person does")
    department_code: Id | None = known("department it belongs to: by register, manager or most members")
    creator: AccountRef | None = known("who created it")
    created_at: Instant | None = known("when it was created")
    last_message_at: LastActivity = Field(
        default=LastActivity(state="unknown"), description="its last message"
    )
    messages_kept: Tri = tri("whether the platform keeps its messages")
    archived: Tri = tri("whether it was closed for writing")
    direct: Tri = tri("whether it is a one-to-one chat")
    visibility: Literal["public", "internal", "private", "unknown"] = tri("who can find it")
    join_rule: Literal["open", "approval", "invite", "unknown"] = tri("how one gets in")
    external_members_allowed: Tri = tri("whether outsiders may be added")
    e2e_encrypted: Tri = tri("whether messages are encrypted end to end")
    retention_mode: Literal["days", "forever", "unset", "unknown"] = tri("how long messages are kept")
    retention_days: Days | None = optional("days that messages are kept, in mode days")
    member_count: Count | None = known("members, as the platform counts them")
    quiet_until: Day | None = optional("register: until when it may be silent")
    quiet_until_ends_at: Instant | None = optional("24:00 local of that day")
    register_entry: RegisterEntryRef | None = optional("its entry in the register")


class Membership(Fact):
    """An account in a group."""

    entity: ClassVar[str] = "membership"
    plural: ClassVar[str] = "memberships"
    home: ClassVar[tuple[str, ...]] = ("@group",)

    group: GroupRef = needed("the group")
    account: AccountRef = needed("the member")
    role: Literal["owner", "moderator", "member", "guest", "unknown"] = tri("what the member may do")
    via: Literal["direct", "nested", "dynamic_rule", "unknown"] = tri("how the member got in")
    source_membership: MembershipRef | None = optional("the membership that it comes from, if nested")
    joined_at: Instant | None = known("when")
    first_seen_at: Instant | None = known("as of which snapshot it was first seen")
    added_by: AccountRef | None = known("who added the member")
    external: Tri = tri("whether the member is an outsider")
    sponsor: PersonRef | None = optional("who answers for the outsider; none: nobody does")
    sponsored_until: Day | None = optional("last day of the sponsorship; none: no end was set")
    sponsored_until_ends_at: Instant | None = optional("24:00 local of that day")
