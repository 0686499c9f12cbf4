"""SARIF 2.1.0: one result an instance, for platforms that gather the results of many tools."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.canonical import canonical
from engine.findings import FindingState
from reports.formats.given import NAME, Given, by_check, program, rows
from reports.formats.ids import uid
from reports.formats.plain import line
from reports.model import Department
from reports.model.check_shapes import CheckRow
from reports.model.finding_shapes import FindingView, InstanceView
from reports.model.shapes import CheckView
from reports.words import Words

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}

_KINDS = {"pass": "pass", "not_applicable": "notApplicable", "not_assessed": "open"}
"""What is no failure, in SARIF's words; `open`: there was too little to decide by. All of them have the level none."""

_BASELINE = {
    FindingState.NEW: "new",
    FindingState.RECURRED: "new",
    FindingState.RESUMED: "new",
    FindingState.PERSISTING: "unchanged",
    FindingState.UNVERIFIED: "unchanged",
    FindingState.CLOSED: "absent",
}


def sarif(given: Given) -> Iterator[tuple[Path, bytes]]:
    """One log with one run; the rules are the checks."""
    model, words = given.model, given.first
    places = {check.id: place for place, check in enumerate(model.checks)}
    run = {
        "tool": {
            "driver": {
                "name": NAME,
                "version": program(),
                "rules": [_rule(check, words) for check in model.checks],
            }
        },
        "automationDetails": {
            "id": f"{model.run.policy}/{model.run.period}/",
            "guid": uid(model.run.id, "sarif"),
        },
        "invocations": [{"executionSuccessful": True, "endTimeUtc": model.run.as_of_at}],
        "language": words.language.partition("-")[0],  # SARIF knows regions, not scripts
        "results": [
            result
            for department in model.departments
            for result in _results(department, places, words, model.run.id)
        ],
        "properties": {
            "run": model.run.id,
            "organisation": model.run.organisation,
            "asOf": model.run.as_of_at,
            "policyVersion": model.run.policy_version,
            "report": model.run.issue.state,
            "version": model.run.issue.version,
        },
    }
    log: dict[str, Any] = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    yield Path("clausewise.sarif"), canonical(log)


def _rule(check: CheckView, words: Words) -> dict[str, Any]:
    texts = words.check(check.id)
    rule: dict[str, Any] = {
        "id": check.id,
        "shortDescription": {"text": texts.title},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": {
            "clause": check.clause,
            "method": check.method,
            "severity": check.severity,
            "implemented": check.implemented,
        },
    }
    if texts.obligation:
        rule["fullDescription"] = {"text": texts.obligation}
    if words.to_do(check.id):
        rule["help"] = {"text": words.to_do(check.id)}
    return rule


def _results(
    department: Department, places: dict[str, int], words: Words, run: str
) -> Iterator[dict[str, Any]]:
    found = by_check(department)
    for row in rows(department):
        finding = found.get(row.check)
        common = {"ruleId": row.check, "ruleIndex": places[row.check]}
        if row.word in _KINDS or finding is None or (row.word == "waived" and not finding.instances):
            yield {**common, **_whole(department, row, words, run)}
        if finding is not None:
            for instance in finding.instances:
                yield {**common, **_failure(department, finding, instance, words, run)}
            if not finding.instances and row.word != "waived":
                yield {**common, **_bare(department, finding, words, run)}


def _whole(department: Department, row: CheckRow, words: Words, run: str) -> dict[str, Any]:
    """What a check says about the department as a whole; a failure only where no finding tells it."""
    kind = _KINDS.get(row.word, "fail")
    said = f"{words.title(row.check)}{words.t('colon')}{words.outcome(row)}"
    result = {
        "kind": kind,
        "level": _LEVELS[row.severity] if kind == "fail" else "none",
        "guid": uid(run, row.check, department.code),
        "message": {"text": said},
        "locations": [_where(department, "")],
        "properties": _numbers(department, row),
    }
    if row.word == "waived":
        result["suppressions"] = [_suppression(one.number, one.reason) for one in row.waivers] or [
            _suppression(words.t("word.waived"), "")
        ]
    return result


def _failure(
    department: Department, finding: FindingView, instance: InstanceView, words: Words, run: str
) -> dict[str, Any]:
    result = {
        "kind": "fail",
        "level": _LEVELS[instance.severity],
        "guid": uid(run, finding.check, department.code, instance.subject),
        "message": {"text": words.told(finding.check, instance)},
        "locations": [_where(department, instance.subject, instance.name)],
        "partialFingerprints": _fingerprints(department, instance.fingerprint),
        "baselineState": _BASELINE[instance.state],
        "properties": {
            "department": department.code,
            "finding": finding.number,
            "severity": instance.severity,
            "containBy": finding.contain_by,
            "correctBy": finding.correct_by,
            "overdue": finding.is_overdue,
            "unverified": finding.state is FindingState.UNVERIFIED,
        },
    }
    if instance.waiver:
        result["suppressions"] = [
            {
                **_suppression(instance.waiver, instance.waiver_reason),
                "properties": {"approvedBy": instance.waiver_by, "validUntil": instance.waiver_until},
            }
        ]
    return result


def _suppression(number: str, reason: str) -> dict[str, Any]:
    return {"kind": "external", "status": "accepted", "justification": line(f"{number} {reason}")}


def _bare(department: Department, finding: FindingView, words: Words, run: str) -> dict[str, Any]:
    """A finding of which no instance is told: closed, or carried on from a run that did not keep them."""
    closed = finding.state is FindingState.CLOSED
    state = words.t("state.closed" if closed else "card.unverified")
    return {
        "kind": "informational" if closed else "fail",
        "level": "none" if closed else _LEVELS[finding.severity],
        "guid": uid(run, finding.check, department.code, finding.number),
        "message": {"text": f"{finding.number} {words.title(finding.check)}{words.t('colon')}{state}"},
        "locations": [_where(department, "")],
        "partialFingerprints": _fingerprints(department, finding.fingerprint),
        "baselineState": _BASELINE[finding.state],
        "properties": {
            "department": department.code,
            "finding": finding.number,
            "correctBy": finding.correct_by,
            "overdue": finding.is_overdue,
        },
    }


def _fingerprints(department: Department, fingerprint: str) -> dict[str, str]:
    """One subject may fail one check in several departments: these are different results."""
    return {"clausewise/v1": fingerprint, "clausewiseDepartment/v1": department.code}


def _where(department: Department, subject: str, name: str = "") -> dict[str, Any]:
    place = {"fullyQualifiedName": subject or department.code, "kind": "resource"}
    return {"logicalLocations": [{**place, "name": name} if name else place]}


def _numbers(department: Department, row: CheckRow) -> dict[str, Any]:
    return {
        "department": department.code,
        "population": row.population,
        "violations": row.violations,
        "unknown": row.unknown,
        "reason": row.reason,
    }
