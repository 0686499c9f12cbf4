"""Incidents, cases of violation, newcomers and second accounts, decided a second time."""

from itertools import product
from typing import Any

from oracle_facts import (
    NOT_KNOWN,
    Answer,
    Record,
    Shard,
    Truth,
    among,
    before,
    closed,
    every,
    judged,
    opposite,
    some,
    value,
)
from oracle_records import later

_DONE = ("reported_at", "contained_at", "closed_at")


def unclosed(shard: Shard) -> Answer:
    """3.1-a: confirmed incidents against the law that are open, or were for too long."""
    return judged((row["uid"], _unclosed(shard, row)) for row in _incidents(shard))


def _incidents(shard: Shard) -> list[Record]:
    return [row for row in shard.data["company"]["incidents"] if shard.first_of(row["departments"])]


def _unclosed(shard: Shard, incident: Record) -> Truth:
    found, end = value(incident, "discovered_at"), value(incident, "closed_at")
    known = _known(shard, incident)
    if value(incident, "status") == "rejected" and value(incident, "confirmed") == "yes":
        # it contradicts itself
        return every(among(incident, "category", *shard.settings["compliance_categories"]), known, None)
    over = _over(shard, incident)
    early = every(over, None if end == NOT_KNOWN else end is not None and end < shard.data["period"]["from"])
    slow: Truth = None
    if NOT_KNOWN not in {found, end} and end is not None:
        slow = end > later(found, 86400 * shard.settings["incident_close_days"])
    return every(
        among(incident, "category", *shard.settings["compliance_categories"]),
        among(incident, "confirmed", "yes"),
        opposite(_rejected(incident)),
        known,
        opposite(early),
        # late is late, whether or not it is open again
        some([opposite(over), slow]),
    )


def _rejected(incident: Record) -> Truth:
    """Whether it turned out to be none; what is confirmed did not, unless its status says so too."""
    status = value(incident, "status")
    if status == NOT_KNOWN and value(incident, "confirmed") == "yes":
        return False
    return among(incident, "status", "rejected")


def _known(shard: Shard, incident: Record) -> Truth:
    """Whether somebody knew of it in the period or before: whoever did anything about it did."""
    found = value(incident, "discovered_at")
    dates = [found] if found != NOT_KNOWN else [value(incident, name) for name in _DONE]
    in_time = any(
        at not in {None, NOT_KNOWN} and at < shard.data["period"]["to"] and at <= shard.as_of for at in dates
    )
    return in_time if in_time or found != NOT_KNOWN else None


def _over(shard: Shard, incident: Record) -> Truth:
    """Whether it is closed; of what is called closed without a date, or open with one, nobody can tell."""
    status, ended = value(incident, "status"), shard.happened(incident, "closed_at", shard.as_of)
    if status == "reopened":
        return False
    if status == NOT_KNOWN or ended is None:
        # it may have been opened again
        return None if ended else ended
    return ended if ended == (status in {"closed", "rejected"}) else None


def unsettled(shard: Shard) -> Answer:
    """9.3-a: confirmed cases about which nothing was decided in time."""
    cases = [(row, value(row, "persons")) for row in _incidents(shard)]
    cases += [(row, value(row, "about")) for row in shard.rows["violation_reports"]]
    return judged((row["uid"], _unsettled(shard, row, people)) for row, people in cases)


def _unsettled(shard: Shard, case: Record, people: Any) -> Truth:
    confirmed_at, origin = value(case, "confirmed_at"), value(case, "case_of")
    return every(
        among(case, "confirmed", "yes"),
        None if origin == NOT_KNOWN else origin is None,
        opposite(_settled(shard, case, people, shard.data["period"]["from"])),
        None if confirmed_at in {None, NOT_KNOWN} else confirmed_at < shard.cutoff("disposition_days"),
        opposite(_settled(shard, case, people, shard.as_of)),
    )


def _settled(shard: Shard, case: Record, people: Any, instant: str) -> Truth:
    decisions = [(row, _about(shard, row, case)) for row in shard.data["company"]["dispositions"]]
    if people == NOT_KNOWN:
        return None if any(about is not False for _, about in decisions) else False
    return every(
        *(
            some(every(about, _decided(shard, row, person, instant)) for row, about in decisions)
            for person in people or ("",)
        )
    )


def _about(shard: Shard, decision: Record, case: Record) -> Truth:
    uid, finding = value(decision, "case"), value(decision, "finding")
    if uid == case["uid"]:
        return True
    if uid is None:
        return False if finding not in {None, NOT_KNOWN} else None
    return False if uid in shard.data["history"]["events"] else None


def _decided(shard: Shard, decision: Record, person: str, instant: str) -> Truth:
    whom, judge = value(decision, "person"), value(decision, "decided_by")
    concerned = True if whom in {None, person} else _other(shard, whom, person)
    himself: Truth = judge == person and person != ""
    if judge is not None and not himself:
        himself = None if _other(shard, judge, person) is None else False
    return every(concerned, shard.happened(decision, "decided_at", instant), opposite(himself))


