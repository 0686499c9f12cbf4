"""Tickets of Jira as approvals: who asked for what, who decided, and when.

The name of a status is no approval. What counts is that somebody moved the ticket there, or answered when Service
Management asked: that is a decision, with its author and its time.
"""

import re
from datetime import date
from typing import Any

from collectors.clocks import end_of_day, from_rfc3339
from collectors.harvest import Harvest
from collectors.interface import Fields, Moment
from collectors.jira.options import JiraOptions
from collectors.webapi import Reading
from engine.facts import KEY, Approval, Decision

NEVER = ("released_audience", "text_sha256")
"""What no ticket tells in a way that could be relied on."""

FIELDS: Fields = {
    "approval": {
        "decided_at": "",
        "decisions": "",
        "kind": "where kinds has the issue type",
        "number": "",
        "released_departments": "empty: a ticket names none",
        "requested_at": "",
        "requested_by": "where people or person_rule tells the employee number",
        "state": "where statuses has the status",
        "subject": "",
        "valid_until": "with valid_until_field",
    }
}
"""What each fact can hold from this kind of source, and on what condition."""

_SAID = {"approved": "approved", "declined": "rejected", "pending": "pending"}

_DECIDING = frozenset({"approved", "rejected"})


def add_approval(
    harvest: Harvest,
    issue: dict[str, Any],
    at: str,
    decisions: list[Decision] | str,
    options: JiraOptions,
    moment: Moment,
) -> None:
    """Add a ticket; `decisions` are those that were found, oldest first, or why they are not known."""
    stated = issue.get("fields")
    fields: dict[str, Any] = stated if isinstance(stated, dict) else {}
    flat = {
        "issuetype": _name(fields.get("issuetype")),
        "created": fields.get("created"),
        "subject": fields.get(options.subject_field),
    }
    reading = Reading(harvest, "approval", flat)
    reading.unknown |= dict.fromkeys(NEVER, "not_supported")
    if isinstance(decisions, str):
        reading.unknown |= dict.fromkeys(("decisions", "decided_at"), decisions)
    number = str(issue.get("key") or issue["id"])
    values: dict[str, Any] = {
        "number": number,
        "kind": reading.word("kind", "issuetype", options.kinds),
        "subject": reading.text("subject", "subject"),
        "requested_by": _requester(reading, fields.get("reporter"), options),
        "requested_at": reading.rfc3339("requested_at", "created"),
        "state": _state(reading, fields.get("status"), options),
        "valid_until": _valid_until(reading, fields, options, moment),
        "released_departments": (),
    }
    if values["state"] in _DECIDING and not options.service_desk and not _led_to(values["state"], decisions):
        # it got there somehow: by a move under a word that has no meaning here, or before the first change that is kept
        decisions = "ambiguous"
        reading.unknown |= dict.fromkeys(("decisions", "decided_at"), decisions)
    if not isinstance(decisions, str):
        values |= {"decisions": tuple(decisions), "decided_at": _decided_at(reading, decisions)}
    harvest.add(
        Approval,
        issue["id"],
        name=number,
        raw=issue,
        at=at,
        values={
            **{name: value for name, value in values.items() if name not in reading.unknown},
            "unknown": reading.unknown,
        },
    )


def from_statuses(harvest: Harvest, histories: list[dict[str, Any]], options: JiraOptions) -> list[Decision]:
    """The decisions that lie in the changes of a ticket: each time that somebody moved it into a deciding status."""
    found = []
    for history in histories:
        items = history.get("items")
        for item in items if isinstance(items, list) else ():
            words = [str(item[part]) for part in ("toString", "to") if item.get(part)] or ["absent"]
            state = next((options.statuses[word] for word in words if word in options.statuses), None)
            if state is None:
                harvest.mapped("approval.decisions", f"status: {words[0][:60]}", {})
            if state in _DECIDING:
                by, at = (
                    person(harvest, history.get("author"), options),
                    _instant(harvest, history.get("created")),
                )
                found.append(Decision(by=by, role="approver", decision=state, at=at))
    return _ordered(found)


