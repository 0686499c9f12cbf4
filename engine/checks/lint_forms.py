"""Careless forms that a rule file shows by itself."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from engine.checks.trees import File, Node, Place, calls, name_of, references, row_of, walked
from engine.opa.syntax import FORBIDDEN

ANSWERS = frozenset({"yes", "no", "unknown"})

LARGEST_OF_FORM = 9
"""A number of one digit is part of how a rule is written (two managers, the first of a list); a larger one is the company's."""

UNITS = frozenset({60, 100, 1_000, 3_600, 86_400, 1_000_000, 1_000_000_000, 86_400_000_000_000})
"""What a minute, an hour, a day, a percentage or a nanosecond is, no company decides."""

_CUTS = {("substring",), ("array", "slice")}
"""Where in a text of fixed form something stands is no company's number either."""

_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}")
_LAYOUT = "2006-01-02"
"""How Go writes the form of a date: no date of anybody's."""


@dataclass(frozen=True)
class Fault:
    """What was found in a row, and what to write instead."""

    row: int
    found: str
    instead: str


def answering(files: Iterable[File]) -> frozenset[Place]:
    """The functions that answer yes or no."""
    return frozenset(
        (file.package, name)
        for file in files
        for name, rules in _functions(file).items()
        if any(_value(rule) in {"yes", "no"} for rule in rules)
    )


def careless(file: File, answers: frozenset[Place]) -> Iterator[Fault]:
    """The careless forms of a file.

    Args:
        file: the file
        answers: functions that answer yes or no, of all files
    """
    yield from _import(file)
    yield from _calls_outside(file)
    yield from _numbers(file)
    yield from _defaults(file)
    yield from _lookups_before_else(file)
    yield from _nots(file, answers)
    if file.check:
        yield from _reasons_read(file)


def _import(file: File) -> Iterator[Fault]:
    if file.rules and ("future", "keywords", "not") not in file.aliases.values():
        yield Fault(
            1,
            "does not import future.keywords.not, so that `not` fails on what is undefined",
            "write: import future.keywords.not",
        )


def _calls_outside(file: File) -> Iterator[Fault]:
    for rule in file.rules:
        for reference, row in references(rule):
            name = ".".join(str(part["value"]) for part in reference["value"])
            if name in FORBIDDEN:
                yield Fault(
                    row,
                    f"{name} reaches for the clock, the network or the environment",
                    "write data.as_of for the time, a field of a fact for anything else",
                )


def _numbers(file: File) -> Iterator[Fault]:
    for rule in file.rules:
        places = {id(node) for call in calls(rule) if call.name in _CUTS for node in call.arguments[1:]}
        for node, row in walked(rule):
            value = node.get("value", "")
            if node.get("type") == "number" and not _is_of_form(value) and id(node) not in places:
                yield Fault(
                    row,
                    f"the number {value} belongs to the company",
                    "declare it under settings in the check's YAML and write data.settings.<name>, "
                    "or data.cutoff.<name> for a time",
                )
            if node.get("type") == "string" and _DATE.match(value) and not value.startswith(_LAYOUT):
                yield Fault(
                    row, f"the date {value} is written into the rule", "write data.as_of or data.period"
                )


def _is_of_form(value: object) -> bool:
    return isinstance(value, int) and (abs(value) <= LARGEST_OF_FORM or abs(value) in UNITS)


def _defaults(file: File) -> Iterator[Fault]:
    for name, rules in _functions(file).items():
        said = {_value(rule) for rule in rules if not rule.get("default")}
        if not said & {"yes", "no"} or not said <= {*ANSWERS, None}:
            continue
        defaults = [rule for rule in rules if rule.get("default")]
        arguments = ", ".join("_" for _ in rules[0]["head"]["args"])
        if not defaults and "unknown" not in said and not _is_total(rules):
            yield Fault(
                row_of(rules[0]),
                f"{name} answers yes or no, and nothing where a fact is missing",
                f'write above it: default {name}({arguments}) := "unknown"',
            )
        for rule in defaults:
            if _value(rule) != "unknown":
                yield Fault(
                    row_of(rule),
                    f"{name} takes what is missing for {_value(rule)}",
                    f'write: default {name}({arguments}) := "unknown"',
                )
        for rule in rules:
            otherwise = rule.get("else")
            if otherwise and _value(otherwise) in {"yes", "no"} and _is_unconditional(otherwise):
                yield Fault(
                    row_of(rule),
                    f"{name} says {_value(otherwise)} wherever the condition is not known either",
                    f"write a rule of its own with what makes it {_value(otherwise)}",
                )


