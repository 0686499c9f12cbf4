"""The overview of the company, from the reports of its departments."""

from collections.abc import Iterator, Mapping, Sequence

from engine.facts import SourceReport
from engine.findings import SEVERITIES
from reports.catalogue import Check
from reports.clean import shortened
from reports.model.approvals import approval_audit, effect
from reports.model.check_shapes import CheckRow
from reports.model.company_shapes import Company, Frequent, RollRow, SettingView
from reports.model.days import URGENT
from reports.model.department import NAME, DepartmentBuilder, error_view
from reports.model.finding_shapes import FindingView
from reports.model.front import by_severity, tone, verdict
from reports.model.front_shapes import Say
from reports.model.issue import withheld_views
from reports.model.names import Names
from reports.model.rollup import coverage, tally
from reports.model.shapes import Department
from reports.model.source_shapes import SourceView
from reports.model.trend import trend
from reports.moments import Clock
from reports.run_folder import RunFolder

DECISIONS = 5
"""More would not be decided in one meeting."""

FREQUENT = 5


def company(
    found: RunFolder,
    departments: Sequence[Department],
    builder: DepartmentBuilder,
    names: Names,
    checks: Mapping[str, Check],
) -> Company:
    """The overview, from the departments' reports; their instances are not needed."""
    findings = [finding for department in departments for finding in department.findings]
    everything = [
        finding
        for department in departments
        for group in (department.findings, department.waived, department.closed)
        for finding in group
    ]
    rows = [
        row
        for department in departments
        for chapter in department.chapters
        for clause in chapter.clauses
        for row in clause.checks
    ]
    past = trend(
        label=found.run.period.label,
        has_previous=bool(found.run.digests.previous),
        periods=found.history.company,
        past=found.history.company,
        findings=everything,
        as_of=found.run.as_of,
        of_company=True,
    )
    sources = tuple(
        _source_view(source, names.clock)
        for source in sorted(found.coverage.sources, key=lambda source: source.id)
    )
    without_data = tuple(source for source in sources if source.completeness != "complete")
    waivers = builder.applied(found.waivers, names)
    attestations = builder.applied(found.attestations, names)
    roll = (*(_roll_row(department) for department in departments), *_gone(found, departments))
    covered = coverage(rows, None)
    changed = sorted(name for name, origin in found.settings.origin.items() if origin != "default")
    return Company(
        verdict=verdict(
            findings,
            covered,
            past,
            notice_on=found.run.told_on,
            of_company=True,
        ),
        tone=tone(findings, covered),
        severities=by_severity(findings),
        open=len(findings),
        overdue=sum(finding.is_overdue for finding in findings),
        instances=sum(department.instances for department in departments),
        waived_instances=sum(department.waived_instances for department in departments),
        waivers=sum(waiver.applied for waiver in waivers),
        waivers_expiring=sum(waiver.expires_soon for waiver in waivers),
        people=sum(department.people for department in departments),
        departments=sum(not department.code.startswith("_") for department in departments),
        systems=len(sources),
        decisions=_decisions(departments, without_data, sum(waiver.expires_soon for waiver in waivers)),
        frequent=_frequent(rows, checks),
        sources=sources,
        without_data=without_data,
        with_data=tuple(source for source in sources if source.completeness == "complete"),
        data_errors=tuple(
            error_view(error, names)
            for error in sorted(
                found.coverage.data_errors,
                key=lambda error: (error.kind, error.department, error.subject, error.detail),
            )
        ),
        tally=tally(rows),
        coverage=covered,
        trend=past,
        moved_in=sum(row.trend.moved_in for row in roll),
        moved_out=sum(row.trend.moved_out for row in roll),
        roll=roll,
        waiver_rows=waivers,
        attestation_rows=attestations,
        waiver_audit=approval_audit(waivers),
        attestation_audit=approval_audit(attestations),
        effect=effect(rows),
        settings_total=len(found.settings.values),
        settings_changed=tuple(
            SettingView(
                name=name, value=_setting(found.settings.values.get(name)), origin=found.settings.origin[name]
            )
            for name in changed
        ),
        withheld=withheld_views(found, names),
    )


