"""What other findings tell of one that is withheld: checks about earlier findings name them as their subjects."""

from collections.abc import Iterable, Iterator

import orjson

from engine.audit.past import prior_uid
from engine.errors import IssueError
from engine.findings import Finding, FindingState, Undecided

_EARLIER = {FindingState.PERSISTING, FindingState.UNVERIFIED}
"""Only what an earlier run has can be the subject of a check."""


def subject_of(finding: Finding) -> str:
    """The uid under which checks about earlier findings know one; empty: they know nothing of it."""
    return prior_uid(finding) if finding.state in _EARLIER else ""


def untold(findings: Iterable[Finding], withheld: Iterable[Finding]) -> None:
    """Refuses to issue a finding that tells of one that is withheld.

    Raises:
        IssueError: it names all of them
    """
    subjects = {subject: one for one in withheld if (subject := subject_of(one))}
    telling = [
        f"{one.number} ({one.check}) tells of {subjects[subject].number}"
        for one in findings
        for subject in _named(one, subjects)
    ]
    if telling:
        raise IssueError(
            f"withheld findings would be told of by {len(telling)} others: {'; '.join(telling)}",
            "withhold these too, or confirm what they tell of (review RUN --import FILE)",
        )


def undecided_without(rows: Iterable[Undecided], withheld: Iterable[Finding]) -> list[Undecided]:
    """Subjects that could not be decided, without those that are withheld findings; results count them all the same."""
    subjects = {subject_of(one) for one in withheld}
    return [row for row in rows if row.subject not in subjects]


def _named(finding: Finding, subjects: Iterable[str]) -> Iterator[str]:
    said = orjson.dumps([[one.subject, one.evidence] for one in finding.instances]).decode()
    for subject in subjects:
        if f'"{subject}"' in said:
            yield subject
