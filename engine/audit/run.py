"""One audit: every shard asked, every answer judged, everything written in the order of the alphabet.

Nothing that is written depends on when or where it ran, or on how many workers did it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engine.audit.again import SecondPass
from engine.audit.answers import CheckAnswer, read_answer
from engine.audit.approvals import Approvals
from engine.audit.ask import Asked
from engine.audit.carry import carried, with_unverified
from engine.audit.documents import period_of, policy_in_force
from engine.audit.failed import FailedRules
from engine.audit.granted import Granted
from engine.audit.grounds import Grounds
from engine.audit.inputs import Inputs
from engine.audit.issue import Issue, ordered
from engine.audit.kept import KeptAnswers
from engine.audit.moves import followed
from engine.audit.people import Responsibility, department_rows, find_subjects
from engine.audit.remedies import Remedies
from engine.audit.superseded import supersedes
from engine.audit.timeline import Moment, Told, extended
from engine.audit.tying import Tying, quarter_of
from engine.audit.verdict import Verdict, elsewhere, judge, not_implemented, not_in_force
from engine.audit.waivers import Waivers
from engine.audit.writer import RunWriter
from engine.calendar import WorkCalendar, from_instant
from engine.canonical import canonical, digest
from engine.facts import COMPANY, FACT_TYPES
from engine.findings import (
    SEVERITIES,
    Coverage,
    DataError,
    DepartmentRow,
    Digests,
    EngineUsed,
    Finding,
    FindingState,
    Outcome,
    Result,
    Run,
    Undecided,
)
from engine.rolls import LEVELS, Level, Roll, total

_NO_ANSWER = "the engine gave no answer"

_UID = re.compile(r"^[^/]+/(" + "|".join(FACT_TYPES) + r"|registers\.[a-z0-9_]+)/.+$", re.DOTALL)


def audit(
    inputs: Inputs,
    engine: Asked,
    work: Path,
    tell: Callable[[int, int], None],
    *,
    what_would_pass: bool = False,
) -> Run:
    """Asks every shard, judges the answers and writes the run into an empty folder.

    Args:
        inputs: snapshot, catalogue, settings and the run before
        engine: what decides
        work: the folder, which the caller puts in its place afterwards
        tell: told how many shards of how many are done
        what_would_pass: ask the rules again, with other facts, what would make subjects pass

    Raises:
        EngineError: the engine has gone for good
    """
    answers = KeptAnswers(work / "answers", Grounds(inputs.snapshot, inputs.history))
    _ask(inputs, engine, answers, tell)
    job = _Audit(inputs, engine.used, work, answers)
    job.ask_again(engine)
    if what_would_pass:
        job.remedies = Remedies(inputs, engine)
    return job.run()


def _ask(inputs: Inputs, engine: Asked, answers: KeptAnswers, tell: Callable[[int, int], None]) -> None:
    checks = list(inputs.catalogue.checks)
    shards = [(code, inputs.snapshot.shard(code)) for code in inputs.snapshot.codes]
    for done, _ in enumerate(answers.keep(engine.answers(shards, checks), checks), start=1):
        tell(done, len(shards))


class _Audit:
    """Judging and writing, department by department."""

    def __init__(self, inputs: Inputs, used: EngineUsed, work: Path, answers: KeptAnswers) -> None:
        self.inputs, self.used, self.work, self.answers = inputs, used, work, answers
        self.sources = inputs.sources
        self.catalogue = inputs.catalogue.document()
        self.manifest = inputs.snapshot.manifest
        self.as_of: str = self.manifest["as_of"]
        self.zone = ZoneInfo(self.manifest["timezone"])
        self.period = period_of(self.as_of, self.zone)
        self.company = inputs.snapshot.company()
        self.previous = followed(
            inputs.previous,
            inputs.catalogue.policy.id,
            (
                (code, answers.of(code))
                for code in (inputs.snapshot.codes if inputs.previous.findings else ())
            ),
            self._unseen,
        )
        self.then: dict[str, list[str]] = defaultdict(list)
        """Department -> fingerprints of what was found there in the run before."""
        for key, before in self.previous.findings.items():
            self.then[before.department].append(key)
        self.tying = Tying(inputs.before, inputs.previous, self.previous, quarter_of(self.period.label))
        self.calendar = WorkCalendar.of(inputs.snapshot.calendar())
        self.notice_on = inputs.notice_on or self.calendar.after(
            from_instant(self.as_of).astimezone(self.zone).date(), 1
        )
        self.granted = Granted.of(inputs)
        self.waivers = self.granted.waivers
        self.second = SecondPass(inputs, self.zone, self.previous)
        self.issue = Issue(
            policy=inputs.catalogue.policy.id,
            period=self.period.label,
            notice_on=self.notice_on,
            settings=inputs.settings,
            calendar=self.calendar,
            responsibility=Responsibility(self.company, self.manifest["roles"]),
            previous=self.previous,
            superseded=inputs.superseded,
        )
        self.writer = RunWriter(work)
        self.outcomes: Counter[str] = Counter()
        self.failed = FailedRules()
        self.results: dict[tuple[str, str], Result] = {}
        self.open: set[str] = set()
        self.told: list[Told] = []
        self.done_on = {
            row["finding"]: row["done_on"] for row in self.company["rectifications"] if "done_on" in row
        }
        self.rolls: dict[Level, dict[str, Roll]] = {}
        self.elsewhere: set[str] = set()
        self.remedies: Remedies | None = None

    def ask_again(self, engine: Asked) -> None:
        """Asks the checks about earlier findings, and puts their answers in the place of what they said without them."""
        if not self.second.checks or not self.previous.as_of:
            return  # without a run before there is nothing that the first pass was not told
        told = replace(self.waivers, used=defaultdict(int))
        answers = lru_cache(maxsize=1)(self.answers.of)

        def judged(check: str, code: str) -> Verdict:
            return self._verdict(check, code, answers(code).get(check, _NO_ANSWER), told)

        def made(code: str) -> frozenset[str]:
            return frozenset(one.uid for one in self.second.subjects(code))

        again = self.second.ask(engine, self.work / "again", judged)
        for _ in self.answers.keep(again, self.second.checks, made):
            pass

    def run(self) -> Run:
        """Writes everything and says what it was."""
        before = self._carried_by_department
        for code in self.inputs.snapshot.codes:
            self._department(code, before)
        known = self.granted.named() | {error["subject"] for error in self.manifest["data_errors"]}
        self.elsewhere |= known
        for orphan in self._of_departments_that_are_gone():
            self._write_finding(orphan)
        self.rolls = {level: self.tying.rolls(level) for level in LEVELS}
        names = self._write_subjects()
        return self._write_rest(names)

    def _carried_by_department(
        self, results: dict[tuple[str, str], Result], open_now: set[str], code: str
    ) -> list[Finding]:
        return list(carried(self.previous, self.then.get(code, ()), results, open_now))

    def _of_departments_that_are_gone(self) -> list[Finding]:
        here = frozenset(self.inputs.snapshot.codes)
        gone = [key for code, keys in self.then.items() if code not in here for key in keys]
        return list(carried(self.previous, gone, {}, ()))

    def _department(self, code: str, before: Callable[..., list[Finding]]) -> None:
        answers = self.answers.taken(code)
        results: dict[tuple[str, str], Result] = {}
        findings: list[Finding] = []
        for row in self.catalogue["checks"]:
            if not row["implemented"]:
                result = not_implemented(row["id"], row["clause"], row["method"], row["severity"], code)
            else:
                answer = answers.get(row["id"], _NO_ANSWER)
                verdict = self._verdict(row["id"], code, answer, self.waivers)
                result = verdict.result
                self.failed.note(self.inputs.catalogue.checks[row["id"]], verdict, answer)
                self._note_undecided(verdict)
                self.tying.note_waived(self.issue.policy, verdict)
                if result.result is Outcome.FAIL:
                    findings.append(self._finding(verdict))
            self.tying.note_result(result)
            results[result.check, code] = result
            self.outcomes[result.result] += 1
            self.writer.line("results", result)
            if self.inputs.superseded is not None:
                self.results[code, result.check] = result
        if self.remedies is not None:
            findings = self.remedies.told(code, findings, self._read(answers, findings))
        findings += before(results, {finding.fingerprint for finding in findings}, code)
        order = {check: number for number, check in enumerate(self.inputs.catalogue.checks)}
        for finding in self.issue.numbered(code, ordered(findings, order)):
            self._write_finding(finding)
        self._note_subjects(code)

    def _read(self, answers: dict[str, Any], findings: list[Finding]) -> dict[str, CheckAnswer]:
        """The answers that findings were drawn from."""
        checks = self.inputs.catalogue.checks
        read = {one.check: read_answer(checks[one.check], answers[one.check]) for one in findings}
        return {check: answer for check, answer in read.items() if isinstance(answer, CheckAnswer)}

    def _finding(self, verdict: Verdict) -> Finding:
        check = self.inputs.catalogue.checks[verdict.result.check]
        finding = self.issue.finding(check, verdict)
        before = self.previous.findings.get(finding.fingerprint)
        if before is None:
            return finding
        unseen = self._unseen(check.id, finding.department)
        return with_unverified(finding, before, verdict, self.previous, unseen=unseen)

    def _unseen(self, check: str, department: str) -> bool:
        """Whether a department may have subjects of a check that nobody shows, or nobody asks any more."""
        described = self.inputs.catalogue.checks.get(check)
        return described is None or bool(self.sources.unseen(described, department))

    def _verdict(self, check: str, code: str, answer: Any, waivers: Waivers) -> Verdict:
        description = self.inputs.catalogue.checks[check]
        listed = self.inputs.listed
        if check in listed:
            return not_in_force(description, code, "replaced" if listed[check] else "not_in_force")
        if description.company_only and code != COMPANY:
            return elsewhere(description, code)
        read = answer if isinstance(answer, str) else read_answer(description, answer)
        if check in self.answers.broken:
            read = "failed on too many departments"
        return judge(description, code, read, self.sources, waivers)

    def _note_undecided(self, verdict: Verdict) -> None:
        for subject, reason in verdict.undecided.items():
            row = Undecided(
                check=verdict.result.check,
                department=verdict.result.department,
                subject=subject,
                reason=reason,
            )
            self.writer.line("undecided", row)
            self.elsewhere.add(subject)

    def _write_finding(self, finding: Finding) -> None:
        self.writer.line("findings", finding)
        if finding.state is not FindingState.CLOSED:
            self.open.add(finding.fingerprint)
        done_on = self.done_on.get(finding.number) or self.done_on.get(finding.fingerprint, "")
        self.told.append(Told.of(finding, done_on))
        self.tying.note_finding(finding)
        self.elsewhere.add(finding.owner.person)
        for instance in finding.instances:
            self.elsewhere |= {instance.subject, instance.owner, *_uids(instance.evidence)}

    def _note_subjects(self, code: str) -> None:
        """Writes the names of what this department holds itself, so that few wait for the end."""
        made = {one.uid: one for one in self.second.subjects(code) if one.uid in self.elsewhere}
        found = made | find_subjects(self.inputs.snapshot, self.elsewhere, [code])
        for uid in sorted(found):
            self.writer.line("subjects", found[uid])
        self.elsewhere -= found.keys()

    def _write_subjects(self) -> dict[str, str]:
        heads = {uid for row in self.company["departments"] for uid in row.get("head", [])}
        found = find_subjects(self.inputs.snapshot, self.elsewhere | heads, self.inputs.snapshot.codes)
        written = self.writer.written("subjects", "uid", found.keys())
        for uid in sorted(found.keys() - written):
            self.writer.line("subjects", found[uid])
        return {uid: found[uid].name for uid in heads & found.keys()}

    def _write_rest(self, names: dict[str, str]) -> Run:
        inputs = self.inputs
        approvals = Approvals(
            self.company, self.manifest["roles"], inputs.catalogue.checks, inputs.settings.values, self.zone
        )
        self.granted.write(self.writer, approvals)
        document = self.catalogue
        days = inputs.settings.values
        document["severity_days"] = {
            severity: {
                "contain": days.get(f"contain_days_{severity}"),
                "correct": days[f"correct_days_{severity}"],
            }
            for severity in SEVERITIES
        }
        coverage = Coverage(
            sources=self.manifest["sources"],
            fact_types=self.sources.states["*"],
            counts=self.manifest["counts"],
            data_errors=tuple(DataError.model_validate(error) for error in self.manifest["data_errors"]),
        )
        settings = inputs.settings.model_dump(mode="json")
        departments = department_rows(inputs.snapshot, self.company, names)
        called = {row.code: row.name for row in departments if row.name}
        moment = Moment(self.period.label, self.as_of, self._day(), self.notice_on.isoformat())
        described = {"catalogue": document, "settings": settings}
        history = extended(self.previous, moment, self.told, self.rolls, described, called)
        for ended in self.tying.ended(self.period.label):
            self.writer.line("ended", ended)
        self.writer.document("catalogue", document)
        self.writer.document("settings", settings)
        self.writer.document("calendar", self.calendar.source())
        self.writer.document("coverage", coverage.model_dump(mode="json", exclude_none=True))
        past = {name: self.inputs.history[name] for name in ("cases", "losses")}
        self.writer.document("history", {**history, **past})
        digests = Digests(
            snapshot=self.manifest["digest"],
            rules=inputs.catalogue.rules_digest,
            settings=digest(canonical(settings)),
            catalogue=digest(canonical(document)),
            previous=inputs.before.digest,
        )
        run = self._run(digests, departments)
        self.writer.document("run", run.model_dump(mode="json", by_alias=True, exclude_none=True))
        self.answers.close()
        self.writer.close()
        return run

    def _day(self) -> str:
        """The day of the snapshot in the company's zone."""
        return from_instant(self.as_of).astimezone(self.zone).date().isoformat()

    def _run(self, digests: Digests, departments: tuple[DepartmentRow, ...]) -> Run:
        open_ = Counter(one.severity for one in self.told if one.is_open)
        states = Counter(one.state for one in self.told)
        totals = {outcome.value: self.outcomes[outcome] for outcome in Outcome}
        totals |= {severity: open_[severity] for severity in SEVERITIES}
        totals |= {state.value: states[state] for state in FindingState}
        totals["instances"] = total(self.rolls["instances"].values()).closing
        declared = ["first run"] if self.inputs.first_run else []
        declared += ["what would pass"] if self.remedies is not None else []
        if self.inputs.superseded is not None:
            declared.append(f"supersedes {self.inputs.superseded.digest}")
        seed = canonical([digests.model_dump(), self.notice_on.isoformat(), *declared])
        return Run.model_validate(
            {
                "schema": "run/1",
                "id": f"{self.period.label}-{digest(seed)[:12]}",
                "organisation": self.manifest["organisation"],
                "contact": self.manifest.get("contact"),
                "timezone": self.manifest["timezone"],
                "policy": self.inputs.catalogue.policy.id,
                "policy_version": self.manifest.get("policy_version", self.inputs.catalogue.policy.version),
                "policy_in_force": policy_in_force(self.company, self.as_of),
                "as_of": self.as_of,
                "period": self.period,
                "notice_on": self.notice_on.isoformat(),
                "settings_origin": self.inputs.settings_origin,
                "engine": self.used,
                "digests": digests,
                "departments": departments,
                "totals": totals,
                "supersedes": supersedes(
                    self.manifest.get("corrects"),
                    self.inputs.superseded,
                    self.results,
                    frozenset(self.open),
                    digests.model_dump(),
                ),
                "failed_rules": self.failed.rows(),
            }
        )


def _uids(value: Any) -> Iterator[str]:
    """Everything in a piece of evidence that is the uid of a fact."""
    if isinstance(value, str):
        if _UID.match(value):
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _uids(part)
    elif isinstance(value, list):
        for part in value:
            yield from _uids(part)
