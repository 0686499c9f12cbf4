"""What the register of groups and sponsors says, beside what the platform knows."""

import unicodedata
from collections import Counter, defaultdict

from engine.relations.organisation import Organisation
from engine.relations.workspace import Record, Workspace, not_known, settle, settle_none


def merge_group_register(space: Workspace) -> None:
    """Purpose, scope, label and manager of each group from its entry; native data where the register has none."""
    entries, gap = space.entries("group"), space.register_gap("groups")
    for group in space.all("group"):
        found = entries.get(group["uid"], [])
        if len(found) > 1:
            space.wrong("two_entries", group["uid"], "two entries in the register of groups")
        if found:
            _merge_entry(group, found[0])
        elif gap:
            for name in ("scope_text", "scope"):
                not_known(group, name, gap)
            not_known(group, "label", gap, "unknown")
            if not group.get("purpose"):
                not_known(group, "purpose", gap)
            if not group.get("owners"):
                not_known(group, "owners", gap)
            for name in (
                "owner_department",
                "register_entry",
                "quiet_until",
                "quiet_until_ends_at",
                "scope_as_of",
            ):
                if name not in group:
                    group["unknown"].setdefault(name, gap)
        else:
            settle(group, "scope_text", "")
            settle(group, "scope", {"departments": [], "projects": []})


def _merge_entry(group: Record, entry: Record) -> None:
    settle(group, "register_entry", entry["uid"])
    if entry.get("purpose") and not group.get("purpose"):
        settle(group, "purpose", entry["purpose"])
        settle(group, "purpose_origin", "register")
    for name in ("scope_text", "label"):
        if entry.get(name, "unknown") != "unknown":
            settle(group, name, entry[name])
    group.setdefault("scope_text", "")
    group["unknown"].pop("scope_text", None)
    _merge_scope(group, entry)
    if "reviewed_at" in entry:
        settle(group, "scope_as_of", entry["reviewed_at"])
    if "manager" in entry:
        settle(
            group,
            "owners",
            [entry["manager"], *(uid for uid in group.get("owners", ()) if uid != entry["manager"])],
        )
        settle(group, "owner_origin", "register")
    elif "department_code" in entry:
        settle(group, "owner_department", entry["department_code"])
    if "department_code" in entry:
        settle(group, "department_code", entry["department_code"])
    if "until" in entry:
        settle(group, "quiet_until", entry["until"])
        settle(group, "quiet_until_ends_at", entry["until_ends_at"])


def _merge_scope(group: Record, entry: Record) -> None:
    stated = {
        "departments": list(entry.get("scope_departments", ())),
        "projects": list(entry.get("scope_projects", ())),
    }
    if group.get("scope_text") and not stated["departments"] and not stated["projects"]:
        not_known(group, "scope", "unparsable")
    else:
        settle(group, "scope", stated)


def settle_departments(space: Workspace, organisation: Organisation) -> None:
    """The department of each group that its register does not name: its manager's, else that of most members."""
    members: dict[str, Counter[str]] = defaultdict(Counter)
    for membership in space.all("membership"):
        code = _department(space, membership["account"], organisation)
        if code:
            members[membership["group"]][code] += 1
    for group in space.all("group"):
        if "department_code" in group or "owner_department" in group:
            continue
        of_owner = next(
            filter(None, (_department(space, uid, organisation) for uid in group.get("owners", ()))), ""
        )
        most = min(members[group["uid"]].items(), key=lambda pair: (-pair[1], pair[0]), default=("", 0))[0]
        if of_owner or most:
            settle(group, "department_code", of_owner or most)


def _department(space: Workspace, account: str, organisation: Organisation) -> str:
    holder = space.records["account"].get(account, {}).get("holder", "")
    code = space.records["person"].get(holder, {}).get("department_code")
    return code if code and organisation.present(code) != "_company" else ""


def count_namesakes(space: Workspace) -> None:
    """Of each live group how many other live groups have its name; not known unless all groups are."""
    complete = space.state("group") == "complete"
    live = [
        group
        for group in space.all("group")
        if group["archived"] != "yes" and group["direct"] != "yes" and group.get("name")
    ]
    names = Counter(_folded(group["name"]) for group in live)
    for group in space.all("group"):
        if complete and "name" in group:
            settle(
                group, "same_name_count", max(0, names[_folded(group["name"])] - 1) if group["name"] else 0
            )
        else:
            not_known(group, "same_name_count", group["unknown"].get("name", "source_partial"))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def merge_sponsors(space: Workspace) -> None:
    """Who is an outsider, and who answers for him until when."""
    entries, gap = space.entries("sponsor"), space.register_gap("sponsors")
    for membership in space.all("membership"):
        _settle_external(space, membership)
        if membership["external"] == "no":
            for name in ("sponsor", "sponsored_until", "sponsored_until_ends_at"):
                settle_none(membership, name)
            continue
        fitting = [
            entry
            for entry in entries.get(membership["account"], ())
            if entry.get("group", membership["group"]) == membership["group"]
        ]
        if fitting:
            _merge_sponsor(
                membership,
                max(
                    fitting,
                    key=lambda entry: ("group" in entry, entry.get("until_ends_at", "9"), entry["uid"]),
                ),
            )
        elif gap:
            for name in ("sponsor", "sponsored_until", "sponsored_until_ends_at"):
                not_known(membership, name, gap)


def _settle_external(space: Workspace, membership: Record) -> None:
    account = space.records["account"].get(membership["account"], {})
    holder = space.records["person"].get(account.get("holder", ""), {})
    if account.get("kind") == "guest" or holder.get("employment_type") == "external":
        settle(membership, "external", "yes")


def _merge_sponsor(membership: Record, entry: Record) -> None:
    if "owner" in entry:
        settle(membership, "sponsor", entry["owner"])
    elif "owner" in entry["unknown"]:
        not_known(membership, "sponsor", entry["unknown"]["owner"])
    for mine, theirs in (("sponsored_until", "until"), ("sponsored_until_ends_at", "until_ends_at")):
        if theirs in entry:
            settle(membership, mine, entry[theirs])
        elif theirs in entry["unknown"]:
            not_known(membership, mine, entry["unknown"][theirs])
