"""What two reviewers say together: where they agree, how far beyond chance, and what is left open; pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import UsageError
from engine.sampling.form import CANNOT_TELL, QUESTIONS
from engine.sampling.labels import Labels

_FIELDS = tuple(question.field for question in QUESTIONS)


@dataclass(frozen=True)
class Agreement:
    """How two reviewers agree about one question."""

    field: str
    both: int
    """Messages that both answered."""
    agreed: int
    kappa: float | None
    """Cohen's kappa; none if both gave one and the same answer throughout, or nothing: chance explains all of it then."""


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two reviewers' answers: 1 all alike, 0 as alike as chance, below 0 less than that.

    >>> kappa([("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15)
    0.4
    >>> kappa([("no", "no")] * 5) is None
    True
    """
    count = len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    agreed = sum(one == other for one, other in pairs)
    by_chance = sum(first[answer] * second[answer] for answer in first)
    # in whole numbers up to the last step: (p_o - p_e) / (1 - p_e), with both multiplied by the square of the count
    if count * count == by_chance:
        return None
    return round((agreed * count - by_chance) / (count * count - by_chance), 4)


def agreements(first: Labels, second: Labels) -> list[Agreement]:
    """How two reviewers agree, question by question."""
    found = []
    for field in _FIELDS:
        pairs = [
            (answers[field], other[field])
            for number, answers in sorted(first.answers.items())
            if _said(answers, field) and _said(other := second.answers[number], field)
        ]
        found.append(Agreement(field, len(pairs), sum(one == other for one, other in pairs), kappa(pairs)))
    return found


def merged(document: dict[str, Any], said: Sequence[Labels], referee: Labels | None) -> list[dict[str, Any]]:
    """The labels of each message, from one or two reviewers and whoever settled their differences.

    What only one of two answered is open, and so is what they answered differently and nobody settled. A label is
    confirmed by as many as answered anything about the message.

    Raises:
        UsageError: two workbooks are of one reviewer
    """
    names = [one.reviewer.casefold() for one in (*said, *([referee] if referee else []))]
    if len(set(names)) < len(names):
        raise UsageError(
            f"found two workbooks of {said[0].reviewer}, needs one of each reviewer",
            "two people label on their own",
        )
    rows = []
    for item in document["items"]:
        each = [one.answers[item["number"]] for one in said]
        settling = referee.answers[item["number"]] if referee else {}
        rows.append(_row(item, each, settling))
    return rows


def _row(item: dict[str, Any], each: Sequence[dict[str, str]], settling: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    disputed = []
    settled = False
    for field in _FIELDS:
        answers = {one.get(field, "") if _said(one, field) else "" for one in each}
        if len(answers) == 1:
            row[field] = answers.pop()
        elif "" in answers:
            row[field] = ""
        elif _said(settling, field):
            row[field], settled = settling[field], True
        else:
            row[field] = ""
            disputed.append(field)
    for field in ("off_topic", "visible_to_outsider"):
        if item[field] not in {"", "unknown"}:
            row[field] = item[field]
    row["reviewers"] = sum(any(_said(one, field) for field in _FIELDS) for one in each) + settled
    row["disputed"] = disputed
    if row["request"] != "yes":
        row["addressee"] = row["reply"] = ""
    elif not row["addressee"]:
        # an empty cell would say that nobody was asked
        row["addressee"] = CANNOT_TELL
    return row


def _said(answers: dict[str, str], field: str) -> bool:
    return answers.get(field, CANNOT_TELL) != CANNOT_TELL