def from_service_desk(
    harvest: Harvest, approvals: list[dict[str, Any]], options: JiraOptions
) -> list[Decision] | str:
    """The decisions of those whom Service Management asked, or why they are not known.

    When each of them answered is not told: the time is that at which the approval was complete, which is no earlier.
    """
    found = []
    for approval in approvals:
        completed = approval.get("completedDate")
        at = _instant(harvest, completed.get("iso8601")) if isinstance(completed, dict) else None
        approvers = approval.get("approvers")
        if not isinstance(approvers, list):
            harvest.mapped("approval.decisions", f"approvers: {type(approvers).__name__}", {})
            return "unparsable"
        for one in approvers:
            row = one if isinstance(one, dict) else {}
            said = harvest.mapped("approval.decisions", str(row.get("approverDecision"))[:60], _SAID)
            if said == "unknown":
                return "unparsable"
            by = person(harvest, row.get("approver"), options)
            found.append(
                Decision(by=by, role="approver", decision=said, at=at if said in _DECIDING else None)
            )
    return _ordered(found)


def person(harvest: Harvest, user: Any, options: JiraOptions) -> str | None:
    """The person behind a user of Jira; none, and noted, if nothing tells the employee number."""
    if not isinstance(user, dict):
        return None
    names = [str(user[name]) for name in ("accountId", "name", "key") if user.get(name)]
    for name in names:
        if name in options.people:
            return KEY + options.people[name]
    if options.person_rule is not None and isinstance(user.get("name"), str):
        found = re.fullmatch(options.person_rule, user["name"])
        if found and found["employee_no"]:
            return KEY + found["employee_no"]
    if names:
        harvest.mapped("approval.person", names[0], {})
    return None


def _requester(reading: Reading, reporter: Any, options: JiraOptions) -> str | None:
    found = person(reading.harvest, reporter, options)
    if found is None:
        reading.unknown["requested_by"] = "ambiguous" if isinstance(reporter, dict) else "not_permitted"
    return found


def _state(reading: Reading, status: Any, options: JiraOptions) -> str | None:
    names = (
        [str(status[part]) for part in ("name", "id") if status.get(part)] if isinstance(status, dict) else []
    )
    if not names:
        reading.unknown["state"] = "not_permitted"
        return None
    for name in names:
        if name in options.statuses:
            return options.statuses[name]
    reading.harvest.mapped("approval.state", f"status: {names[0][:60]}", {})
    reading.unknown["state"] = "unparsable"
    return None


def _led_to(state: str, decisions: list[Decision] | str) -> bool:
    """Whether one of the moves is the one that the state came of; moves that are not known may hold it."""
    return isinstance(decisions, str) or any(one.decision == state for one in decisions)


def _decided_at(reading: Reading, decisions: list[Decision]) -> str | None:
    deciding = [one for one in decisions if one.decision in _DECIDING]
    if any(one.at is None for one in deciding):
        reading.unknown["decided_at"] = "unparsable"
        return None
    return max((one.at for one in deciding if one.at), default=None)


def _valid_until(
    reading: Reading, fields: dict[str, Any], options: JiraOptions, moment: Moment
) -> str | None:
    """24:00 of the last day; none where the field is empty, or approvals have no end."""
    stated = fields.get(options.valid_until_field) if options.valid_until_field else None
    if options.valid_until_field and options.valid_until_field not in fields:
        reading.unknown["valid_until"] = "not_permitted"
    if stated is None:
        return None
    try:
        return end_of_day(date.fromisoformat(str(stated)), moment.zone)
    except ValueError:
        reading.harvest.mapped("approval.valid_until", f"{options.valid_until_field}: no day", {})
        reading.unknown["valid_until"] = "unparsable"
        return None


def _instant(harvest: Harvest, stated: Any) -> str | None:
    try:
        return from_rfc3339(str(stated))
    except ValueError:
        harvest.mapped("approval.decisions", "a decision without a time that can be read", {})
        return None


def _ordered(decisions: list[Decision]) -> list[Decision]:
    return sorted(decisions, key=lambda one: (one.at or "9", one.by or "", one.decision))


def _name(value: Any) -> Any:
    return value.get("name") if isinstance(value, dict) else value
