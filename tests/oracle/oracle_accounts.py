"""Chapter 5, decided a second time."""

from datetime import timedelta
from typing import Any

from oracle_facts import (
    NOT_KNOWN,
    ROBOTS,
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
    spells,
    value,
)

from engine.calendar import from_instant, to_instant


def orphans(shard: Shard) -> Answer:
    """5.1-a: open accounts of people without a person, of machines without an owner in service."""
    return judged(
        (row["uid"], every(opposite(closed(row)), _nobodys(shard, row))) for row in shard.rows["accounts"]
    )


def _nobodys(shard: Shard, account: Record) -> Truth:
    holder, owner = value(account, "holder"), value(account, "owner")
    of_human = None if holder == NOT_KNOWN else holder is None
    person = shard.fact(owner) or NOT_KNOWN
    of_machine = True if owner is None else opposite(shard.in_service(person, shard.as_of))
    kind = value(account, "kind")
    if kind == NOT_KNOWN:
        # it may be one that several use, or a guest's, and these are judged elsewhere
        return False if of_human is False and of_machine is False else None
    return False if kind in {"shared", "guest"} else of_human if kind == "human" else of_machine


def shared(shard: Shard) -> Answer:
    """5.2-b: open accounts that several people use."""
    return judged(
        (
            row["uid"],
            every(
                opposite(closed(row)),
                opposite(among(row, "kind", *ROBOTS)),
                some([_generic(row), _contested(shard, row), _listed(shard, row)]),
            ),
        )
        for row in shard.rows["accounts"]
    )


def _generic(account: Record) -> Truth:
    if value(account, "kind") == NOT_KNOWN:
        return None if value(account, "holder") in {None, NOT_KNOWN} else False
    return account["kind"] == "shared"


def _contested(shard: Shard, account: Record) -> Truth:
    return some(
        among(link, "conflict", "yes")
        for link in shard.every("identity_links")
        if link["account"] == account["uid"]
    )


def _listed(shard: Shard, account: Record) -> Truth:
    return some(
        among(row, "kind", "shared_by_register")
        for row in shard.every("lending_signals")
        if row["account"] == account["uid"]
    )


def careless(shard: Shard) -> Answer:
    """5.2-d: open accounts without a second factor, with an old password or one that others know."""
    return judged(
        (
            row["uid"],
            every(
                opposite(closed(row)),
                among(row, "state", "active", "locked", "suspended", "deactivated", "deleted"),
                opposite(_elsewhere(row)),
                some(_faults(shard, row)),
            ),
        )
        for row in shard.rows["accounts"]
    )


def _elsewhere(account: Record) -> Truth:
    provider = value(account, "authenticates_with")
    return every(
        among(account, "auth_source", "sso", "directory"), None if provider in {None, NOT_KNOWN} else True
    )


def _faults(shard: Shard, account: Record) -> list[Truth]:
    tests = shard.settings["credential_tests"]
    found = []
    if "second_factor" in tests:
        alone = opposite(among(account, "kind", *ROBOTS, "shared"))
        found.append(every(alone, among(account, "mfa_enrolled", "no")))
    if "password_age" in tests:
        found.append(before(value(account, "password_changed_at"), shard.cutoff("password_max_days")))
    if "compromised" in tests:
        password = value(account, "password_changed_at")
        # who has no password has none that others know
        found.append(False if password is None else among(account, "password_compromised", "yes"))
    return found


def leavers(shard: Shard) -> Answer:
    """5.3-a: open accounts of people who have left."""
    return judged(
        (row["uid"], every(_left(shard, row), opposite(closed(row)))) for row in shard.rows["accounts"]
    )


def _left(shard: Shard, account: Record) -> Truth:
    holder = shard.holder(account)
    if holder is None:
        return False
    return every(
        opposite(among(account, "kind", *ROBOTS)), shard.left(holder, shard.cutoff("leaver_grace_days"))
    )


