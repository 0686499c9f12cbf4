"""What is not known accuses nobody, and is told with the reason that the record gives.

The other half of the law in `law.py`. From each input of a test file, violating or innocent, come the same variants; in none of them
is somebody accused who was not accused when more was known. And who can no longer be decided, because a record says why a field of it
is not known, is told that reason and no other.

A test file may say which fields are an exception, and why: `# may accuse: field: why` (a record of somebody else excuses nobody) and
`# other reason: field: why` (two leads that contradict each other are ambiguous, whatever their records say).
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.checks.law import INNOCENT, VIOLATING, Tried, tried
from engine.facts.declared import Declared
from engine.opa import RuleSet
from engine.opa.trial import Ask

_STATED = {
    "accuses": re.compile(r"^# may accuse: ([][a-z_0-9, ]+): \S", re.MULTILINE),
    "reason": re.compile(r"^# other reason: ([][a-z_0-9, ]+): \S", re.MULTILINE),
}


def guessed(ask: Ask, rules: RuleSet, test: Path, declared: Sequence[Declared] = ()) -> list[str]:
    """The variants in which somebody is accused for want of knowledge, or is told another reason than the record's.

    Args:
        ask: the engine
        rules: the check's rules, and all that they need
        test: the check's test file: `5.3-a_test.rego`
        declared: the registers that the company declares

    Raises:
        RulesError: the test file lacks inputs, or rules do not compile
    """
    text = test.read_text("utf-8")
    stated = {
        what: {word.partition("[")[0].strip() for names in pattern.findall(text) for word in names.split(",")}
        for what, pattern in _STATED.items()
    }
    problems: list[str] = []
    for which in (VIOLATING, INNOCENT):
        for original, *rest in tried(ask, rules, test, declared, which):
            for one in rest:
                if one.variant.field not in stated["accuses"]:
                    problems += _accused(original, one)
                if one.variant.reason and one.variant.field not in stated["reason"]:
                    problems += _reasons(original, one)
    return problems


def _accused(original: Tried, one: Tried) -> Iterator[str]:
    if named := one.subjects("violations") - original.subjects("violations"):
        yield (
            f"{one.name}: {one.variant.name}: accuses {', '.join(sorted(named))}, though nothing more is known; answer unknown, "
            f"or say in the tests: # may accuse: {one.variant.field}: why"
        )


def _reasons(original: Tried, one: Tried) -> Iterator[str]:
    undecided = original.subjects("unknown")
    decided_before = {
        row["subject"]: row["reason"]
        for row in one.answer.get("unknown", ())
        if row["subject"] not in undecided
    }
    for subject, reason in sorted(decided_before.items()):
        if reason != one.variant.reason:
            yield (
                f"{one.name}: {one.variant.name}: {subject} is told the reason {reason}, and the record says {one.variant.reason}; "
                f"hand the record and the field to unknowns.reason, or say in the tests: # other reason: {one.variant.field}: why"
            )
