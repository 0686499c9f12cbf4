"""Page one: the verdict, what to do now, what is good."""

from collections.abc import Sequence

from engine.findings import SEVERITIES
from engine.issued import WITHHELD
from reports.catalogue import Check
from reports.clean import shortened
from reports.model.check_shapes import CheckRow, CoverageView, Gap
from reports.model.days import URGENT, about, also, first_ahead, has_passed, sign_by
from reports.model.finding_shapes import FindingView
from reports.model.front_shapes import Action, Front, Good, Say, Tone
from reports.model.past_shapes import Trend
from reports.model.rollup import ENOUGH

ACTIONS = 3
"""A reader with two minutes does three things."""

_TITLES, _TITLE = 3, 32
"""Sources, and characters of each one's title, that page one has room for; the section on gaps has them all."""

_SAID = {
    "trend.new": "verdict.term.new",
    "trend.recurred": "verdict.term.recurred",
    "trend.resumed": "verdict.term.resumed",
    "trend.moved_in": "verdict.term.moved_in",
    "trend.moved_out": "verdict.term.moved_out",
    "trend.merged": "verdict.term.merged",
    "trend.closed": "verdict.term.closed",
    "trend.to_waiver": "verdict.term.waived",
    "trend.withheld": "verdict.term.withheld",
}
"""How a sentence tells a term of the equation below the trend, which is a list of headings and counts."""

_NOT_ACTIONABLE = frozenset({"not_implemented", "rule_error", WITHHELD})
"""Reasons that nobody in the department can do anything about."""


def front(  # noqa: PLR0913  # page one draws on all parts of the report
    *,
    findings: Sequence[FindingView],
    closed: Sequence[FindingView],
    rows: Sequence[CheckRow],
    gaps: Sequence[Gap],
    coverage: CoverageView,
    trend: Trend,
    checks: dict[str, Check],
    addressee: str,
    notice_on: str,
) -> Front:
    """Page one of a department's report; `findings` are the open ones, worst first.

    Nobody is asked for anything by a day before `notice_on`: dates that were issued once are kept when a report is corrected later.
    """
    actions = _actions(findings, gaps, checks, notice_on, with_names=bool(addressee))
    to_do = [action for action in actions if action.kind != "data"]
    return Front(
        verdict=verdict(findings, coverage, trend, notice_on=notice_on),
        tone=tone(findings, coverage),
        severities=by_severity(findings),
        overdue=sum(finding.is_overdue for finding in findings),
        open=len(findings),
        actions=actions,
        first_due=first_ahead(findings, notice_on),
        more=len(findings) - len(to_do),
        also=also(findings, {action.check for action in to_do}, notice_on),
        closing=_closing(findings, notice_on),
        sign_by=sign_by(findings, notice_on),
        good=_good(closed, rows),
        addressee=addressee,
    )


def _closing(findings: Sequence[FindingView], notice_on: str) -> Say:
    """What is asked of the reader in any case, and by when."""
    key = "front.sign_by" if findings else "front.sign_only"
    return Say(key=key, days={"first": sign_by(findings, notice_on)})


def by_severity(findings: Sequence[FindingView]) -> dict[str, int]:
    """How many findings of each severity, worst first."""
    return {severity: sum(finding.severity == severity for finding in findings) for severity in SEVERITIES}


def verdict(
    findings: Sequence[FindingView],
    coverage: CoverageView,
    trend: Trend,
    *,
    notice_on: str,
    of_company: bool = False,
) -> tuple[Say, ...]:
    """The report in at most four sentences."""
    said = (
        _open(findings, "verdict.overdue_company" if of_company else "verdict.overdue", notice_on)
        if findings
        else [_none(coverage)]
    )
    if trend.unverified:
        said.append(Say(key="verdict.unverified", counts={"n": trend.unverified}))
    said.append(_compared(trend))
    if findings and coverage.without_data:
        key = "verdict.without_data_company" if of_company else "verdict.without_data"
        said.append(Say(key=key, counts={"n": coverage.without_data, "total": coverage.total}))
    return tuple(said)


def _open(findings: Sequence[FindingView], overdue_key: str, notice_on: str) -> list[Say]:
    said = []
    urgent = [finding for finding in findings if finding.severity in URGENT]
    overdue = [finding for finding in findings if finding.is_overdue]
    ahead = sorted(
        finding.contain_by
        for finding in urgent
        if finding.contain_by >= notice_on and not finding.is_contain_overdue and not finding.is_overdue
    )
    if urgent and ahead:
        said.append(Say(key="verdict.urgent", counts={"n": len(urgent)}, days={"first": ahead[0]}))
    elif urgent:
        said.append(Say(key="verdict.urgent_late", counts={"n": len(urgent)}))
    if overdue:
        said.append(Say(key=overdue_key, counts={"n": len(overdue)}))
    other = [finding for finding in findings if not finding.is_overdue]
    passed = [finding for finding in other if has_passed(finding.correct_by, notice_on)]
    if passed:
        said.append(Say(key="verdict.passed", counts={"n": len(passed)}))
    kept = [finding for finding in other if not has_passed(finding.correct_by, notice_on)]
    rest = [finding for finding in kept if finding.severity not in URGENT]
    if rest:
        key = "verdict.routine" if len(rest) == len(findings) else "verdict.rest"
        last = max(finding.correct_by for finding in rest)
        said.append(Say(key=key, counts={"n": len(rest)}, days={"last": last}))
    elif len(kept) == len(findings):
        said.append(Say(key="verdict.all_by", days={"last": max(finding.correct_by for finding in kept)}))
    return said


