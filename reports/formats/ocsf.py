"""OCSF Compliance Finding (class 2003, version 1.8.0): one event a line, for security data lakes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.findings import FindingState, Severity
from reports.formats.given import NAME, Given, by_check, program, rows
from reports.formats.ids import uid
from reports.formats.lines import written
from reports.formats.plain import line
from reports.model import Department
from reports.model.check_shapes import CheckRow
from reports.model.finding_shapes import FindingView, InstanceView
from reports.model.run_shapes import RunView
from reports.moments import seconds
from reports.words import Words

_SEVERITIES: dict[Severity, tuple[int, str]] = {
    "critical": (5, "Critical"),
    "high": (4, "High"),
    "medium": (3, "Medium"),
    "low": (2, "Low"),
}
_CAME = {FindingState.NEW, FindingState.RECURRED, FindingState.RESUMED}
_CREATE, _UPDATE, _CLOSE = (1, "Create"), (2, "Update"), (3, "Close")
_NEW, _IN_PROGRESS, _SUPPRESSED, _RESOLVED = (
    (1, "New"),
    (2, "In Progress"),
    (3, "Suppressed"),
    (4, "Resolved"),
)
_OTHER = 99

_COMPLIANCE = {
    "pass": (1, "Pass"),
    "partly": (3, "Fail"),
    "fail": (3, "Fail"),
    "waived": (3, "Fail"),
    "not_applicable": (_OTHER, "Not Applicable"),
    "not_assessed": (_OTHER, "Not Assessed"),
}
"""Waived has failed as well: that it is accepted says the status of the event, Suppressed."""


def ocsf(given: Given) -> Iterator[tuple[Path, bytes]]:
    """An event for each instance, and one for each check of a department that has none."""
    yield Path("ocsf.jsonl"), written(_events(given))


def _events(given: Given) -> Iterator[dict[str, Any]]:
    run, words = given.model.run, given.first
    for department in given.model.departments:
        found = by_check(department)
        for row in rows(department):
            finding = found.get(row.check)
            for instance in finding.instances if finding else ():
                if finding is not None:
                    yield _of_instance(run, department, finding, instance, words)
            if finding is None or not finding.instances or row.word not in {"fail", "partly", "waived"}:
                yield _of_check(run, department, row, finding, words)


def _event(
    run: RunView, department: Department, check: str, words: Words, activity: tuple[int, str]
) -> dict[str, Any]:
    texts = words.check(check)
    activity_id, activity_name = activity
    return {
        "activity_id": activity_id,
        "activity_name": activity_name,
        "category_uid": 2,
        "category_name": "Findings",
        "class_uid": 2003,
        "class_name": "Compliance Finding",
        "type_uid": 200300 + activity_id,
        "type_name": f"Compliance Finding: {activity_name}",
        "time": _milliseconds(run.as_of_at),
        "metadata": {
            "version": "1.8.0",
            "product": {
                "name": NAME,
                "vendor_name": NAME,
                "version": program(),
                "lang": words.language,
            },
            "correlation_uid": run.id,
            "labels": [
                f"period:{run.period}",
                f"report:{run.issue.state}",
                f"version:{run.issue.version}",
            ],
        },
        "remediation": {"desc": words.to_do(check) or texts.title},
        "unmapped": {"department": department.code, "check": check},
    }


def _of_instance(
    run: RunView, department: Department, finding: FindingView, instance: InstanceView, words: Words
) -> dict[str, Any]:
    activity = _CREATE if instance.state in _CAME else _UPDATE
    status = _SUPPRESSED if instance.waiver else _NEW if activity is _CREATE else _IN_PROGRESS
    unverified = finding.state is FindingState.UNVERIFIED
    event = _event(run, department, finding.check, words, activity)
    told = words.told(finding.check, instance)
    info: dict[str, Any] = {
        "uid": uid(run.id, finding.check, department.code, instance.subject),
        "uid_alt": instance.fingerprint,
        "title": words.title(finding.check),
        "desc": told,
        "types": [finding.number],
    }
    if instance.observed_at:
        info["last_seen_time"] = _milliseconds(instance.observed_at)
    event["metadata"]["uid"] = info["uid"]
    return {
        **event,
        "message": told,
        **_severity(instance.severity),
        "status_id": status[0],
        "status": status[1],
        **_detail(words, finding if unverified else None, instance.waiver, instance.waiver_reason),
        "finding_info": info,
        "compliance": _compliance(run, finding.check, words, (0, "Unknown") if unverified else (3, "Fail")),
        "resources": [
            {
                "uid": instance.subject,
                "name": instance.name or instance.subject,
                "group": {"name": line(department.name) or department.code, "uid": department.code},
            }
        ],
        "unmapped": {
            **event["unmapped"],
            "finding": finding.number,
            "contain_by": finding.contain_by,
            "correct_by": finding.correct_by,
            "overdue": finding.is_overdue,
        },
    }


def _of_check(
    run: RunView, department: Department, row: CheckRow, finding: FindingView | None, words: Words
) -> dict[str, Any]:
    """What the check says about the department; a finding that was closed or could not be looked at is told here."""
    state = finding.state if finding else None
    closed = state is FindingState.CLOSED and row.word != "waived"
    activity = _CLOSE if closed else _UPDATE if finding else _CREATE
    event = _event(run, department, row.check, words, activity)
    unique = uid(run.id, row.check, department.code)
    event["metadata"]["uid"] = unique
    said = f"{words.title(row.check)}{words.t('colon')}{words.one_of('word', row.word)}"
    info: dict[str, Any] = {"uid": unique, "title": words.title(row.check), "desc": said}
    if finding is not None:
        info |= {"uid_alt": finding.fingerprint, "types": [finding.number]}
    status = {
        "pass": _RESOLVED,
        "waived": _SUPPRESSED,
        "fail": _NEW,
        "partly": _NEW,
    }.get(row.word, (_OTHER, _COMPLIANCE[row.word][1]))
    fails = row.word in {"fail", "partly", "waived"} or (finding is not None and finding.is_open)
    detail = words.why(row) if row.reason else words.excused(row)
    if finding is not None and state is FindingState.UNVERIFIED:
        detail = f"{finding.number}{words.t('colon')}{words.t('card.unverified')}"
    return {
        **event,
        "message": said,
        **(_severity(row.severity) if fails else {"severity_id": 1, "severity": "Informational"}),
        "status_id": status[0],
        "status": status[1],
        **({"status_detail": detail} if detail else {}),
        "finding_info": info,
        "compliance": _compliance(run, row.check, words, _COMPLIANCE[row.word]),
        "resources": [{"uid": department.code, "name": line(department.name) or department.code}],
        "count": 1,
    }


def _compliance(run: RunView, check: str, words: Words, status: tuple[int, str]) -> dict[str, Any]:
    return {
        "control": check,
        "desc": words.check(check).obligation or words.title(check),
        "standards": [f"{run.policy} {run.policy_version}"],
        "requirements": [check.rpartition("-")[0]],
        "status_id": status[0],
        "status": status[1],
    }


def _severity(severity: Severity) -> dict[str, Any]:
    number, name = _SEVERITIES[severity]
    return {"severity_id": number, "severity": name}


def _detail(words: Words, unverified: FindingView | None, waiver: str, reason: str) -> dict[str, str]:
    if waiver:
        return {"status_detail": line(f"{words.t('word.waived')}{words.t('colon')}{waiver} {reason}")}
    return {"status_detail": words.t("card.unverified")} if unverified else {}


def _milliseconds(instant: str) -> int:
    """OCSF counts in milliseconds; seconds would be read as a day of January 1970."""
    return seconds(instant) * 1000
