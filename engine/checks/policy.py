"""The policy that is audited: its chapters and clauses, and the checks that nobody has written yet."""

from engine.checks.description import CheckId, ClauseId, Closed
from engine.findings import Method, Severity


class Clause(Closed):
    """A numbered paragraph of the policy."""

    id: ClauseId
    title: dict[str, str]
    duty: bool = True


class Chapter(Closed):
    """A chapter of the policy."""

    id: str
    title: dict[str, str]


class Planned(Closed):
    """A check that the policy asks for and that nobody has written yet: listed, never assessed."""

    id: CheckId
    method: Method
    severity: Severity
    title: dict[str, str]


class Policy(Closed):
    """The policy: its id, version, chapters and clauses."""

    id: str
    version: str
    title: dict[str, str]
    chapters: tuple[Chapter, ...]
    clauses: tuple[Clause, ...]
    planned: tuple[Planned, ...] = ()


def clause_of(check: str) -> str:
    """The clause that a check belongs to.

    >>> clause_of("6.1.2-c")
    '6.1.2'
    """
    return check.rpartition("-")[0]


def order(check: str) -> tuple[tuple[int, ...], str]:
    """Sorts checks as the policy does: 5.3-a before 10.1-a."""
    clause, _, letter = check.rpartition("-")
    return numbers(clause), letter


def numbers(clause: str) -> tuple[int, ...]:
    """Sorts clauses as the policy does: 5.3 before 10.1."""
    return tuple(int(part) for part in clause.split("."))
