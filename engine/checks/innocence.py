"""An innocent neighbour: whom a check looks at, and does not accuse.

Each test file names inputs (`innocent`) in which somebody is looked at and nobody is named. A rule that accuses everybody whom it looks
at would give every violation that its tests ask for; only its neighbours tell it from a right one.
"""

import re
from pathlib import Path

from engine.checks.law import INNOCENT, asked, documents
from engine.checks.variants import Variant, misfits
from engine.opa import RuleSet
from engine.opa.trial import Ask

_NOBODY = re.compile(r"^# nobody looked at: \S", re.MULTILINE)
"""Whom a check looks at may be accused by its very question; then the test file says so: `# nobody looked at: why`."""


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
