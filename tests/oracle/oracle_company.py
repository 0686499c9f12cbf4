"""Tools, backups, training, heads and the policy itself, decided a second time."""

from typing import Any

from oracle_facts import (
    COMMUNICATION,
    NOT_KNOWN,
    Answer,
    Record,
    Shard,
    Truth,
    among,
    before,
    every,
    judged,
    opposite,
    outsider,
    some,
    value,
)

_COMPANY = "_company"
_DAY_S = 86400


def unselected(shard: Shard) -> Answer:
    """4.1-a: communication programs that nobody chose and nobody asked for."""
    return judged((row["uid"], _unselected(shard, row)) for row in shard.rows["software_installs"])


def _unselected(shard: Shard, install: Record) -> Truth:
    uid = value(install, "application")
    if uid is None:
        return False
    application = shard.fact(uid)
    if application is None:
        return None
    chosen = every(among(application, "selected", "yes"), opposite(among(application, "registered", "no")))
    wrong = every(
        among(application, "category", *COMMUNICATION),
        opposite(chosen),
        opposite(_requested(shard, application)),
    )
    host = shard.fact(install["host"])
    assert host is not None
    unseen = before(value(host, "last_seen_at"), shard.cutoff("host_seen_days"))
    return wrong if wrong is False or unseen is False else None


def _requested(shard: Shard, application: Record) -> Truth:
    return some(
        among(row, "application", application["uid"]) for row in shard.data["company"]["exception_requests"]
    )


def unaudited(shard: Shard) -> Answer:
    """2-a: communication applications on the department's devices that no register and no source knows."""
    installs = shard.rows["software_installs"]
    nameless = {row["uid"] for row in installs if value(row, "application") == NOT_KNOWN}
    seen = {value(row, "application") for row in installs} - {None, NOT_KNOWN}
    violations, unknown = judged((uid, _unaudited(shard, uid)) for uid in seen)
    return violations, unknown | nameless


def _unaudited(shard: Shard, uid: str) -> Truth:
    application = shard.fact(uid)
    assert application is not None
    wrong = every(
        among(application, "category", *COMMUNICATION),
        among(application, "registered", "no"),
        among(application, "collected", "no"),
    )
    hosts = [
        shard.fact(row["host"]) for row in shard.rows["software_installs"] if row.get("application") == uid
    ]
    limit = shard.cutoff("host_seen_days")
    seen = some(opposite(before(value(host, "last_seen_at"), limit)) for host in hosts if host)
    return wrong if wrong is False or seen is True else None


def late(shard: Shard) -> Answer:
    """7.2-a: plans without a good backup in time."""
    return judged((row["uid"], _late(shard, row)) for row in shard.rows["backup_plans"])


def _late(shard: Shard, plan: Record) -> Truth:
    data_set = shard.fact(value(plan, "data_set"))
    used = None if data_set is None else opposite(among(data_set, "retired", "yes"))
    interval = value(plan, "interval_s")
    if interval in {None, 0}:
        return False
    held = holds(shard, plan)
    if interval == NOT_KNOWN:
        return False if every(used, held) is False else None
    days = (
        min(interval, shard.settings["backup_interval_max_s"])
        * shard.settings["backup_grace_factor"]
        / _DAY_S
    )
    limit = shard.ago(days)
    if data_set is None:
        # whatever it is of: one that is younger than its interval need not have made any
        begun = value(plan, "effective_from")
        due = None if begun is None else before(begun, limit)
        return False if every(held, due) is False else None
    copies = [
        (good, _inside(shard, start, limit), start) for good, start in _copies(shard, plan, data_set, limit)
    ]
    punctual = some(every(good, inside) for good, inside, _ in copies)
    some_good = some(good for good, _, _ in copies)
    if held is None and value(plan, "effective_until") != NOT_KNOWN and some_good:
        held = True  # what has made a good backup has begun
    begun = value(plan, "effective_from")
    # a plan that is younger need not have made any; when one began of which that is not known, its backups tell
    due = (some_good or None) if begun in {None, NOT_KNOWN} else before(begun, limit)
    return every(used, held, opposite(punctual), due)


def holds(shard: Shard, plan: Record) -> Truth:
    begun, over = value(plan, "effective_from"), value(plan, "effective_until")
    return every(
        None if begun == NOT_KNOWN else begun is None or begun <= shard.as_of,
        None if over == NOT_KNOWN else over is None or over > shard.as_of,
    )


def _inside(shard: Shard, started: Any, limit: str) -> Truth:
    return None if started == NOT_KNOWN else limit <= started <= shard.as_of


def _copies(shard: Shard, plan: Record, data_set: Record, limit: str) -> list[tuple[Truth, Any]]:
    """Of each backup of the plan whether it is good, and when it was made."""
    found = []
    for run in shard.every("backup_runs"):
        mine = among(run, "plan", plan["uid"])
        if mine is None:
            mine = every(None, among(run, "data_set", data_set["uid"]))
        # a tool may not tell how much it kept; that somebody found it intact does as well
        sized = some([filled(run), value(run, "size_bytes") == NOT_KNOWN and run["verify_result"] == "yes"])
        started, finished = value(run, "started_at"), value(run, "finished_at")
        if started == NOT_KNOWN and finished not in {None, NOT_KNOWN} and finished < limit:
            started = finished  # late by its end, so by its beginning as well
        if started != NOT_KNOWN and started is not None and started > shard.as_of:
            continue
        found.append((every(mine, among(run, "result", "success"), sized), started))
    for point in shard.every("restore_points"):
        mine = every(among(point, "data_set", data_set["uid"]), among(point, "target", value(plan, "target")))
        created = value(point, "created_at")
        if created != NOT_KNOWN and created > shard.as_of:
            continue
        found.append((every(mine, filled(point), listed(shard, point)), created))
    return found


