"""From verdicts to findings: fingerprints, numbers, owners and dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from engine.audit.people import Responsibility
from engine.audit.superseded import Superseded
from engine.audit.verdict import Verdict, worst
from engine.calendar import WorkCalendar
from engine.canonical import digest
from engine.checks.description import Description
from engine.findings import SEVERITIES, Earlier, Finding, FindingHead, FindingState, Instance, Owner, Previous
from engine.rolls import Level
from engine.settings import Settings


def fingerprint(policy: str, check: str, subject: str) -> str:
    """What an instance or a finding is known by: it survives renames and re-runs."""
    return digest(f"{policy}\n{check}\n{subject}".encode())


def due(severity: str, notice_on: date, days: Mapping[str, Any], calendar: WorkCalendar) -> tuple[str, str]:
    """Day by which the harm must stop (working days; empty: the severity has none), and the cause be gone."""
    contain = days.get(f"contain_days_{severity}")
    contain_by = calendar.after(notice_on, contain).isoformat() if contain is not None else ""
    return contain_by, (notice_on + timedelta(days=days[f"correct_days_{severity}"])).isoformat()


@dataclass(frozen=True)
class Issue:
    """What findings are issued by."""

    policy: str
    period: str
    notice_on: date
    settings: Settings
    calendar: WorkCalendar
    responsibility: Responsibility
    previous: Previous
    superseded: Superseded | None = None
    """A run of the same date whose place this one takes: its numbers are kept, and the dates that were issued."""

    def dates(self, severity: str) -> tuple[str, str]:
        """What `due` says of the severity."""
        return due(severity, self.notice_on, self.settings.values, self.calendar)

    @cached_property
    def _ended(self) -> dict[tuple[str, str], str]:
        return {(row.level, row.fingerprint): row.how for row in self.previous.ended}

    def came(self, level: Level, key: str) -> FindingState:
        """How something comes that was not open in the run before: new, or back."""
        how = self._ended.get((level, key), "")
        return {"closed": FindingState.RECURRED, "waived": FindingState.RESUMED}.get(how, FindingState.NEW)

    def finding(self, check: Description, verdict: Verdict) -> Finding:
        """The finding of a verdict that fails; what was issued before keeps its number and its dates."""
        result = verdict.result
        key = fingerprint(self.policy, check.id, f"department:{result.department}")
        before = self.previous.findings.get(key)
        issued: FindingHead | None = (
            before or self.previous.withheld.get(key) or self._issued_of_this_date(key)
        )
        known = issued or (self.superseded.numbered.get(key) if self.superseded else None)
        instances = self._instances(check, verdict, before)
        open_ = [instance for instance in instances if not instance.waiver]
        severity = worst([instance.severity for instance in open_], check.severity)
        contain_by, correct_by = self.dates(severity)
        owner: Owner = self.responsibility.owner(
            check.responsible, result.department, [instance.owner for instance in open_]
        )
        return Finding(
            fingerprint=key,
            number=known.number if known else "",
            check=check.id,
            clause=check.clause,
            department=result.department,
            severity=severity,
            state=FindingState.PERSISTING if before and before.number else self.came("findings", key),
            owner=owner,
            issued_in=issued.issued_in if issued else self.period,
            notice_on=issued.notice_on if issued else self.notice_on.isoformat(),
            contain_by=issued.contain_by if issued else contain_by,
            correct_by=issued.correct_by if issued else correct_by,
            population=result.population,
            violations=result.violations,
            unknown=result.unknown,
            waived=result.waived,
            instances=instances,
        )

    def _issued_of_this_date(self, key: str) -> Finding | None:
        """As a department was given it in the run that is superseded: dates bind from when they were first issued."""
        earlier = self.superseded
        return earlier.numbered[key] if earlier and earlier.is_issued and key in earlier.open else None

    def _instances(
        self, check: Description, verdict: Verdict, before: Earlier | None
    ) -> tuple[Instance, ...]:
        known = {instance.fingerprint for instance in before.instances} if before else set()
        rows = [(violation, "") for violation in verdict.open] + list(verdict.waived)
        made = []
        for violation, waiver in rows:
            key = fingerprint(self.policy, check.id, violation.subject)
            made.append(
                Instance(
                    fingerprint=key,
                    subject=violation.subject,
                    evidence=violation.evidence,
                    severity=worst([violation.severity], check.severity),
                    state=FindingState.PERSISTING
                    if key in known or key in self.previous.arrived
                    else self.came("instances", key),
                    waiver=waiver,
                    owner=violation.owner,
                    due=violation.due,
                )
            )
        return tuple(
            sorted(made, key=lambda row: (bool(row.waiver), SEVERITIES.index(row.severity), row.subject))
        )

    @cached_property
    def _taken(self) -> frozenset[str]:
        """Numbers that were given to anything before."""
        known: list[FindingHead] = [*self.previous.numbers.values()]
        known += self.superseded.numbered.values() if self.superseded else ()
        return frozenset(finding.number for finding in known)

    def numbered(self, department: str, findings: Iterable[Finding]) -> list[Finding]:
        """The department's findings with a number each: those of earlier runs keep theirs, the others go on from there."""
        here: set[str] = set()
        serial = 0
        done = []
        for finding in findings:
            number = finding.number
            while not number or (not finding.number and (number in self._taken or number in here)):
                serial += 1
                number = f"{self.period}-{department.strip('_').upper()}-{serial:03d}"
            here.add(number)
            done.append(finding.model_copy(update={"number": number}))
        return done


def ordered(findings: Iterable[Finding], order: dict[str, int]) -> list[Finding]:
    """Worst first, then as the policy counts, so that every quarter reads alike."""
    return sorted(
        findings,
        key=lambda row: (
            row.state is FindingState.CLOSED,
            SEVERITIES.index(row.severity),
            order.get(row.check, len(order)),
            row.check,
        ),
    )