def used_after_leaving(shard: Shard) -> Answer:
    """5.3-b: accounts that were surely used in the period while their holder was not in service any more.

    Whatever the books say of the day on which one was closed: it was used. What may have been use is not told here.
    """
    found = set()
    for account in shard.rows["accounts"]:
        holder = shard.holder(account)
        if holder in {None, NOT_KNOWN} if isinstance(holder, str | None) else False:
            continue
        if value(account, "kind") in {*ROBOTS, NOT_KNOWN}:
            continue
        if any(_gone(shard, holder, at) for at in _uses(shard, account)):
            found.add(account["uid"])
    return found, set()


def _uses(shard: Shard, account: Record) -> list[str]:
    logins = [row for row in shard.every("login_events") if row["account"] == account["uid"]]
    ats = [value(row, "at") for row in logins if value(row, "result") == "success"]
    last = account["last_activity"]
    if last["state"] == "at" and last.get("kind", "attempt") != "attempt":
        ats.append(last["at"])
    period = shard.data["period"]
    return [at for at in ats if at != NOT_KNOWN and period["from"] <= at < period["to"] and at <= shard.as_of]


def _gone(shard: Shard, person: Record, at: str) -> bool:
    ends = [end for _, end in spells(person) if end not in {None, NOT_KNOWN}]
    return shard.in_service(person, at) is False and any(end < at for end in ends)


def dormant(shard: Shard) -> Answer:
    """5.3-f: accounts that nobody has used for long, and that are open."""
    return judged(
        (row["uid"], every(_to_be_used(shard, row), _unused(shard, row))) for row in shard.rows["accounts"]
    )


def _to_be_used(shard: Shard, account: Record) -> Truth:
    holder = shard.holder(account)
    return every(
        # a person's account that nobody holds is judged elsewhere
        holder is not None or opposite(among(account, "kind", "human")),
        among(account, "kind", "human", "guest", "shared"),
        among(account, "state", "active", "invited", "locked"),
        among(account, "is_collector", "no"),
        holder is None or opposite(shard.left(holder, shard.as_of)),
        holder is None or opposite(_away(shard, holder)),
    )


def _away(shard: Shard, holder: Any) -> Truth:
    if holder == NOT_KNOWN:
        return None
    back = value(holder, "leave_ends_at")
    lately = None if back == NOT_KNOWN else back is not None and back >= shard.cutoff("dormant_days")
    return some([among(holder, "status", "leave"), lately])


def _unused(shard: Shard, account: Record) -> Truth:
    last, limit = account["last_activity"], shard.cutoff("dormant_days")
    start = _start(account)
    if last["state"] == "never":
        created, least = value(account, "created_at"), shard.cutoff("never_used_days")
        # if it was opened again, then later
        return False if created != NOT_KNOWN and created >= least else before(start, least)
    if last["state"] == "at":
        late = to_instant(from_instant(last["at"]) + timedelta(seconds=last.get("precision_s", 0)))
        old = True if late < limit else None if last["at"] < limit or last.get("kind") == "attempt" else False
    elif last["state"] == "not_since":
        old = True if last["bound"] <= limit else None
    else:
        return None
    reopened = value(account, "reactivated_at")
    anew = None if reopened == NOT_KNOWN else reopened is not None and reopened >= limit
    return every(old, opposite(anew), opposite(_young(account, last, limit)))


def _young(account: Record, last: Record, limit: str) -> Truth:
    if last["state"] == "unknown":
        return None
    created, seen = value(account, "created_at"), value(account, "first_seen_at")
    if created not in {None, NOT_KNOWN}:
        return created >= limit
    # it was there when it was used, or seen
    used = last["state"] == "at" and last["at"] < limit
    return False if used or (seen not in {None, NOT_KNOWN} and seen < limit) else None


def _start(account: Record) -> Any:
    created, reopened = value(account, "created_at"), value(account, "reactivated_at")
    if NOT_KNOWN in {created, reopened}:
        return NOT_KNOWN
    return max(created, reopened or created)
