"""Results added up: clause, chapter, coverage, what was not assessed and whose job that is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, get_args

from engine.findings import OUT_OF_FORCE, SEVERITIES, Outcome, Result
from engine.issued import WITHHELD
from reports.catalogue import Catalogue, Check
from reports.model.check_shapes import (
    ChapterRow,
    CheckRow,
    ClauseRow,
    CoverageView,
    Gap,
    RollUp,
    Tally,
    WaiverNote,
    Word,
)
from reports.model.evidence import FEW_PEOPLE, percent
from reports.model.finding_shapes import FindingView

ENOUGH = 80
"""Per cent of checks assessed under which a rate of compliance would flatter."""

JOBS: dict[str, str] = {
    "not_collected": "it",
    "source_failed": "it_and_source",
    "source_partial": "it_and_source",
    "not_permitted": "source_owner",
    "not_licensed": "it_decides",
    "not_supported": "auditor",
    "stale": "source_owner",
    "unparsable": "it",
    "ambiguous": "register_owner",
    "redacted": "auditor",
    "sample_not_drawn": "inspector",
    "statement_expired": "signer",
    WITHHELD: "inspector",
    "rule_error": "rule_owner",
    "not_implemented": "rule_owner",
}
"""Reason why something was not assessed -> whose job it is to change that."""


def check_row(
    result: Result,
    check: Check,
    sources: Mapping[str, str],
    finding: FindingView | None,
    waivers: Sequence[WaiverNote],
    statements: Sequence[str],
) -> CheckRow:
    """A result in a reader's words; `statements` are the numbers of those in force for it."""
    return CheckRow(
        check=result.check,
        clause=result.clause,
        word=_word(result),
        method=result.method,
        severity=result.severity,
        implemented=check.implemented,
        population=result.population,
        conforming=max(result.population - result.violations - result.unknown - result.waived, 0),
        violations=result.violations,
        unknown=result.unknown,
        waived=result.waived,
        reason=result.reason,
        reasons=dict(sorted(result.reasons.items())),
        missing=tuple(sorted(sources.get(source, source) for source in result.missing)),
        finding=finding.anchor if finding else "",
        waivers=tuple(waivers) if result.waived else (),
        statements=tuple(statements),
    )


def _word(result: Result) -> Word:
    match result.result:
        case Outcome.PASS:
            return "pass"
        case Outcome.FAIL:
            return "fail" if result.violations >= result.population else "partly"
        case Outcome.WAIVED:
            return "waived"
        case Outcome.NOT_APPLICABLE:
            return "not_applicable"
        case Outcome.NOT_ASSESSED:
            return "not_assessed"


def chapters(
    catalogue: Catalogue, rows: Mapping[str, CheckRow], findings: Sequence[FindingView]
) -> tuple[ChapterRow, ...]:
    """Every chapter that holds checks, in the order of the policy."""
    found = {finding.check: finding for finding in findings}
    made = []
    for chapter in catalogue.chapters:
        clauses = [clause for clause in catalogue.clauses if clause.chapter == chapter.id]
        if not any(clause.checks for clause in clauses):
            continue
        inside = [rows[check] for clause in clauses for check in clause.checks]
        here = [found[row.check] for row in inside if row.check in found]
        made.append(
            ChapterRow(
                chapter=chapter.id,
                anchor=f"ch-{chapter.id}",
                worst=min((finding.severity for finding in here), key=SEVERITIES.index, default=""),
                findings=len(here),
                not_assessed=sum(row.word == "not_assessed" for row in inside),
                total=len(inside),
                state="findings" if here else _chapter_state(inside),
                clauses=tuple(
                    _clause_row(clause.id, clause.duty, [rows[check] for check in clause.checks])
                    for clause in clauses
                ),
            )
        )
    return tuple(made)


def _chapter_state(
    rows: Sequence[CheckRow],
) -> Literal["pass", "incomplete", "not_assessed", "not_applicable"]:
    words = {row.word for row in rows}
    if words == {"not_assessed"}:
        return "not_assessed"
    if "not_assessed" in words:
        return "incomplete"
    return "not_applicable" if words == {"not_applicable"} else "pass"


