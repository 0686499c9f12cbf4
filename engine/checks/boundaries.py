"""Both sides of each boundary: whether the tests of a rule would notice if a comparison were off by one, or never told its sides apart.

A comparison says where something ends: with `<` the limit itself is inside, or outside. Whether a test stands on the limit, and one beyond
it, is not seen by reading the tests but by asking them: of a rule in which `<` is `<=` at one place, one test at least no longer
holds; and of a rule in which that comparison has the same answer everywhere, too.

Whether there is any at all (`count(…) > 0`) is a question and no boundary. Where both sides have the same answer, so that no test can tell
them apart, the row or the one above says so: `# no boundary: why`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.checks.places import Source
from engine.errors import RulesError
from engine.opa import RuleSet
from engine.opa.lints import parsed
from engine.opa.trial import Ask

_MOVED = {"lt": ("<", "<="), "lte": ("<=", "<"), "gt": (">", ">="), "gte": (">=", ">")}
"""Operator -> as it is written, and with the limit on its other side."""

_INSIDE = frozenset({"lte", "gte"})
"""Those for which the limit itself holds, so that the other side is where they do not."""

_STATED = re.compile(r"# no boundary: \S")


@dataclass(frozen=True)
class Boundary:
    """One side of a comparison, with the rule file in which that side is wrong."""

    row: int
    comparison: str
    side: str
    """`at the limit` or `beyond the limit`."""
    text: str
    """The whole file."""


def boundaries(program: Path, path: Path) -> list[Boundary]:
    """Both sides of every comparison of a rule file that has a limit, in the order of its rows.

    Raises:
        EngineError: the file does not parse
    """
    body = path.read_bytes()
    rows = body.decode().splitlines()
    source = Source(body)
    found = dict.fromkeys(
        side
        for call in _calls(parsed(program, path).get("rules") or ())
        for side in _sides(source, call)
        if not any(_STATED.search(row) for row in rows[max(side.row - 2, 0) : side.row])
    )
    return sorted(found, key=lambda side: (side.row, side.comparison, side.side))


def unnoticed(ask: Ask, program: Path, rules: RuleSet, test: Path) -> list[str]:
    """The sides of boundaries in a check's rule file that none of its tests stands on; empty if there is a test for each.

    Args:
        ask: the engine
        program: OPA, which parses
        rules: the check's rules, and all that they need
        test: the check's test file: `5.3-a_test.rego`

    Raises:
        RulesError: rules or tests do not compile
    """
    check = test.name.removesuffix("_test.rego")
    text = test.read_text("utf-8")
    needed = {file.name: file for file in rules.needed(check, text).files}
    texts = {**{name: file.text for name, file in needed.items()}, test.name: text}
    own = [file for file in needed.values() if file.check == check]
    return [
        f"{file.path.name}:{side.row}: {told(side)}"
        for file in own
        for side in missed(ask, texts, file.name, boundaries(program, file.path), [f'checks["{check}_test"]'])
    ]


def told(side: Boundary) -> str:
    """What is missing, and what to write."""
    return (
        f"no test stands {side.side} of `{side.comparison}`; write one, "
        "or above the row, if no test can tell: # no boundary: why"
    )


def missed(
    ask: Ask, texts: Mapping[str, str], name: str, sides: Iterable[Boundary], packages: Iterable[str]
) -> Iterator[Boundary]:
    """Those sides that no test of the packages notices.

    Args:
        ask: the engine
        texts: name -> text of all rules and tests
        name: which of them the sides are of
        sides: what may be wrong
        packages: packages of tests, as they are written behind `data.`

    Raises:
        RulesError: rules or tests do not compile
    """
    query = ", ".join(
        f'{{name: said | some name, said in data.{package}; startswith(name, "test_")}}'
        for package in packages
    )
    right: Any = None
    for side in sides:
        right = right or ask(texts, f"[{query}]", {})
        try:
            same = ask({**texts, name: side.text}, f"[{query}]", {}) == right
        except RulesError:
            same = False  # the rule fails on some input of a test
        if same:
            yield side


def _calls(node: Any) -> Iterator[list[dict[str, Any]]]:
    """Operator and operands of every call below, as a condition or as a value."""
    if isinstance(node, list | tuple):
        for item in node:
            yield from _calls(item)
    elif isinstance(node, dict):
        terms = node.get("terms") if isinstance(node.get("terms"), list) else None
        if node.get("type") == "call":
            terms = node["value"]
        if terms and terms[0].get("type") == "ref":
            yield terms
        for key, value in node.items():
            if key != "location":
                yield from _calls(value)


def _sides(source: Source, terms: list[dict[str, Any]]) -> Iterator[Boundary]:
    name = ".".join(str(part["value"]) for part in terms[0]["value"])
    places = [source.place(term) for term in terms]
    if name not in _MOVED or len(terms) != 3 or _is_any(terms):  # noqa: PLR2004  # an operator and two operands
        return
    operator, left, right = places
    if operator is None or left is None or right is None:
        return
    written, moved = _MOVED[name]
    shown = " ".join(source.between(left.start, right.end).split())
    yield Boundary(operator.row, shown, "at the limit", source.replaced(operator.start, operator.end, moved))
    if operator.text == written and left.end <= operator.start < operator.end <= right.start:
        same = "true" if name in _INSIDE else "false"
        yield Boundary(operator.row, shown, "beyond the limit", source.replaced(left.start, right.end, same))


def _is_any(terms: list[dict[str, Any]]) -> bool:
    """Whether it asks if there is any: `count(…) > 0`, either way round."""
    operands = terms[1:]
    return any(term.get("type") == "number" and term["value"] == 0 for term in operands) and any(
        term.get("type") == "call" and term["value"][0]["value"][-1]["value"] == "count" for term in operands
    )
