"""HDF, the Heimdall Data Format: a file a department, for the viewers of that family.

Its readers reckon a control's state from the results inside it, and these of their habits could turn a gap into a pass:
`passed` beside `skipped` is passed, so a check that left anything undecided gets no `passed`; an impact of nothing is not
applicable, so only what does not apply has that; a control without results is an error, so each has at least one.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.canonical import canonical
from engine.findings import FindingState
from reports.formats.given import NAME, Common, by_check, program, rows
from reports.formats.plain import line
from reports.model import Department
from reports.model.check_shapes import CheckRow
from reports.model.finding_shapes import FindingView, InstanceView
from reports.model.run_shapes import RunView
from reports.words import Words

_IMPACTS = {"critical": 0.9, "high": 0.7, "medium": 0.5, "low": 0.3}


def hdf(common: Common, department: Department) -> Iterator[tuple[Path, bytes]]:
    """One execution of one profile for each department."""
    document = _execution(common.run, department, common.first)
    yield Path("hdf") / f"{department.file}.json", canonical(document)


def _execution(run: RunView, department: Department, words: Words) -> dict[str, Any]:
    found = by_check(department)
    return {
        "platform": {"name": NAME, "release": program(), "target_id": department.code},
        "version": program(),
        "statistics": {},
        "profiles": [
            {
                "name": run.policy,
                "title": f"{words.policy()} · {department.name or words.t('company')} · {run.period} · {words.state(run.issue)}",
                "version": run.policy_version,
                "sha256": run.digests["rules"],
                "status": "loaded",
                "attributes": [],
                "supports": [],
                "groups": [
                    {
                        "id": clause.clause,
                        "title": words.clause(clause.clause),
                        "controls": [row.check for row in clause.checks],
                    }
                    for chapter in department.chapters
                    for clause in chapter.clauses
                ],
                "controls": [
                    _control(row, found.get(row.check), words, run.as_of_at) for row in rows(department)
                ],
            }
        ],
    }


def _control(row: CheckRow, finding: FindingView | None, words: Words, start: str) -> dict[str, Any]:
    texts = words.check(row.check)
    control: dict[str, Any] = {
        "id": row.check,
        "title": texts.title,
        "desc": texts.obligation or texts.title,
        "descriptions": [{"label": "fix", "data": words.to_do(row.check)}] if texts.correct else [],
        "impact": 0.0 if row.word == "not_applicable" else _IMPACTS[row.severity],
        "refs": [],
        "tags": {
            "severity": "none" if row.word == "not_applicable" else row.severity,
            "clause": row.clause,
            "method": row.method,
            "result": row.word,
            "reason": row.reason,
            "carried": finding.number if finding and finding.state is FindingState.UNVERIFIED else "",
        },
        "code": "",
        "source_location": {},
        "results": list(_results(row, finding, words, start)),
    }
    if row.word == "waived":
        control["waiver_data"] = {
            "skipped_due_to_waiver": True,
            "run": True,
            "justification": words.excused(row),
            "expiration_date": row.waivers[0].valid_until if len(row.waivers) == 1 else None,
        }
    return control


def _results(
    row: CheckRow, finding: FindingView | None, words: Words, start: str
) -> Iterator[dict[str, Any]]:
    said = words.outcome(row)
    whole = {"code_desc": words.title(row.check), "start_time": start}
    match row.word:
        case "pass":
            yield {**whole, "status": "passed"}
        case "fail" | "partly":
            for instance in finding.instances if finding else ():
                yield _result(row.check, instance, words, start)
            if finding is None or not finding.instances:
                yield {**whole, "status": "failed", "message": said}
        case "not_assessed" if row.reason == "rule_error":
            yield {**whole, "status": "error", "message": said}
        case "not_assessed":
            yield {**whole, "status": "skipped", "skip_message": said}
        case _:
            yield {**whole, "status": "skipped", "skip_message": said}
            for instance in finding.instances if finding else ():
                yield _result(row.check, instance, words, start)


def _result(check: str, instance: InstanceView, words: Words, start: str) -> dict[str, Any]:
    told = words.told(check, instance)
    result = {"code_desc": told, "start_time": start, "resource_id": instance.subject}
    if instance.waiver:
        waived = line(f"{words.t('word.waived')}{words.t('colon')}{instance.waiver} {instance.waiver_reason}")
        return {**result, "status": "skipped", "skip_message": waived}
    return {**result, "status": "failed", "message": told}
