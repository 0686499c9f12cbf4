"""A shard and the company's registers as they would be, if something in them were otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from engine.facts import COMPANY_WIDE, FACT_TYPES, Fact, references

Record = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a record lies."""

    part: str
    """`own` or `context` of the shard, or `company`."""
    plural: str
    index: int


@dataclass(frozen=True)
class World:
    """What a rule is asked about."""

    shard: Record
    company: Record
    changed: dict[Place, Record] = field(default_factory=dict)
    added: tuple[tuple[str, Record], ...] = ()
    """Fact types and records that are there beside the others."""

    def records(self, entity: str) -> Iterator[tuple[Place, Record]]:
        """The records of a fact type as they are in this world, those of the shard's own department first."""
        plural = FACT_TYPES[entity].plural
        if entity in COMPANY_WIDE:
            parts = {"company": self.company}
        else:
            parts = {"own": self.shard, "context": self.shard["context"]}
        for part, body in parts.items():
            for index, row in enumerate(body.get(plural, ())):
                place = Place(part, plural, index)
                yield place, self.changed.get(place, row)

    def about(self, entity: str, subject: str, named: frozenset[str]) -> list[tuple[Place, Record]]:
        """The records of a fact type that a violation is about: its subject, what its evidence names, else what refers to the subject."""
        rows = list(self.records(entity))
        for wanted in (frozenset({subject}), named):
            found = [(place, row) for place, row in rows if row["uid"] in wanted]
            if found:
                return found
        return [(place, row) for place, row in rows if subject in set(_targets(FACT_TYPES[entity], row))]

    def with_record(self, place: Place, record: Record) -> "World":
        """The same, but for one record."""
        return replace(self, changed={**self.changed, place: record})

    def with_more(self, entity: str, record: Record) -> "World":
        """The same, and one record more."""
        return replace(self, added=(*self.added, (entity, record)))

    def body(self) -> bytes:
        """The shard as the engine is asked about it; the registers go along only if something in them is otherwise."""
        own, context, company = dict(self.shard), dict(self.shard["context"]), dict(self.company)
        parts = {"own": own, "context": context, "company": company}
        for part, plural in {(place.part, place.plural) for place in self.changed}:
            rows = list(parts[part][plural])
            for place, record in self.changed.items():
                if (place.part, place.plural) == (part, plural):
                    rows[place.index] = record
            parts[part][plural] = rows
        for entity, record in self.added:
            body = company if entity in COMPANY_WIDE else own
            plural = FACT_TYPES[entity].plural
            body[plural] = [*body[plural], record]
        asked: Record = {**own, "context": context}
        if any(place.part == "company" for place in self.changed) or any(
            entity in COMPANY_WIDE for entity, _ in self.added
        ):
            asked["supposed"] = company
        return orjson.dumps(asked)


def _targets(model: type[Fact], record: Record) -> Iterator[str]:
    """Uids that a record refers to at its top."""
    for path, _ in references(model):
        value = record.get(path[0])
        if len(path) == 1 and value is not None:
            yield from [value] if isinstance(value, str) else value
