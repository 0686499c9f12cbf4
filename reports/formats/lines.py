"""JSON lines: one record a line, for programs that read a table of any length."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from engine.canonical import canonical
from reports.formats.given import Given, findings, rows

_INSTANCES = {"instances", "on_card", "in_annex", "anchor"}


def lines(given: Given) -> Iterator[tuple[Path, bytes]]:
    """Results, findings and instances; words as in model.json, in no language."""
    model = given.model
    issue = model.run.issue
    run = {
        "run": model.run.id,
        "period": model.run.period,
        "as_of_at": model.run.as_of_at,
        "report": issue.state,
        "version": issue.version,
    }
    yield (
        Path("lines/results.jsonl"),
        written(
            {**run, "department": department.code, **row.model_dump(mode="json")}
            for department in model.departments
            for row in rows(department)
        ),
    )
    yield (
        Path("lines/findings.jsonl"),
        written(
            {**run, **finding.model_dump(mode="json", exclude=_INSTANCES)}
            for department in model.departments
            for finding in findings(department)
        ),
    )
    yield (
        Path("lines/instances.jsonl"),
        written(
            {
                **run,
                "department": department.code,
                "check": finding.check,
                "finding": finding.number,
                "suppressed": bool(instance.waiver),
                **instance.model_dump(mode="json"),
            }
            for department in model.departments
            for finding in findings(department)
            for instance in finding.instances
        ),
    )


def written(records: Iterable[dict[str, Any]]) -> bytes:
    """Records as canonical JSON, one a line."""
    return b"".join(canonical(record) + b"\n" for record in records)
