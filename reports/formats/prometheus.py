"""Prometheus text: a few figures a department, for dashboards and alerts."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from engine.findings import SEVERITIES
from reports.formats.given import Given, rows
from reports.formats.plain import line
from reports.model import Model
from reports.moments import seconds

Sample = tuple[Mapping[str, str], int]


def prometheus(given: Given) -> Iterator[tuple[Path, bytes]]:
    """A text file for a collector of the node exporter's kind; there is no 0 and 1 of compliance in it."""
    model = given.model
    text = "".join(
        _family(name, about, samples)
        for name, about, samples in (
            ("info", "The run; always 1.", [_run(model)]),
            ("as_of_timestamp_seconds", "The instant that was audited.", [({}, seconds(model.run.as_of_at))]),
            ("checks", "Checks of a department by what they say.", _checks(model)),
            ("findings_open", "Open findings of a department by severity.", _open(model)),
            ("findings_overdue", "Open findings past the day to correct.", _each(model, "overdue")),
            ("instances_open", "Open instances.", _each(model, "instances")),
            ("instances_waived", "Instances under a waiver in force.", _each(model, "waived")),
            ("check_result", "What a check says, as the label result; always 1.", _results(model)),
            (
                "check_population",
                "Subjects looked at, undecided ones included.",
                _numbers(model, "population"),
            ),
            ("check_violations", "Subjects in violation, waived ones aside.", _numbers(model, "violations")),
            ("check_undecided", "Subjects that could not be decided.", _numbers(model, "unknown")),
        )
    )
    yield Path("metrics.prom"), text.encode()


def _run(model: Model) -> Sample:
    run = model.run
    labels = {"run": run.id, "period": run.period, "policy": run.policy, "policy_version": run.policy_version}
    return labels | {"report": run.issue.state, "version": str(run.issue.version)}, 1


def _checks(model: Model) -> list[Sample]:
    return [
        ({"department": department.code, "result": word}, count)
        for department in model.departments
        for word, count in department.tally.words.items()
    ]


def _open(model: Model) -> list[Sample]:
    return [
        ({"department": department.code, "severity": severity}, department.front.severities[severity])
        for department in model.departments
        for severity in SEVERITIES
    ]


def _each(model: Model, what: str) -> list[Sample]:
    return [
        (
            {"department": department.code},
            {
                "overdue": department.front.overdue,
                "instances": department.instances,
                "waived": department.waived_instances,
            }[what],
        )
        for department in model.departments
    ]


def _results(model: Model) -> list[Sample]:
    return [
        (
            {
                "department": department.code,
                "check": row.check,
                "method": row.method,
                "severity": row.severity,
                "result": row.word,
                "reason": row.reason,
            },
            1,
        )
        for department in model.departments
        for row in rows(department)
    ]


def _numbers(model: Model, what: str) -> list[Sample]:
    """Only of checks that were assessed: a nought where nobody looked would read as a good one."""
    return [
        (
            {"department": department.code, "check": row.check},
            {"population": row.population, "violations": row.violations, "unknown": row.unknown}[what],
        )
        for department in model.departments
        for row in rows(department)
        if row.word != "not_assessed"
    ]


def _family(name: str, about: str, samples: Sequence[Sample]) -> str:
    full = f"clausewise_{name}"
    lines = [f"# HELP {full} {about}", f"# TYPE {full} gauge"]
    for labels, value in samples:
        said = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
        lines.append(f"{full}{{{said}}} {value}" if said else f"{full} {value}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return line(text).replace("\\", "\\\\").replace('"', '\\"')
