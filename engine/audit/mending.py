"""What would make a subject pass: the smallest change of facts with which its rule, asked again, finds nothing wrong.

Only fields that the check declares as what a remedy changes are tried, one at a time, then two together. A change is
believed if the subject is neither a violation nor unknown afterwards, no other subject is worse off, and the population
is what it was, or less by that one subject, which was dealt with and is judged no more.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from engine.audit.suppose import Place, Record, World
from engine.audit.values import (
    DAYS,
    INSTANTS,
    Scale,
    companions,
    farthest,
    is_text,
    kinds_of,
    pivots,
    scale_of,
    words_of,
)
from engine.calendar import day_start
from engine.checks.mend import Mend
from engine.facts import FACT_TYPES, Fact
from engine.findings import Change

TRIES = 60
"""Questions asked for one subject at most."""

_PIVOTS = 6
_PERSONS = 2
_EXAMPLES = 2
_WORDS = "…"

Ask = Callable[[bytes], Any]
"""A shard in, the answer of the check out; none if there is none."""

Found = tuple[Change, ...]


@dataclass(frozen=True)
class Question:
    """What would make a subject pass? All that it takes to find out, so that it can be sent to another process."""

    check: str
    subject: str
    evidence: dict[str, Any]
    mend: tuple[Mend, ...]
    reads: frozenset[str]
    """Arrays of a shard that the rule is said to read; whether that is so is asked first."""
    shard: Record
    company: Record
    violations: frozenset[str]
    """Subjects that fail today."""
    unknown: frozenset[str]
    population: int
    as_of: str
    zone: str


@dataclass
class _Search:
    question: Question
    ask: Ask
    tries: int = 0
    zone: ZoneInfo = field(init=False)

    def __post_init__(self) -> None:
        self.zone = ZoneInfo(self.question.zone)

    def passes(self, world: World) -> bool:
        """Whether the subject is as it should be in that world, and nobody is worse off."""
        if self.tries >= TRIES:
            return False
        self.tries += 1
        asked, said = self.question, self.ask(world.body())
        if not isinstance(said, dict):
            return False
        violations = {row["subject"] for row in said["violations"]}
        unknown = {row["subject"] for row in said["unknown"]}
        return (
            asked.subject not in violations | unknown
            and violations <= asked.violations
            and unknown <= asked.unknown
            and asked.population - 1 <= said["population"] <= asked.population
        )

    def found(self) -> Found:
        """The change, or the two changes; empty if there is none."""
        world = self.world()
        for mend in self.question.mend:
            for _, change in self.single(mend, world):
                return (change,)
        for number, one in enumerate(self.question.mend):
            for partly, change in self.simple(one, world):
                for other in self.question.mend[:number] + self.question.mend[number + 1 :]:
                    for _, second in self.single(other, partly):
                        return change, second
        return ()

    def world(self) -> World:
        """The shard as it is, without what the rule does not read, so that many questions cost little; the whole of it if that matters."""
        asked = self.question
        small = {
            plural: rows if plural in asked.reads or not isinstance(rows, list) else []
            for plural, rows in asked.shard.items()
        }
        context = asked.shard["context"]
        small["context"] = {plural: rows if plural in asked.reads else [] for plural, rows in context.items()}
        world = World(small, asked.company)
        said = self.ask(world.body())
        alike = (
            isinstance(said, dict)
            and {row["subject"] for row in said["violations"]} == asked.violations
            and {row["subject"] for row in said["unknown"]} == asked.unknown
            and said["population"] == asked.population
        )
        return world if alike else World(asked.shard, asked.company)

    def single(self, mend: Mend, world: World) -> Iterator[tuple[World, Change]]:
        """The worlds, changed in this one thing, that pass."""
        for place, record in self.records(mend, world):
            scale = scale_of(FACT_TYPES[mend.entity].model_fields[mend.name])
            if scale is not None:
                yield from self.limit(mend, world, place, record, scale)
        for changed, change in self.simple(mend, world):
            if self.passes(changed):
                yield changed, change

    def records(self, mend: Mend, world: World) -> list[tuple[Place, Record]]:
        """The records whose field it may be."""
        if mend.add:
            return []
        said = frozenset(value for value in self.question.evidence.values() if isinstance(value, str))
        found = world.about(mend.entity, self.question.subject, said)
        # of several, that of which the evidence tells: it has the same times
        told = {
            place: len(said & {value for value in row.values() if isinstance(value, str)})
            for place, row in found
        }
        return sorted(found, key=lambda one: (-told[one[0]], one[1]["uid"]))[:1]

    def simple(self, mend: Mend, world: World) -> Iterator[tuple[World, Change]]:
        """The worlds, changed in this one thing, whose values have no order; not asked about yet."""
        if mend.add:
            for record in self.examples(mend.add, world):
                yield world.with_more(mend.add, record), _change(mend, "added", mend.add)
            return
        model = FACT_TYPES[mend.entity]
        info = model.model_fields[mend.name]
        for place, record in self.records(mend, world):
            for how, said, value in self.others(model, mend, record, world):
                changed = _with(model, record, {mend.name: value, **mend.along})
                if changed is not None and scale_of(info) is None:
                    yield world.with_record(place, changed), _change(mend, how, said)

    def others(
        self, model: type[Fact], mend: Mend, record: Record, world: World
    ) -> Iterator[tuple[Any, str, Any]]:
        """What else the field could hold: how it is said, and the value."""
        name = mend.name
        info = model.model_fields[name]
        current = record.get(name)
        if words_of(info):
            yield from (("is", word, word) for word in mend.to or words_of(info) if word != current)
        elif kinds := kinds_of(model, name):
            yield from (
                ("somebody", kinds[0], uid) for uid in self.somebody(kinds[0], world) if uid != current
            )
        elif is_text(info) and scale_of(info) is None:
            said = self.question.evidence.get(mend.like, [])
            texts = [str(one) for one in (said if isinstance(said, list) else [said])]
            yield from (("is", text, text) for text in texts if text not in {current, "none", "unknown"})
            if not current:
                yield "stated", "", _WORDS

    def somebody(self, entity: str, world: World) -> list[str]:
        """Things of a type that the violation does not name: people in service, whatever else it is."""
        named = {value for value in self.question.evidence.values() if isinstance(value, str)}
        rows = [row for _, row in world.records(entity) if row["uid"] not in named]
        if entity == "person":
            rows = [row for row in rows if row.get("status") == "active" and "last_day_ends_at" not in row]
        return [row["uid"] for row in rows[:_PERSONS]]

    def examples(self, entity: str, world: World) -> Iterator[Record]:
        """Records like those of others, about the subject instead."""
        model, subject = FACT_TYPES[entity], self.question.subject
        kind = subject.split("/")[1]
        about = [name for name in model.model_fields if kind in kinds_of(model, name)]
        made = [{**row, **dict.fromkeys(about[:1], subject)} for _, row in world.records(entity) if about]
        moments = [name for name, info in model.model_fields.items() if scale_of(info) is INSTANTS][:1]
        when = [one for one in self.question.evidence.values() if INSTANTS.read(one) is not None]
        when += [
            day_start(date.fromisoformat(one), self.zone)
            for one in self.question.evidence.values()
            if DAYS.read(one)
        ]
        for row in made[-_EXAMPLES:]:
            fresh = {**row, "uid": f"supposed/{entity}/1"}
            yield fresh
            for name in moments:
                yield from ({**fresh, name: one} for one in when[:_EXAMPLES])

    def limit(
        self, mend: Mend, world: World, place: Place, record: Record, scale: Scale
    ) -> Iterator[tuple[World, Change]]:
        """The value nearest to what is there that passes; if there is nothing, the latest that would still do."""
        model = FACT_TYPES[mend.entity]

        def at(count: int) -> World | None:
            value = scale.write(count)
            along = dict(companions(mend.name, value, model, self.zone))
            changed = _with(model, record, {mend.name: value, **along, **mend.along})
            return None if changed is None else world.with_record(place, changed)

        def holds(count: int) -> bool:
            there = at(count)
            return there is not None and self.passes(there)

        current = scale.read(record.get(mend.name))
        evidence = [*self.question.evidence.values(), *record.values()]
        near = pivots(scale, current, evidence, self.question.as_of, self.zone)[:_PIVOTS]
        first = next((count for count in near if holds(count)), None)
        if first is None:
            return
        edge = self.edge(first, current, scale, holds)
        how: Any = "such_as" if edge is None else "by" if current is None or edge < current else "from"
        if edge is None and scale is INSTANTS:
            how, edge = "stated", first  # any time until the snapshot: it is enough that it was done
        edge = first if edge is None else edge
        if how == "from" and not holds(farthest(scale, edge, self.question.as_of, self.zone)):
            ahead = pivots(scale, None, (), self.question.as_of, self.zone) if scale is DAYS else []
            how, edge = "such_as", next((day for day in ahead if holds(day)), first)
        there = at(edge)
        if there is not None:
            yield there, _change(mend, how, "" if how == "stated" else str(scale.write(edge)))

    def edge(
        self, passing: int, current: int | None, scale: Scale, holds: Callable[[int], bool]
    ) -> int | None:
        """The last count that passes on the way to one that does not; none if nothing is known not to pass."""
        failing = current
        if failing is None:
            if scale is not INSTANTS:
                return None
            failing = scale.read(self.question.as_of)
            if failing is None or passing >= failing:
                return None
        good, bad = passing, failing
        while abs(bad - good) > scale.step and self.tries < TRIES:
            middle = (good + bad) // 2 // scale.step * scale.step
            if middle in {good, bad}:
                break
            good, bad = (middle, bad) if holds(middle) else (good, middle)
        return good


def would_pass(question: Question, ask: Ask) -> Found:
    """The smallest change that makes the subject pass; empty if none was found.

    Args:
        question: the subject, and what may be changed
        ask: the rule
    """
    return _Search(question, ask).found()


def representative(evidence: Sequence[dict[str, Any]], kinds: dict[str, str], most: int) -> list[int]:
    """Of violations the numbers of the first of each condition, by the closed words in their evidence."""
    seen: dict[str, int] = {}
    for number, one in enumerate(evidence):
        condition = repr([(key, one.get(key)) for key in sorted(kinds) if kinds[key] in {"value", "values"}])
        seen.setdefault(condition, number)
    return list(seen.values())[:most]


def _change(mend: Mend, how: Any, value: str) -> Change:
    return Change(entity=mend.entity, field=mend.name, label=mend.called, how=how, value=value)


def _with(model: type[Fact], record: Record, values: Record) -> Record | None:
    """The record with other values, which are known then; none if it would be no such fact."""
    unknown = {name: why for name, why in record["unknown"].items() if name not in values}
    changed = {**record, **values, "unknown": unknown}
    try:
        model.model_validate(changed)
    except ValidationError:
        return None
    return changed
