"""Hosts and applications: what inventories see beside what registers know."""

from typing import Any

from engine.facts import FACT_TYPES, Host
from engine.relations.keys import map_references
from engine.relations.workspace import Record, Workspace, not_known, settle, settle_none

_HOST_FIELDS = ("owner", "department_code", "serves", "hosted", "retired", "managed")


def merge_hosts(space: Workspace) -> None:
    """One fact a host, though several inventories see it: what one knows fills what the other does not.

    Where two of them contradict each other nobody knows; of two times the later one counts.
    """
    _merge(space, "host", "name", frozenset())


def merge_endpoints(space: Workspace) -> None:
    """One fact an address: what a look at it shows fills what the register leaves open, and the register's stays."""
    registers = frozenset(report.id for report in space.reports if report.type == "register")
    _merge(space, "service_endpoint", "address", registers)


def _merge(space: Workspace, entity: str, key: str, first_of: frozenset[str]) -> None:
    """One fact for each value of the key: the first by uid, those of some sources before all others."""
    first: dict[str, Record] = {}
    doubles: dict[str, str] = {}
    in_order = sorted(space.all(entity), key=lambda record: record["uid"].partition("/")[0] not in first_of)
    for record in in_order:
        kept = first.setdefault(record[key], record)
        if kept is not record:
            doubles[record["uid"]] = kept["uid"]
            _merge_into(entity, kept, record, key)
            del space.records[entity][record["uid"]]
    space.renamed.update(doubles)
    if doubles:
        for entity_, records in space.records.items():
            for record in records.values():
                map_references(space.types[entity_], record, lambda uid: doubles.get(uid, uid))


def _merge_into(entity: str, kept: Record, other: Record, key: str) -> None:
    for name, value in other.items():
        if name in {"uid", "unknown", key} or value == "unknown":
            continue
        if name not in kept or kept[name] == "unknown":
            settle(kept, name, value)
        elif name == "last_seen_at":
            kept[name] = max(kept[name], value)
        elif kept[name] != value:
            stated = FACT_TYPES[entity].model_fields[name].default
            not_known(kept, name, "ambiguous", "unknown" if stated == "unknown" else None)


def add_registered_hosts(space: Workspace) -> None:
    """A host that only the register knows becomes a fact, so that nobody watching it is not lost."""
    names = {host["name"] for host in space.all("host")}
    for entry in space.all("register_entry"):
        if entry["kind"] == "host" and entry["subject_key"] not in names:
            names.add(entry["subject_key"])
            host = Host.make(
                uid=entry["uid"].replace("/register_entry/", "/host/", 1), name=entry["subject_key"]
            )
            space.records["host"][host.uid] = host.record()
            space.derived[host.uid] = entry["uid"]


def merge_host_register(space: Workspace) -> None:
    """Owners and duties of hosts from their register."""
    gap = space.register_gap("hosts")
    entries = [
        entry for entry in space.all("register_entry") if entry["kind"] == "host" and "subject" in entry
    ]
    by_host = {entry["subject"]: entry for entry in entries}
    for host in space.all("host"):
        found = by_host.get(host["uid"])
        if found is None:
            _without_entry(host, gap)
            continue
        for name in _HOST_FIELDS:
            if found.get(name, "unknown") != "unknown":
                settle(host, name, found[name])
            elif name in found["unknown"] and name not in host:
                not_known(host, name, found["unknown"][name])
        if "serves" not in host:
            settle(host, "serves", [])


def _without_entry(host: Record, gap: str) -> None:
    if gap:
        for name in ("owner", "department_code", "serves"):
            if name not in host:
                not_known(host, name, gap)
    elif "serves" not in host:
        settle(host, "serves", [])


def merge_applications(space: Workspace) -> None:
    """One application a product: the register's row, with the catalogue's category where the register has none.

    A product that was seen and that a complete register does not know is registered and selected by nobody.
    """
    gap = space.register_gap("applications")
    products: dict[str, Record] = {}
    doubles: dict[str, str] = {}
    for application in sorted(
        space.all("application"), key=lambda row: (row["origin"] != "register", row["uid"])
    ):
        first = products.setdefault(application["product"], application)
        if first is application:
            continue
        if application["origin"] == "register":
            space.wrong(
                "two_entries", application["uid"], f"{application['product']} stands twice in the register"
            )
            continue
        doubles[application["uid"]] = first["uid"]
        if first["category"] == "unknown" and application["category"] != "unknown":
            settle(first, "category", application["category"])
    for uid in doubles:
        del space.records["application"][uid]
    _name_for_good(space, doubles)
    enabled = {report.id for report in space.reports}
    for application in space.all("application"):
        _settle_registration(application, gap)
        _settle_collection(application, enabled)


def _name_for_good(space: Workspace, doubles: dict[str, str]) -> None:
    """Gives a product that no register knows a uid that does not depend on which inventory saw it first.

    Findings are known by their subjects: next quarter another inventory may be the first.
    """
    lasting = {
        row["uid"]: f"catalogue/application/{row['product']}"
        for row in space.all("application")
        if row["origin"] == "catalogue"
    }
    for uid, new in lasting.items():
        record = space.records["application"].pop(uid)
        record["uid"] = new
        space.records["application"][new] = record
    names = {**lasting, **{uid: lasting.get(kept, kept) for uid, kept in doubles.items()}}
    space.renamed.update(names)
    for install in space.all("software_install"):
        if install.get("application") in names:
            install["application"] = names[install["application"]]


def _settle_registration(application: Record, gap: str) -> None:
    if application["origin"] == "register":
        settle(application, "registered", "yes")
        return
    for name in ("registered", "selected", "standard"):
        if gap:
            not_known(application, name, gap, "unknown")
        else:
            settle(application, name, "no")
    for name in (
        "evaluated_at",
        "selected_at",
        "deployed_at",
        "last_maintained_at",
        "owner",
        "end_of_support_on",
        "support_ends_at",
    ):
        if gap:
            not_known(application, name, gap)
        else:
            settle_none(application, name)
    if not gap:
        settle(application, "source_systems", [])


def _settle_collection(application: Record, enabled: set[str]) -> None:
    if "source_systems" in application:
        settle(application, "collected", "yes" if enabled & set(application["source_systems"]) else "no")
    else:
        not_known(
            application, "collected", application["unknown"].get("source_systems", "not_collected"), "unknown"
        )


def fill_backups(space: Workspace) -> None:
    """Runs and restore points take data set and target from their plan where the tool does not know them."""
    plans: dict[str, Any] = space.records["backup_plan"]
    for run in space.all("backup_run"):
        plan = plans.get(run.get("plan", ""), {})
        for name in ("data_set", "target"):
            if name not in run and name in plan:
                settle(run, name, plan[name])
