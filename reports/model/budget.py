"""The finding budget: the fewest actions that close the most findings of a department.

An action is a deed done to a thing, from the closed list of deeds, and closes an instance only where its check says so
and the rule bears it out: whoever shuts a leaver's account out also ends its places in five groups, but sends no notice
that HR owed. A finding is closed when all its instances are; one with an instance that no deed closes is never counted.
What is chosen is a cover of the graph of findings and actions, one connected part at a time.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import networkx as nx

from engine.deeds import DEEDS, SUBJECT
from engine.findings import SEVERITIES, Finding, Instance, Severity
from reports.catalogue import Check
from reports.model.budget_shapes import Budget, BudgetAction
from reports.model.days import has_passed
from reports.model.names import Names

MOST = 3
"""A reader with two minutes does three things."""

_STEPS = 5_000
"""Sets that are tried in one connected part before what was found so far has to do."""

Need = frozenset[str]
"""Things of which one has to be dealt with: an instance."""

Things = frozenset[str]

_Worth = tuple[int, ...]
"""Findings closed, those of each severity, worst first, and things that are preferred: more is better from left to right."""


_NOTHING: _Worth = (0,) * (2 + len(SEVERITIES))


@dataclass
class _Best:
    """The best that is known for each number of things, in one connected part or in several together."""

    things: dict[int, Things] = field(default_factory=lambda: {0: frozenset()})
    worth: dict[int, _Worth] = field(default_factory=lambda: {0: _NOTHING})
    is_exact: bool = True

    def keep(self, things: Things, worth: _Worth) -> None:
        """Remember the set if it is better than the one of its size, or as good and earlier in the alphabet."""
        size = len(things)
        here = (worth, sorted(things))
        if (
            size not in self.worth
            or (here[0] > self.worth[size])
            or (here[0] == self.worth[size] and here[1] < sorted(self.things[size]))
        ):
            self.things[size], self.worth[size] = things, worth


@dataclass(frozen=True)
class Plan:
    """What to deal with."""

    things: Things
    closes: frozenset[str]
    """Findings."""
    is_exact: bool
    """No other set of so many things or fewer closes more."""


def plan(
    needs: Mapping[str, Sequence[Need]],
    severities: Mapping[str, Severity],
    preferred: Collection[str] = (),
    most: int = MOST,
) -> Plan:
    """At most so many things that close the most findings, and no more things than that takes.

    Of sets that close as many, the one that closes the worse findings is taken, then the one with more of what is
    preferred.

    Args:
        needs: finding -> its instances, each as the things of which one has to be dealt with
        severities: of the findings
        preferred: things that are to be named rather than others that would do as well
        most: how many things at most
    """
    whole = _Best()
    for part in _parts(needs):
        whole = _joined(whole, _Part(part, severities, preferred, most).best(), most)
    count = max(whole.worth, key=lambda count: (whole.worth[count][: 1 + len(SEVERITIES)], -count))
    things = whole.things[count]
    return Plan(things, frozenset(_closed(needs, things)), whole.is_exact)


def all_of(needs: Mapping[str, Sequence[Need]]) -> tuple[int, bool]:
    """How many things close every finding, and whether fewer cannot.

    Each time the thing is taken that most open instances need; as many as there are instances without a thing in
    common are needed in any case, and where the two agree, the number is certain.
    """
    taken, disjoint = 0, 0
    for part in _parts(needs):
        open_ = {need for instances in part.values() for need in instances}
        touched: set[str] = set()
        for need in sorted(open_, key=lambda need: (len(need), sorted(need))):
            if touched.isdisjoint(need):
                disjoint += 1
                touched |= need
        while open_:
            counted: dict[str, int] = {}
            for need in open_:
                for thing in need:
                    counted[thing] = counted.get(thing, 0) + 1
            chosen = min(counted, key=lambda thing: (-counted[thing], thing))
            open_ = {need for need in open_ if chosen not in need}
            taken += 1
    return taken, taken == disjoint


def _parts(needs: Mapping[str, Sequence[Need]]) -> list[dict[str, Sequence[Need]]]:
    """The findings by connected parts of the graph: those in different parts have no thing in common."""
    graph: nx.Graph[tuple[str, str]] = nx.Graph()
    for finding, instances in needs.items():
        graph.add_node(("finding", finding))
        graph.add_edges_from((("finding", finding), ("thing", thing)) for need in instances for thing in need)
    parts = []
    for nodes in nx.connected_components(graph):
        findings = sorted(name for kind, name in nodes if kind == "finding")
        parts.append({finding: needs[finding] for finding in findings})
    return sorted(parts, key=min)


class _Part:
    """One connected part, and the sets of things in it that close findings."""

    def __init__(
        self,
        needs: Mapping[str, Sequence[Need]],
        severities: Mapping[str, Severity],
        preferred: Collection[str],
        most: int,
    ) -> None:
        self._covers = {finding: _covers(instances, most) for finding, instances in needs.items()}
        self._severities = severities
        self._preferred = preferred
        self._most = most

    def best(self) -> _Best:
        """The best sets of each size: all unions of sets that each close a finding are tried."""
        units = sorted(
            {unit for covers in self._covers.values() for unit in covers},
            key=lambda unit: (len(unit), sorted(unit)),
        )
        best = _Best()
        seen: set[Things] = {frozenset()}
        waiting = deque(seen)
        while waiting:
            chosen = waiting.popleft()
            for unit in units:
                wider = chosen | unit
                if len(wider) > self._most or wider in seen:
                    continue
                if len(seen) > _STEPS:
                    best.is_exact = False
                    return best
                seen.add(wider)
                waiting.append(wider)
                best.keep(wider, self._worth(wider))
        return best

    def _worth(self, things: Things) -> _Worth:
        closed = [
            finding for finding, covers in self._covers.items() if any(cover <= things for cover in covers)
        ]
        by_severity = (sum(self._severities[one] == severity for one in closed) for severity in SEVERITIES)
        return (len(closed), *by_severity, sum(thing in self._preferred for thing in things))


def _covers(instances: Iterable[Need], most: int) -> set[Things]:
    """All sets of at most so many things that close every one of the instances and from which nothing can be left out."""
    found: set[Things] = {frozenset()}
    for need in sorted(set(instances), key=lambda need: (len(need), sorted(need))):
        wider: set[Things] = set()
        for chosen in found:
            if chosen & need:
                wider.add(chosen)
            elif len(chosen) < most:
                wider |= {chosen | {thing} for thing in need}
        found = {one for one in wider if not any(other < one for other in wider)}
        if not found:
            break
    return found


def _joined(one: _Best, other: _Best, most: int) -> _Best:
    """The best of two parts together: their worths add up, for no finding is in both."""
    joined = _Best(is_exact=one.is_exact and other.is_exact)
    for here, there in product(sorted(one.things), sorted(other.things)):
        if here + there <= most:
            worth = tuple(map(sum, zip(one.worth[here], other.worth[there], strict=True)))
            joined.keep(one.things[here] | other.things[there], worth)
    return joined


def _closed(needs: Mapping[str, Sequence[Need]], things: Things) -> list[str]:
    return [finding for finding, instances in needs.items() if all(need & things for need in instances)]


def needs_of(findings: Iterable[Finding], checks: Mapping[str, Check]) -> dict[str, list[Need]]:
    """Fingerprint of each finding that actions can close -> for each of its open instances the actions that close it.

    Only what is a remedy of some open instance is an action at all; that it closes others as well is its merit. What is
    said of an earlier finding that is still open itself is closed together with that one.
    """
    by_check = {finding.check: finding for finding in findings}
    remedies = {
        action
        for finding in by_check.values()
        for instance in finding.instances
        if not instance.waiver
        for action in _actions_on(instance, checks[finding.check].through)
    }
    needs: dict[str, list[Need]] = {}
    for finding in by_check.values():
        found = [need & remedies for need in _needs(finding, by_check, checks, frozenset())]
        if found and all(found):
            needs[finding.fingerprint] = found
    return needs


def _needs(
    finding: Finding, by_check: Mapping[str, Finding], checks: Mapping[str, Check], seen: frozenset[str]
) -> Iterator[Need]:
    for instance in finding.instances:
        if instance.waiver:
            continue
        earlier = by_check.get(str(instance.evidence.get("check", "")))
        if earlier and earlier.check not in seen and _is_said_of(instance.subject, earlier):
            inside = list(_needs(earlier, by_check, checks, seen | {finding.check}))
            if inside:
                yield from inside
                continue
        check = checks[finding.check]
        yield frozenset({*_actions_on(instance, check.through), *_actions_on(instance, check.also_through)})


def _actions_on(instance: Instance, deeds: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The actions that the deeds amount to: `shut_out chat/account/x`; a deed that cannot be done to such a thing is none."""
    for deed, keys in deeds.items():
        for key in keys:
            thing = instance.subject if key == SUBJECT else instance.evidence.get(key)
            if isinstance(thing, str) and _entity(thing) in _KINDS.get(deed, ()):
                yield f"{deed} {thing}"


