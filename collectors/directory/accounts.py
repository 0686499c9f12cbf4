"""Accounts of a directory, and whose they are."""

from collections.abc import Callable, Mapping
from typing import Any

from collectors.clocks import start_of_day
from collectors.directory.options import DirectoryOptions
from collectors.directory.records import Entry, expiry, from_filetime, from_generalized, is_below, plain_dn
from collectors.directory.walk import Found
from collectors.harvest import Harvest
from collectors.interface import Moment
from engine.facts import KEY, Account, IdentityLink, LastActivity

_DISABLED = 0x2
_SMART_CARD = 0x40000
_LOCKED_OUT = 0x10
"""Bits of userAccountControl, and of what the server computes besides."""

_REPLICATED_EVERY_S = 14 * 86400
"""lastLogonTimestamp is written only if it is older than this: the last use may be that much later."""

_GUEST_SID = "-501"
_ADMINISTRATOR_SID = "-500"

LIMITS = {
    "account.created_by": "not_supported",
    "account.deactivated_at": "not_supported",
    "account.distinct_devices_30d": "not_supported",
    "account.mfa_enrolled": "not_supported",
    "account.mfa_enforced": "not_supported",
    "account.password_compromised": "not_supported",
    "account.reactivated_at": "not_supported",
}
"""What a directory does not hold: whenChanged tells of any change, and not of closing."""

_VOLATILE = frozenset({"lastlogontimestamp", "pwdlastsuccess", "dn"})


def add_accounts(
    harvest: Harvest,
    found: tuple[Found, ...],
    admins: Mapping[str, str],
    options: DirectoryOptions,
    moment: Moment,
) -> None:
    """Add every account; `admins` says of a name in plain form whether it administers, `*` of all others."""
    kept = [name for name in ("department", "title") if any(one.entry.first(name) for one in found)]
    for one in found:
        entry, unknown = one.entry, {field.partition(".")[2]: reason for field, reason in LIMITS.items()}
        read = _Reading(harvest, entry, unknown)
        expires_at = read("expires_at", lambda entry: expiry(entry.number("accountExpires")))
        created_at = read("created_at", _created)
        state = _state(read, expires_at, one.at)
        if state not in {"deactivated", "unknown"}:
            del unknown["deactivated_at"]
        deactivated_at = None
        if state == "deactivated" and not _is_disabled(entry) and expires_at:
            deactivated_at = expires_at
            del unknown["deactivated_at"]
        activity = _last_activity(read, created_at, options, moment)
        if activity.state == "unknown":
            unknown.setdefault("last_activity", "not_supported")
        password_changed_at = read("password_changed_at", _password_changed)
        if password_changed_at is None:
            # must be changed at the next sign-in, or hidden: in no case known to have none
            unknown.setdefault("password_changed_at", "not_supported")
        for field, name in (("department_code", "department"), ("position", "title")):
            if name not in kept:
                # nobody's is there: the company does not keep it in the directory, or this account does not see it
                unknown[field] = "not_collected"
        department = entry.first("department") or ""
        login = entry.first("sAMAccountName", "uid", "userPrincipalName", "cn") or entry.dn
        harvest.add(
            Account,
            str(entry.key),
            name=entry.first("displayName", "cn") or login,
            raw=_raw(entry),
            at=one.at,
            volatile=_VOLATILE,
            values={
                "source_system": harvest.source.id,
                "login": login,
                "display_name": entry.first("displayName", "cn") or "",
                "kind": _kind(entry, options, unknown),
                "state": state,
                "department_code": options.department_codes.get(department, department),
                "position": entry.first("title") or "",
                "created_at": created_at,
                "deactivated_at": deactivated_at,
                "expires_at": expires_at,
                "last_activity": activity,
                "privileged": admins.get(entry.place, admins["*"]),
                "is_collector": "yes" if plain_dn(options.bind_dn) == entry.place else "no",
                "auth_source": "directory",
                "password_changed_at": password_changed_at,
                "unknown": unknown,
            },
        )
        _add_link(harvest, one, options)


