"""What one run adds to the history: roll-forwards at both levels, and what has ended and may come back."""

from collections.abc import Iterable

from engine.audit.issue import fingerprint
from engine.audit.moves import may_move
from engine.audit.verdict import Verdict
from engine.findings import Ended, Finding, FindingState, Outcome, Previous, Result
from engine.rolls import Key, Level, Roll, Standing, rolled

QUARTERS = 4
"""What was closed longer ago is new when it comes again, not recurred."""

Row = tuple[str, str, str]
"""Check, department and subject; no subject: a finding."""


class Tying:
    """Collects how everything stands today, then ties it to the run before."""

    def __init__(self, before: Previous, settled: Previous, previous: Previous, quarter: int) -> None:
        """Starts with nothing.

        Args:
            before: the run before, as it was written
            settled: the same in today's departments and under today's checks
            previous: the same, findings moved along with their subjects
            quarter: today's, counted from the year 0
        """
        self._before, self._settled, self._previous = before, settled, previous
        self._quarter = quarter
        self._now: dict[Level, dict[Key, Standing]] = {"findings": {}, "instances": {}}
        self._about: dict[Level, dict[Key, Row]] = {"findings": {}, "instances": {}}
        """Of what is waived alone: there is no end to the rest, and whoever asks for it has it in the files."""
        self._bound: set[str] = set()
        self._not_looked_at: set[tuple[str, str]] = set()

    def note_result(self, result: Result) -> None:
        """Where nobody could look, what was waived may be so still."""
        if result.result is Outcome.NOT_ASSESSED:
            self._not_looked_at.add((result.check, result.department))

    def note_waived(self, policy: str, verdict: Verdict) -> None:
        """Instances under waivers; where nothing else is left, the finding that they would make as well."""
        result = verdict.result
        for violation, _ in verdict.waived:
            key = fingerprint(policy, result.check, violation.subject)
            about = (result.check, result.department, violation.subject)
            self._note("instances", key, Standing.WAIVED, about)
        if result.result is Outcome.WAIVED:
            key = fingerprint(policy, result.check, f"department:{result.department}")
            self._note("findings", key, Standing.WAIVED, (result.check, result.department, ""))

    def note_finding(self, finding: Finding) -> None:
        """A finding as it is written, with its instances."""
        about = (finding.check, finding.department, "")
        if finding.state is FindingState.CLOSED:
            if finding.waived:
                self._note("findings", finding.fingerprint, Standing.WAIVED, about)
            return
        carried = finding.state is FindingState.UNVERIFIED
        self._note("findings", finding.fingerprint, Standing.UNVERIFIED if carried else Standing.OPEN, about)
        for instance in finding.instances:
            if instance.waiver:
                standing = Standing.WAIVED
            elif carried or instance.state is FindingState.UNVERIFIED:
                standing = Standing.UNVERIFIED
            else:
                standing = Standing.OPEN
            self._note("instances", instance.fingerprint, standing, (*about[:2], instance.subject))

    def _note(self, level: Level, known_by: str, standing: Standing, about: Row) -> None:
        key = (known_by, about[1])
        self._now[level][key] = standing
        if standing is Standing.WAIVED:
            self._about[level][key] = about
        if about[2] and not may_move(about[2]):
            self._bound.add(known_by)

    def rolls(self, level: Level) -> dict[str, Roll]:
        """Department -> roll-forward; those in which nothing was or is open are not named."""
        was = self._findings_then() if level == "findings" else self._instances_then()
        ended = {row.fingerprint: row.how for row in self._previous.ended if row.level == level}
        return rolled(was, self._now[level], ended, self._bound)

    def _findings_then(self) -> list[tuple[str, str, Key]]:
        today = {finding.number: finding for finding in self._previous.findings.values() if finding.number}
        taken = {
            number: self._previous.findings[key]
            for number, key in self._previous.absorbed.items()
            if key in self._previous.findings
        }
        rows = []
        for key, finding in self._before.findings.items():
            then = today.get(finding.number) or taken.get(finding.number) or finding
            rows.append((key, finding.department, (then.fingerprint, then.department)))
        return rows

    def _instances_then(self) -> list[tuple[str, str, Key]]:
        """Where the organisation has them today; a subject that moved is found by its fingerprint."""
        today = {finding.number: finding for finding in self._settled.findings.values()}
        rows = []
        for key, finding in self._before.findings.items():
            taker = self._settled.absorbed.get(finding.number, key)
            then = today.get(finding.number) or self._settled.findings.get(taker, finding)
            now = {instance.subject: instance.fingerprint for instance in then.instances}
            rows += [
                (
                    one.fingerprint,
                    finding.department,
                    (now.get(one.subject, one.fingerprint), then.department),
                )
                for one in finding.instances
                if not one.waiver
            ]
        return rows

    def ended(self, period: str) -> list[Ended]:
        """What is not open any more: under a waiver today, closed today, or closed within the last four quarters."""
        found: dict[tuple[Level, str], Ended] = {}
        open_ = {
            level: {key[0] for key, standing in standings.items() if standing is not Standing.WAIVED}
            for level, standings in self._now.items()
        }
        for row in self._previous.ended:
            vanished = row.how == "waived" and (row.check, row.department) not in self._not_looked_at
            kept = row.model_copy(update={"how": "closed", "period": period}) if vanished else row
            if row.how == "waived" or self._quarter - quarter_of(row.period) <= QUARTERS:
                found[row.level, row.fingerprint] = kept
        for level in self._now:
            for check, department, subject, key_then in self._open_then(level):
                if key_then not in open_[level]:  # most still are, and a row of each takes room
                    row = _row(level, key_then, (check, department, subject), "closed", period)
                    found[level, key_then] = row
            for key, standing in self._now[level].items():
                if standing is Standing.WAIVED:
                    found[level, key[0]] = _row(level, key[0], self._about[level][key], "waived", period)
        kept_rows = [row for (level, key), row in found.items() if key not in open_[level]]
        return sorted(kept_rows, key=lambda row: (row.level, row.check, row.department, row.fingerprint))

    def _open_then(self, level: Level) -> Iterable[tuple[str, str, str, str]]:
        for finding in self._previous.findings.values():
            if level == "findings":
                yield finding.check, finding.department, "", finding.fingerprint
                continue
            for instance in finding.instances:
                if not instance.waiver:
                    yield finding.check, finding.department, instance.subject, instance.fingerprint


def quarter_of(period: str) -> int:
    """The quarter of a label such as 2026Q3, counted from the year 0."""
    year, _, quarter = period.partition("Q")
    return int(year) * 4 + int(quarter)


def _row(level: Level, known_by: str, about: Row, how: str, period: str) -> Ended:
    check, department, subject = about
    return Ended.model_validate(
        {
            "level": level,
            "fingerprint": known_by,
            "check": check,
            "department": department,
            "subject": subject,
            "how": how,
            "period": period,
        }
    )
