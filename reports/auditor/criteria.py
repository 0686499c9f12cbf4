"""The auditor's table, in the shape that service auditors use: a row a check, over all departments together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from engine.findings import Method, Severity
from reports.formats.given import findings, rows
from reports.model import Department, Model
from reports.model.check_shapes import CheckRow
from reports.model.finding_shapes import FindingView
from reports.model.shape import Shape

Conclusion = Literal["exception", "limited", "waived", "none_noted", "not_tested", "not_written"]
"""What the test of a criterion came to. Limited: some of it could not be looked at, and nothing was found in the rest."""


class ExceptionNoted(Shape):
    """A department in which the criterion is not met."""

    department: str
    name: str = Field(description="empty: the company as a whole")
    finding: str = Field(description="number")
    violations: int
    population: int


class Limit(Shape):
    """A reason why a part of the criterion was not looked at, or not wholly."""

    reason: str
    departments: tuple[str, ...] = Field(description="codes")
    names: tuple[str, ...] = Field(description="empty: the company as a whole")


class Response(Shape):
    """What became of a finding, as those concerned say; never a part of the finding."""

    finding: str
    kind: str = Field(description="as in the log of findings")
    on_day: str
    by: str
    text: str


class Criterion(Shape):
    """A check over all departments: criterion, test, population, result, exceptions, management's response."""

    check: str
    clause: str
    method: Method
    severity: Severity
    tested: int = Field(description="departments in which it was decided, as passed, failed or waived")
    departments: int = Field(description="departments to which it applies, or may apply")
    population: int
    violations: int
    unknown: int
    waived: int
    conclusion: Conclusion
    exceptions: tuple[ExceptionNoted, ...]
    limits: tuple[Limit, ...]
    responses: tuple[Response, ...]


def criteria(model: Model, log: Sequence[Mapping[str, Any]]) -> tuple[Criterion, ...]:
    """Every check of the catalogue, in the order of the policy.

    Args:
        model: the run
        log: entries of the log of findings, oldest first
    """
    found: dict[str, list[tuple[Department, CheckRow]]] = {}
    for department in model.departments:
        for row in rows(department):
            found.setdefault(row.check, []).append((department, row))
    numbers = {
        (finding.check, finding.department): finding
        for department in model.departments
        for finding in findings(department)
    }
    return tuple(_criterion(found[view.id], numbers, log) for view in model.checks if found.get(view.id))


def _criterion(
    here: Sequence[tuple[Department, CheckRow]],
    numbers: Mapping[tuple[str, str], FindingView],
    log: Sequence[Mapping[str, Any]],
) -> Criterion:
    first = here[0][1]
    words = [row.word for _, row in here]
    issued = {
        finding.number
        for department, row in here
        if (finding := numbers.get((row.check, department.code))) is not None
    }
    return Criterion(
        check=first.check,
        clause=first.clause,
        method=first.method,
        severity=first.severity,
        tested=sum(word in {"pass", "partly", "fail", "waived"} for word in words),
        departments=sum(word != "not_applicable" for word in words),
        population=sum(row.population for _, row in here),
        violations=sum(row.violations for _, row in here),
        unknown=sum(row.unknown for _, row in here),
        waived=sum(row.waived for _, row in here),
        conclusion=_conclusion(here),
        exceptions=tuple(_exceptions(here, numbers)),
        limits=tuple(_limits(here)),
        responses=tuple(_responses(issued, log)),
    )


def _conclusion(here: Sequence[tuple[Department, CheckRow]]) -> Conclusion:
    words = {row.word for _, row in here}
    if words & {"partly", "fail"}:
        return "exception"
    if "not_assessed" in words:
        return "limited" if any(row.implemented for _, row in here) else "not_written"
    if "waived" in words:
        return "waived"
    return "none_noted" if "pass" in words else "not_tested"


def _exceptions(
    here: Iterable[tuple[Department, CheckRow]], numbers: Mapping[tuple[str, str], FindingView]
) -> Iterator[ExceptionNoted]:
    for department, row in here:
        if row.word in {"partly", "fail"}:
            finding = numbers.get((row.check, department.code))
            yield ExceptionNoted(
                department=department.code,
                name=department.name,
                finding=finding.number if finding else "",
                violations=row.violations,
                population=row.population,
            )


def _limits(here: Iterable[tuple[Department, CheckRow]]) -> Iterator[Limit]:
    why: dict[str, list[Department]] = {}
    for department, row in here:
        if row.word == "not_assessed":
            why.setdefault(row.reason, []).append(department)
    for reason, found in sorted(why.items()):
        yield Limit(
            reason=reason,
            departments=tuple(department.code for department in found),
            names=tuple(department.name for department in found),
        )


def _responses(issued: Iterable[str], log: Iterable[Mapping[str, Any]]) -> Iterator[Response]:
    wanted = frozenset(issued)
    for entry in log:
        if entry["finding"] in wanted:
            yield Response(
                finding=entry["finding"],
                kind=entry["kind"],
                on_day=entry["on_day"],
                by=entry["by"],
                text=entry.get("reason") or entry.get("evidence") or "",
            )
