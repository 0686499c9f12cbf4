"""Groups of a directory: those in which people talk become facts, those that give rights say who administers."""

from collections import defaultdict
from collections.abc import Mapping

from collectors.directory.options import DirectoryOptions
from collectors.directory.records import Entry, from_generalized, plain_dn
from collectors.directory.walk import Found
from collectors.harvest import Harvest
from engine.facts import Group, Membership

_SECURITY = 0x80000000
"""Bit of groupType: the group gives rights. Without it, it is a list for mail."""

_ADMIN_SIDS = ("-512", "-518", "-519", "S-1-5-32-544", "S-1-5-32-548", "S-1-5-32-549", "S-1-5-32-551")
"""Domain, schema and enterprise administrators; administrators, operators of accounts, servers and backups."""

LIMITS = {
    "group.e2e_encrypted": "not_supported",
    "group.external_members_allowed": "not_supported",
    "group.join_rule": "not_supported",
    "group.last_message_at": "not_supported",
    "group.messages_kept": "not_supported",
    "group.retention_mode": "not_supported",
    "group.visibility": "not_supported",
    "membership.added_by": "not_supported",
    "membership.external": "not_supported",
    "membership.joined_at": "not_supported",
}
"""What a directory does not hold of a list for mail."""


class Nesting:
    """Which accounts are in which group, directly and through other groups. Circles end where they began."""

    def __init__(self, groups: tuple[Found, ...]) -> None:
        self.groups = {group.entry.place: group for group in groups}

    def within(self, place: str) -> tuple[dict[str, bool], bool]:
        """Everything that is no group below one, whether directly, and whether all lists could be read."""
        found: dict[str, bool] = {}
        seen, ahead, is_whole = {place}, [(place, True)], True
        while ahead:
            here, is_direct = ahead.pop()
            members = self.groups[here].members
            is_whole = is_whole and members is not None
            for member in map(plain_dn, members or ()):
                if member not in self.groups:
                    found[member] = found.get(member, False) or is_direct
                elif member not in seen:
                    seen.add(member)
                    ahead.append((member, False))
        return found, is_whole


def administrators(
    nesting: Nesting, accounts: tuple[Found, ...], options: DirectoryOptions, *, is_whole: bool
) -> dict[str, str]:
    """Name in plain form -> whether it administers; under `*` what holds for all others."""
    named = {name.lower() for name in options.admin_groups}
    powerful = [place for place, group in nesting.groups.items() if _is_powerful(group.entry, named)]
    admins: dict[str, str] = {}
    all_read = bool(powerful) and is_whole
    for place in powerful:
        members, was_read = nesting.within(place)
        admins.update(dict.fromkeys(members, "yes"))
        all_read = all_read and was_read
    powerful_sids = {nesting.groups[place].entry.sid.rpartition("-")[2] for place in powerful} - {""}
    admins.update(
        {one.entry.place: "yes" for one in accounts if one.entry.first("primaryGroupID") in powerful_sids}
    )
    return admins | {"*": "no" if all_read else "unknown"}


def _is_powerful(entry: Entry, named: set[str]) -> bool:
    return entry.sid.endswith(_ADMIN_SIDS) or (entry.first("sAMAccountName", "cn") or "").lower() in named


def add_groups(
    harvest: Harvest, nesting: Nesting, accounts: tuple[Found, ...], options: DirectoryOptions
) -> int:
    """Add the groups that people talk in, with everybody in them; how many these are."""
    uids = {one.entry.place: harvest.uid("account", str(one.entry.key)) for one in accounts}
    primary: dict[str, set[str]] = defaultdict(set)
    for one in accounts:
        primary[one.entry.first("primaryGroupID") or ""].add(one.entry.place)
    count = 0
    for place, group in sorted(nesting.groups.items()):
        if not _is_talked_in(harvest, group.entry, options):
            harvest.keep("directory_group", str(group.entry.key), _raw(group))
            continue
        count += 1
        members, is_whole = nesting.within(place)
        members |= dict.fromkeys(primary.get(group.entry.sid.rpartition("-")[2] or "none", ()), True)
        strange = sorted(set(members) - set(uids))
        for name in strange:
            harvest.problem(
                f"group {group.entry.dn}: its member {name} is none of the accounts that are read"
            )
        _add_group(harvest, group, uids, len(members) if is_whole else None)
        for name in sorted(set(members) & set(uids)):
            _add_membership(harvest, group, name, uids[name], is_direct=members[name])
    return count


def _is_talked_in(harvest: Harvest, entry: Entry, options: DirectoryOptions) -> bool:
    if options.groups == "all":
        return True
    try:
        kind = entry.number("groupType")
    except ValueError:
        kind = None
    if kind is None:
        harvest.problem(f"group {entry.dn}: does not show whether it is one for mail; see `groups`")
        return False
    return not kind & _SECURITY or entry.first("mail") is not None


def _add_group(harvest: Harvest, group: Found, uids: Mapping[str, str], count: int | None) -> None:
    entry = group.entry
    unknown = {
        field.partition(".")[2]: reason for field, reason in LIMITS.items() if field.startswith("group.")
    }
    manager = entry.first("managedBy", "owner")
    owner = uids.get(plain_dn(manager)) if manager else None
    if manager and owner is None:
        unknown["owners"] = "ambiguous"
    try:
        created_at = from_generalized(entry.first("whenCreated", "createTimestamp") or "")
    except ValueError:
        created_at, unknown["created_at"] = None, "unparsable"
    if count is None:
        unknown["member_count"] = "source_partial"
    name = entry.first("sAMAccountName", "cn") or entry.dn
    harvest.add(
        Group,
        str(entry.key),
        name=name,
        raw=_raw(group),
        at=group.at,
        volatile=frozenset({"dn"}),
        values={
            "source_system": harvest.source.id,
            "native_id": str(entry.key),
            "kind": "mailing_list",
            "name": name,
            "purpose": entry.first("description") or "",
            "purpose_origin": "native",
            "owners": None if "owners" in unknown else (owner,) if owner else (),
            "owner_origin": "managed_by",
            "created_at": created_at,
            "archived": "no",
            "direct": "no",
            "member_count": count,
            "unknown": unknown,
        },
    )


def _add_membership(harvest: Harvest, group: Found, name: str, account: str, *, is_direct: bool) -> None:
    key = str(group.entry.key)
    harvest.add(
        Membership,
        f"{key}/{account.rpartition('/')[2]}",
        name=f"{group.entry.first('sAMAccountName', 'cn')}: {name}",
        raw={"group": group.entry.dn, "member": name, "direct": is_direct},
        at=group.at,
        values={
            "group": harvest.uid("group", key),
            "account": account,
            "role": "member",
            "via": "direct" if is_direct else "nested",
            "unknown": dict.fromkeys(("added_by", "external", "joined_at"), "not_supported"),
        },
    )


def _raw(group: Found) -> dict[str, object]:
    values = {
        name: list(found)
        for name, found in sorted(group.entry.values.items())
        if name.partition(";")[0] != "member"
    }
    return {"dn": group.entry.dn, **values, "members": sorted(group.members or ())}
