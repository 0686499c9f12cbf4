"""JSON lines: one record a line, for programs that read a table of any length."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from engine.canonical import canonical
from reports.formats.given import Common, findings, rows
from reports.model import Department

_INSTANCES = {"instances", "on_card", "in_annex", "anchor"}


LINES = ("results", "findings", "instances")
"""Names of the files: each holds the departments' records one after the other."""


def records(common: Common, department: Department, name: str) -> Iterator[dict[str, Any]]:
    """Results, findings or instances of a department; words as in model.json, in no language."""
    issue = common.run.issue
    run = {
        "run": common.run.id,
        "period": common.run.period,
        "as_of_at": common.run.as_of_at,
        "report": issue.state,
        "version": issue.version,
    }
    match name:
        case "results":
            for row in rows(department):
                yield {**run, "department": department.code, **row.model_dump(mode="json")}
        case "findings":
            for finding in findings(department):
                yield {**run, **finding.model_dump(mode="json", exclude=_INSTANCES)}
        case _:
            for finding in findings(department):
                for instance in finding.instances:
                    yield {
                        **run,
                        "department": department.code,
                        "check": finding.check,
                        "finding": finding.number,
                        "suppressed": bool(instance.waiver),
                        **instance.model_dump(mode="json"),
                    }


def department_lines(common: Common, department: Department, into: Path) -> None:
    """The records of a department, a file each of `LINES`, written as they come."""
    for name in LINES:
        with (into / f"{name}.jsonl").open("wb") as file:
            for record in records(common, department, name):
                file.write(canonical(record) + b"\n")


def written(said: Iterable[dict[str, Any]]) -> bytes:
    """Records as canonical JSON, one a line."""
    return b"".join(canonical(record) + b"\n" for record in said)
