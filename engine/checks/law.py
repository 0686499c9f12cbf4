"""The law that every check keeps: what is not known never makes a violation go away.

Each test file names inputs that give a violation (`violating`). From each of them come variants: a field dropped, an enumeration set to
unknown, a reference that leads nowhere, a person who lies in the context, a cutoff that is missing. In every one of them the
subject is still a violation, or unknown.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.checks.variants import Variant, misfits, variants
from engine.errors import RulesError
from engine.opa import RuleSet
from engine.opa.trial import Ask


def broken(ask: Ask, rules: RuleSet, test: Path) -> list[str]:
    """The variants in which a violation is gone, by name; empty if the law is kept.

    Args:
        ask: the engine
        rules: the check's rules, and all that they need
        test: the check's test file: `5.3-a_test.rego`

    Raises:
        RulesError: the test file gives no `violating`, or rules do not compile
    """
    check = test.name.removesuffix("_test.rego")
    files = {file.name: file.text for file in rules.files}
    tests = {**files, test.name: test.read_text("utf-8")}
    documents = ask(tests, f'data.checks["{check}_test"].violating', {})
    if not isinstance(documents, dict) or not documents:
        raise RulesError(
            f"{test.name}: has no violating inputs",
            'write: violating := {"what is wrong": {"input": …, "data": …}}',
        )
    problems = []
    for name, document in sorted(documents.items()):
        problems += [f"{name}: {problem}" for problem in misfits(document)]
        problems += [f"{name}: {problem}" for problem in _lost(ask, files, check, document)]
    return problems


def _lost(ask: Ask, files: dict[str, str], check: str, document: dict[str, Any]) -> list[str]:
    tried = [Variant("as it is", document), *variants(document)]
    law = {**files, "law.rego": _law(check, sorted(document.get("data", {})))}
    first, *rest = _answers(ask, law, tried)
    if isinstance(first, str) or not first["violations"]:
        return [f"gives no violation{': ' + first if isinstance(first, str) else ''}"]
    problems = []
    for variant, said in zip(tried[1:], rest, strict=True):
        if isinstance(said, str):
            problems.append(f"{variant.name}: {said}")
            continue
        gone = set(first["violations"]) - set(said["violations"]) - set(said["unknown"]) - {variant.moved}
        problems += [f"{variant.name}: {subject} is gone" for subject in sorted(gone)]
    return problems


def _answers(ask: Ask, files: dict[str, str], tried: Sequence[Variant]) -> list[Any]:
    """What the check says about each variant; if a rule fails, why it does for that one."""
    try:
        answers: list[Any] = ask(
            files, "data.law.answers", {"variants": [variant.document for variant in tried]}
        )
    except RulesError as error:
        if len(tried) == 1:
            return [str(error)]
        half = len(tried) // 2
        return [*_answers(ask, files, tried[:half]), *_answers(ask, files, tried[half:])]
    return answers


def _law(check: str, documents: Sequence[str]) -> str:
    """Rules that ask the check about every variant in one query."""
    given = " ".join(
        ["with input as variant.input", *(f"with data.{name} as variant.data.{name}" for name in documents)]
    )
    path = f"data.checks[{json.dumps(check)}]"
    return f"""package law

answers := [{{"violations": violations, "unknown": unknown}} |
	some variant in input.variants
	violations := {{row.subject | some row in {path}.violations}} {given}
	unknown := {{row.subject | some row in {path}.unknown}} {given}
]
"""
