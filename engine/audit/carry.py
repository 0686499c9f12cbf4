"""This run against the one before: what was closed, what could not be looked at, and how the totals went."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from engine.findings import OUT_OF_FORCE, SEVERITIES, Finding, FindingState, Outcome, Previous, Result


def carried(
    previous: Previous, results: dict[tuple[str, str], Result], open_now: set[str]
) -> Iterator[Finding]:
    """Findings of the run before that are not open now: closed if they were looked at, else carried unverified.

    Args:
        previous: the run before
        results: (check, department) -> result of this run
        open_now: fingerprints of this run's findings
    """
    for key in sorted(previous.findings):
        before = previous.findings[key]
        if key in open_now:
            continue
        result = results.get((before.check, before.department))
        looked_at = (
            result is not None
            and result.result is not Outcome.NOT_ASSESSED
            and result.reason not in OUT_OF_FORCE
        )
        if looked_at:
            gone = {"state": FindingState.CLOSED, "instances": (), "violations": 0, "unknown": 0}
            counts = {"population": result.population, "waived": result.waived} if result else {}
            yield before.model_copy(update={**gone, **counts})
        else:
            yield before.model_copy(update={"state": FindingState.UNVERIFIED})


def extended(
    previous: Previous, label: str, as_of: str, notice_on: str, states: list[tuple[str, str, str]]
) -> dict[str, Any]:
    """The history with this run's totals at its end, for the company and for each department.

    Args:
        previous: the run before
        label: this run's period
        as_of: this run's instant
        notice_on: day from which its dates count
        states: department, state and severity of every finding of this run
    """
    rows: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for department, state, severity in states:
        rows[department].append((state, severity))
    opening = Counter(finding.department for finding in previous.findings.values())
    before = previous.history
    departments = sorted({*before["departments"], *rows, *opening})

    def totals(found: list[tuple[str, str]], opened: int) -> dict[str, Any]:
        still_open = Counter(severity for state, severity in found if state != FindingState.CLOSED)
        by_state = Counter(state for state, _ in found)
        return {
            "label": label,
            "as_of": as_of,
            "notice_on": notice_on,
            "open": {severity: still_open[severity] for severity in SEVERITIES},
            "opening": opened,
            **{state.value: by_state[state.value] for state in FindingState},
        }

    everything = [row for found in rows.values() for row in found]
    return {
        "company": [*before["company"], totals(everything, opening.total())],
        "departments": {
            code: [*before["departments"].get(code, []), totals(rows[code], opening[code])]
            for code in departments
        },
    }
