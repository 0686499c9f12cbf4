"""Words in rules that no fact knows: OPA's type checker neither looks through the arguments of a function nor at closed lists."""

import re
from collections.abc import Iterable, Iterator, Mapping

from engine.checks.lint_forms import ANSWERS, Fault
from engine.checks.trees import Call, File, Node, Place, calls, constants, references, walked
from engine.checks.vocabulary import Vocabulary
from engine.settings import Setting

_ORDER = {"lt", "lte", "gt", "gte"}
_EQUAL = {"equal", "neq", "eq", "internal.member_2"}
_WITHOUT_ORDER = {"list", "yes_no", "text", "table"}
_BY_NAME = {("object", "get"), ("answers", "shown"), ("unknowns", "why")}
"""Functions whose second argument is the name of a field."""
_SORTABLE = re.compile(r"^\d")
"""A text that may stand on one side of `<`: part of an instant, or the digit that comes after all of them."""


def misworded(
    file: File,
    words: Vocabulary,
    made: frozenset[str],
    answers: frozenset[Place],
    settings: Mapping[str, Setting],
) -> Iterator[Fault]:
    """Fields, values and comparisons of a file that no fact knows.

    Args:
        file: the file
        words: what the facts know
        made: keys of the objects that rules make themselves
        answers: functions that answer yes or no, of all files
        settings: all settings that are declared
    """
    for rule in file.rules:
        yield from _fields(file, rule, words.fields | made)
        for call in calls(rule):
            name = ".".join(call.name)
            if name in _ORDER:
                yield from _ordered(file, call, words, settings)
            elif name in _EQUAL:
                yield from _values(file, call, words)
                yield from _answers(file, call, answers)
            elif call.name in _BY_NAME:
                yield from _named(call, words.fields | made)


def _fields(file: File, rule: Node, known: frozenset[str]) -> Iterator[Fault]:
    for reference, row in references(rule):
        first, *rest = reference["value"]
        if first["type"] != "var" or not _is_local(file, str(first["value"])):
            continue
        called = [part["value"] for part in rest if part["type"] == "string"]
        for field in called:
            if field not in known and f"{first['value']}.{field}" not in _BUILT_IN:
                yield Fault(
                    row,
                    f"{first['value']}.{'.'.join(called)}: no fact has a field {field}",
                    "see policies/schemas/input.json for the fields that there are",
                )


_BUILT_IN = frozenset({"internal.member_2", "internal.member_3"})
_NAMESPACES = frozenset(
    {"array", "base64", "bits", "future", "glob", "graph", "hex", "internal", "json", "net", "numbers"}
    | {"object", "regex", "semver", "strings", "time", "units", "yaml", "data", "input"}
)


def _is_local(file: File, name: str) -> bool:
    return name not in file.aliases and name not in file.names and name not in _NAMESPACES


def _named(call: Call, known: frozenset[str]) -> Iterator[Fault]:
    if len(call.arguments) > 1 and call.arguments[0]["type"] == "var":
        for field in constants(call.arguments[1]):
            if field not in known:
                yield Fault(
                    call.row,
                    f"{'.'.join(call.name)}(…, {field!r}): no fact has such a field",
                    "see policies/schemas/input.json for the fields that there are",
                )


def _ordered(file: File, call: Call, words: Vocabulary, settings: Mapping[str, Setting]) -> Iterator[Fault]:
    for argument in call.arguments:
        if argument["type"] == "string" and not _SORTABLE.match(argument["value"]):
            yield Fault(
                call.row,
                f"compares by order with the text {argument['value']!r}",
                "write == or `in`; only numbers, instants and dates have an order",
            )
        if argument["type"] != "ref":
            continue
        parts = file.resolved(argument)
        field = parts[-1]
        if parts[:2] == ("data", "settings") and len(parts) > 2:  # noqa: PLR2004  # data, settings, name
            kind = settings[str(field)].kind if field in settings else "count"
            if kind in _WITHOUT_ORDER:
                yield Fault(call.row, f"compares the setting {field} by order, a {kind}", "write == or `in`")
        elif parts[0] == "data" and parts[1] != "company":
            continue
        elif isinstance(field, str) and field in words.fields and field not in words.ordered:
            yield Fault(
                call.row,
                f"compares {field} by order, of which texts or words have none",
                "write == or `in`, semver.compare for versions; only numbers, instants and dates have an order",
            )


def _values(file: File, call: Call, words: Vocabulary) -> Iterator[Fault]:
    for one, other in _pairs(call):
        record, field = _record_and_field(file, one)
        allowed = words.allowed(record, field) if field else None
        for value in constants(other) if allowed is not None else ():
            if value not in (allowed or ()):
                yield Fault(
                    call.row,
                    f"{record}.{field} is never {value!r}",
                    f"write one of {', '.join(sorted(allowed or ()))}",
                )


def _record_and_field(file: File, node: Node) -> tuple[str, str]:
    if node["type"] != "ref":
        return "", ""
    first, *rest = node["value"]
    if not rest or first["type"] != "var" or rest[-1]["type"] != "string":
        return "", ""
    if not _is_local(file, str(first["value"])):
        return "", ""
    owner = first if len(rest) == 1 else rest[-2]
    return str(owner["value"]), str(rest[-1]["value"])


def _answers(file: File, call: Call, answers: frozenset[Place]) -> Iterator[Fault]:
    packages = frozenset(package for package, _ in answers)
    for one, other in _pairs(call):
        if one["type"] != "call" or file.place(one["value"][0], packages) not in answers:
            continue
        for value in constants(other):
            if value not in ANSWERS:
                name = ".".join(str(part["value"]) for part in one["value"][0]["value"])
                yield Fault(call.row, f"{name} never answers {value!r}", "write yes, no or unknown")


def _pairs(call: Call) -> Iterator[tuple[Node, Node]]:
    one, other = call.arguments[:2]
    yield one, other
    yield other, one


def keys(files: Iterable[File]) -> frozenset[str]:
    """Keys of the objects that rules make themselves: rules may read them."""
    return frozenset(
        key["value"]
        for file in files
        for node, _ in walked(file.rules)
        if node.get("type") == "object"
        for key, _value in node["value"]
        if key["type"] == "string"
    )
