"""Accounts, who is behind them, and how they are used."""

from typing import ClassVar, Literal

from pydantic import Field

from engine.facts.fact import Fact, Value
from engine.facts.fields import Count, Id, Instant, Seconds, Text, Tri, known, needed, optional, tri
from engine.facts.refs import AccountRef, LoginEventRef, PersonRef


class LastActivity(Value):
    """When an account was last used, as far as the source can tell: one of four states."""

    state: Literal["at", "not_since", "never", "unknown"] = needed("which of the four")
    at: Instant | None = optional("state at: the last use")
    precision_s: Seconds | None = optional("state at: the use may have been this much later, in seconds")
    bound: Instant | None = optional("state not_since: no use after this")
    kind: Literal["login", "api", "message", "presence", "attempt"] | None = optional(
        "what the source counts as use"
    )
    basis: Text | None = optional("state never: what says so")


_OWNED = ("register_entry:service_accounts", "register_entry:shared_accounts")
"""Registers of accounts that are no one person's, with who owns each."""


class Account(Fact):
    """An account in a system, by that system's own record, with who holds it."""

    entity: ClassVar[str] = "account"
    plural: ClassVar[str] = "accounts"
    home: ClassVar[tuple[str, ...]] = ("@owner", "@holder", "department_code")
    # who owns it decides where it lies, and the registers name the owner
    placed_by: ClassVar[tuple[str, ...]] = _OWNED
    # what looks like a person's may be a program's, or several people's
    excused_by: ClassVar[tuple[str, ...]] = _OWNED
    natural_keys: ClassVar[tuple[str, ...]] = ("login",)

    source_system: Id = needed("id of the source that delivered it: the tool")
    login: Text = needed("login name")
    display_name: Text | None = known("name that colleagues see")
    kind: Literal["human", "service", "bot", "shared", "guest", "room_device", "unknown"] = tri(
        "what uses it"
    )
    state: Literal["active", "invited", "locked", "suspended", "deactivated", "deleted", "unknown"] = tri(
        "whether it can be used"
    )
    holder: PersonRef | None = optional(
        "the one person behind it, from identity links; none: known to be nobody"
    )
    owner: PersonRef | None = optional("named owner of a service, bot, shared or room account")
    department_code: Text | None = known("department that the account itself states; empty: it states none")
    position: Text | None = known("position that the account itself states; empty: it states none")
    created_at: Instant | None = known("when it was created")
    created_by: Text | None = known("who created it, as the source says")
    first_seen_at: Instant | None = known("as of which snapshot it was first seen")
    reactivated_at: Instant | None = optional("when it was last opened again after having been closed")
    deactivated_at: Instant | None = optional("when it was closed")
    deactivated_after: Instant | None = optional(
        "closed: not before this; an earlier snapshot still shows it open. None: it is not closed"
    )
    deactivated_by: Instant | None = optional(
        "closed: not after this; the first snapshot that shows it closed. None: it is not closed"
    )
    expires_at: Instant | None = optional("when it closes by itself")
    last_activity: LastActivity = Field(
        default=LastActivity(state="unknown"), description="when it was last used"
    )
    privileged: Tri = tri("whether it administers the system")
    is_collector: Tri = tri("whether Clausewise itself collects with it")
    auth_source: Literal["local", "directory", "sso", "unknown"] = tri("where its sign-in is checked")
    authenticates_with: AccountRef | None = optional(
        "the account at the identity provider that it signs in with"
    )
    mfa_enrolled: Tri = tri("whether a second factor is set up")
    mfa_enforced: Tri = tri("whether the system demands a second factor")
    password_changed_at: Instant | None = optional("last change of the password; none: it has no password")
    password_compromised: Tri = tri("whether the password is known to others and not changed since")
    distinct_devices_30d: Count | None = known("devices in the last 30 days")


class IdentityLink(Fact):
    """Which person an account belongs to, and how surely."""

    entity: ClassVar[str] = "identity_link"
    plural: ClassVar[str] = "identity_links"
    home: ClassVar[tuple[str, ...]] = ("@account",)
    bears_on: ClassVar[tuple[str, ...]] = ("person",)

    account: AccountRef = needed("the account")
    person: PersonRef | None = known("the person")
    method: Literal[
        "external_id", "employee_no", "directory_guid", "email", "login_rule", "name", "manual"
    ] = needed("how it was found")
    strength: Literal["exact", "derived", "weak"] = needed("weak links name nobody")
    through: AccountRef | None = optional(
        "the account in another system whose holder is meant, such as that of the directory; none: the person is named"
    )
    conflict: Tri = tri("whether several persons have the same claim to the account")


class LendingSignal(Fact):
    """A hint that an account is used by several people."""

    entity: ClassVar[str] = "lending_signal"
    plural: ClassVar[str] = "lending_signals"
    home: ClassVar[tuple[str, ...]] = ("@account",)

    account: AccountRef = needed("the account")
    kind: Literal[
        "shared_by_register",
        "simultaneous_sessions",
        "many_devices",
        "impossible_travel",
        "self_reported",
        "unknown",
    ] = tri("what was seen")
    observed_at: Instant | None = known("when; impossible_travel: the later of two uses")
    earlier_at: Instant | None = known("impossible_travel: the earlier of the two uses")
    distance_km: Count | None = known("impossible_travel: how far apart the two were at least, in km")
    farthest_km: Count | None = known("impossible_travel: how far apart they can have been at most, in km")
    interval_s: Seconds | None = known("impossible_travel: time between the two, in seconds")
    interactive: Tri = tri("impossible_travel: whether a person sat at both")
    relay: Tri = tri("impossible_travel: whether one of the two came through a known relay of the company")
    succeeded: Tri = tri("impossible_travel: whether both signed in")
    device_keys: tuple[Id, ...] | None = known("the devices, hashed")
    events: tuple[LoginEventRef, ...] | None = known("the sign-ins that show it; empty: none")


class Session(Fact):
    """A signed-in client or an access token of an account."""

    entity: ClassVar[str] = "session"
    plural: ClassVar[str] = "sessions"
    home: ClassVar[tuple[str, ...]] = ("@account",)

    account: AccountRef = needed("the account")
    device_key: Id | None = known("the device, hashed")
    kind: Literal["session", "access_token", "unknown"] = tri("what it is")
    started_at: Instant | None = known("when it was opened")
    last_used_at: Instant | None = known("last use; a source may not tell")
    expires_at: Instant | None = optional("when it ends by itself; none: never")
    revoked: Tri = tri("whether it was ended")


class LoginEvent(Fact):
    """One attempt to sign in."""

    entity: ClassVar[str] = "login_event"
    plural: ClassVar[str] = "login_events"
    home: ClassVar[tuple[str, ...]] = ("@account",)
    natural_keys: ClassVar[tuple[str, ...]] = ("number",)

    number: Id | None = optional("number by which a register of incidents may name it; none: it has none")
    account: AccountRef = needed("the account")
    at: Instant | None = known("when")
    result: Literal["success", "failure", "unknown"] = tri("how it ended")
    interactive: Tri = tri("whether a person sat at it")
    abnormal: Tri = tri("whether the source flagged it")
    flagged_at: Instant | None = optional("when the source flagged it")
    device_key: Id | None = known("the device, hashed")
    place_key: Id | None = known("the place or network, hashed")
    relay: Tri = tri("whether it came through a known relay of the company")
