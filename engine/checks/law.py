"""The law that every check keeps: what is not known never makes a violation go away.

Each test file names inputs that give a violation (`violating`). From each of them come variants: a field dropped, an enumeration set to
unknown, a reference that leads nowhere, a person who lies in the context, a cutoff that is missing. In every one of them the
subject is still a violation, or unknown.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.checks.variants import Variant, misfits, variants
from engine.errors import RulesError
from engine.facts.declared import Declared
from engine.opa import RuleSet
from engine.opa.trial import Ask

VIOLATING = "violating"
INNOCENT = "innocent"
_WORDS = {VIOLATING: '"what is wrong"', INNOCENT: '"what is right"'}


@dataclass(frozen=True)
class Tried:
    """What a check says about a violating input, or about a variant of it."""

    name: str
    variant: Variant
    answer: dict[str, Any]
    """population (left out if undefined), violations and unknown, as the rule gave them."""
    problem: str = ""
    """Why there is no answer."""

    def subjects(self, *answers: str) -> set[str]:
        """Who is named in these answers."""
        return {row["subject"] for answer in answers for row in self.answer.get(answer, ())}


def documents(ask: Ask, rules: RuleSet, test: Path, which: str) -> dict[str, dict[str, Any]]:
    """The inputs that a test file gives, by name.

    Args:
        ask: the engine
        rules: the check's rules, and all that they need
        test: the check's test file: `5.3-a_test.rego`
        which: `violating` or `innocent`

    Raises:
        RulesError: the test file gives none, or rules do not compile
    """
    check = _check(test)
    text = test.read_text("utf-8")
    files = {file.name: file.text for file in rules.needed(check, text).files}
    found = ask({**files, test.name: text}, f'data.checks["{check}_test"].{which}', {})
    if not isinstance(found, dict) or not found:
        raise RulesError(
            f"{test.name}: has no {which} inputs",
            f'write: {which} := {{{_WORDS[which]}: {{"input": …, "data": …}}}}',
        )
    return dict(sorted(found.items()))


def tried(
    ask: Ask, rules: RuleSet, test: Path, declared: Sequence[Declared] = (), which: str = VIOLATING
) -> list[list[Tried]]:
    """For each input of a kind what the check says about it and then about each of its variants.

    Args:
        ask: the engine
        rules: the check's rules, and all that they need
        test: the check's test file: `5.3-a_test.rego`
        declared: the registers that the company declares
        which: `violating` or `innocent`

    Raises:
        RulesError: the test file gives no such inputs, or rules do not compile
    """
    inputs = {
        name: [Variant("as it is", document), *variants(document, declared)]
        for name, document in documents(ask, rules, test, which).items()
    }
    return asked(ask, rules, test, inputs)


def asked(ask: Ask, rules: RuleSet, test: Path, inputs: Mapping[str, Sequence[Variant]]) -> list[list[Tried]]:
    """What the check says about inputs and their variants, in the order given.

    Raises:
        RulesError: rules do not compile
    """
    check = _check(test)
    files = {file.name: file.text for file in rules.needed(check, test.read_text("utf-8")).files}
    by_data: dict[tuple[str, ...], list[str]] = {}
    for name, (original, *_) in inputs.items():
        by_data.setdefault(tuple(sorted(original.document.get("data", {}))), []).append(name)
    found = {}
    for given, names in by_data.items():
        law = {**files, "law.rego": _law(check, given)}
        answers = iter(_answers(ask, law, [variant for name in names for variant in inputs[name]]))
        for name in names:
            found[name] = [_tried(name, variant, next(answers)) for variant in inputs[name]]
    return [found[name] for name in inputs]


def _check(test: Path) -> str:
    return test.name.removesuffix("_test.rego")


def _tried(name: str, variant: Variant, answer: Any) -> Tried:
    return Tried(name, variant, {}, answer) if isinstance(answer, str) else Tried(name, variant, answer)


def broken(ask: Ask, rules: RuleSet, test: Path, declared: Sequence[Declared] = ()) -> list[str]:
    """The variants in which a violation is gone, by name; empty if the law is kept. Takes and raises what `tried` does."""
    return lost(tried(ask, rules, test, declared), declared)


def lost(found: Sequence[Sequence[Tried]], declared: Sequence[Declared] = ()) -> list[str]:
    """What breaks the law in the answers to violating inputs and their variants."""
    problems = []
    for original, *rest in found:
        problems += [
            f"{original.name}: {problem}" for problem in misfits(original.variant.document, declared)
        ]
        violating = original.subjects("violations")
        if not violating:
            problems.append(
                f"{original.name}: gives no violation{original.problem and f': {original.problem}'}"
            )
        for one in rest if violating else ():
            gone = violating - one.subjects("violations", "unknown") - {one.variant.moved}
            why = one.problem or f"{', '.join(sorted(gone))} is gone"
            if gone:
                problems.append(f"{one.name}: {one.variant.name}: {why}")
    return problems


def _answers(ask: Ask, files: dict[str, str], inputs: Sequence[Variant]) -> list[Any]:
    """What the check says about each variant; if a rule fails, why it does for that one."""
    try:
        answers: list[Any] = ask(
            files, "data.law.answers", {"variants": [variant.document for variant in inputs]}
        )
    except RulesError as error:
        if len(inputs) == 1:
            return [str(error)]
        half = len(inputs) // 2
        return [*_answers(ask, files, inputs[:half]), *_answers(ask, files, inputs[half:])]
    return answers


def _law(check: str, documents: Sequence[str]) -> str:
    """Rules that ask the check about every variant in one query."""
    given = " ".join(
        ["with input as variant.input", *(f"with data.{name} as variant.data.{name}" for name in documents)]
    )
    return f"""package law

answers := [answer |
	some variant in input.variants
	answer := _answer {given}
]

_answer := {{name: value | some name in ["population", "violations", "unknown"]; value := data.checks[{json.dumps(check)}][name]}}
"""
