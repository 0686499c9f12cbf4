"""Findings follow the people: what was found of a subject that another department answers for today goes with it.

Otherwise a change of department would look like a rectification in one place and like something new, with new dates,
in the other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from engine.audit.issue import fingerprint
from engine.facts import SHARDED
from engine.facts.declared import is_declared
from engine.findings import Earlier, EarlierInstance, Previous

Answers = dict[str, Any]
"""Check -> what its rule answered, or a text that says why it did not."""


@dataclass(frozen=True)
class _Seen:
    """Where the subjects of earlier findings stand today."""

    places: dict[tuple[str, str], set[str]]
    """Check and subject -> departments in which it fails or is not decided."""
    busy: set[tuple[str, str]]
    """Check and department in which anything fails, is not decided, or was not asked."""


def followed(
    previous: Previous,
    policy: str,
    answers: Iterable[tuple[str, Answers]],
    unseen: Callable[[str, str], bool],
) -> Previous:
    """The run before with what moved where it is today.

    A finding of which nothing is left in its department, while a subject of it fails elsewhere, moves there with its
    number and its dates; where the same check has a finding already, it becomes part of that one. Where something is
    left, the subjects that moved keep the dates, in a finding that gets a number of its own.

    Args:
        previous: the run before, in today's departments and under today's checks
        policy: id of the policy
        answers: department -> what its rules say today
        unseen: whether a department may have subjects of a check that nobody shows
    """
    seen = _seen(previous.findings.values(), answers)
    findings = dict(previous.findings)
    absorbed = dict(previous.absorbed)
    arrived: set[str] = set()
    for key, before in sorted(previous.findings.items(), key=lambda one: one[1].number):
        finding = findings[key]  # may have taken something in by now
        leaving = _leaving(before, seen)
        if not leaving:
            continue
        gone = {one.fingerprint for part in leaving.values() for one in part}
        arrived |= gone
        left = tuple(one for one in finding.instances if one.fingerprint not in gone)
        here = (before.check, before.department) in seen.busy
        if here or (left and unseen(before.check, before.department)):
            findings[key] = finding.model_copy(update={"instances": left})
            leaving_all = None
        else:
            del findings[key]
            leaving_all = min(leaving, key=lambda code: (-len(leaving[code]), code))
        for code, instances in sorted(leaving.items()):
            target = fingerprint(policy, before.check, f"department:{code}")
            kept = findings.get(target)
            if kept is not None:
                together = (*kept.instances, *instances)
                findings[target] = kept.model_copy(update={"instances": together})
                if code == leaving_all:
                    absorbed[before.number] = target
            else:
                moved = {"department": code, "fingerprint": target, "instances": tuple(instances)}
                number = before.number if code == leaving_all else ""
                findings[target] = before.model_copy(update={**moved, "number": number})
    return replace(previous, findings=findings, absorbed=absorbed, arrived=frozenset(arrived))


def may_move(subject: str) -> bool:
    """Whether a subject is in one department at a time.

    What the company has as a whole, such as a product or a request, is judged in each department that has to do with
    it: that one has, and another no longer, is no move.
    """
    entity = subject.partition("/")[2].partition("/")[0]
    return is_declared(entity) or (entity in SHARDED and not SHARDED[entity].from_history)


def _leaving(before: Earlier, seen: _Seen) -> dict[str, list[EarlierInstance]]:
    leaving: dict[str, list[EarlierInstance]] = defaultdict(list)
    for instance in before.instances:
        places = seen.places.get((before.check, instance.subject), set())
        if places and before.department not in places:
            leaving[min(places)].append(instance)
    return leaving


def _seen(findings: Iterable[Earlier], answers: Iterable[tuple[str, Answers]]) -> _Seen:
    wanted: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        wanted[finding.check].update(one.subject for one in finding.instances if may_move(one.subject))
    checks = [check for check, subjects in wanted.items() if subjects]
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    busy: set[tuple[str, str]] = set()
    for code, found in answers:
        for check in checks:
            answer = found.get(check, "")
            if isinstance(answer, str):
                busy.add((check, code))
                continue
            for row in (*answer.get("violations", ()), *answer.get("unknown", ())):
                busy.add((check, code))
                subject = str(row.get("subject", ""))
                if subject in wanted[check]:
                    places[check, subject].add(code)
    return _Seen(places, busy)
