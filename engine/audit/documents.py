"""The narrow documents that every rule reads beside its shard: `data` of the engine."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engine.audit.verdict import Sources
from engine.calendar import WorkCalendar, day_start, from_instant
from engine.checks.catalogue import Catalogue
from engine.facts import COMPANY
from engine.facts.declared import types_with
from engine.findings import Period
from engine.settings import Settings, instants
from engine.snapshot import Snapshot

_LAST = "9"
"""Comes after every instant."""

_WORST = ("not_configured", "failed", "partial", "stale", "complete")


def period_of(as_of: str, zone: ZoneInfo) -> Period:
    """The quarter that holds the instant, the one before, and the last complete one, in the company's zone."""
    day = from_instant(as_of).astimezone(zone).date()
    quarter = (day.month - 1) // 3 + 1
    start = _quarter_start(day.year, quarter)
    end = _quarter_start(day.year, quarter + 1)
    previous = _quarter_start(day.year, quarter - 1)
    complete = day == end - timedelta(days=1)
    return Period(
        label=f"{day.year}Q{quarter}",
        year=day.year,
        quarter=quarter,
        from_at=day_start(start, zone),
        to_at=day_start(end, zone),
        previous_from=day_start(previous, zone),
        duty_from=day_start(start if complete else previous, zone),
        duty_to=day_start(end if complete else start, zone),
    )


def _quarter_start(year: int, quarter: int) -> date:
    years, index = divmod(quarter - 1, 4)
    return date(year + years, index * 3 + 1, 1)


def policy_in_force(company: dict[str, Any], as_of: str) -> str:
    """Version of the policy in force as of the instant; empty if none is known, or several are."""
    found = [
        row["version"]
        for row in company["policy_versions"]
        if row.get("valid_from", "9") <= as_of < row.get("valid_until", "9")
    ]
    return found[0] if len(found) == 1 else ""


def sources_of(snapshot: Snapshot, window: timedelta) -> Sources:
    """How complete each fact type is in each department.

    A source whose data is further from `as_of` than the window is stale, whatever it says itself.
    """
    manifest = snapshot.manifest
    as_of = from_instant(manifest["as_of"])
    codes = [code for code in manifest["counts"] if code not in {"company", COMPANY}]
    reports = []
    for report in manifest["sources"]:
        distance = abs(from_instant(report.get("as_of", report["collected_to"])) - as_of)
        late = report["completeness"] == "complete" and distance > window
        reports.append({**report, "completeness": "stale" if late else report["completeness"]})
    names = {*types_with(snapshot.declared), *(name for report in reports for name in _names(report))}
    nothing = dict.fromkeys(sorted(names), "not_configured")
    delivered = nothing | _states(reports, None, {})
    # a record that had to be left out while sealing is missed everywhere; a source that is short, where it is asked for
    left_out = {
        entity: state for entity, state in manifest["fact_types"].items() if delivered[entity] == "complete"
    }
    everywhere = nothing | _states(reports, None, left_out)
    states = {"*": everywhere}
    if any("departments" in report for report in reports):
        for code in codes:
            here = nothing | _states(reports, code, left_out)
            states[code] = {entity: state for entity, state in here.items() if state != everywhere[entity]}
    ids: dict[str, list[str]] = {}
    for report in reports:
        if report["completeness"] != "complete":
            for entity in _names(report):
                ids.setdefault(entity, []).append(report["id"])
    reach = {report["id"]: report["departments"] for report in reports if "departments" in report}
    return Sources(states, ids, reach)


def _names(report: dict[str, Any]) -> list[str]:
    kind = report["type"].partition(":")[2]
    return [
        *report["delivers"],
        *([f"register_entry:{kind}"] if kind and "register_entry" in report["delivers"] else []),
    ]


def _states(reports: list[dict[str, Any]], code: str | None, sealed: dict[str, str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for report in reports:
        if code is None or code in report.get("departments", [code]):
            for entity in _names(report):
                found.setdefault(entity, []).append(report["completeness"])
    worst = {entity: min(states, key=_WORST.index) for entity, states in found.items()}
    for entity, state in sealed.items():
        if state == "partial" and worst.get(entity) == "complete":
            worst[entity] = "partial"
    return worst


def documents(
    snapshot: Snapshot, catalogue: Catalogue, settings: Settings, sources: Sources
) -> dict[str, Any]:
    """`data` of the engine, by name."""
    manifest = snapshot.manifest
    zone = ZoneInfo(manifest["timezone"])
    as_of = manifest["as_of"]
    calendar = WorkCalendar.of(snapshot.calendar())
    company = snapshot.company()
    cutoff, horizon = instants(catalogue.settings, settings, as_of, calendar, zone)
    period = period_of(as_of, zone)
    types = types_with(snapshot.declared)
    reports: dict[str, list[dict[str, Any]]] = {entity: [] for entity in types}
    for report in manifest["sources"]:
        for entity in report["delivers"]:
            reports[entity].append(
                {
                    "id": report["id"],
                    "state": report["completeness"],
                    "received": report["received"].get(entity, 0),
                }
            )
    return {
        "as_of": as_of,
        "period": {
            "label": period.label,
            "year": period.year,
            "quarter": period.quarter,
            "from": period.from_at,
            "to": period.to_at,
            "previous_from": period.previous_from,
            "duty_from": period.duty_from,
            "duty_to": period.duty_to,
        },
        "settings": settings.values,
        "cutoff": cutoff,
        "horizon": horizon,
        "company": company,
        "calendar": calendar.document([from_instant(as_of).astimezone(zone).date()]),
        "sources": {
            "types": {
                entity: {
                    "state": sources.states["*"][entity],
                    "sources": reports[entity],
                }
                for entity in types
            },
            "departments": {
                code: {entity: {"state": state} for entity, state in states.items()}
                for code, states in sources.states.items()
                if code != "*" and states
            },
        },
        "policy": {
            "id": catalogue.policy.id,
            "audited": manifest.get("policy_version", catalogue.policy.version),
            "in_force": policy_in_force(company, as_of),
        },
        "in_force": {
            check: [
                {
                    "from": "" if first == date.min else day_start(first, zone),
                    "until": _LAST if last == date.max else day_start(last + timedelta(days=1), zone),
                }
                for first, last in standing.periods
            ]
            for check, standing in catalogue.standings.items()
            if standing.limited
        },
        "root": manifest["root"],
        "roles": manifest["roles"],
    }
