"""Evaluations, backups in their store, and what was cleared away, decided a second time."""

from datetime import timedelta

from oracle_company import filled, holds, listed
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
    some,
    value,
)

from engine.calendar import from_instant, to_instant

_COMPANY = "_company"


def later(instant: str, seconds: float) -> str:
    """So many seconds after an instant."""
    return to_instant(from_instant(instant) + timedelta(seconds=seconds))


def unevaluated(shard: Shard) -> Answer:
    """4.1-b: selected tools without an evaluation that counts."""
    return judged(
        (row["uid"], _unevaluated(shard, row))
        for row in shard.data["company"]["applications"]
        if _is_here(shard, row)
    )


def _is_here(shard: Shard, application: Record) -> bool:
    code, owner = application.get("department_code"), shard.fact(application.get("owner"))
    if code is not None:
        return shard.first_of([code])
    if owner is not None and owner in shard.rows["people"]:
        return True
    return shard.code == _COMPANY and (owner is None or owner.get("department_code") is None)


def _unevaluated(shard: Shard, application: Record) -> Truth:
    evaluated, selected = value(application, "evaluated_at"), value(application, "selected_at")
    wrong: Truth = None
    if evaluated is None:
        wrong = True
    elif evaluated != NOT_KNOWN and evaluated <= shard.as_of:
        wrong = evaluated < shard.cutoff("evaluation_max_age_days")
        # the register keeps the last evaluation alone: there may have been one before the selection
        start = shard.data["period"]["from"]
        chosen = start if selected == NOT_KNOWN else selected
        if not wrong and chosen is not None and start <= chosen < evaluated:
            wrong = None
    return every(among(application, "category", *COMMUNICATION), among(application, "selected", "yes"), wrong)


def short(shard: Shard) -> Answer:
    """7.2-b: plans whose backups do not reach back far enough, or are too few."""
    return judged((row["uid"], _short(shard, row)) for row in shard.rows["backup_plans"])


def _short(shard: Shard, plan: Record) -> Truth:
    days, least = value(plan, "retention_days"), value(plan, "restore_points_min")
    if days in {None, 0} and least in {None, 0}:
        return False
    data_set = shard.fact(value(plan, "data_set"))
    used = None if data_set is None else opposite(among(data_set, "retired", "yes"))
    points = [
        (_good(shard, plan, point), value(point, "created_at")) for point in shard.every("restore_points")
    ]
    if data_set is None:
        points.append((None, NOT_KNOWN))
    names = {plan["uid"], plan["name"]} | ({data_set["uid"], data_set["name"]} if data_set else set())
    return every(
        used,
        holds(shard, plan),
        some(good for good, _ in points),
        some([_too_recent(shard, plan, points), _too_few(shard, plan, points)]),
        opposite(shard.allowed("retention_exception", names)),
    )


def _good(shard: Shard, plan: Record, point: Record) -> Truth:
    there = shard.happened(point, "created_at", shard.as_of)
    mine = every(_same(shard, plan, point, "data_set"), _same(shard, plan, point, "target"))
    return every(mine, filled(point), there, listed(shard, point))


def _same(shard: Shard, plan: Record, point: Record, name: str) -> Truth:
    one, other = value(plan, name), value(point, name)
    return None if shard.fact(one) is None or shard.fact(other) is None else one == other


def _too_recent(shard: Shard, plan: Record, points: list[tuple[Truth, str]]) -> Truth:
    days, interval, begun = (value(plan, name) for name in ("retention_days", "interval_s", "effective_from"))
    if days in {None, 0}:
        return False
    longest = shard.settings["backup_interval_max_s"]
    grace = longest if interval in {None, 0} else interval
    if grace != NOT_KNOWN and interval not in {None, 0}:
        grace = min(grace, longest) * shard.settings["backup_grace_factor"]
    if NOT_KNOWN in {days, grace}:
        # whatever is not known, without a good point there is nothing that could reach back
        return None if any(good is not False for good, _ in points) else True
    wanted = later(shard.ago(days), grace)
    reach = []
    for good, created in points:
        old = None if created == NOT_KNOWN else created <= wanted
        young = None if NOT_KNOWN in {created, begun} else created <= later(begun, grace)
        reach.append(every(good, some([old, young])))
    return opposite(some(reach))


