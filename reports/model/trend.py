"""From quarter to quarter: what was open, what came, what went."""

from collections.abc import Iterable, Sequence

from engine.findings import SEVERITIES, FindingState
from reports.model.shapes import FindingView, Point, Trend
from reports.run_folder import PastPeriod

PERIODS = 8
"""Two years of quarters."""


def trend(
    *,
    label: str,
    has_previous: bool,
    periods: Iterable[PastPeriod],
    past: Iterable[PastPeriod],
    findings: Sequence[FindingView],
    as_of: str,
) -> Trend:
    """The roll-forward of all findings, open, waived and closed, and the points of earlier quarters.

    It opens with what the report before closed with. Findings that are not new and were not counted there came from
    a department that was renamed or merged; those that were counted and are not here went with one.

    Args:
        label: this period
        has_previous: whether there was a run before
        periods: those of the company; a department without findings has no row of its own and had none open
        past: those of the department, or of the company again
        findings: all of this run
        as_of: this run's instant
    """
    is_open = [finding for finding in findings if finding.is_open]
    known = [finding for finding in findings if finding.state is not FindingState.NEW]
    to_waiver = sum(finding.is_waived for finding in known)
    closed = sum(finding.state is FindingState.CLOSED and not finding.is_waived for finding in known)
    new = sum(finding.state is FindingState.NEW for finding in is_open)
    counted = {period.label: period.open for period in past if period.as_of < as_of}
    points = [
        _point(period.label, counted.get(period.label, {})) for period in periods if period.as_of < as_of
    ]
    opening = points[-1].total if points else len(known)
    now: dict[str, int] = {
        severity: sum(finding.severity == severity for finding in is_open) for severity in SEVERITIES
    }
    return Trend(
        points=tuple((*points, _point(label, now))[-PERIODS:]),
        has_previous=has_previous,
        opening=opening,
        moved_in=max(len(known) - opening, 0),
        moved_out=max(opening - len(known), 0),
        new=new,
        closed=closed,
        to_waiver=to_waiver,
        closing=len(is_open),
        unverified=sum(finding.state is FindingState.UNVERIFIED for finding in is_open),
        difference=len(is_open) - opening,
    )


def _point(label: str, counts: dict[str, int]) -> Point:
    by_severity = {severity: counts.get(severity, 0) for severity in SEVERITIES}
    return Point(label=label, open=by_severity, total=sum(by_severity.values()))
