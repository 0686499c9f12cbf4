"""What the law of missing facts was never tried on: fields that a rule reads, and that its inputs say nothing about.

A field that no record of a test's inputs has was never dropped by anybody. And one that records have, but that makes no difference
anywhere when it is lost, was dropped without anybody noticing what is said then: a rule that takes its absence for innocence, or for
guilt, would pass just as well.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.checks.law import INNOCENT, VIOLATING, documents, tried
from engine.checks.lint_facts import entities_read
from engine.checks.trees import File, references
from engine.checks.variants import records
from engine.facts import FACT_TYPES
from engine.opa import RuleSet
from engine.opa.trial import Ask

_ASIDE = frozenset({"uid", "unknown"})

_STATED = re.compile(r"^# not tried: ([a-z_, ]+): \S", re.MULTILINE)
"""A test file may say which words that its rule reads are no fields of facts, or cannot be missing: `# not tried: reason: why`."""

_IDLE = re.compile(r"^# decides nothing: ([a-z_., ]+): \S", re.MULTILINE)
"""A test file may say which fields make no difference when they are lost: `# decides nothing: person.name: why`."""


def untried(ask: Ask, rules: RuleSet, files: Sequence[File], test: Path) -> list[str]:
    """The fields that a check's rule file reads, and of which its violating and innocent inputs prove nothing.

    Args:
        ask: the engine
        rules: the check's rules, and all that they need
        files: all rules, as they were parsed
        test: the check's test file

    Raises:
        RulesError: the test file lacks inputs, or rules do not compile
    """
    read = _read(test.name.removesuffix("_test.rego"), files)
    text = test.read_text("utf-8")
    nowhere = {field for _, field in read} - _there(ask, rules, test) - _words(_STATED, text)
    idle = {f"{entity}.{field}" for entity, field in read & _idle(ask, rules, test)} - _words(_IDLE, text)
    return [
        f"reads {field}, which no record of `violating` or `innocent` has, so that nobody tried what is said "
        "when it is missing; give one record that field, or say in the tests: "
        f"# not tried: {field}: why"
        for field in sorted(nowhere)
    ] + [
        f"reads {field}, and losing it changes no answer to `violating` or `innocent`, so that nobody tried what is said "
        "when it is missing; give an input in which it decides, or say in the tests: "
        f"# decides nothing: {field}: why"
        for field in sorted(idle)
    ]


def _words(stated: re.Pattern[str], text: str) -> set[str]:
    return {word.strip() for names in stated.findall(text) for word in names.split(",")}


def _there(ask: Ask, rules: RuleSet, test: Path) -> set[str]:
    return {
        field
        for which in (VIOLATING, INNOCENT)
        for document in documents(ask, rules, test, which).values()
        for _, _, record in records(document)
        for field in _fields(record)
    }


def _idle(ask: Ask, rules: RuleSet, test: Path) -> set[tuple[str, str]]:
    """Entity and field of what was lost in an input, and in none of them changed the answer."""
    lost, decides = set(), set()
    for which in (VIOLATING, INNOCENT):
        for original, *rest in tried(ask, rules, test, which=which):
            for one in rest:
                field = (one.variant.entity, one.variant.field)
                lost.add(field)
                if one.problem or one.answer != original.answer:
                    decides.add(field)
    return lost - decides


def _fields(record: Mapping[str, Any]) -> set[str]:
    """The fields that a record or a part of it has, or says that they are not known."""
    parts = [
        part
        for value in record.values()
        for part in (value if isinstance(value, list) else [value])
        if isinstance(part, dict)
    ]
    return {*record}.union(*parts)


def _read(check: str, files: Sequence[File]) -> set[tuple[str, str]]:
    """Entity and field of what a check's rule file reads itself; what the library reads is tried by the tests of all that use it."""
    own = [file for file in files if file.check == check]
    words = {
        str(step["value"])
        for file in own
        for reference, _ in references(file.rules)
        for step in reference["value"][1 + (str(reference["value"][0]["value"]) in file.aliases) :]
        if step["type"] == "string"
    }
    entities = {entity for file in own for entity in entities_read(file, files)}
    return {
        (entity, field)
        for entity in entities
        for field in FACT_TYPES[entity].model_fields
        if field in words and field not in _ASIDE
    }