def _roll_row(department: Department) -> RollRow:
    return RollRow(
        code=department.code,
        name=department.name_short,
        trend=department.trend,
        severities=department.front.severities,
    )


def _gone(found: RunFolder, departments: Sequence[Department]) -> Iterator[RollRow]:
    """Departments of the report before that are no more: what was open in them moved out."""
    here = {department.code for department in departments}
    for code, past in sorted(found.history.departments.items()):
        if code not in here:
            moved = trend(
                label=found.run.period.label,
                has_previous=True,
                periods=found.history.company,
                past=past,
                findings=(),
                as_of=found.run.as_of,
            )
            if moved.opening or moved.terms or (moved.instances and moved.instances.opening):
                name = found.history.names.get(code) or code
                yield RollRow(code=code, name=shortened(name, NAME), trend=moved, severities=by_severity(()))


def _frequent(rows: Sequence[CheckRow], checks: Mapping[str, Check]) -> tuple[Frequent, ...]:
    failing: dict[str, list[CheckRow]] = {}
    for row in rows:
        if row.word in {"fail", "partly"}:
            failing.setdefault(row.check, []).append(row)
    made = [
        Frequent(
            check=check,
            severity=checks[check].severity,
            departments=len(found),
            violations=sum(row.violations for row in found),
            population=sum(row.population for row in found),
        )
        for check, found in failing.items()
    ]
    return tuple(
        sorted(
            made,
            key=lambda row: (-row.departments, -row.violations, SEVERITIES.index(row.severity), row.check),
        )[:FREQUENT]
    )


def _decisions(
    departments: Sequence[Department], without_data: Sequence[SourceView], expiring: int
) -> tuple[Say, ...]:
    """What only management can settle, most pressing first."""
    said = []
    late = [(department, _late(department)) for department in departments]
    pressing = [(department, overdue) for department, overdue in late if overdue]
    pressing.sort(
        key=lambda pair: (
            -sum(finding.severity in URGENT for finding in pair[1]),
            -len(pair[1]),
            pair[0].code,
        )
    )
    for department, overdue in pressing[:2]:
        said.append(
            Say(
                key="decision.overdue",
                counts={"n": len(overdue)},
                names={"department": department.name_short or department.code},
            )
        )
    if len(pressing) > 2:  # noqa: PLR2004  # the two named above
        said.append(Say(key="decision.overdue_elsewhere", counts={"n": len(pressing) - 2}))
    if without_data:
        titles = "、".join(source.title for source in without_data[:3])
        said.append(Say(key="decision.sources", counts={"n": len(without_data)}, names={"sources": titles}))
    if expiring:
        said.append(Say(key="decision.waivers", counts={"n": expiring}))
    headless = [
        department
        for department in departments
        if not department.head and not department.code.startswith("_")
    ]
    if headless:
        titles = "、".join(department.name_short or department.code for department in headless[:3])
        said.append(Say(key="decision.heads", counts={"n": len(headless)}, names={"departments": titles}))
    return tuple(said[:DECISIONS])


def _late(department: Department) -> list[FindingView]:
    return [finding for finding in department.findings if finding.is_overdue]


def _source_view(source: SourceReport, clock: Clock) -> SourceView:
    return SourceView(
        id=source.id,
        title=source.title or source.id,
        completeness=source.completeness,
        problems=source.problems,
        collected=clock.moment(source.collected_to),
        as_of=clock.moment(source.as_of or ""),
        received=dict(sorted(source.received.items())),
        records=sum(source.received.values()),
        limits=len(source.limits),
        unmapped=source.unmapped,
    )


def _setting(value: object) -> str:
    match value:
        case list() | tuple():
            return "、".join(str(item) for item in value)
        case dict():
            return "; ".join(f"{key}: {_setting(item)}" for key, item in sorted(value.items()))
        case _:
            return str(value)
