"""What a check answered, believed only if it has the shape that the contract asks for."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from engine.checks.description import Description
from engine.facts.fact import reasons
from engine.findings import SEVERITIES

RULE_ERROR = "rule_error"
_REASONS = reasons() | {"sample_not_drawn", "statement_expired", "not_implemented"}
"""Why a subject may be unknown: what facts say, and what checks add."""
_NEEDED = {"subject", "evidence"}
_KEYS = {"subject", "evidence", "severity", "owner", "due"}


@dataclass(frozen=True)
class Violation:
    """One subject that fails a check."""

    subject: str
    evidence: dict[str, Any]
    severity: str
    owner: str
    due: str


@dataclass(frozen=True)
class CheckAnswer:
    """What a check says about a shard."""

    population: int
    violations: tuple[Violation, ...]
    unknown: dict[str, str]
    """Subject -> reason; of several reasons the first by the alphabet."""


def read_answer(check: Description, answer: Any) -> CheckAnswer | str:
    """The answer, or what is wrong with it: then the rule is broken, whatever it meant to say."""
    problem = _shape_problem(answer) or _rows_problem(check, answer)
    if problem:
        return problem
    read = {
        row["subject"]: Violation(
            row["subject"],
            row["evidence"],
            row.get("severity", check.severity),
            row.get("owner", ""),
            row.get("due", ""),
        )
        for row in answer["violations"]
    }
    undecided: dict[str, str] = {}
    for row in answer["unknown"]:
        undecided[row["subject"]] = min(row["reason"], undecided.get(row["subject"], row["reason"]))
    both = read.keys() & undecided.keys()
    if both:
        return f"says of {min(both)} that it fails and that it is not known"
    if answer["population"] < len(read) + len(undecided):
        return f"population is {answer['population']}, and it reports {len(read) + len(undecided)} subjects"
    violations = tuple(read[uid] for uid in sorted(read))
    return CheckAnswer(answer["population"], violations, dict(sorted(undecided.items())))


def _shape_problem(answer: Any) -> str:
    if not isinstance(answer, dict) or set(answer) != {"population", "violations", "unknown"}:
        return "does not answer population, violations and unknown"
    population = answer["population"]
    if isinstance(population, bool) or not isinstance(population, int) or population < 0:
        return f"population is {population!r}, needs a number"
    if not isinstance(answer["violations"], list) or not isinstance(answer["unknown"], list):
        return "violations and unknown need to be sets"
    return ""


def _rows_problem(check: Description, answer: dict[str, Any]) -> str:
    for row in answer["violations"]:
        problem = _violation_problem(check, row)
        if problem:
            return problem
    if len({row["subject"] for row in answer["violations"]}) < len(answer["violations"]):
        subjects = Counter(row["subject"] for row in answer["violations"])
        return f"reports {min(uid for uid, times in subjects.items() if times > 1)} twice"
    for row in answer["unknown"]:
        if (
            not isinstance(row, dict)
            or set(row) != {"subject", "reason"}
            or not isinstance(row["subject"], str)
        ):
            return "an unknown needs a subject and a reason, and nothing else"
        if row["reason"] not in _REASONS:
            return f"gives the reason {row['reason']!r}, which is not in the closed list"
    return ""


def _violation_problem(check: Description, row: Any) -> str:
    if not isinstance(row, dict) or not _NEEDED <= row.keys() <= _KEYS:
        return "a violation needs a subject and evidence, and may state severity, owner and due"
    if not isinstance(row["subject"], str) or not row["subject"]:
        return "a violation needs the uid of its subject"
    if not isinstance(row["evidence"], dict) or row["evidence"].keys() != set(check.evidence):
        found = sorted(row["evidence"]) if isinstance(row["evidence"], dict) else row["evidence"]
        return f"evidence {found}, the description declares {sorted(check.evidence)}"
    if row.get("severity", check.severity) not in {check.severity, *check.graded} & set(SEVERITIES):
        return f"severity {row['severity']!r} is not one that the description allows"
    return ""