def _none(coverage: CoverageView) -> Say:
    if not coverage.assessed:
        return Say(key="verdict.nothing_assessed", counts={"total": coverage.total})
    if coverage.not_assessed:
        return Say(
            key="verdict.none_incomplete", counts={"n": coverage.not_assessed, "assessed": coverage.assessed}
        )
    return Say(key="verdict.none", counts={"total": coverage.total})


def _compared(trend: Trend) -> Say:
    if not trend.has_previous:
        return Say(key="verdict.first_time")
    if not trend.terms:
        return Say(key="verdict.nothing_moved", counts={"n": trend.closing})
    key, n = "verdict.same", trend.closing
    if trend.difference:
        key, n = "verdict.fewer" if trend.difference < 0 else "verdict.more", abs(trend.difference)
    terms = tuple(term.model_copy(update={"key": _SAID[term.key]}) for term in trend.terms)
    return Say(key=key, counts={"n": n}, terms=terms)


def tone(findings: Sequence[FindingView], coverage: CoverageView) -> Tone:
    """How serious it looks at a glance; good only where enough was asked and all of it answered."""
    if any(finding.severity in URGENT or finding.is_overdue for finding in findings):
        return "bad"
    if findings:
        return "warn"
    enough = coverage.assessed and coverage.assessed * 100 >= coverage.total * ENOUGH
    return "good" if enough and not coverage.without_data and not coverage.withheld else "unknown"


def _actions(
    findings: Sequence[FindingView],
    gaps: Sequence[Gap],
    checks: dict[str, Check],
    notice_on: str,
    *,
    with_names: bool,
) -> tuple[Action, ...]:
    """The worst first; an overdue finding is among them; what is left goes to missing data."""
    chosen = list(findings[:ACTIONS])
    late = [finding for finding in findings if finding.is_overdue]
    if late and len(findings) > ACTIONS and not any(finding.is_overdue for finding in chosen):
        chosen[-1] = late[0]
    actions = [
        _action(finding, checks[finding.check], notice_on, with_names=with_names) for finding in chosen
    ]
    for gap in gaps:
        if len(actions) < ACTIONS and gap.reason not in _NOT_ACTIONABLE and gap.checks:
            actions.append(
                Action(
                    kind="data",
                    check=gap.checks[0],
                    anchor="gaps",
                    number="",
                    severity="low",
                    violations=len(gap.checks),
                    about=(),
                    about_more=0,
                    contain_by="",
                    contain_passed=False,
                    correct_by="",
                    correct_passed=False,
                    owner=None,
                    reason=gap.reason,
                    missing=tuple(shortened(title, _TITLE) for title in gap.missing[:_TITLES]),
                )
            )
    return tuple(actions)


def _action(finding: FindingView, check: Check, notice_on: str, *, with_names: bool) -> Action:
    contains = any(texts.contain for texts in check.texts.values())
    subjects, more = about(finding, with_names=with_names)
    return Action(
        kind="overdue" if finding.is_overdue else "contain" if contains else "correct",
        check=finding.check,
        anchor=finding.anchor,
        number=finding.number,
        severity=finding.severity,
        violations=finding.violations + finding.carried,
        about=subjects,
        about_more=more,
        contain_by=finding.contain_by,
        contain_passed=has_passed(finding.contain_by, notice_on),
        correct_by=finding.correct_by,
        correct_passed=has_passed(finding.correct_by, notice_on),
        owner=finding.owner,
        reason="",
        missing=(),
    )


def _good(closed: Sequence[FindingView], rows: Sequence[CheckRow]) -> tuple[Good, ...]:
    """Up to two things: what was put right since last quarter, then the weightiest check that everybody passes."""
    by_check = {row.check: row for row in rows}
    put_right = [by_check[finding.check] for finding in closed if by_check[finding.check].word == "pass"]
    passed = sorted(
        (row for row in rows if row.word == "pass" and row not in put_right and row.population),
        key=lambda row: (
            row.method == "attested",
            SEVERITIES.index(row.severity),
            -row.population,
            row.check,
        ),
    )
    said = [("closed", row) for row in put_right[:1]] + [("pass", row) for row in passed]
    return tuple(
        Good.model_validate(
            {
                "kind": kind,
                "check": row.check,
                "method": row.method,
                "conforming": row.conforming,
                "population": row.population,
            }
        )
        for kind, row in said[:2]
    )
