"""Rules as syntax trees: what a file declares, calls and refers to, each with its row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

Node = dict[str, Any]
Place = tuple[tuple[str, ...], str]
"""Package and name of a rule."""


@dataclass(frozen=True)
class Call:
    """One call, operators included: `lt`, `equal`, `internal.member_2` (for `in`), `answers.shown`."""

    name: tuple[str, ...]
    arguments: tuple[Node, ...]
    row: int


@dataclass(frozen=True, eq=False)
class File:
    """One file of rules."""

    path: Path
    tree: Node

    @cached_property
    def package(self) -> tuple[str, ...]:
        """Its package, without `data`."""
        return tuple(part["value"] for part in self.tree["package"]["path"][1:])

    @property
    def check(self) -> str:
        """Id of the check that it decides; empty if it is no check's."""
        return self.package[1] if len(self.package) > 1 and self.package[0] == "checks" else ""

    @property
    def rules(self) -> list[Node]:
        """Its rules, in the order of the file."""
        return self.tree.get("rules") or []

    @cached_property
    def aliases(self) -> Mapping[str, tuple[str, ...]]:
        """Name -> what it stands for, from the root: `people` -> data, lib, people."""
        found = {}
        for row in self.tree.get("imports") or ():
            path = tuple(part["value"] for part in row["path"]["value"])
            found[row.get("alias", path[-1])] = path
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of its rules."""
        return frozenset(name_of(rule) for rule in self.rules)

    def resolved(self, reference: Node) -> tuple[str | None, ...]:
        """A reference from the root, as far as its parts are constant; `None` stands for a part that is not."""
        first, *rest = reference["value"]
        parts = tuple(part["value"] if part["type"] == "string" else None for part in rest)
        name = str(first["value"]) if first["type"] == "var" else ""
        if name in self.aliases:
            return (*self.aliases[name], *parts)
        if name in self.names:
            return ("data", *self.package, name, *parts)
        return (name, *parts)

    def place(self, reference: Node, packages: frozenset[tuple[str, ...]]) -> Place | None:
        """The rule that a reference leads to; `None` if it leads to a document, a record or a built-in."""
        parts = self.resolved(reference)
        if parts[0] != "data":
            return None
        for end in range(len(parts) - 1, 1, -1):
            package, name = parts[1:end], parts[end]
            if package in packages and isinstance(name, str):
                return tuple(str(part) for part in package), name
        return None


def name_of(rule: Node) -> str:
    """The name of a rule."""
    return str(rule["head"]["ref"][0]["value"])


def row_of(rule: Node) -> int:
    """The row in which a rule begins."""
    return int(rule.get("location", {}).get("row", 0))


def walked(node: Any, row: int = 0) -> Iterator[tuple[Node, int]]:
    """Every node below, with the row that it stands in."""
    if isinstance(node, list):
        for item in node:
            yield from walked(item, row)
    elif isinstance(node, dict):
        row = int(node["location"]["row"]) if "location" in node else row
        yield node, row
        for key, value in node.items():
            if key != "location":
                yield from walked(value, row)


def references(node: Any) -> Iterator[tuple[Node, int]]:
    """Every reference below, names of called functions included."""
    return ((found, row) for found, row in walked(node) if found.get("type") == "ref")


def calls(node: Any) -> Iterator[Call]:
    """Every call below, as a condition or as a value."""
    for found, row in walked(node):
        terms = found.get("terms") if isinstance(found.get("terms"), list) else None
        if found.get("type") == "call":
            terms = found["value"]
        if terms and terms[0].get("type") == "ref":
            name = tuple(str(part["value"]) for part in terms[0]["value"])
            yield Call(name, tuple(terms[1:]), row)


def constants(node: Node) -> list[str]:
    """The texts that a node holds: itself, or those of a set or an array."""
    if node["type"] == "string":
        return [node["value"]]
    if node["type"] in {"set", "array"}:
        return [item["value"] for item in node["value"] if item["type"] == "string"]
    return []
