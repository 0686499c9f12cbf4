"""The one place where answers become results."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from engine.audit.answers import RULE_ERROR, CheckAnswer, Violation
from engine.audit.waivers import Waivers
from engine.checks.description import Description
from engine.facts import COMPANY, FACT_TYPES, REASON_OF, references
from engine.facts.declared import is_declared
from engine.findings import SEVERITIES, Method, Outcome, Result, Severity

PLACING = ("department", "person")
"""Where a fact lies depends on these: without a whole roster nothing that a department does not show is nowhere."""

EXCUSING = ("waiver",)
"""What may excuse any violation, where a company has such a register at all."""


@dataclass(frozen=True)
class Verdict:
    """A result with what it is drawn from."""

    result: Result
    open: tuple[Violation, ...]
    waived: tuple[tuple[Violation, str], ...]
    """Violations under a waiver in force, with its uid."""
    undecided: dict[str, str]


@dataclass(frozen=True)
class Sources:
    """How complete the facts are that a department is judged by."""

    states: dict[str, dict[str, str]]
    """Department -> entity -> completeness; `*` for all that are not named."""
    ids: dict[str, list[str]]
    """Entity -> ids of its sources that are not complete."""
    reach: dict[str, list[str]] = field(default_factory=dict)
    """Id of a source -> the departments that it covers, where it does not cover all."""

    def gaps(self, entities: tuple[str, ...], department: str) -> dict[str, str]:
        """Entity -> reason, for those that cannot be believed to be complete."""
        key = (entities, self._place(department))
        if key not in self._gaps:
            states = self._states(key[1])
            self._gaps[key] = {
                entity: REASON_OF[states.get(entity, "not_configured")]
                for entity in entities
                if states.get(entity) != "complete"
            }
        return self._gaps[key]

    @cached_property
    def _gaps(self) -> dict[tuple[tuple[str, ...], str], dict[str, str]]:
        """What was found: nearly all departments are told the same, by each check."""
        return {}

    @cached_property
    def _placings(self) -> dict[tuple[tuple[str, ...], str], dict[str, str]]:
        return {}

    def _place(self, department: str) -> str:
        return department if department in self.states else "*"

    def _states(self, place: str) -> dict[str, str]:
        return {**self.states["*"], **self.states[place]}

    def unseen(self, check: Description, department: str) -> dict[str, str]:
        """Entity -> reason, for all without which the department may have subjects that nobody shows.

        A register that places what the check is drawn from is a gap if it is there and not whole.
        """
        gaps = self.gaps((*check.facts.subject, *PLACING), department)
        return gaps | self._placing((*check.facts.subject, *check.facts.derived), department)

    def excuses(self, check: Description, department: str) -> dict[str, str]:
        """Entity -> reason, for all that may excuse a violation and are not whole, or may lie elsewhere for want of what places them."""
        excusing = (*EXCUSING, *_excused_by(check.facts.subject, check.facts.exonerating))
        gaps = self.gaps(check.facts.exonerating, department) | self.broken(excusing, department)
        return gaps | self._placing(check.facts.exonerating, department)

    def _placing(self, entities: tuple[str, ...], department: str) -> dict[str, str]:
        key = (entities, self._place(department))
        if key not in self._placings:
            registers = tuple(name for entity in entities for name in sorted(_placed_by(entity)))
            self._placings[key] = self.broken(registers, department)
        return self._placings[key]

    def broken(self, entities: tuple[str, ...], department: str) -> dict[str, str]:
        """The same, but what was never configured is no gap."""
        states = self._states(self._place(department))
        configured = tuple(
            entity for entity in entities if states.get(entity, "not_configured") != "not_configured"
        )
        return self.gaps(configured, department)

    def undeclared(self, check: Description) -> tuple[str, ...]:
        """The registers that a check reads and the company never declared: no shard has their arrays."""
        names = (*check.facts.subject, *check.facts.exonerating, *check.facts.derived)
        return tuple(name for name in names if is_declared(name) and name not in self.states["*"])

    def missing(self, gaps: dict[str, str], department: str) -> tuple[str, ...]:
        """Ids of the sources behind the gaps, of those that cover the department; the company has part in all."""
        ids = {id_ for entity in gaps for id_ in self.ids.get(entity, ())}
        return tuple(
            sorted(
                id_
                for id_ in ids
                if department == COMPANY or department in self.reach.get(id_, (department,))
            )
        )


@cache
def _excused_by(subject: tuple[str, ...], exonerating: tuple[str, ...]) -> tuple[str, ...]:
    """The registers that may excuse what a check reads; what it is drawn from itself accuses by what is there."""
    read = {FACT_TYPES[name] for name in (*subject, *exonerating) if name in FACT_TYPES}
    return tuple(sorted({name for model in read for name in model.excused_by} - set(subject)))


@cache
def _placed_by(name: str) -> frozenset[str]:
    """The registers by which an entity, or what it lies with, gets its department."""
    return frozenset(_placing(name.partition(":")[0], frozenset()))


def _placing(entity: str, seen: frozenset[str]) -> Iterator[str]:
    if entity in seen or is_declared(entity):  # a row of theirs is placed by a department or a person
        return
    model = FACT_TYPES[entity]
    yield from model.placed_by
    lies_with = {step.removeprefix("@") for step in model.home if step.startswith("@")}
    for path, target in references(model):
        if path[0] in lies_with:
            for one in target.entities:
                yield from _placing(one, seen | {entity})


def judge(
    check: Description, department: str, answer: CheckAnswer | str, sources: Sources, waivers: Waivers
) -> Verdict:
    """What a check says about a department: the result table of the design, row by row.

    Args:
        check: its description
        department: code of the shard
        answer: what the rule answered, or why it did not
        sources: completeness by fact type
        waivers: those of the snapshot
    """
    if isinstance(answer, str):
        lacking = sources.undeclared(check)
        return _not_looked_at(check, department, "not_collected" if lacking else RULE_ERROR)
    undecided = dict(answer.unknown)
    violations = answer.violations
    excuses = sources.excuses(check, department)
    if excuses:
        reason = next(iter(excuses.values()))
        undecided.update({violation.subject: reason for violation in violations})
        violations = ()
    unplaced = next(iter(sources.gaps(PLACING, department).values()), "")
    doubts = {
        violation.subject: doubt
        for violation in violations
        if (doubt := waivers.doubt(check.id, violation.subject, unplaced))
    }
    undecided.update(doubts)
    violations = tuple(violation for violation in violations if violation.subject not in doubts)
    covered = [
        (violation, waivers.covering(check.id, violation.subject, department)) for violation in violations
    ]
    open_ = tuple(violation for violation, waiver in covered if not waiver)
    waived = tuple((violation, waiver) for violation, waiver in covered if waiver)
    gaps = sources.unseen(check, department)
    reasons = Counter(undecided.values())
    if open_:
        outcome = Outcome.FAIL
    elif undecided or gaps:
        outcome = Outcome.NOT_ASSESSED
    elif waived:
        outcome = Outcome.WAIVED
    elif answer.population:
        outcome = Outcome.PASS
    else:
        outcome = Outcome.NOT_APPLICABLE
    reason = ""
    if outcome is Outcome.NOT_ASSESSED:
        reason = next(iter(gaps.values()), "") or min(reasons, key=lambda word: (-reasons[word], word))
    result = Result(
        check=check.id,
        clause=check.clause,
        department=department,
        result=outcome,
        method=check.method,
        severity=worst([violation.severity for violation in open_], check.severity),
        population=answer.population,
        violations=len(open_),
        unknown=len(undecided),
        waived=len(waived),
        reason=reason,
        reasons=dict(sorted(reasons.items())),
        missing=sources.missing({**gaps, **excuses}, department) if outcome is Outcome.NOT_ASSESSED else (),
    )
    return Verdict(result, open_, waived, dict(sorted(undecided.items())))


def worst(severities: list[str], otherwise: Severity) -> Severity:
    """The worst of the severities."""
    return next((severity for severity in SEVERITIES if severity in severities), otherwise)


def not_implemented(check: str, clause: str, method: Method, severity: Severity, department: str) -> Result:
    """The result of a check that nobody has written yet."""
    return _empty(check, clause, method, severity, department, Outcome.NOT_ASSESSED, "not_implemented")


def elsewhere(check: Description, department: str) -> Verdict:
    """The result of a check that concerns the company as a whole, in any other shard."""
    result = _empty(
        check.id, check.clause, check.method, check.severity, department, Outcome.NOT_APPLICABLE, ""
    )
    return Verdict(result, (), (), {})


def not_in_force(check: Description, department: str, reason: str) -> Verdict:
    """The result of a check that does not hold, or in whose place another one stands: listed, not scored."""
    result = _empty(
        check.id, check.clause, check.method, check.severity, department, Outcome.NOT_APPLICABLE, reason
    )
    return Verdict(result, (), (), {})


def _not_looked_at(check: Description, department: str, reason: str) -> Verdict:
    result = _empty(
        check.id, check.clause, check.method, check.severity, department, Outcome.NOT_ASSESSED, reason
    )
    return Verdict(result, (), (), {})


def _empty(
    check: str,
    clause: str,
    method: Method,
    severity: Severity,
    department: str,
    outcome: Outcome,
    reason: str,
) -> Result:
    return Result(
        check=check,
        clause=clause,
        department=department,
        result=outcome,
        method=method,
        severity=severity,
        population=0,
        violations=0,
        unknown=0,
        waived=0,
        reason=reason,
        reasons={},
        missing=(),
    )
