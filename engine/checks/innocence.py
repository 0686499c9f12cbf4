"""An innocent neighbour: whom a check looks at, and does not accuse.

Each test file names inputs (`innocent`) in which somebody is looked at and nobody is named. A rule that accuses everybody whom it looks
at would give every violation that its tests ask for; only its neighbours tell it from a right one.

And what the law of missing facts can be tried on has to be there at all: a field that a rule reads, and that no record of these inputs
has, was never dropped by anybody.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.checks.law import INNOCENT, VIOLATING, asked, documents
from engine.checks.lint_facts import entities_read
from engine.checks.trees import File, references
from engine.checks.variants import Variant, misfits, records
from engine.facts import FACT_TYPES
from engine.opa import RuleSet
from engine.opa.trial import Ask

_ASIDE = frozenset({"uid", "unknown"})
_NOBODY = re.compile(r"^# nobody looked at: \S", re.MULTILINE)
"""Whom a check looks at may be accused by its very question; then the test file says so: `# nobody looked at: why`."""

_STATED = re.compile(r"^# not tried: ([a-z_, ]+): \S", re.MULTILINE)
"""A test file may say which words that its rule reads are no fields of facts, or cannot be missing: `# not tried: reason: why`."""


def accused(ask: Ask, rules: RuleSet, test: Path) -> list[str]:
    """Innocent inputs in which somebody is named, or nobody looked at; empty if there is an innocent neighbour.

    Args:
        ask: the engine
        rules: the check's rules, and all that they need
        test: the check's test file: `5.3-a_test.rego`

    Raises:
        RulesError: the test file has no innocent inputs, or rules do not compile
    """
    inputs = documents(ask, rules, test, INNOCENT)
    said = asked(ask, rules, test, {name: [Variant("as it is", one)] for name, one in inputs.items()})
    problems = [
        f"innocent: {one.name}: {problem}"
        for (one,) in said
        for problem in (*misfits(one.variant.document), *([one.problem] if one.problem else ()))
    ]
    problems += [
        f"innocent: {one.name}: is accused all the same, or not decided: {', '.join(sorted(named))}"
        for (one,) in said
        if (named := one.subjects("violations", "unknown"))
    ]
    if not _NOBODY.search(test.read_text("utf-8")) and not any(
        one.answer.get("population", 0) for (one,) in said
    ):
        problems.append(
            "innocent: nobody is looked at in any of these inputs, and that proves no innocence; "
            "if nobody can be, say in the tests: # nobody looked at: why"
        )
    return problems


def untried(ask: Ask, rules: RuleSet, files: Sequence[File], test: Path) -> list[str]:
    """The fields that a check's rule file reads, and that no record of its violating or innocent inputs has.

    Args:
        ask: the engine
        rules: the check's rules, and all that they need
        files: all rules, as they were parsed
        test: the check's test file

    Raises:
        RulesError: the test file lacks inputs, or rules do not compile
    """
    check = test.name.removesuffix("_test.rego")
    there = {
        field
        for which in (VIOLATING, INNOCENT)
        for document in documents(ask, rules, test, which).values()
        for _, _, record in records(document)
        for field in _fields(record)
    }
    there |= {word.strip() for names in _STATED.findall(test.read_text("utf-8")) for word in names.split(",")}
    return [
        f"reads {field}, which no record of `violating` or `innocent` has, so that nobody tried what is said "
        "when it is missing; give one record that field, or say in the tests: "
        f"# not tried: {field}: why"
        for field in sorted(_read(check, files) - there)
    ]


def _fields(record: Mapping[str, Any]) -> set[str]:
    """The fields that a record or a part of it has, or says that they are not known."""
    parts = [
        part
        for value in record.values()
        for part in (value if isinstance(value, list) else [value])
        if isinstance(part, dict)
    ]
    return {*record}.union(*parts)


def _read(check: str, files: Sequence[File]) -> set[str]:
    """The fields of facts that a check's rule file reads itself; what the library reads is tried by the tests of all that use it."""
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
        field
        for entity in entities
        for field in FACT_TYPES[entity].model_fields
        if field in words and field not in _ASIDE
    }
