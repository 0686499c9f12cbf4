"""Confirmed cases of earlier runs and of this one, so that a rule can tell whether somebody did it before."""

from collections.abc import Iterator
from typing import Any

from engine.canonical import load
from engine.snapshot import Snapshot

Record = dict[str, Any]


def known_cases(snapshot: Snapshot, history: dict[str, Any]) -> dict[str, Any]:
    """The parts of `data.history` about cases: `cases`, `events` and `losses`.

    Args:
        snapshot: today's; its registers decide about every case that they still have
        history: of the run before, which keeps what the registers have no more
    """
    incidents = snapshot.company()["incidents"]
    events = [*incidents, *_reports(snapshot)]
    return {
        "cases": _confirmed(events, history.get("cases", [])),
        "events": sorted(str(event["uid"]) for event in events),
        "losses": _unassessed(incidents, history.get("losses", [])),
    }


def _reports(snapshot: Snapshot) -> Iterator[Record]:
    for code in snapshot.codes:
        if snapshot.manifest["counts"][code]["violation_reports"]:
            yield from load(snapshot.shard(code))["violation_reports"]


def _confirmed(events: list[Record], before: list[Record]) -> list[Record]:
    """Each confirmed case with each person at fault; a report that is dealt with as an incident is none of its own."""
    alone = [event for event in events if "case_of" not in event]
    rows = _vanished(alone, before)
    for event in alone:
        if event["confirmed"] == "yes" and "confirmed_at" in event and "clause" in event:
            rows += [
                {
                    "case": event["uid"],
                    "person": person,
                    "clause": event["clause"],
                    "confirmed_at": event["confirmed_at"],
                }
                for person in (event.get("persons") or event.get("about") or ())
            ]
    return sorted(rows, key=lambda row: (row["case"], row["person"]))


def _unassessed(incidents: list[Record], before: list[Record]) -> list[Record]:
    """Incidents with a loss or a legal risk of which nobody had assessed who is liable."""
    rows = _vanished(incidents, before)
    rows += [
        {"case": incident["uid"], "number": incident["number"], "department": code}
        for incident in incidents
        if "yes" in (incident["loss"], incident["legal_risk"]) and incident["liability_assessed"] != "yes"
        for code in incident["departments"][:1]
    ]
    return sorted(rows, key=lambda row: str(row["case"]))


def _vanished(events: list[Record], before: list[Record]) -> list[Record]:
    now = {event["uid"] for event in events}
    return [row for row in before if row["case"] not in now]