def _lookups_before_else(file: File) -> Iterator[Fault]:
    """OPA goes on to `else` where the value is not there; the embedded engine leaves the function without an answer."""
    for name, rules in _functions(file).items():
        for rule in rules:
            branch = rule
            while branch.get("else"):
                value = branch["head"].get("value", {})
                if value.get("type") == "ref" and len(value["value"]) > 1:
                    yield Fault(
                        row_of(rule),
                        f"{name} looks a value up before an `else`: where nothing is found, the two engines answer differently",
                        "write object.get(table, key, otherwise), or a rule of its own for what is not found",
                    )
                branch = branch["else"]


def _is_total(rules: list[Node]) -> bool:
    """Whether two rules say of one condition what follows if it holds and if not, so that there is always an answer."""
    bodies = [_bare(rule["body"][0]) for rule in rules if len(rule.get("body", ())) == 1]
    return any(_is_opposite(one, other) for one in bodies for other in bodies)


def _is_opposite(one: Node, other: Node) -> bool:
    terms, others = one.get("terms"), other.get("terms")
    if isinstance(others, dict) and others.get("type") == "not":
        return bool(others["body"] == [one])
    if not isinstance(terms, list) or not isinstance(others, list) or _reads_a_field([terms[1:], others[1:]]):
        return False
    operators = terms[0]["value"][-1]["value"], others[0]["value"][-1]["value"]
    return (operators in _OPPOSITES and terms[1:] == others[1:]) or (
        operators == ("gt", "equal") and terms[1] == others[1] and _called(terms[1]) is not None
    )


_OPPOSITES = {("gt", "lte"), ("lt", "gte"), ("gte", "lt"), ("lte", "gt"), ("equal", "neq"), ("neq", "equal")}


def _reads_a_field(node: Any) -> bool:
    """Whether a fact that is missing would leave the comparison without an answer."""
    if isinstance(node, list):
        return any(_reads_a_field(item) for item in node)
    if not isinstance(node, dict):
        return False
    if node.get("type") == "call":
        return _reads_a_field(node["value"][1:])
    return node.get("type") == "ref" or any(_reads_a_field(value) for value in node.values())


def _bare(node: Any) -> Any:
    """A node without what tells where it stands."""
    if isinstance(node, list):
        return [_bare(item) for item in node]
    if isinstance(node, dict):
        return {key: _bare(value) for key, value in node.items() if key not in {"location", "index"}}
    return node


def _nots(file: File, answers: frozenset[Place]) -> Iterator[Fault]:
    packages = frozenset(package for package, _ in answers)
    for rule in file.rules:
        for node, row in walked(rule):
            if node.get("type") == "not":
                conditions = [one.get("terms") for one in node.get("body", ())]
            elif node.get("negated"):
                conditions = [node.get("terms")]
            else:
                continue
            for call in conditions:
                called = _called(call)
                if called is not None and file.place(called, packages) in answers:
                    name = ".".join(str(part["value"]) for part in called["value"])
                    yield Fault(
                        row,
                        f"`not {name}(…)` is never true: every answer, no as well, is a text",
                        f'write: {name}(…) == "no", or not {name}(…) == "yes" to keep what is not known',
                    )


def _called(terms: object) -> Node | None:
    if isinstance(terms, dict) and terms.get("type") == "call":
        terms = terms["value"]
    if isinstance(terms, list) and terms and terms[0].get("type") == "ref":
        return dict(terms[0])
    return None


def _reasons_read(file: File) -> Iterator[Fault]:
    for rule in file.rules:
        for reference, row in references(rule):
            first, *rest = reference["value"]
            if first["type"] != "var" or first["value"] in {*file.aliases, "data", "input"}:
                continue
            if any(part.get("value") == "unknown" for part in rest):
                yield Fault(
                    row,
                    "reads the reasons of a record itself",
                    "write unknowns.reason(records, fields) for a reason, unknowns.why(record, field) for that of one "
                    'field, or answers.shown(record, field) == "none" for what is known to be none',
                )


def _functions(file: File) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = defaultdict(list)
    for rule in file.rules:
        if rule["head"].get("args"):
            found[name_of(rule)].append(rule)
    return found


def _value(rule: Node) -> str | None:
    value = rule["head"].get("value", {})
    return str(value["value"]) if value.get("type") == "string" else None


def _is_unconditional(rule: Node) -> bool:
    return all(_is_true(one) for one in rule["body"])


def _is_true(condition: Node) -> bool:
    terms = condition.get("terms")
    return isinstance(terms, dict) and terms.get("type") == "boolean" and terms.get("value") is True
