"""A run's row in the history: totals, roll-forwards, what breaks the trend, and how rectification goes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from engine.findings import SEVERITIES, Finding, FindingState, Previous
from engine.rolls import LEVELS, Level, Roll, total

_POPULATION = ("facts", "company_only", "method", "in_force")
"""Parts of a description that say whom a check looks at."""


@dataclass(frozen=True)
class Told:
    """What the history needs to know of a finding."""

    department: str
    check: str
    state: FindingState
    severity: str
    waived: bool
    """Closed because all that is left of it is under waivers."""
    notice_on: str
    correct_by: str
    done_on: str
    """Day on which its cause was gone, as the register says; empty: it does not."""

    @classmethod
    def of(cls, finding: Finding, done_on: str) -> "Told":
        """The part of a finding that is counted."""
        return cls(
            department=finding.department,
            check=finding.check,
            state=finding.state,
            severity=finding.severity,
            waived=finding.state is FindingState.CLOSED and finding.waived > 0,
            notice_on=finding.notice_on,
            correct_by=finding.correct_by,
            done_on=done_on,
        )

    @property
    def is_open(self) -> bool:
        """Whether it counts as open."""
        return self.state is not FindingState.CLOSED


@dataclass(frozen=True)
class Moment:
    """Which run it is."""

    label: str
    as_of: str
    day: str
    """The day of `as_of` in the company's zone."""
    notice_on: str


def extended(
    previous: Previous,
    moment: Moment,
    told: list[Told],
    rolls: Mapping[Level, Mapping[str, Roll]],
    described: Mapping[str, Any],
    names: Mapping[str, str],
) -> dict[str, Any]:
    """The history with this run's row at its end, for the company and for each department.

    Args:
        previous: the run before
        moment: which run this is
        told: its findings, open and closed
        rolls: its roll-forwards
        described: its catalogue and settings, as `Previous.described` has those of the run before
        names: code of each of its departments -> name; those of earlier runs are kept beside them
    """
    rows: dict[str, list[Told]] = defaultdict(list)
    for finding in told:
        rows[finding.department].append(finding)
    then: dict[str, set[str]] = defaultdict(set)
    for before in previous.findings.values():
        then[before.department].add(before.check)
    came_back = Counter(
        row.department for row in previous.ended if row.level == "findings" and row.how == "closed"
    )
    before_rows = previous.history
    changed, added = changes(previous.described, described)
    codes = sorted(
        {*before_rows["departments"], *rows, *then, *(code for level in LEVELS for code in rolls[level])}
    )

    def row(
        found: list[Told], rolled: Mapping[Level, Roll], concerned: set[str], closed_lately: int
    ) -> dict[str, Any]:
        still_open = [one for one in found if one.is_open]
        states = Counter(one.state for one in found)
        return {
            "label": moment.label,
            "as_of": moment.as_of,
            "notice_on": moment.notice_on,
            "open": _by_severity(still_open),
            "fresh": _by_severity(one for one in still_open if one.check in added),
            "new_checks": sorted({one.check for one in still_open if one.check in added}),
            "opening": rolled["findings"].opening,
            **{state.value: states[state] for state in FindingState},
            "roll": {level: rolled[level].model_dump() for level in LEVELS},
            "breaks": {
                check: why
                for check, why in changed.items()
                if check in concerned | {one.check for one in found}
            },
            "process": _process(found, moment.day, closed_lately),
        }

    everything = {level: total(rolls[level].values()) for level in LEVELS}
    nothing = Roll()
    return {
        "company": [
            *before_rows["company"],
            row(told, everything, {check for found in then.values() for check in found}, came_back.total()),
        ],
        "departments": {
            code: [
                *before_rows["departments"].get(code, []),
                row(
                    rows[code],
                    {level: rolls[level].get(code, nothing) for level in LEVELS},
                    then[code],
                    came_back[code],
                ),
            ]
            for code in codes
        },
        "names": {**before_rows.get("names", {}), **names},
    }


def changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[dict[str, list[str]], set[str]]:
    """Checks that do not count as they did, each with what changed, and checks that were not there.

    Of a first run, and of one that did not say what it counted, nothing is said.
    """
    if not before:
        return {}, set()
    then, today = (
        {row["id"]: row for row in part["catalogue"]["checks"] if row["implemented"]}
        for part in (before, now)
    )
    values_then, values_now = (part["settings"]["values"] for part in (before, now))
    changed = {}
    for check in sorted(then.keys() & today.keys()):
        was, is_ = then[check], today[check]
        why = []
        if was.get("rule", "") != is_.get("rule", ""):
            why.append("rule")
        if any(values_then.get(name) != values_now.get(name) for name in is_.get("settings", {})):
            why.append("setting")
        if any(was.get(name) != is_.get(name) for name in _POPULATION):
            why.append("population")
        if why:
            changed[check] = why
    return changed, today.keys() - then.keys()


def _by_severity(found: Iterable[Told]) -> dict[str, int]:
    counts = Counter(one.severity for one in found)
    return {severity: counts[severity] for severity in SEVERITIES}


def _process(found: list[Told], today: str, closed_lately: int) -> dict[str, Any]:
    """How rectification goes; a finding that is gone without a day stated is neither in time nor late, unless today is in time."""
    closed = [one for one in found if one.state is FindingState.CLOSED and not one.waived]
    dated = [one for one in closed if one.done_on]
    in_time = sum((one.done_on or today) <= one.correct_by for one in closed)
    undated = sum(not one.done_on and today > one.correct_by for one in closed)
    days = [(date.fromisoformat(one.done_on) - date.fromisoformat(one.notice_on)).days for one in dated]
    return {
        "closed": len(closed),
        "in_time": in_time,
        "late": len(closed) - in_time - undated,
        "undated": undated,
        "overdue": sum(one.is_open and one.correct_by < today for one in found),
        "dated": len(dated),
        "median_days": f"{max(median(days), 0):g}" if days else "",
        "recurred": sum(one.state is FindingState.RECURRED for one in found),
        "closed_lately": closed_lately,
    }
