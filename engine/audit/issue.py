"""From verdicts to findings: fingerprints, numbers, owners and dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from engine.audit.people import Responsibility
from engine.audit.verdict import Verdict, worst
from engine.calendar import WorkCalendar
from engine.canonical import digest
from engine.checks.description import Description
from engine.findings import SEVERITIES, Finding, FindingState, Instance, Owner, Previous
from engine.rolls import Level
from engine.settings import Settings


def fingerprint(policy: str, check: str, subject: str) -> str:
    """What an instance or a finding is known by: it survives renames and re-runs."""
    return digest(f"{policy}\n{check}\n{subject}".encode())


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

    def dates(self, severity: str) -> tuple[str, str]:
        """Day by which the harm must stop (working days; empty: the severity has none), and the cause be gone."""
        contain = self.settings.values.get(f"contain_days_{severity}")
        contain_by = self.calendar.after(self.notice_on, contain).isoformat() if contain is not None else ""
        correct_by = self.notice_on + timedelta(days=self.settings.values[f"correct_days_{severity}"])
        return contain_by, correct_by.isoformat()

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
        instances = self._instances(check, verdict, before)
        open_ = [instance for instance in instances if not instance.waiver]
        severity = worst([instance.severity for instance in open_], check.severity)
        contain_by, correct_by = self.dates(severity)
        owner: Owner = self.responsibility.owner(
            check.responsible, result.department, [instance.owner for instance in open_]
        )
        return Finding(
            fingerprint=key,
            number=before.number if before else "",
            check=check.id,
            clause=check.clause,
            department=result.department,
            severity=severity,
            state=FindingState.PERSISTING if before and before.number else self.came("findings", key),
            owner=owner,
            issued_in=before.issued_in if before else self.period,
            notice_on=before.notice_on if before else self.notice_on.isoformat(),
            contain_by=before.contain_by if before else contain_by,
            correct_by=before.correct_by if before else correct_by,
            population=result.population,
            violations=result.violations,
            unknown=result.unknown,
            waived=result.waived,
            instances=instances,
        )

    def _instances(
        self, check: Description, verdict: Verdict, before: Finding | None
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

    def numbered(self, department: str, findings: Iterable[Finding]) -> list[Finding]:
        """The department's findings with a number each: those of earlier runs keep theirs, the others go on from there."""
        taken = {finding.number for finding in self.previous.numbers.values()}
        serial = 0
        done = []
        for finding in findings:
            number = finding.number
            while not number or (not finding.number and number in taken):
                serial += 1
                number = f"{self.period}-{department.strip('_').upper()}-{serial:03d}"
            taken.add(number)
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
