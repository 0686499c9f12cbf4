"""The run before in today's departments and under today's checks: who was renamed or merged answers under the new code."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from engine.audit.issue import fingerprint
from engine.findings import Earlier, Ended, Previous
from engine.relations.organisation import Organisation


def succeeded(previous: Previous, policy: str, departments: Iterable[dict[str, Any]], as_of: str) -> Previous:
    """The run before with every finding of a department that is gone in the report of its successor.

    A finding keeps its number and its dates. Where the successor has a finding of the same check already, that one
    stays and takes over the instances, so that a subject that moved along is not new. Of a department that nobody
    took over the findings stay where they are.

    Args:
        previous: the run before
        policy: id of the policy
        departments: the department records of today's snapshot
        as_of: the snapshot's instant
    """
    organisation = Organisation(departments, as_of)

    today = organisation.successor
    absorbed: dict[str, str] = {}
    return replace(
        previous,
        findings=_moved(previous.findings, policy, today, absorbed),
        numbers=_moved(previous.numbers, policy, today, {}),
        withheld=_moved(previous.withheld, policy, today, {}),
        history=_history(previous.history, today),
        ended=tuple(_ended(row, policy, row.check, today(row.department)) for row in previous.ended),
        absorbed={**previous.absorbed, **absorbed},
    )


def _ended(row: Ended, policy: str, check: str, department: str) -> Ended:
    of = row.subject or f"department:{department}"
    today = {"check": check, "department": department, "fingerprint": fingerprint(policy, check, of)}
    # most stay what they were: a copy of each would be as much again
    return row if today.items() <= dict(row).items() else row.model_copy(update=today)


def inherited(previous: Previous, policy: str, heirs: Mapping[str, str]) -> Previous:
    """The run before with every finding of a check that was replaced as one of the check that stands in its place.

    Else what is open would be carried on for ever, because nobody asks the old check any more.

    Args:
        previous: the run before
        policy: id of the policy
        heirs: check -> the one that decides in its place
    """
    return replace(
        previous,
        findings=_under(previous.findings, policy, heirs),
        numbers=_under(previous.numbers, policy, heirs),
        withheld=_under(previous.withheld, policy, heirs),
        ended=tuple(
            _ended(row, policy, heirs.get(row.check, row.check), row.department) for row in previous.ended
        ),
    )


def _under(findings: dict[str, Earlier], policy: str, heirs: Mapping[str, str]) -> dict[str, Earlier]:
    found = {key: finding for key, finding in findings.items() if finding.check not in heirs}
    for key, finding in sorted(findings.items(), key=lambda one: one[1].number):
        if finding.check not in heirs:
            continue
        check = heirs[finding.check]
        instances = tuple(
            replace(row, fingerprint=fingerprint(policy, check, row.subject)) for row in finding.instances
        )
        heir = fingerprint(policy, check, f"department:{finding.department}")
        if heir not in found:
            found[heir] = finding.model_copy(
                update={"check": check, "fingerprint": heir, "instances": instances}
            )
        else:
            found[key] = finding
    return found


def _moved(
    findings: dict[str, Earlier], policy: str, today: Callable[[str], str], absorbed: dict[str, str]
) -> dict[str, Earlier]:
    stayed = {key: found for key, found in findings.items() if today(found.department) == found.department}
    moved = dict(stayed)
    for found in sorted(
        (findings[key] for key in findings.keys() - stayed.keys()), key=lambda one: one.number
    ):
        code = today(found.department)
        key = fingerprint(policy, found.check, f"department:{code}")
        kept = moved.get(key)
        if kept is None:
            moved[key] = found.model_copy(update={"department": code, "fingerprint": key})
        else:
            moved[key] = kept.model_copy(update={"instances": (*kept.instances, *found.instances)})
            absorbed[found.number] = key
    return moved


def _history(history: dict[str, Any], today: Callable[[str], str]) -> dict[str, Any]:
    """Earlier totals under the new code; of a merger those of the successor, which were its own."""
    rows = dict(history["departments"])
    for code in sorted(rows):
        if today(code) != code and today(code) not in rows:
            rows[today(code)] = rows.pop(code)
    return {**history, "departments": rows}