def _clause_row(clause: str, duty: bool, rows: Sequence[CheckRow]) -> ClauseRow:  # noqa: FBT001
    scored = [row for row in rows if row.reason not in OUT_OF_FORCE]
    assessed = [row for row in scored if row.word != "not_assessed"]
    return ClauseRow(
        clause=clause,
        duty=duty,
        rollup=_rollup(rows),
        conforming=sum(row.word in {"pass", "waived"} for row in rows),
        assessed=len(assessed),
        total=len(scored),
        waived=sum(row.waived for row in rows),
        checks=tuple(rows),
    )


def _rollup(rows: Sequence[CheckRow]) -> RollUp:
    """The clause by its worst check; a statement never offsets a failing fact."""
    failing = [row for row in rows if row.word in {"fail", "partly"}]
    assessed = [row for row in rows if row.word not in {"not_assessed", "not_applicable"}]
    if failing:
        return (
            "fail"
            if len(failing) == len(assessed) or any(row.severity == "critical" for row in failing)
            else "partly"
        )
    if any(row.word == "not_assessed" for row in rows):
        return "incomplete"
    if not assessed:
        return "not_applicable"
    if any(row.waived for row in rows):
        return "pass_waived"
    return "pass_attested" if all(row.method == "attested" for row in assessed) else "pass"


def coverage(rows: Iterable[CheckRow], people: int | None) -> CoverageView:
    """How much was looked at; `people` none: of the whole company. What does not hold is listed, and counted nowhere."""
    rows = [row for row in rows if row.reason not in OUT_OF_FORCE]
    assessed = [row for row in rows if row.word != "not_assessed"]
    methods = Counter(row.method for row in assessed)
    applicable = [row for row in assessed if row.word != "not_applicable"]
    passed = sum(row.word in {"pass", "waived"} for row in applicable)
    not_implemented = sum(row.reason == "not_implemented" for row in rows if row.word == "not_assessed")
    withheld = sum(row.reason == WITHHELD for row in rows if row.word == "not_assessed")
    hidden = _rate_hidden(len(assessed), len(rows), len(applicable), people)
    return CoverageView(
        total=len(rows),
        automated=methods["automated"],
        sampled=methods["sampled"],
        attested=methods["attested"],
        not_assessed=len(rows) - len(assessed),
        not_implemented=not_implemented,
        withheld=withheld,
        without_data=len(rows) - len(assessed) - not_implemented - withheld,
        assessed=len(assessed),
        share=percent(len(assessed), len(rows)),
        passed=passed,
        applicable=len(applicable),
        rate="" if hidden else percent(passed, len(applicable)),
        rate_hidden=hidden,
    )


def tally(rows: Iterable[CheckRow]) -> Tally:
    """How many results say what."""
    rows = list(rows)
    words = Counter(row.word for row in rows)
    failed = words["fail"] + words["partly"]
    broken = sum(row.word == "not_assessed" and row.reason == "rule_error" for row in rows)
    return Tally(
        total=len(rows),
        words={word: words[word] for word in get_args(Word)},
        failed=failed,
        rule_errors=broken,
        left_out=len(rows) - words["pass"] - failed - broken,
    )


def _rate_hidden(
    assessed: int, total: int, applicable: int, people: int | None
) -> Literal["", "coverage", "small", "none"]:
    if not applicable:
        return "none"
    if assessed * 100 < total * ENOUGH:
        return "coverage"
    return "small" if people is not None and people < FEW_PEOPLE else ""


def gaps(rows: Iterable[CheckRow]) -> tuple[Gap, ...]:
    """What was not looked at, by reason; those that can be mended by data first, unwritten rules last."""
    checks: dict[str, list[str]] = {}
    partly: dict[str, list[str]] = {}
    subjects: Counter[str] = Counter()
    missing: dict[str, set[str]] = {}
    for row in rows:
        reasons = set(row.reasons)
        if row.word == "not_assessed":
            checks.setdefault(row.reason, []).append(row.check)
            reasons.add(row.reason)
            missing.setdefault(row.reason, set()).update(row.missing)
        for reason in reasons:
            subjects[reason] += row.reasons.get(reason, 0)
            if row.word != "not_assessed" or reason != row.reason:
                partly.setdefault(reason, []).append(row.check)
    return tuple(
        Gap(
            reason=reason,
            job=JOBS.get(reason, "it"),
            checks=tuple(checks.get(reason, ())),
            subjects=subjects[reason],
            missing=tuple(sorted(missing.get(reason, ()))),
            decided_in_part=tuple(partly.get(reason, ())),
        )
        for reason in sorted(
            set(checks) | set(partly), key=lambda reason: (JOBS.get(reason) == "rule_owner", reason)
        )
    )
