"""A run without the findings that an inspector withheld: results, totals, history and what may come back.

A check whose finding is withheld is not assessed, with the reason `withheld`: neither a pass nor an accusation. What was
withheld has its own term in the roll-forward, so that opening and closing go on tying.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.findings import Ended, Finding, FindingState, Instance, Outcome, Result
from engine.issued import WITHHELD

Pair = tuple[str, str]
"""Department and check."""

_BACK = {FindingState.RECURRED: "closed", FindingState.RESUMED: "waived"}
"""What a withheld finding was before it came back: a later run that finds it again has to know."""


def results_without(results: Iterable[Result], withheld: Mapping[Pair, Finding]) -> Iterator[Result]:
    """The results, those of withheld findings as not assessed: the subjects concerned count as undecided."""
    for row in results:
        if (row.department, row.check) not in withheld or row.result is not Outcome.FAIL:
            yield row
            continue
        yield row.model_copy(
            update={
                "result": Outcome.NOT_ASSESSED,
                "violations": 0,
                "unknown": row.unknown + row.violations,
                "reason": WITHHELD,
                "reasons": {**row.reasons, WITHHELD: row.violations},
            }
        )


def totals_without(totals: Mapping[str, int], withheld: Iterable[Finding]) -> dict[str, int]:
    """The totals of a run without them, and how many they are."""
    found = Counter(totals)
    found[WITHHELD] = 0
    for finding in withheld:
        found[WITHHELD] += 1
        found[finding.severity] -= 1
        found[finding.state.value] -= 1
        found["instances"] -= len(_open(finding))
        if (
            finding.state is not FindingState.UNVERIFIED
        ):  # of what was carried on the check said nothing anyway
            found[Outcome.FAIL.value] -= 1
            found[Outcome.NOT_ASSESSED.value] += 1
    return dict(found)


def history_without(
    history: Mapping[str, Any], as_of: str, day: str, notice_on: str, withheld: Iterable[Finding]
) -> dict[str, Any]:
    """The history with this run's rows as they were issued.

    Args:
        history: of the run
        as_of: its instant
        day: the day of that in the company's zone
        notice_on: from which dates count
        withheld: the findings that are not issued
    """
    taken: dict[str, list[Finding]] = {}
    for finding in withheld:
        taken.setdefault(finding.department, []).append(finding)

    def issued(rows: list[dict[str, Any]], found: list[Finding]) -> list[dict[str, Any]]:
        return [
            _row({**row, "notice_on": notice_on}, found, day) if row["as_of"] == as_of else row
            for row in rows
        ]

    everything = [finding for found in taken.values() for finding in found]
    return {
        **history,
        "company": issued(history["company"], everything),
        "departments": {
            code: issued(rows, taken.get(code, [])) for code, rows in history["departments"].items()
        },
    }


def ended_with(ended: Iterable[Ended], period: str, withheld: Iterable[Finding]) -> list[Ended]:
    """What may come back, withheld findings that had come back themselves included."""
    rows = list(ended)
    for finding in withheld:
        about = {"check": finding.check, "department": finding.department, "period": period}
        if how := _BACK.get(finding.state):
            own = {"level": "findings", "fingerprint": finding.fingerprint, "subject": "", "how": how}
            rows.append(Ended.model_validate(about | own))
        for one in finding.instances:
            if how := _BACK.get(one.state):
                own = {
                    "level": "instances",
                    "fingerprint": one.fingerprint,
                    "subject": one.subject,
                    "how": how,
                }
                rows.append(Ended.model_validate(about | own))
    return sorted(rows, key=lambda row: (row.level, row.check, row.department, row.fingerprint))


def _row(row: dict[str, Any], withheld: list[Finding], day: str) -> dict[str, Any]:
    open_, fresh, states = Counter(row["open"]), Counter(row["fresh"]), Counter[str]()
    process = dict(row["process"])
    rolls = {level: dict(roll) for level, roll in row["roll"].items()}
    for finding in withheld:
        open_[finding.severity] -= 1
        fresh[finding.severity] -= finding.check in row.get("new_checks", ())
        states[finding.state.value] += 1
        process["overdue"] -= finding.correct_by < day
        process["recurred"] -= finding.state is FindingState.RECURRED
        carried = finding.state is FindingState.UNVERIFIED
        instances = _open(finding)
        unverified = sum(carried or one.state is FindingState.UNVERIFIED for one in instances)
        for level, count, unseen in (
            ("findings", 1, int(carried)),
            ("instances", len(instances), unverified),
        ):
            rolls[level]["withheld"] = rolls[level].get("withheld", 0) + count
            rolls[level]["closing"] -= count
            rolls[level]["unverified"] -= unseen
    counted = {name: row[name] - count for name, count in states.items()}
    return {
        **row, **counted, "open": dict(open_), "fresh": dict(fresh), "roll": rolls, "process": process,
    }  # fmt: skip


def _open(finding: Finding) -> list[Instance]:
    return list({one.fingerprint: one for one in finding.instances if not one.waiver}.values())
