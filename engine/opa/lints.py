"""Forms of Rego that are right and hang an audit: they take OPA time by the square of the records.

Measured on 20 000 records: more than a minute, where the form that is asked for instead takes a tenth of a second.
"""

import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from engine.errors import EngineError

_LIMIT_S = 30
_TESTS = ("test_", "todo_test_")


def slow_forms(program: Path, paths: Iterable[Path], collections: frozenset[str]) -> list[str]:
    """What should be written differently, with file and row; empty if nothing.

    Args:
        program: OPA
        paths: files of rules, tests not among them
        collections: names of the arrays of facts in a shard
    """
    return slow_in({path: parsed(program, path) for path in paths}, collections)


def slow_in(trees: Mapping[Path, dict[str, Any]], collections: frozenset[str]) -> list[str]:
    """The same of syntax trees that are there already."""
    sets = {
        (_package(tree), rule["head"]["ref"][0]["value"])
        for tree in trees.values()
        for rule in _rules(tree)
        if _is_set(rule)
    }
    return [
        f"{path}:{row}: {what}"
        for path, tree in sorted(trees.items())
        for row, what in sorted(set(_found(tree, sets, collections)))
    ]


def _found(
    tree: dict[str, Any], sets: set[tuple[tuple[str, ...], str]], collections: frozenset[str]
) -> Iterator[tuple[int, str]]:
    package = _package(tree)
    aliases = dict(_imports(tree))
    for rule in _rules(tree):
        head = rule["head"]
        name = head["ref"][0]["value"]
        if any(term["type"] != "string" for term in head["ref"][1:]) and not name.startswith(_TESTS):
            yield _row(rule), f"{name} is an index made rule by rule: make it one rule with a comprehension"
        for reference in _references(
            [rule.get("body"), head.get("value"), head.get("key"), rule.get("else")]
        ):
            row, terms = _row(reference), reference["value"]
            if head.get("args") and _reads_facts(terms, collections):
                yield (
                    row,
                    f"{name}() looks through input.{terms[1]['value']} at each call: make an index, or pass what it needs",
                )
            used = _used(terms, package, aliases)
            if used in sets:
                yield row, f"{used[1]} is a set that rules add to, asked by reference: write `x in {used[1]}`"


def _used(
    terms: list[dict[str, Any]], package: tuple[str, ...], aliases: dict[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], str]:
    """Package and name of the rule that a reference looks into with a key that is not constant."""
    match terms:
        case [{"type": "var", "value": name}, {"type": kind}, *_] if kind != "string":
            return package, name
        case [{"type": "var", "value": alias}, {"type": "string", "value": name}, {"type": kind}, *_] if (
            kind != "string"
        ):
            return aliases.get(alias, ()), name
    return (), ""


def _reads_facts(terms: list[dict[str, Any]], collections: frozenset[str]) -> bool:
    return len(terms) > 1 and terms[0]["value"] == "input" and terms[1]["value"] in {*collections, "context"}


def parsed(program: Path, path: Path) -> dict[str, Any]:
    """The syntax tree of a file, as OPA reads it, with rows.

    Raises:
        EngineError: it does not parse
    """
    command = [str(program), "parse", "--format", "json", "--json-include", "locations", str(path)]
    try:
        done = subprocess.run(command, env={}, capture_output=True, timeout=_LIMIT_S, check=False)  # noqa: S603  # our own arguments
        tree: dict[str, Any] = orjson.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise EngineError(f"{path}: OPA cannot parse it", "run: opa check") from error
    return tree


def _rules(tree: dict[str, Any]) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = tree.get("rules") or []
    return rules


def _package(tree: dict[str, Any]) -> tuple[str, ...]:
    return tuple(part["value"] for part in tree["package"]["path"][1:])


def _imports(tree: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in tree.get("imports") or ():
        path = tuple(part["value"] for part in row["path"]["value"])
        yield row.get("alias", path[-1]), path[1:]


def _is_set(rule: dict[str, Any]) -> bool:
    return "key" in rule["head"] and "value" not in rule["head"]


def _references(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        for item in node:
            yield from _references(item)
    elif isinstance(node, dict):
        if node.get("type") == "ref":
            yield node
        for value in node.values():
            yield from _references(value)


def _row(node: dict[str, Any]) -> int:
    return int(node.get("location", {}).get("row", 0))