def _too_few(shard: Shard, plan: Record, points: list[tuple[Truth, str]]) -> Truth:
    least, interval, begun = (
        value(plan, name) for name in ("restore_points_min", "interval_s", "effective_from")
    )
    if least in {None, 0}:
        return False
    sure = sum(good is True for good, _ in points)
    possible = sum(good is not False for good, _ in points)
    if least == NOT_KNOWN:
        return None
    few = False if sure >= least else True if possible < least else None
    if any(created == NOT_KNOWN and good is None for good, created in points[-1:]) and few:
        few = None if shard.fact(value(plan, "data_set")) is None else few
    aged: Truth = None
    if NOT_KNOWN not in {interval, begun} and interval is not None:
        aged = later(begun, least * interval) < shard.as_of
    return every(few, aged)


def uncleared(shard: Shard) -> Answer:
    """7.3-a: data sets with records past their term."""
    return judged((row["uid"], _uncleared(shard, row)) for row in shard.rows["data_sets"])


def _uncleared(shard: Shard, data_set: Record) -> Truth:
    days, oldest = value(data_set, "retention_days_policy"), value(data_set, "oldest_record_at")
    if days is None:
        return False
    expired: Truth = None
    if NOT_KNOWN not in {days, oldest}:
        expired = oldest < shard.ago(days + shard.settings["clearing_grace_days"])
    allowed = shard.allowed("retention_exception", {data_set["uid"], data_set["name"]})
    return every(among(data_set, "on_hold", "no"), expired, opposite(allowed))


def unreviewed(shard: Shard) -> Answer:
    """7.3-b: disposals in the period whose worth nobody confirmed, or of what was to be kept."""
    return judged((row["uid"], _unreviewed(shard, row)) for row in shard.rows["deletion_records"])


def _unreviewed(shard: Shard, disposal: Record) -> Truth:
    executed = value(disposal, "executed_at")
    if executed == NOT_KNOWN:
        return None
    return every(
        shard.in_period(executed),
        some([*_review_faults(shard, disposal, executed), _held(shard, disposal, executed), _refused(shard, disposal)]),
    )  # fmt: skip


def _review_faults(shard: Shard, disposal: Record, executed: str) -> list[Truth]:
    reviewed, reviewer, executor = (
        value(disposal, name) for name in ("reviewed_at", "reviewed_by", "executed_by")
    )
    if reviewed is None or reviewer is None:
        return [True]  # what nobody signed is no review
    late = None if reviewed == NOT_KNOWN else reviewed > executed
    oldest = later(executed, -86400 * shard.settings["disposal_review_max_days"])
    stale = every(opposite(among(disposal, "routine", "yes")), before(reviewed, oldest))
    himself = None if NOT_KNOWN in {reviewer, executor} else reviewer == executor
    return [late, stale, himself]


def _held(shard: Shard, disposal: Record, executed: str) -> Truth:
    data_set = shard.fact(value(disposal, "data_set"))
    orders = [
        every(
            None if data_set is None else row["data_set"] == data_set["uid"],
            shard.happened(row, "from_at", executed),
            opposite(shard.happened(row, "until_at", executed)),
        )
        for row in shard.every("holds")
    ]
    if data_set is None:
        return None
    # it is on hold by its own record, or may be where records are marked, and no order says since when
    since = any(row["data_set"] == data_set["uid"] for row in shard.every("holds"))
    unmarked = data_set["unknown"].get("on_hold") == "not_collected"
    doubt: Truth = False if since or unmarked or among(data_set, "on_hold", "no") else None
    return some([*orders, doubt])


def _refused(shard: Shard, disposal: Record) -> Truth:
    uid = value(disposal, "approval")
    if uid in {None, NOT_KNOWN}:
        return False if uid is None else None
    approval = shard.fact(uid)
    if approval is None:
        return None
    granted = shard.approved(approval, disposal["executed_at"])
    return opposite(every(among(approval, "kind", "data_deletion"), granted))
