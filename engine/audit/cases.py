"""Confirmed cases of earlier runs and of this one, so that a rule can tell whether somebody did it before."""

from collections.abc import Iterator
from typing import Any

from engine.canonical import load
from engine.snapshot import Snapshot

Record = dict[str, Any]


def cases_of(snapshot: Snapshot, before: list[Record]) -> list[Record]:
    """Each confirmed case with each person at fault; what was known in an earlier run stays known.

    Args:
        snapshot: today's; its registers decide about every case that they still have
        before: the cases as the run before kept them
    """
    events = list(_events(snapshot))
    now = {event["uid"] for event in events}
    rows = [row for row in before if row["case"] not in now]
    for event in events:
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


def events_of(snapshot: Snapshot) -> list[str]:
    """The uids of all incidents and reports: what a decision may be about."""
    return sorted(str(event["uid"]) for event in _all(snapshot))


def losses_of(snapshot: Snapshot, before: list[Record]) -> list[Record]:
    """Incidents with a loss or a legal risk of which nobody had assessed who is liable; what vanished stays known."""
    incidents = snapshot.company()["incidents"]
    now = {incident["uid"] for incident in incidents}
    rows = [row for row in before if row["case"] not in now]
    rows += [
        {"case": incident["uid"], "number": incident["number"], "department": code}
        for incident in incidents
        if "yes" in (incident["loss"], incident["legal_risk"]) and incident["liability_assessed"] != "yes"
        for code in incident["departments"][:1]
    ]
    return sorted(rows, key=lambda row: str(row["case"]))


def _events(snapshot: Snapshot) -> Iterator[Record]:
    """Incidents, and the reports that stand for themselves."""
    return (event for event in _all(snapshot) if "case_of" not in event)


def _all(snapshot: Snapshot) -> Iterator[Record]:
    yield from snapshot.company()["incidents"]
    for code in snapshot.codes:
        if snapshot.manifest["counts"][code]["violation_reports"]:
            yield from load(snapshot.shard(code))["violation_reports"]
