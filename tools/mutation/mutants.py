"""The small ways in which a rule file can be wrong: one mutant for each place and way, made from the syntax tree.

The places come from `opa parse`, which gives row, column and text of every node; a mutant is the file with that text replaced.
"""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.checks.places import Place, Source

_MOVED = {
    "<": ("<=", ">="),
    "<=": ("<", ">"),
    ">": (">=", "<="),
    ">=": (">", "<"),
    "==": ("!=",),
    "!=": ("==",),
}
"""A comparison with its end moved by one, and turned round."""

_ANSWERS = ('"yes"', '"no"', '"unknown"')
"""What a question may answer: a default is changed to the two others."""

_STRANGE = "mutant"


@dataclass(frozen=True)
class Mutant:
    """A rule file with one thing wrong."""

    row: int
    what: str
    """What was done, for people."""
    text: str
    """The whole file."""


class _Source(Source):
    """A rule file, by places."""

    def mutant(self, place: Place, text: str, what: str) -> Mutant:
        """The file with another text at that place."""
        return Mutant(place.row, what, self.replaced(place.start, place.end, text))


def mutants(opa: Path, path: Path) -> list[Mutant]:
    """Every mutant of a rule file, in the order of its lines."""
    command = [str(opa), "parse", "--format", "json", "--json-include", "locations", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    source = _Source(path.read_bytes())
    found = {
        (one.text): one for rule in json.loads(done.stdout).get("rules", ()) for one in _of_rule(source, rule)
    }
    return sorted(found.values(), key=lambda one: (one.row, one.what))


def _of_rule(source: _Source, rule: dict[str, Any]) -> Iterator[Mutant]:
    if rule.get("default"):
        place = source.place(rule["head"]["value"])
        if place is not None and place.text in _ANSWERS:
            for answer in _ANSWERS:
                if answer != place.text:
                    yield source.mutant(place, answer, f"default {place.text} changed to {answer}")
            return
    yield from _of_node(source, rule)


def _of_node(source: _Source, node: Any) -> Iterator[Mutant]:
    if isinstance(node, list):
        for item in node:
            yield from _of_node(source, item)
    if not isinstance(node, dict):
        return
    if "terms" in node:
        yield from _of_condition(source, node)
    operator = node.get("terms") or node.get("value") if node.get("type", "call") == "call" else None
    if isinstance(operator, list) and operator:
        yield from _of_comparison(source, operator[0])
    match node.get("type"):
        case "string" | "number":
            yield from _of_constant(source, node)
        case "ref":
            yield from _of_reference(source, node)
            return
    for key, value in node.items():
        if key not in {"location", "ref", "args"}:
            yield from _of_node(source, value)


def _of_condition(source: _Source, expression: dict[str, Any]) -> Iterator[Mutant]:
    """A condition dropped or negated, a `not` removed."""
    place = source.place(expression)
    terms = expression["terms"]
    if place is None or place.text in {"default", "some"} or place.text.startswith("else"):
        return
    if isinstance(terms, dict) and ("symbols" in terms or terms.get("type") == "boolean"):
        return
    shown = " ".join(place.text.split())
    if expression.get("negated"):
        yield source.mutant(place, place.text.removeprefix("not").lstrip(), f"`not` removed: {shown}")
        yield source.mutant(place, "true", f"dropped: {shown}")
    elif not _assigns(terms):
        yield source.mutant(place, "true", f"dropped: {shown}")
        yield source.mutant(place, f"not {place.text}", f"negated: {shown}")


def _assigns(terms: Any) -> bool:
    return isinstance(terms, list) and terms[0].get("value", [{}])[0].get("value") in {"assign", "eq"}


def _of_comparison(source: _Source, operator: dict[str, Any]) -> Iterator[Mutant]:
    place = source.place(operator)
    if place is not None:
        for other in _MOVED.get(place.text, ()):
            yield source.mutant(place, other, f"{place.text} changed to {other}")


def _of_constant(source: _Source, node: dict[str, Any]) -> Iterator[Mutant]:
    place = source.place(node)
    if place is None:
        return
    if node["type"] == "number":
        yield source.mutant(place, str(node["value"] + 1), f"{place.text} changed to {node['value'] + 1}")
    elif place.text.startswith('"'):
        strange = json.dumps(f"{node['value']}{_STRANGE}", ensure_ascii=False)
        yield source.mutant(place, strange, f"{place.text} changed to {strange}")


def _of_reference(source: _Source, node: dict[str, Any]) -> Iterator[Mutant]:
    """Fields by another name; what stands in brackets is looked into like anything else."""
    for number, step in enumerate(node["value"]):
        place = source.place(step)
        if number and step.get("type") == "string" and place is not None and not place.text.startswith('"'):
            if place.text.isidentifier() and place.text == step["value"]:
                yield source.mutant(place, f"{place.text}_{_STRANGE}", f"field {place.text} renamed")
        elif number or step.get("type") != "var":
            yield from _of_node(source, step)
