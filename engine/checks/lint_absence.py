"""What a rule says where a fact is missing or of another day: absence taken for an answer, a period that nobody asks about."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from engine.checks.description import Description
from engine.checks.lint_forms import Fault
from engine.checks.trees import File, Node, calls, references, row_of, walked
from engine.facts import FACT_TYPES

_SAID = frozenset({"yes", "no"})


def absent(file: File) -> Iterator[Fault]:
    """The rules of a file that say yes or no for no other reason than that a field is not so.

    `not` holds where the field is missing as well, and there the answer is not known. A body with a condition of its own that holds
    knows something; one that only negates knows nothing.
    """
    for rule in file.rules:
        for one in _with_else(rule):
            body: list[Node] = one.get("body") or []
            if _value(one) in _SAID and body and all(_negated(condition) for condition in body):
                yield from _faults(file, rule, body, _value(one))


def _with_else(rule: Node) -> Iterator[Node]:
    yield rule
    if "else" in rule:
        yield from _with_else(dict(rule["else"]))


def _faults(file: File, rule: Node, body: list[Node], value: str) -> Iterator[Fault]:
    if any(part.get("value") == "unknown" for found, _ in references(body) for part in found["value"][1:]):
        return  # it asks why the field is not there
    for condition in body:
        paths = {
            path for path in _fields(file, condition) if path[-1] not in _always_there() and len(path) > 1
        }
        for path in sorted(paths):
            name = ".".join(path)
            yield Fault(
                row_of(condition) or row_of(rule),
                f"says {value} where {name} is missing, for `not` holds there too",
                f"write what {name} has to be for that answer, as in {name} in {{…}}; or before it what is known: "
                f'answers.shown({path[0]}, "{path[1]}") == "none"',
            )


def undated(file: File, checks: Mapping[str, Description]) -> Iterator[Fault]:
    """Whether a check that judges by the day of each fact asks on which days it holds."""
    if file.check not in checks or checks[file.check].in_force.by != "day":
        return
    if not any(call.name == ("in_force", "on") for rule in file.rules for call in calls(rule)):
        yield Fault(
            1,
            f"{file.check}.yaml says `by: day`, and the rule judges facts of all days",
            f'write of each record: not in_force.on("{file.check}", record, "created_at") == "no"',
        )


def _value(rule: Node) -> str:
    value = rule["head"].get("value", {})
    return str(value.get("value")) if value.get("type") == "string" else ""


def _negated(condition: Node) -> bool:
    terms = condition.get("terms")
    return bool(condition.get("negated")) or (isinstance(terms, dict) and terms.get("type") == "not")


def _fields(file: File, condition: Node) -> Iterator[tuple[str, ...]]:
    """The fields of records that a condition compares; what a function is asked about is its own business."""
    for found, _ in walked(condition):
        if found.get("type") != "ref":
            continue
        first, *rest = found["value"]
        if first["type"] != "var" or str(first["value"]) in _NAMESPACES | file.names | set(file.aliases):
            continue
        if all(part["type"] == "string" for part in rest):
            yield (str(first["value"]), *(str(part["value"]) for part in rest))


_NAMESPACES = frozenset(
    {"array", "data", "input", "internal", "json", "object", "regex", "semver", "strings", "time", "units"}
)


@cache
def _always_there() -> frozenset[str]:
    """Fields that no record lacks, whatever record it is."""
    required: set[str] = set()
    optional: set[str] = set()
    todo: list[Any] = list(FACT_TYPES.values())
    seen: set[Any] = set()
    while todo:
        part = todo.pop()
        if part in seen:
            continue
        seen.add(part)
        if isinstance(part, type) and issubclass(part, BaseModel):
            for name, info in part.model_fields.items():
                (required if info.is_required() else optional).add(name)
                todo.append(info.annotation)
        todo += [inner for inner in get_args(part) if not isinstance(inner, str)]
    return frozenset(required - optional)
