"""A run folder, read and validated: all that a report is made from."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.errors import SnapshotError
from engine.findings import Applied, Coverage, Finding, Outcome, Result, Run, Subject, Undecided
from engine.issued import Decided, Signed
from engine.rolls import Roll
from reports.catalogue import Catalogue
from reports.clean import clean

_Model = TypeVar("_Model", bound=BaseModel)

_HELP = "make the run again with `clausewise audit`, and compare with `clausewise verify`"


class Settings(BaseModel):
    """settings.json: the values as run, and where each comes from."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    values: dict[str, Any]
    origin: dict[str, str]


class PastRoll(BaseModel):
    """The roll-forwards of a period."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    findings: Roll
    instances: Roll


class PastProcess(BaseModel):
    """How rectification went in a period."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    closed: int
    in_time: int
    late: int
    undated: int
    overdue: int
    dated: int
    median_days: str
    recurred: int
    closed_lately: int


class PastPeriod(BaseModel):
    """The totals of an earlier run."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    label: str
    as_of: str
    open: dict[str, int] = Field(description="severity -> findings open at its end")
    fresh: dict[str, int] = Field(default_factory=dict, description="of these, of checks that were new then")
    roll: PastRoll | None = Field(default=None, description="none: a run of an earlier version")
    breaks: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="check -> what of it changed since the period before"
    )
    process: PastProcess | None = None


class History(BaseModel):
    """history.json: earlier periods, oldest first, of the company and of each department."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    company: tuple[PastPeriod, ...] = ()
    departments: dict[str, tuple[PastPeriod, ...]] = Field(default_factory=dict)
    names: dict[str, str] = Field(
        default_factory=dict,
        description="code of a department of this run or an earlier one -> name; empty: a run of an earlier version",
    )


@dataclass(frozen=True)
class RunFolder:
    """Everything that a run says."""

    run: Run
    catalogue: Catalogue
    settings: Settings
    history: History
    coverage: Coverage
    results: tuple[Result, ...]
    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    subjects: Mapping[str, Subject]
    waivers: tuple[Applied, ...]
    attestations: tuple[Applied, ...]
    review: dict[str, Decided] = field(default_factory=dict)
    """Fingerprint of a finding -> what an inspector decided; nothing of a draft."""
    withheld: tuple[Finding, ...] = ()
    signed: dict[str, Signed] = field(default_factory=dict)
    """Fingerprint of a finding -> who signed for it, as far as was known when it was issued."""


def read(folder: Path) -> RunFolder:
    """The run that lies in a folder; texts in it come back free of control characters.

    Raises:
        SnapshotError: a file is missing or damaged, or a department has no result for a check
    """
    findings = tuple(rows(Finding, folder / "findings.jsonl"))
    return replace(
        shared(folder, [(finding.department, finding.check, finding.number) for finding in findings]),
        findings=findings,
        undecided=tuple(rows(Undecided, folder / "undecided.jsonl")),
        subjects={subject.uid: subject for subject in rows(Subject, folder / "subjects.jsonl")},
    )


def shared(folder: Path, named: Collection[tuple[str, str, str]]) -> RunFolder:
    """What all departments of a run share: all but its findings, what it left undecided and its subjects.

    Args:
        folder: the run
        named: department, check and number of each finding

    Raises:
        SnapshotError: a file is missing or damaged, or a department has no result for a check
    """
    results = tuple(rows(Result, folder / "results.jsonl"))
    catalogue = _one(Catalogue, folder / "catalogue.json")
    run = _one(Run, folder / "run.json")
    issued = run.issued is not None
    found = RunFolder(
        run=run,
        catalogue=catalogue,
        settings=_one(Settings, folder / "settings.json"),
        history=_one(History, folder / "history.json"),
        coverage=_one(Coverage, folder / "coverage.json"),
        results=(
            *results,
            *_of_departments_that_are_gone(catalogue, results, {department for department, _, _ in named}),
        ),
        findings=(),
        undecided=(),
        subjects={},
        waivers=tuple(rows(Applied, folder / "waivers.jsonl")),
        attestations=tuple(rows(Applied, folder / "attestations.jsonl")),
        review={row.fingerprint: row for row in rows(Decided, folder / "review.jsonl")} if issued else {},
        withheld=tuple(rows(Finding, folder / "withheld.jsonl")) if issued else (),
        signed={row.fingerprint: row for row in rows(Signed, folder / "signed.jsonl")} if issued else {},
    )
    _every_department_answers_every_check(found, folder, named)
    return found


def _of_departments_that_are_gone(
    catalogue: Catalogue, results: Iterable[Result], named: set[str]
) -> Iterator[Result]:
    """A department that is no longer there may have findings that are carried on: nothing else was looked at in it."""
    for department in sorted(named - {result.department for result in results}):
        for check in catalogue.checks:
            yield Result(
                check=check.id,
                clause=check.clause,
                department=department,
                result=Outcome.NOT_ASSESSED,
                method=check.method,
                severity=check.severity,
                population=0,
                violations=0,
                unknown=0,
                waived=0,
                reason="not_collected" if check.implemented else "not_implemented",
                reasons={},
                missing=(),
            )


def _one(model: type[_Model], path: Path) -> _Model:
    return _valid(model, _parsed(_text(path), path.name), path.name)


def rows(model: type[_Model], path: Path) -> Iterator[_Model]:
    """The records of a file of lines.

    Raises:
        SnapshotError: the file is missing, or a line is no such record
    """
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if line:
            yield record(model, line, f"{path.name}, line {number}")


def record(model: type[_Model], line: str | bytes, where: str) -> _Model:
    """One line as a record; `where` is what a message calls its place.

    Raises:
        SnapshotError: it is no such record
    """
    return _valid(model, _parsed(line, where), where)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as e:
        raise SnapshotError(f"{path}: missing, so this is not a complete run", help=_HELP) from e
    except (OSError, UnicodeDecodeError) as e:
        raise SnapshotError(f"{path}: cannot be read: {e}", help=_HELP) from e


def _parsed(text: str | bytes, where: str) -> Any:
    try:
        return clean(json.loads(text))
    except ValueError as e:
        raise SnapshotError(f"{where}: not JSON: {e}", help=_HELP) from e


def _valid(model: type[_Model], value: Any, where: str) -> _Model:
    try:
        return model.model_validate(value)
    except ValidationError as e:
        first = e.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SnapshotError(f"{where}: {place}: {first['msg']}", help=_HELP) from e


def _every_department_answers_every_check(
    found: RunFolder, folder: Path, named: Collection[tuple[str, str, str]]
) -> None:
    """A result that is not there would read as one that is good."""
    departments = {row.code for row in found.run.departments} | {
        result.department for result in found.results
    }
    wanted = {(department, check.id) for department in departments for check in found.catalogue.checks}
    there = {(result.department, result.check) for result in found.results}
    for department, check in sorted(wanted ^ there):
        what = "no line for" if (department, check) in wanted else "the catalogue has no check for"
        raise SnapshotError(
            f"{folder / 'results.jsonl'}: {what} department {department}, check {check}", help=_HELP
        )
    if len(there) != len(found.results):
        raise SnapshotError(
            f"{folder / 'results.jsonl'}: a department and check stand there twice", help=_HELP
        )
    known = {check.id for check in found.catalogue.checks}
    for department, check, number in named:
        if check not in known or department not in departments:
            raise SnapshotError(
                f"{folder / 'findings.jsonl'}: {number}: no check {check} or department {department}",
                help=_HELP,
            )
