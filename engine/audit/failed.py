"""Which rules gave no answer, where, and what the engine said of it: their authors need it, and no result has room for it."""

from collections import defaultdict
from typing import Any

from engine.audit.answers import RULE_ERROR, read_answer
from engine.audit.verdict import Verdict
from engine.checks.description import Description
from engine.findings import FailedRule
from engine.opa.interface import NOT_ASKED


class FailedRules:
    """Rules that failed, noted verdict by verdict."""

    def __init__(self) -> None:
        self._departments: dict[str, list[str]] = defaultdict(list)
        self._said: dict[str, set[str]] = defaultdict(set)

    def note(self, check: Description, verdict: Verdict, answer: Any) -> None:
        """Notes a verdict of `rule_error` with what was answered instead of an answer.

        Args:
            check: its description
            verdict: what was made of the answer
            answer: what the engine gave: words, if the rule failed
        """
        if verdict.result.reason != RULE_ERROR:
            return
        self._departments[check.id].append(verdict.result.department)
        # a rule that is believed nowhere has good answers, too
        said = answer if isinstance(answer, str) else read_answer(check, answer)
        if isinstance(said, str) and said != NOT_ASKED:
            self._said[check.id].add(said)

    def rows(self) -> tuple[FailedRule, ...] | None:
        """A row for each rule, in the order of the alphabet; none if all were well.

        Which departments a rule failed in before it was given up depends on which were asked first: one message stands for all.
        """
        return (
            tuple(
                FailedRule(check=check, departments=tuple(codes), message=min(self._said[check], default=""))
                for check, codes in sorted(self._departments.items())
            )
            or None
        )
