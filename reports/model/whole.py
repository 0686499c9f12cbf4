"""The whole model: the company's overview and every department's report."""

from collections.abc import Mapping, Sequence

from engine.facts import COMPANY
from engine.findings import DepartmentRow
from reports.catalogue import Check
from reports.clean import shortened
from reports.model.company import company
from reports.model.correction import correction
from reports.model.department import NAME, DepartmentBuilder
from reports.model.files import file_names
from reports.model.issue import department_changes, issue_view
from reports.model.names import Names
from reports.model.run_shapes import RunView
from reports.model.shapes import CheckView, Department, Model, Place
from reports.moments import Clock
from reports.run_folder import RunFolder


def build(found: RunFolder) -> Model:
    """Every number that any page shows."""
    builder = ModelBuilder(found)
    return builder.model([builder.department(row) for row in builder.rows])


class ModelBuilder:
    """The model of a run, a department at a time: no department needs another's findings, and the company no instances."""

    def __init__(self, found: RunFolder) -> None:
        """What all of it has in common; of findings and subjects nothing is needed yet."""
        self.rows = _in_order(
            found.run.departments, {result.department for result in found.results}, found.history.names
        )
        """Departments in the order of the reports."""
        self.files = file_names([row.code for row in self.rows])
        """Code of a department -> what its files are called."""
        self._found = found
        self._clock = Clock(found.run.timezone)
        self._checks = found.catalogue.by_id()
        self.run = self._run_view()
        """What every page says of the run."""

    def department(self, row: DepartmentRow, found: RunFolder | None = None) -> Department:
        """The report of a department; `found` is the run as far as it is the department's, if not all of it is there."""
        here = found or self._found
        return DepartmentBuilder(here, self._names(here), self._checks).build(row, self.files[row.code])

    def model(self, departments: Sequence[Department]) -> Model:
        """The whole, of the reports of all departments in their order, with their instances or without."""
        places = _places(departments)
        chapters = {clause.id: clause.chapter for clause in self._found.catalogue.clauses}
        names = self._names(self._found)
        builder = DepartmentBuilder(self._found, names, self._checks)
        return Model(
            format="report/1",
            run=self.run,
            company=company(self._found, departments, builder, names.for_company(), self._checks),
            departments=tuple(departments),
            checks=tuple(
                _check_view(check, chapters, places.get(check.id, []))
                for check in self._found.catalogue.checks
            ),
        )

    def _names(self, found: RunFolder) -> Names:
        return Names(
            found.subjects,
            {source.id: source.title or source.id for source in found.coverage.sources},
            {**found.history.names, **{row.code: row.name for row in self.rows if row.name}},
            self._clock,
        )

    def _run_view(self) -> RunView:
        found, clock = self._found, self._clock
        run, names = found.run, self._names(found)
        short = {row.code: shortened(row.name, NAME) for row in self.rows}
        return RunView(
            id=run.id,
            organisation=run.organisation,
            contact=run.contact or "",
            timezone=run.timezone,
            as_of=clock.moment(run.as_of),
            as_of_day=clock.day(run.as_of),
            as_of_at=run.as_of,
            from_at=run.period.from_at,
            period=run.period.label,
            year=run.period.year,
            quarter=run.period.quarter,
            notice_on=run.notice_on,
            policy=run.policy,
            policy_version=run.policy_version,
            policy_in_force=run.policy_in_force,
            engine=run.engine.name,
            engine_version=run.engine.version,
            engine_note=run.engine.note,
            settings_origin=run.settings_origin,
            digests=run.digests.model_dump(),
            severity_days={
                severity: {name: count for name, count in days.items() if count is not None}
                for severity, days in found.catalogue.severity_days.items()
            },
            supersedes=correction(run.supersedes, short),
            issue=issue_view(
                found,
                [
                    department_changes(found, code, name, self.files[code], names)
                    for code, name in short.items()
                ],
            ),
        )


def _in_order(rows: Sequence[DepartmentRow], named: set[str], once: Mapping[str, str]) -> list[DepartmentRow]:
    """Departments as the organisation has them, a parent before its parts; what belongs to the company as a whole last.

    `once` says how those are called that are no more.
    """
    by_code = {row.code: row for row in rows}
    for code in sorted(named - set(by_code)):
        by_code[code] = DepartmentRow(
            code=code, name="" if code == COMPANY else once.get(code, code), parent="", head=(), people=0
        )
    parts: dict[str, list[DepartmentRow]] = {}
    for row in by_code.values():
        parent = row.parent if row.parent in by_code and row.parent != row.code else ""
        parts.setdefault(parent, []).append(row)
    order: dict[str, DepartmentRow] = {}

    def visit(row: DepartmentRow) -> None:
        if row.code not in order:
            order[row.code] = row
            for part in sorted(parts.get(row.code, ()), key=_by_code):
                visit(part)

    for row in sorted(parts.get("", ()), key=_by_code):
        visit(row)
    for row in sorted(by_code.values(), key=_by_code):  # a circle of parents has no top
        visit(row)
    return list(order.values())


def _by_code(row: DepartmentRow) -> tuple[bool, str]:
    return (row.code.startswith("_"), row.code)


def _check_view(check: Check, chapters: Mapping[str, str], places: Sequence[Place]) -> CheckView:
    return CheckView(
        id=check.id,
        clause=check.clause,
        chapter=chapters[check.clause],
        method=check.method,
        severity=check.severity,
        implemented=check.implemented,
        title={language: texts.title for language, texts in sorted(check.texts.items())},
        fails_in=tuple(places),
    )


def _places(departments: Sequence[Department]) -> dict[str, list[Place]]:
    places: dict[str, list[Place]] = {}
    for department in departments:
        for finding in department.findings:
            place = Place(department=department.name_short, file=department.file, anchor=finding.anchor)
            places.setdefault(finding.check, []).append(place)
    return places
