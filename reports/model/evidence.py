"""Findings as a reader sees them: readable names, local times, dates that have passed."""

from collections.abc import Mapping, Sequence

from engine.findings import SEVERITIES, Applied, Finding, FindingState, Instance
from engine.issued import Decided, Signed
from reports.catalogue import Check
from reports.model.days import has_passed
from reports.model.finding_shapes import FindingView, InstanceView, OwnerView, RelatedView
from reports.model.names import Names
from reports.model.passing import passing
from reports.model.shown import shown

ON_CARD = 20
"""Instances that the card of a finding shows; more would bury the next finding."""

_DEPARTMENTS = frozenset({"it", "hr"})
"""Roles that are departments themselves, so that the department's name would only repeat them."""

_SEVERE = frozenset({"critical", "high"})

FEW_PEOPLE = 10
"""Under so many, a rate would say more about persons than about the department."""


def finding_view(  # noqa: PLR0913  # what a finding is joined with
    finding: Finding,
    *,
    check: Check,
    names: Names,
    waivers: Mapping[str, Applied],
    first_number: int,
    as_of: str,
    told_on: str,
    rates: bool,
    decided: Decided | None = None,
    signed: Signed | None = None,
) -> FindingView:
    """A finding, its instances numbered on from `first_number`; `told_on` is the day of the notice of the report."""
    is_open = finding.state is FindingState.UNVERIFIED or (
        finding.state is not FindingState.CLOSED and finding.violations > 0
    )
    owner = finding.owner.person
    numbered = [
        (f"E-{number:03d}", instance)
        for number, instance in enumerate(_ordered(finding.instances), start=first_number)
    ]
    instances = tuple(
        _instance_view(instance, number, check, names, waivers, owner) for number, instance in numbered
    )
    on_card = min(len(instances), ON_CARD)
    return FindingView(
        anchor=f"f-{finding.check}",
        number=finding.number,
        fingerprint=finding.fingerprint,
        check=finding.check,
        clause=finding.clause,
        department=finding.department,
        method=check.method,
        severity=finding.severity,
        base_severity=check.severity,
        state=finding.state,
        is_open=is_open,
        is_waived=not is_open and finding.waived > 0,
        is_overdue=is_open and names.clock.has_ended(finding.correct_by, as_of),
        is_contain_overdue=is_open and names.clock.has_ended(finding.contain_by, as_of),
        contain_passed=has_passed(finding.contain_by, told_on),
        correct_passed=has_passed(finding.correct_by, told_on),
        owner=_owner_view(finding, names),
        issued_in=finding.issued_in,
        notice_on=finding.notice_on,
        contain_by=finding.contain_by,
        correct_by=finding.correct_by,
        contain_by_ends_at=names.clock.ends_at(finding.contain_by),
        correct_by_ends_at=names.clock.ends_at(finding.correct_by),
        population=finding.population,
        violations=finding.violations,
        unknown=finding.unknown,
        waived=finding.waived,
        carried=0
        if finding.state is FindingState.UNVERIFIED
        else sum(one.state is FindingState.UNVERIFIED for one in finding.instances),
        share=percent(finding.violations, finding.population) if rates else "",
        instances=instances,
        would_pass=passing(numbered, names) if is_open else (),
        on_card=on_card,
        in_annex=len(instances) - on_card,
        tier="severe" if finding.severity in _SEVERE or finding.state is FindingState.RECURRED else "minor",
        related=tuple(
            RelatedView(framework=one.title, controls=one.controls, confirm=one.confirm)
            for one in check.related
        ),
        remark=decided.text if decided and decided.kind == "annotated" else "",
        signed_by=signed.by if signed else "",
        signed_on=signed.on_day if signed else "",
    )


def _owner_view(finding: Finding, names: Names) -> OwnerView:
    owner = finding.owner
    is_elsewhere = bool(owner.person) and not names.is_own(owner.person)
    of = owner.department
    if is_elsewhere and of == finding.department:
        of = names.subjects[owner.person].department  # the rule named a person, who is not of this department
    said_already = owner.role in _DEPARTMENTS or of == finding.department
    return OwnerView(
        role=owner.role,
        name=names.known(owner.person) if owner.person and not is_elsewhere else "",
        is_elsewhere=is_elsewhere,
        department=of,
        department_name="" if said_already else names.departments.get(of, ""),
    )


def percent(part: int, whole: int) -> str:
    """One decimal, rounded half up, in whole numbers so that every machine prints the same; empty if there is no whole."""
    if not whole:
        return ""
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"


def _ordered(instances: Sequence[Instance]) -> list[Instance]:
    """Open ones first, worst first; among equals as in the run, so that a run under pseudonyms numbers them alike."""
    return sorted(
        instances, key=lambda instance: (bool(instance.waiver), SEVERITIES.index(instance.severity))
    )


def _instance_view(
    instance: Instance, number: str, check: Check, names: Names, waivers: Mapping[str, Applied], owner: str
) -> InstanceView:
    subject = names.subjects.get(instance.subject)
    waiver = waivers.get(instance.waiver)
    return InstanceView(
        number=number,
        fingerprint=instance.fingerprint,
        subject=instance.subject,
        name=names.of_subject(instance.subject),
        source=names.sources.get(subject.source_id, subject.source_id) if subject else "",
        record=subject.source_record_id if subject else "",
        observed=names.clock.moment(subject.observed_at) if subject else "",
        collected=names.clock.moment(subject.collected_at) if subject else "",
        observed_at=subject.observed_at if subject else "",
        collected_at=subject.collected_at if subject else "",
        evidence=tuple(
            shown(key, value, check.evidence.get(key, "text"), names)
            for key, value in sorted(instance.evidence.items())
        ),
        severity=instance.severity,
        state=instance.state,
        waiver=(waiver.number if waiver else "") or instance.waiver,
        waiver_reason=waiver.reason if waiver else "",
        waiver_by=names.of(waiver.approved_by) if waiver and waiver.approved_by else "",
        waiver_until=names.clock.day(waiver.valid_until) if waiver else "",
        owner=names.of(instance.owner) if instance.owner not in {"", owner} else "",
        due=names.clock.moment(instance.due),
    )