class _Reading:
    """Reads values of one entry; one that has another shape makes its field unknown, and is reported."""

    def __init__(self, harvest: Harvest, entry: Entry, unknown: dict[str, str]) -> None:
        self.harvest, self.entry, self.unknown = harvest, entry, unknown

    def __call__(self, field: str, of: Callable[[Entry], Any]) -> Any:
        try:
            return of(self.entry)
        except (ValueError, OverflowError) as error:
            self.unknown[field] = "unparsable"
            self.harvest.mapped(f"account.{field}", str(error), {})
            return None


def _created(entry: Entry) -> str:
    return from_generalized(entry.first("whenCreated", "createTimestamp") or "")


def _is_disabled(entry: Entry) -> bool:
    return bool((entry.number("userAccountControl") or 0) & _DISABLED)


def _state(read: _Reading, expires_at: str | None, at: str) -> str:
    """Whether it can be used. Disabling is a bit; being locked out is one that the server computes; expiry is a date."""

    def of(entry: Entry) -> str:
        control = entry.number("userAccountControl")
        if control is None and "user" in {
            word.lower() for word in entry.values.get("objectclass", ("user",))
        }:
            if entry.first("objectGUID") is not None:
                # every account of Active Directory has it: who does not see it may not
                read.unknown["state"] = "not_permitted"
                return "unknown"
            if entry.first("pwdAccountLockedTime") is not None:
                return "locked"
            read.unknown["state"] = "not_supported"
            return "unknown"
        if (control or 0) & _DISABLED:
            return "deactivated"
        if expires_at is not None and expires_at <= at:
            return "deactivated"
        computed = entry.number("msDS-User-Account-Control-Computed") or 0
        is_locked = computed & _LOCKED_OUT or entry.first("pwdAccountLockedTime") is not None
        return "locked" if is_locked else "active"

    return str(read("state", of) or "unknown")


def _kind(entry: Entry, options: DirectoryOptions, unknown: dict[str, str]) -> str:
    """What uses it. A directory does not say: the place of the entry does, where the company keeps to one."""
    if entry.sid.endswith(_GUEST_SID):
        return "guest"
    is_built_in = (entry.first("isCriticalSystemObject") or "").lower() == "true"
    if is_built_in or entry.sid.endswith(_ADMINISTRATOR_SID):
        return "service"
    if any(is_below(entry.dn, base) for base in options.service_bases or ()):
        return "service"
    if entry.first(options.employee_attribute) is not None or options.service_bases is not None:
        return "human"
    unknown["kind"] = "ambiguous"
    return "unknown"


def _password_changed(entry: Entry) -> str | None:
    ticks = entry.number("pwdLastSet")
    if ticks:
        return from_filetime(ticks)
    changed = entry.first("pwdChangedTime")
    return None if changed is None or ticks == 0 else from_generalized(changed)


def _last_activity(
    read: _Reading, created_at: str | None, options: DirectoryOptions, moment: Moment
) -> LastActivity:
    def of(entry: Entry) -> LastActivity:
        ticks = entry.number("lastLogonTimestamp")
        if ticks:
            return LastActivity(
                state="at", at=from_filetime(ticks), kind="login", precision_s=_REPLICATED_EVERY_S
            )
        if (success := entry.first("pwdLastSuccess")) is not None:
            return LastActivity(state="at", at=from_generalized(success), kind="login", precision_s=0)
        since = options.logon_times_since
        if since is not None and created_at is not None and created_at >= start_of_day(since, moment.zone):
            return LastActivity(state="never", basis="no lastLogonTimestamp since the account was made")
        # never used, or last used before the domain kept the time: nobody can tell
        return LastActivity(state="unknown")

    return read("last_activity", of) or LastActivity(state="unknown")


def _add_link(harvest: Harvest, one: Found, options: DirectoryOptions) -> None:
    number = one.entry.first(options.employee_attribute)
    if number is None:
        return
    key = str(one.entry.key)
    harvest.add(
        IdentityLink,
        key,
        name=f"{one.entry.first('sAMAccountName', 'uid', 'cn')} = {number}",
        raw={"account": key, options.employee_attribute: number},
        at=one.at,
        values={
            "account": harvest.uid("account", key),
            "person": f"{KEY}{number}",
            "method": "employee_no",
            "strength": "exact",
            "conflict": "yes" if len(one.entry.values[options.employee_attribute.lower()]) > 1 else "no",
        },
    )


def _raw(entry: Entry) -> dict[str, Any]:
    return {"dn": entry.dn, **{name: list(values) for name, values in sorted(entry.values.items())}}