def _other(shard: Shard, one: str, other: str) -> Truth:
    """Whether two people are two: `False` for sure only if both are on file."""
    known = shard.fact(one) is not None and (other == "" or shard.fact(other) is not None)
    return False if known else None


def unserved(shard: Shard) -> Answer:
    """5.1-e: newcomers without an account in the standard tool."""
    return judged((row["uid"], _unserved(shard, row)) for row in shard.rows["people"])


def _unserved(shard: Shard, person: Record) -> Truth:
    hired = value(person, "hire_day_starts_at")
    waited = before(value(person, "hire_day_ends_at"), shard.data["cutoff"]["newcomer_account_workdays"])
    new = None if hired == NOT_KNOWN else hired >= shard.cutoff("newcomer_window_days")
    return every(
        among(person, "employment_type", *shard.settings["served_employment_types"]),
        shard.in_service(person, shard.as_of),
        opposite(among(person, "status", "leave")),
        new,
        waited,
        opposite(_served(shard, person)),
    )


def _served(shard: Shard, person: Record) -> Truth:
    tools: set[str] = set()
    doubt = False
    standard = []
    for row in shard.data["company"]["applications"]:
        is_it = every(among(row, "standard", "yes"), among(row, "category", "chat"))
        standard += [row] if is_it else []
        doubt = doubt or is_it is None
    for row in standard:
        systems = value(row, "source_systems")
        doubt = doubt or systems == NOT_KNOWN or not systems
        tools |= set() if systems == NOT_KNOWN else set(systems)
    found: list[Truth] = [None] if doubt or not standard else []
    for account in shard.every("accounts"):
        holder = value(account, "holder")
        near = account in shard.rows["accounts"]
        theirs = (None if near else False) if holder == NOT_KNOWN else holder == person["uid"]
        usable = every(opposite(closed(account)), among(account, "kind", "human"))
        found.append(every(account["source_system"] in tools, theirs, usable))
    return some(found)


def doubled(shard: Shard) -> Answer:
    """5.1-c: accounts beside another one of the same person in the same tool."""
    return judged((row["uid"], _doubled(shard, row)) for row in shard.rows["accounts"])


def _doubled(shard: Shard, account: Record) -> Truth:
    holder = shard.holder(account)
    if holder is None:
        return False
    # a leaver's account is to be closed in any case, and told elsewhere
    left = None if holder == NOT_KNOWN else shard.left(holder, shard.as_of)
    counts = every(_counts(account), opposite(left))
    if holder == NOT_KNOWN or counts is False:
        # whosever it is, a purpose on file excuses it
        return every(counts, opposite(_documented(shard, account)), None)
    same = [row for row in shard.every("accounts") if row["source_system"] == account["source_system"]]
    peers = [row for row in same if value(row, "holder") == holder["uid"]]
    # in each world that may be the real one
    worlds = product(*(_possible(shard, row) for row in peers))
    said = {_accused(account, list(zip(peers, world, strict=True))) for world in worlds}
    # what lies here and is somebody's, nobody knows whose, may be the first of whoever holds this one
    strays = [row for row in same if row in shard.rows["accounts"] and value(row, "holder") == NOT_KNOWN]
    bare = opposite(_documented(shard, account))
    stray = every(bare, None) if any(_counts(row) is not False for row in strays) else False
    return every(counts, some([said.pop() if len(said) == 1 else None, stray]))


def _counts(account: Record) -> Truth:
    return every(among(account, "kind", "human"), opposite(closed(account)))


def _possible(shard: Shard, account: Record) -> list[tuple[bool, bool]]:
    """Whether the account counts, and whether its purpose is on file: all that may be so."""
    counts, purpose = _counts(account), _documented(shard, account)
    return [
        (one, other)
        for one in ([True, False] if counts is None else [counts])
        for other in ([True, False] if purpose is None else [purpose])
    ]


def _documented(shard: Shard, account: Record) -> Truth:
    return some(
        every(
            row["kind"] == "second_account",
            None if value(row, "subject") == NOT_KNOWN else row["subject"] == account["uid"],
            None if value(row, "purpose") == NOT_KNOWN else bool(row.get("purpose")),
            _reviewed(shard, row),
        )
        for row in shard.every("register_entries")
    )


def _reviewed(shard: Shard, entry: Record) -> Truth:
    at = value(entry, "reviewed_at")
    if at in {None, NOT_KNOWN}:
        return False if at is None else None
    return bool(shard.cutoff("second_account_review_days") <= at <= shard.as_of)


def _accused(account: Record, peers: list[tuple[Record, tuple[bool, bool]]]) -> bool:
    bare = [row for row, (counts, purpose) in peers if counts and not purpose]
    if len([row for row, (counts, _) in peers if counts]) < 2 or account not in bare:
        return False
    dated = all(value(row, "created_at") != NOT_KNOWN for row in bare)
    kept = min(bare, key=lambda row: (row["created_at"] if dated else "", row["uid"]))
    return kept["uid"] != account["uid"]
