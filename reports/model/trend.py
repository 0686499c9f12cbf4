"""From quarter to quarter: what was open, what came, what went."""

from collections.abc import Sequence

from engine.findings import SEVERITIES, FindingState
from engine.rolls import ADDED, TAKEN, Roll
from reports.model.evidence import percent
from reports.model.finding_shapes import FindingView
from reports.model.past_shapes import Point, Process, RollView, Term, Trend
from reports.run_folder import PastPeriod, PastProcess

PERIODS = 8
"""Two years of quarters."""

_KEYS = {
    "new": "trend.new",
    "recurred": "trend.recurred",
    "resumed": "trend.resumed",
    "moved_in": "trend.moved_in",
    "moved_out": "trend.moved_out",
    "merged": "trend.merged",
    "closed": "trend.closed",
    "waived": "trend.to_waiver",
    "withheld": "trend.withheld",
}
ROLL_COLUMNS = tuple(
    ("+" if term in ADDED else "−", _KEYS[term])  # a minus
    for term in (*ADDED, *TAKEN)
)
"""Sign and heading of every term between opening and closing."""

_PAIR = ("moved_in", "moved_out")


def trend(
    *,
    label: str,
    has_previous: bool,
    periods: Sequence[PastPeriod],
    past: Sequence[PastPeriod],
    findings: Sequence[FindingView],
    as_of: str,
    of_company: bool = False,
) -> Trend:
    """The roll-forward of all findings, open, waived and closed, and the points of earlier quarters.

    The run says what came and went; of a run that did not keep it, it is counted from its findings: those that are
    not new and were not counted before came from a department that was renamed or merged.

    Args:
        label: this period
        has_previous: whether there was a run before
        periods: those of the company; a department without findings has no row of its own and had none open
        past: those of the department, or of the company again
        findings: all of this run
        as_of: this run's instant
        of_company: whether what moved between departments is left out of the equation
    """
    rows = {row.label: row for row in past if row.as_of < as_of}
    points = [_point(period.label, rows.get(period.label)) for period in periods if period.as_of < as_of]
    here = next((row for row in past if row.as_of == as_of), None)
    now = [finding for finding in findings if finding.is_open]
    opened = sum(rows[points[-1].label].open.values()) if points and points[-1].label in rows else 0
    roll = here.roll.findings if here and here.roll else _counted(findings, opened if points else None)
    instances = here.roll.instances if here and here.roll else None
    counts = {severity: sum(one.severity == severity for one in now) for severity in SEVERITIES}
    drawn = here or PastPeriod(label=label, as_of=as_of, open=dict(counts))
    return Trend(
        points=tuple((*points, _point(label, drawn))[-PERIODS:]),
        has_previous=has_previous,
        opening=roll.opening,
        moved_in=roll.moved_in,
        moved_out=roll.moved_out,
        merged=roll.merged,
        new=roll.new,
        recurred=roll.recurred,
        resumed=roll.resumed,
        closed=roll.closed,
        to_waiver=roll.waived,
        closing=roll.closing,
        unverified=roll.unverified,
        difference=roll.closing - roll.opening,
        terms=_terms(roll, of_company=of_company),
        findings=roll_view(roll, of_company=of_company),
        instances=roll_view(instances, of_company=of_company) if instances else None,
        process=_process(here.process) if here and here.process else None,
    )


def _counted(findings: Sequence[FindingView], opened: int | None) -> Roll:
    is_open = [finding for finding in findings if finding.is_open]
    known = [finding for finding in findings if finding.state is not FindingState.NEW]
    opening = len(known) if opened is None else opened
    return Roll(
        opening=opening,
        moved_in=max(len(known) - opening, 0),
        moved_out=max(opening - len(known), 0),
        new=sum(finding.state is FindingState.NEW for finding in is_open),
        closed=sum(finding.state is FindingState.CLOSED and not finding.is_waived for finding in known),
        waived=sum(finding.is_waived for finding in known),
        closing=len(is_open),
        unverified=sum(finding.state is FindingState.UNVERIFIED for finding in is_open),
    )


def roll_view(roll: Roll, *, of_company: bool = False) -> RollView:
    """A roll-forward with the terms that a sentence tells: those that are not nothing."""
    return RollView(**roll.model_dump(), terms=_terms(roll, of_company=of_company))


def _terms(roll: Roll, *, of_company: bool) -> tuple[Term, ...]:
    said = roll.model_dump()
    left_out = _PAIR if of_company and roll.moved_in == roll.moved_out else ()
    return tuple(
        Term(key=_KEYS[term], sign="+" if term in ADDED else "−", count=said[term])  # a minus
        for term in (*ADDED, *TAKEN)
        if said[term] and term not in left_out
    )


def _process(process: PastProcess) -> Process:
    due = process.in_time + process.late + process.overdue
    return Process(
        **process.model_dump(),
        due=due,
        in_time_share=percent(process.in_time, due),
        recurred_share=percent(process.recurred, process.closed_lately),
    )


def _point(label: str, row: PastPeriod | None) -> Point:
    counts, fresh = (row.open, row.fresh) if row else ({}, {})
    by_severity = {severity: counts.get(severity, 0) - fresh.get(severity, 0) for severity in SEVERITIES}
    return Point(
        label=label,
        open=by_severity,
        total=sum(by_severity.values()),
        fresh=sum(fresh.values()),
        breaks=dict(sorted(row.breaks.items())) if row else {},
    )