def filled(copy: Record) -> Truth:
    """Whether there is anything in a backup."""
    size = value(copy, "size_bytes")
    return None if size == NOT_KNOWN else (size or 0) > 0


def listed(shard: Shard, point: Record) -> Truth:
    """Whether a restore point can still be read; a tool that tells no ends lists only what it has."""
    end = value(point, "expires_at")
    if end == NOT_KNOWN:
        return True if point["unknown"]["expires_at"] == "not_supported" else None
    return end is None or end > shard.as_of


def unplanned(shard: Shard) -> Answer:
    """7.2-d: data sets without one plan that states everything."""
    return judged(
        (
            row["uid"],
            every(opposite(among(row, "retired", "yes")), opposite(_planned(shard, row))),
        )
        for row in shard.rows["data_sets"]
    )


def _planned(shard: Shard, data_set: Record) -> Truth:
    return some(
        every(among(plan, "data_set", data_set["uid"]), holds(shard, plan), _complete(shard, plan))
        for plan in shard.every("backup_plans")
    )


def _complete(shard: Shard, plan: Record) -> Truth:
    interval, days, responsible = (
        value(plan, name) for name in ("interval_s", "retention_days", "responsible")
    )
    kept = some(
        [
            among(plan, "retention_mode", "forever"),
            None if days == NOT_KNOWN else (days or 0) > 0,
        ]
    )
    person = shard.fact(responsible) or NOT_KNOWN
    named: Truth = False
    if responsible is not None:
        named = every(shard.in_service(person, shard.as_of), opposite(outsider(person)))
    return every(
        None if interval == NOT_KNOWN else (interval or 0) > 0,
        opposite(among(plan, "method", "none")),
        kept,
        named,
    )


def untrained(shard: Shard) -> Answer:
    """8.3-b: whether the company held no training in two quarters."""
    if shard.code != _COMPANY:
        return set(), set()
    root = next(
        (row for row in shard.data["company"]["departments"] if row["code"] == shard.data["root"]), None
    )
    if root is None:
        return set(), set()
    held = some(_counts(shard, row) for row in shard.every("training_sessions"))
    return judged([(root["uid"], opposite(held))])


def _counts(shard: Shard, session: Record) -> Truth:
    attendees, held_at = value(session, "attendees"), value(session, "held_at")
    return every(
        among(session, "state", "held"),
        among(session, "topic", "communication_security"),
        None if attendees == NOT_KNOWN else attendees > 0,
        None if held_at == NOT_KNOWN else shard.data["period"]["previous_from"] <= held_at <= shard.as_of,
    )


def headless(shard: Shard) -> Answer:
    """9.1-a: whether nobody of the company heads the department."""
    rows = [row for row in shard.data["company"]["departments"] if row["code"] == shard.code]
    return judged((row["uid"], every(_peopled(shard), _headless(shard, row))) for row in rows)


def _peopled(shard: Shard) -> Truth:
    return some(shard.in_service(person, shard.as_of) for person in shard.rows["people"])


def _headless(shard: Shard, department: Record) -> Truth:
    heads = value(department, "head")
    if heads == NOT_KNOWN:
        return None
    main = {head["person"] for head in department["heads"] if head["acting"] == "no"} & set(heads)
    ends = [head["until_at"] for head in department["heads"] if head.get("until_at", "9") <= shard.as_of]
    vacant_since = max(ends, default="") if not heads else ""
    nobody = opposite(some(_heads(shard, uid) for uid in heads))
    if len(main) > 1:
        # which of them it is, nobody knows; if none of them can be, it is none
        return True if nobody else None
    return every(nobody, vacant_since < shard.cutoff("head_gap_days"))


def _heads(shard: Shard, uid: str) -> Truth:
    person = shard.fact(uid) or NOT_KNOWN
    return every(opposite(shard.left(person, shard.as_of)), opposite(outsider(person)))


def outdated(shard: Shard) -> Answer:
    """10.1-a: whether the policy was not reviewed in time, or another version is in force."""
    if shard.code != _COMPANY:
        return set(), set()
    versions = {row["version"]: row for row in shard.data["company"]["policy_versions"]}
    audited = versions.get(shard.data["policy"]["audited"])
    if audited is None:
        return set(), set()
    limit = shard.cutoff("policy_review_days")
    start, end = value(audited, "valid_from"), value(audited, "valid_until")
    in_force = every(
        None if start == NOT_KNOWN else start <= shard.as_of,
        None if end == NOT_KNOWN else end is None or end > shard.as_of,
    )
    reviewed = value(audited, "reviewed_on_starts_at")
    fresh_review: Truth = False
    if reviewed is not None:
        signed = value(audited, "reviewed_by")
        recent = None if reviewed == NOT_KNOWN else limit <= reviewed <= shard.as_of
        # a review that nobody signed proves nothing, and its absence is not proven either
        fresh_review = every(recent, True if signed not in {None, NOT_KNOWN} else None)
    if in_force is None:
        return set(), {audited["uid"]}
    fresh_issue = None if start == NOT_KNOWN else start >= limit
    return judged(
        [(audited["uid"], some([opposite(in_force), every(opposite(fresh_review), opposite(fresh_issue))]))]
    )
