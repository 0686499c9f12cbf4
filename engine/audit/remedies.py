"""Which subjects it is looked into what would make them pass, and what was found."""

from collections.abc import Iterator
from typing import Any

from engine.audit.answers import CheckAnswer
from engine.audit.ask import Asked
from engine.audit.inputs import Inputs
from engine.audit.mending import Question, representative
from engine.canonical import load
from engine.checks.description import Description
from engine.checks.lint_facts import FOLLOWED
from engine.facts import FACT_TYPES
from engine.findings import Finding

CONDITIONS = 3
"""Of a finding at most so many instances are looked into, one of each condition."""


class Remedies:
    """Asks the rules again, with other facts."""

    def __init__(self, inputs: Inputs, engine: Asked) -> None:
        self._inputs, self._engine = inputs, engine
        self._company = inputs.documents()["company"]

    def told(self, code: str, findings: list[Finding], answers: dict[str, CheckAnswer]) -> list[Finding]:
        """The findings of a department, each with what would make some of its open instances pass.

        Args:
            code: of the department
            findings: that are of this run
            answers: what each of their checks said, as it was believed
        """
        wanted = [
            (number, place, check)
            for number, finding in enumerate(findings)
            if (check := self._inputs.catalogue.checks.get(finding.check))
            and self._asks(check, finding, answers)
            for place in self._places(check, finding, answers[finding.check])
        ]
        shard = load(self._inputs.snapshot.shard(code)) if wanted else {}
        questions = [
            self._question(check, findings[number].instances[place], answers[check.id], shard)
            for number, place, check in wanted
        ]
        told = [list(finding.instances) for finding in findings]
        for (number, place, _), changes in zip(wanted, self._engine.supposed(questions), strict=True):
            told[number][place] = told[number][place].model_copy(update={"would_pass": changes})
        return [
            finding.model_copy(update={"instances": tuple(instances)})
            for finding, instances in zip(findings, told, strict=True)
        ]

    @staticmethod
    def _asks(check: Description, finding: Finding, answers: dict[str, CheckAnswer]) -> bool:
        """Whether it can be asked again: not what the second pass says, which is about what the first one said."""
        return bool(check.mend) and not check.uses_history and finding.check in answers

    @staticmethod
    def _places(check: Description, finding: Finding, answer: CheckAnswer) -> Iterator[int]:
        """Instances that fail today: one that is carried on unseen would pass with anything."""
        failing = {violation.subject for violation in answer.violations}
        open_ = [
            number
            for number, instance in enumerate(finding.instances)
            if not instance.waiver and instance.subject in failing
        ]
        evidence = [finding.instances[number].evidence for number in open_]
        yield from (open_[one] for one in representative(evidence, dict(check.evidence), CONDITIONS))

    def _question(
        self, check: Description, instance: Any, answer: CheckAnswer, shard: dict[str, Any]
    ) -> Question:
        manifest = self._inputs.snapshot.manifest
        entities = {*check.facts.subject, *check.facts.exonerating, *check.facts.derived, *FOLLOWED}
        entities |= {mend.entity for mend in check.mend}
        return Question(
            check=check.id,
            subject=instance.subject,
            evidence=instance.evidence,
            mend=check.mend,
            reads=frozenset(FACT_TYPES[entity.partition(":")[0]].plural for entity in entities),
            shard=shard,
            company=self._company,
            violations=frozenset(violation.subject for violation in answer.violations),
            unknown=frozenset(answer.unknown),
            population=answer.population,
            as_of=manifest["as_of"],
            zone=manifest["timezone"],
        )
