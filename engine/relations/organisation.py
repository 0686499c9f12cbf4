"""The department tree as of a date: who heads what, and who took over from whom.

The library of graphs takes longer to import than most of ours: whoever needs no tree does not wait for it.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from engine.facts import COMPANY
from engine.relations.workspace import Record, Workspace, not_known, settle

if TYPE_CHECKING:
    import networkx as nx


class Organisation:
    """Departments as a tree, with renamed and merged ones."""

    def __init__(self, departments: Iterable[Record], as_of: str) -> None:
        self.as_of = as_of
        self.by_code: dict[str, Record] = {row["code"]: row for row in departments}
        self._renamed = {
            old: code
            for code, row in sorted(self.by_code.items())
            for old in row.get("renamed_from", ())
            if old not in self.by_code
        }
        self._successor = self._renamed | {
            code: row["merged_into"] for code, row in self.by_code.items() if row.get("merged_into")
        }

    @cached_property
    def tree(self) -> "nx.DiGraph[str]":
        """Parents above their departments."""
        import networkx as nx  # noqa: PLC0415  # see above

        tree: nx.DiGraph[str] = nx.DiGraph()
        tree.add_nodes_from(sorted(self.by_code))
        tree.add_edges_from(
            (row["parent"], code)
            for code, row in sorted(self.by_code.items())
            if row.get("parent") in self.by_code
        )
        return tree

    def cycles(self) -> list[list[str]]:
        """Departments that are above themselves."""
        import networkx as nx  # noqa: PLC0415  # see above

        return sorted(sorted(cycle) for cycle in nx.simple_cycles(self.tree))

    def root(self) -> str:
        """Code of the department above all others; the first by code if there are several, empty if there is none."""
        import networkx as nx  # noqa: PLC0415  # see above

        tops = [
            code
            for code in sorted(self.tree)
            if self.in_force(code) and not list(self.tree.predecessors(code))
        ]
        return max(
            tops, key=lambda code: (len(nx.descendants(self.tree, code)), -tops.index(code)), default=""
        )

    def knows(self, code: str) -> bool:
        """Whether there is or was a department of that code."""
        return code in self.by_code or code in self._successor

    def in_force(self, code: str) -> bool:
        """Whether the department exists as of the snapshot."""
        row = self.by_code[code]
        return row.get("valid_from", "") <= self.as_of and not row.get("valid_until", "9") <= self.as_of

    def present(self, code: str | None) -> str:
        """The department that answers for the code today: itself, who took it over, or the company."""
        seen: set[str] = set()
        while code is not None and code not in seen:
            seen.add(code)
            if code in self._successor:
                code = self._successor[code]
            elif code in self.by_code and self.in_force(code):
                return code
            else:
                break
        return COMPANY

    def renamed(self, code: str) -> str:
        """The code of today; a department that took over another one keeps its own, for it is more than what it took over."""
        return self._renamed.get(code, code)

    def successor(self, code: str) -> str:
        """The department that answers for the code today; the code itself if none does."""
        found = self.present(code)
        return code if found == COMPANY else found

    def above(self, code: str) -> list[str]:
        """The departments above, nearest first; stops where a cycle closes."""
        line: list[str] = []
        row = self.by_code.get(code)
        while row is not None and row.get("parent") in self.by_code and row["parent"] not in {*line, code}:
            line.append(row["parent"])
            row = self.by_code[row["parent"]]
        return line


_CODES = frozenset({"department_code", "owner_department"})
"""Fields that hold the code of a department."""

_OF_NO_DEPARTMENT = frozenset({"account"})
"""An account states a department in words of its own, which need be nobody's code."""


def settle_heads(space: Workspace, as_of: str) -> None:
    """Says of each department who heads it as of the snapshot; two heads at a time are an error of the data."""
    for row in space.all("department"):
        if "heads" not in row:
            not_known(row, "head", row["unknown"].get("heads", "not_collected"))
            continue
        now = [head for head in row["heads"] if head.get("from_at", "") <= as_of < head.get("until_at", "9")]
        settle(row, "head", sorted({head["person"] for head in now}))
        if len({head["person"] for head in now if head["acting"] == "no"}) > 1:
            space.wrong("two_heads", row["uid"], "two heads at the same time: " + ", ".join(row["head"]))


def list_strays(space: Workspace, organisation: Organisation) -> None:
    """Lists people, and whatever else lies in departments that nobody lists, as errors of the data: no head is told of them."""
    if space.state("department") != "complete":
        return  # the list may lack the department, and then the record is not wrong
    for entity in space.records:
        names = _CODES & space.types[entity].model_fields.keys() if entity not in _OF_NO_DEPARTMENT else set()
        for row in space.all(entity) if names else ():
            if entity == "person" and row["status"] == "left":
                continue
            for name in sorted(names):
                code = row.get(name)
                if code is not None and code != COMPANY and not organisation.knows(code):
                    space.wrong("broken_reference", row["uid"], f"{name}: {code}")


def list_cycles(space: Workspace, organisation: Organisation) -> None:
    """Lists departments above themselves, and people who report to themselves, as errors of the data."""
    import networkx as nx  # noqa: PLC0415  # see above

    for cycle in organisation.cycles():
        space.wrong(
            "cycle",
            organisation.by_code[cycle[0]]["uid"],
            "departments above themselves: " + ", ".join(cycle),
        )
    managers: nx.DiGraph[str] = nx.DiGraph(
        (person["manager"], person["uid"]) for person in space.all("person") if "manager" in person
    )
    for cycle in sorted(sorted(found) for found in nx.simple_cycles(managers)):
        space.wrong("cycle", cycle[0], "people above themselves: " + ", ".join(cycle))
