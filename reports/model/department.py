"""The report of one department, from the run."""

from collections.abc import Iterable
from typing import TypeVar

from engine.findings import (
    SEVERITIES,
    Applied,
    DataError,
    DepartmentRow,
    Finding,
    FindingState,
    Result,
    Undecided,
)
from reports.catalogue import Check
from reports.clean import shortened
from reports.model.annex import annex_pages
from reports.model.approval_shapes import AppliedView
from reports.model.approvals import EXPIRES_SOON, approval_audit, effect
from reports.model.budget import budget
from reports.model.check_shapes import WaiverNote
from reports.model.evidence import FEW_PEOPLE, finding_view
from reports.model.finding_shapes import FindingView, UndecidedView
from reports.model.front import front
from reports.model.issue import department_changes
from reports.model.names import Names
from reports.model.rollup import chapters, check_row, coverage, gaps, tally
from reports.model.shapes import Department
from reports.model.source_shapes import DataErrorView
from reports.model.trend import trend
from reports.moments import days_after
from reports.run_folder import RunFolder

_Row = TypeVar("_Row", Result, Finding, Undecided)

NAME = 48
"""Characters of a department's name that page one has room for."""


class DepartmentBuilder:
    """What all departments of a run have in common, looked up once."""

    def __init__(self, found: RunFolder, names: Names, checks: dict[str, Check]) -> None:
        self._found = found
        self._names = names
        self._checks = checks
        self._ranks = {check: rank for rank, check in enumerate(checks)}
        self._sources = {source.id: source.title or source.id for source in found.coverage.sources}
        self._waivers = {waiver.uid: waiver for waiver in found.waivers}
        self._applied: dict[str, list[Applied]] = {}
        for waiver in sorted(found.waivers, key=lambda waiver: (waiver.number, waiver.uid)):
            if waiver.applied:
                self._applied.setdefault(waiver.check, []).append(waiver)
        self._signed: dict[str, list[Applied]] = {}
        for signed in sorted(found.attestations, key=lambda signed: (signed.number, signed.uid)):
            if signed.applied:
                self._signed.setdefault(signed.check, []).append(signed)
        self._results = _grouped(found.results)
        self._findings = _grouped(found.findings)
        self._undecided = _grouped(found.undecided)
        self._names_on_front = found.settings.values.get("names_on_front", "no") in {"yes", True}

    def build(self, row: DepartmentRow, file: str) -> Department:
        """The whole report of a department."""
        run = self._found.run
        names = self._names.for_head(row.code)
        everything = self._views(row, names)
        findings = tuple(view for view in everything if view.is_open)
        open_ = {view.fingerprint for view in findings}
        by_check = {view.check: view for view in findings}
        rows = {
            result.check: check_row(
                result,
                self._checks[result.check],
                self._sources,
                by_check.get(result.check),
                self._in_force(result.check, row.code, names),
                self._statements(result.check, row.code),
            )
            for result in self._results.get(row.code, ())
        }
        covered = coverage(rows.values(), row.people)
        past = trend(
            label=run.period.label,
            has_previous=bool(run.digests.previous),
            periods=self._found.history.company,
            past=self._found.history.departments.get(row.code, ()),
            findings=everything,
            as_of=run.as_of,
        )
        closed = tuple(
            view for view in everything if view.state is FindingState.CLOSED and not view.is_waived
        )
        missing = gaps(rows.values())
        waivers = self.applied(
            (waiver for waiver in self._found.waivers if waiver.department == row.code), names
        )
        attestations = self.applied(
            (signed for signed in self._found.attestations if signed.department == row.code), names
        )
        waived = tuple(view for view in everything if view.is_waived)
        undecided = tuple(
            sorted(
                (
                    UndecidedView(
                        check=item.check,
                        subject=item.subject,
                        name=names.of_subject(item.subject),
                        reason=item.reason,
                    )
                    for item in self._undecided.get(row.code, ())
                ),
                key=lambda item: (self._rank(item.check), item.subject),
            )
        )
        return Department(
            code=row.code,
            file=file,
            name=row.name,
            name_short=shortened(row.name, NAME),
            parent=row.parent,
            head=row.head,
            people=row.people,
            report=f"{run.period.label}-{shortened(row.code.lstrip('_').upper(), 16)}",
            front=front(
                findings=findings,
                closed=closed,
                rows=tuple(rows.values()),
                gaps=missing,
                coverage=covered,
                trend=past,
                checks=self._checks,
                addressee=shortened("、".join(row.head), NAME) if self._names_on_front else "",
                notice_on=run.told_on,
            ),
            budget=budget(
                [finding for finding in self._ordered(row) if finding.fingerprint in open_],
                self._checks,
                names,
                as_of=run.as_of,
                told_on=run.told_on,
            ),
            findings=findings,
            waived=waived,
            closed=closed,
            instances=sum(view.violations + view.carried for view in findings),
            waived_instances=sum(result.waived for result in rows.values()),
            chapters=chapters(self._found.catalogue, rows, findings),
            tally=tally(rows.values()),
            coverage=covered,
            trend=past,
            gaps=missing,
            undecided=undecided,
            annex=annex_pages((*findings, *waived), undecided),
            waivers=waivers,
            attestations=attestations,
            waiver_audit=approval_audit(waivers),
            attestation_audit=approval_audit(attestations),
            effect=effect(rows.values()),
            data_errors=tuple(
                error_view(error, names)
                for error in self._found.coverage.data_errors
                if error.department == row.code
            ),
            changes=department_changes(self._found, row.code, shortened(row.name, NAME), file, self._names),
        )

    def applied(self, rows: Iterable[Applied], names: Names) -> tuple[AppliedView, ...]:
        """Waivers or attestations: in force and soon to end first, those that were not applied last."""
        soon = days_after(names.clock.day(self._found.run.as_of), EXPIRES_SOON)
        views = []
        for row in rows:
            until = names.clock.day(row.valid_until)
            views.append(
                AppliedView(
                    number=row.number or row.uid,
                    check=row.check,
                    department=names.department(row.department) if row.department else "",
                    subject=names.of(row.subject) if row.subject else "",
                    reason=row.reason,
                    approved_by=names.of(row.approved_by) if row.approved_by else "",
                    valid_until=until,
                    applied=row.applied,
                    why_not=row.why_not,
                    instances=row.instances,
                    expires_soon=(row.applied or row.why_not == "nothing_to_waive")
                    and bool(until)
                    and until <= soon,
                    days=row.days,
                    limit=row.limit,
                    is_too_long=row.days is not None and row.limit is not None and row.days > row.limit,
                    line=row.line,
                )
            )
        return tuple(
            sorted(
                views,
                key=lambda view: (not view.expires_soon, not view.applied, view.valid_until, view.number),
            )
        )

    def _in_force(self, check: str, department: str, names: Names) -> list[WaiverNote]:
        """The waivers that were applied to a check here, or in the whole company."""
        return [
            WaiverNote(
                number=waiver.number or waiver.uid,
                subject=names.of(waiver.subject) if waiver.subject else "",
                reason=waiver.reason,
                approved_by=names.of(waiver.approved_by) if waiver.approved_by else "",
                valid_until=names.clock.day(waiver.valid_until),
            )
            for waiver in self._applied.get(check, ())
            if waiver.department in {"", department}
        ]

    def _statements(self, check: str, department: str) -> list[str]:
        """The numbers of the statements in force for a check here, or in the whole company."""
        return [
            signed.number or signed.uid
            for signed in self._signed.get(check, ())
            if signed.department in {"", department}
        ]

    def _views(self, row: DepartmentRow, names: Names) -> tuple[FindingView, ...]:
        views = []
        number = 1
        for finding in self._ordered(row):
            views.append(
                finding_view(
                    finding,
                    check=self._checks[finding.check],
                    names=names,
                    waivers=self._waivers,
                    first_number=number,
                    as_of=self._found.run.as_of,
                    told_on=self._found.run.told_on,
                    rates=row.people >= FEW_PEOPLE,
                    decided=self._found.review.get(finding.fingerprint),
                    signed=self._found.signed.get(finding.fingerprint),
                )
            )
            number += len(finding.instances)
        return tuple(views)

    def _ordered(self, row: DepartmentRow) -> list[Finding]:
        return sorted(self._findings.get(row.code, ()), key=self._order)

    def _order(self, finding: Finding) -> tuple[int, str, int, str]:
        rank = SEVERITIES.index(finding.severity)
        return (
            rank,
            finding.contain_by or finding.correct_by,
            self._rank(finding.check),
            finding.fingerprint,
        )

    def _rank(self, check: str) -> int:
        return self._ranks.get(check, len(self._ranks))


def error_view(error: DataError, names: Names) -> DataErrorView:
    """An error in the data, by readable names."""
    return DataErrorView(
        kind=error.kind,
        subject=names.of(error.subject),
        detail=error.detail,
        department=names.department(error.department),
    )


def _grouped(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.department, []).append(row)
    return found