def budget(
    findings: Sequence[Finding], checks: Mapping[str, Check], names: Names, *, as_of: str, told_on: str
) -> Budget | None:
    """What page and model say of it; none where no choice of actions closes more findings than it has actions.

    Args:
        findings: the open ones of a department, worst first
        checks: the catalogue
        names: of the things
        as_of: instant of the snapshot
        told_on: day of the notice
    """
    needs = needs_of(findings, checks)
    subjects = {instance.subject for finding in findings for instance in finding.instances}
    chosen = plan(
        needs,
        {finding.fingerprint: finding.severity for finding in findings},
        {
            action
            for instances in needs.values()
            for need in instances
            for action in need
            if action.partition(" ")[2] in subjects
        },
    )
    if len(chosen.closes) <= len(chosen.things):  # as many actions as findings: nothing is saved
        return None
    everything, is_certain = all_of(needs)
    return Budget(
        actions=tuple(_actions(chosen, findings, needs, names, as_of=as_of, told_on=told_on)),
        closes=len(chosen.closes),
        open=len(findings),
        is_most=chosen.is_exact,
        all_actions=everything,
        all_close=len(needs),
        is_fewest=is_certain,
    )


def _actions(
    chosen: Plan,
    findings: Sequence[Finding],
    needs: Mapping[str, Sequence[Need]],
    names: Names,
    *,
    as_of: str,
    told_on: str,
) -> Iterator[BudgetAction]:
    """The chosen actions, each time the one that closes most next to those before it."""
    done: set[str] = set()
    left = set(chosen.things)
    closed: set[str] = set()
    while left:
        gains = {action: set(_closed(needs, frozenset(done | {action}))) - closed for action in left}
        action = min(left, key=lambda one: (-len(gains[one]), one))
        left.remove(action)
        done.add(action)
        closed |= gains[action]
        touched = [
            finding
            for finding in findings
            if any(action in need for need in needs.get(finding.fingerprint, ()))
        ]
        deed, _, thing = action.partition(" ")
        days = [
            finding.contain_by or finding.correct_by
            for finding in touched
            if finding.fingerprint in gains[action] or finding.fingerprint not in closed
        ]
        yield BudgetAction(
            deed=deed,
            subject=thing,
            kind=_entity(thing),
            name=names.of_subject(thing),
            by=min(days),
            is_overdue=names.clock.has_ended(min(days), as_of),
            has_passed=has_passed(min(days), told_on),
            closes=tuple(f.check for f in touched if f.fingerprint in gains[action]),
            helps=tuple(f.check for f in touched if f.fingerprint not in closed),
            instances=sum(action in need for f in touched for need in needs[f.fingerprint]),
        )


def _is_said_of(subject: str, earlier: Finding) -> bool:
    """Whether the subject is what the audit keeps of a finding from one run to the next."""
    return _entity(subject) == "prior_finding" and subject.endswith(f"/{earlier.department}/{earlier.check}")


def _entity(uid: str) -> str:
    return uid.split("/")[1] if uid.count("/") > 1 else ""


_KINDS: Mapping[str, tuple[str, ...]] = {str(deed): kinds for deed, kinds in DEEDS.items()}
