"""What rules are told about earlier runs, and the facts that the audit makes of their findings."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from engine.audit.cases import known_cases
from engine.audit.verdict import Sources, Verdict
from engine.calendar import day_end, day_start
from engine.checks.catalogue import Catalogue
from engine.facts import FACT_TYPES, PriorFinding
from engine.facts.fact import reasons
from engine.findings import Earlier, FindingHead, Outcome, Previous
from engine.snapshot import Snapshot

QUARTERS = 2
"""Earlier runs of which departments had to be told, clause 9.2."""

_MADE = tuple(entity for entity, model in FACT_TYPES.items() if model.from_history)

_REASON_OF = {"rule_error": "source_failed", "statement_expired": "stale"}
"""Reasons of checks that no field of a fact may have, as the reason of a field."""


def known_past(sources: Sources) -> Sources:
    """The same, where the past is known: what the audit makes of it lacks nothing."""
    states = {**sources.states, "*": {**sources.states["*"], **dict.fromkeys(_MADE, "complete")}}
    return replace(sources, states=states)


def history_document(
    snapshot: Snapshot, previous: Previous, zone: ZoneInfo, *, first_run: bool
) -> dict[str, Any]:
    """`data.history`: whether the past is known, and the runs of the last two quarters."""
    state = "complete" if previous.as_of else "first_run" if first_run else "missing"
    runs = [
        _run(row, previous.history["departments"], zone) for row in previous.history["company"][-QUARTERS:]
    ]
    return {
        "state": state,
        "runs": runs,
        **known_cases(snapshot, previous.history),
        "digest": previous.digest,
    }


def _run(row: dict[str, Any], departments: dict[str, list[dict[str, Any]]], zone: ZoneInfo) -> dict[str, Any]:
    told = [
        code
        for code, rows in sorted(departments.items())
        if any(one["label"] == row["label"] and any(one["open"].values()) for one in rows)
    ]
    about = {"label": row["label"], "as_of": row["as_of"], "departments": told}
    if "notice_on" not in row:  # a run of an earlier version did not keep it
        return about
    notice_on = date.fromisoformat(row["notice_on"])
    return {**about, "notice_on": row["notice_on"], "notice_on_starts_at": day_start(notice_on, zone)}


def prior_uid(finding: FindingHead) -> str:
    """What the fact about a finding of the run before is called: its department and check tell it from all others."""
    return f"history/prior_finding/{finding.department}/{finding.check}"


def prior_finding(
    before: Earlier,
    verdict: Verdict | None,
    sources: Sources,
    catalogue: Catalogue,
    previous: Previous,
    zone: ZoneInfo,
) -> dict[str, Any]:
    """The fact about a finding of the run before.

    Args:
        before: the finding, in today's department
        verdict: what the first pass says of its check there; none if nobody decides it any more
        sources: completeness by fact type
        catalogue: the checks of today
        previous: the run before
        zone: the company's
    """
    rule = "gone" if verdict is None else _rule(before.check, catalogue, previous)
    now, waived, unknown = (
        ("unknown", "unknown", "not_collected")
        if verdict is None
        else _now(before, verdict, catalogue, sources)
    )
    correct_by = date.fromisoformat(before.correct_by)
    return PriorFinding.make(
        uid=prior_uid(before),
        otherwise=unknown,
        number=before.number,
        fingerprint=before.fingerprint,
        check=before.check,
        department_code=before.department,
        severity=before.severity,
        notice_on=before.notice_on,
        correct_by=before.correct_by,
        correct_by_ends_at=day_end(correct_by, zone),
        owner=before.owner.person or None,
        rule=rule,
        open_now=now,
        waived=waived,
    ).record()


def _rule(check: str, catalogue: Catalogue, previous: Previous) -> str:
    return "same" if catalogue.rule_digest(check) == previous.rules.get(check) else "changed"


def _now(before: Earlier, verdict: Verdict, catalogue: Catalogue, sources: Sources) -> tuple[str, str, str]:
    """Whether a subject of then still fails, whether all that do are waived, and why that is not known."""
    then = {instance.subject for instance in before.instances if not instance.waiver}
    if then & {violation.subject for violation in verdict.open}:
        return "yes", "no", ""
    gaps = sources.unseen(catalogue.checks[before.check], before.department)
    doubts = [*_doubts(then, verdict), *gaps.values()]
    if verdict.result.result is Outcome.NOT_ASSESSED and not doubts:
        doubts = [verdict.result.reason]
    if doubts:
        return "unknown", "unknown", _reason(doubts[0])
    waived = then & {violation.subject for violation, _ in verdict.waived}
    return ("yes", "yes", "") if waived else ("no", "no", "")


def _doubts(then: set[str], verdict: Verdict) -> Iterator[str]:
    for subject in sorted(then & verdict.undecided.keys()):
        yield verdict.undecided[subject]


def _reason(word: str) -> str:
    return word if word in reasons() else _REASON_OF.get(word, "not_collected")
