"""What a collector hands over: facts, where each came from, and how complete the source was."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal, TypeVar

from pydantic import SerializeAsAny, WrapSerializer, WrapValidator

from engine.facts.fact import Fact, Value
from engine.facts.fields import Count, Id, Instant, Sha256, Text, needed, optional
from engine.facts.kept import Kept

Completeness = Literal["complete", "partial", "failed", "stale", "not_configured"]
"""How far the records of a fact type can be believed to be all there are."""

REASON_OF: dict[str, str] = {
    "partial": "source_partial",
    "failed": "source_failed",
    "stale": "stale",
    "not_configured": "not_collected",
}
"""Completeness -> reason of what is not known because of it."""


class Provenance(Value):
    """Where a fact came from; lies beside the facts, joined by uid."""

    uid: Id = needed("the fact")
    name: Text = needed("how people call it")
    source_id: Id = needed("the source")
    source_record_id: Id = needed("the source's own id of the record")
    observed_at: Instant | None = optional("the source's own time of the record")
    collected_at: Instant = needed("when it was collected")
    raw_sha256: Sha256 = needed("digest of the canonical raw record, without volatile fields")


class SourceReport(Value):
    """What one source delivered, and whether that was everything: its entry in the manifest."""

    id: Id = needed("id in company.yaml")
    type: Id = needed("kind of source")
    title: Text = needed("how people call it")
    delivers: tuple[Id, ...] = needed("entities that this source is asked for")
    departments: tuple[Id, ...] | None = optional("codes of the departments that it covers; none: all")
    completeness: Completeness = needed("whether it delivered everything")
    problems: tuple[Text, ...] = needed("why not, in words")
    collected_from: Instant = needed("start of the collection")
    collected_to: Instant = needed("end of the collection")
    as_of: Instant | None = optional("the source's own date of its data, where it states one")
    collector: Text = needed("name and version of the collector")
    source_version: Text | None = optional("version of the source, where it tells")
    expected: dict[str, Count] = needed("entity -> how many records the source says that there are")
    received: dict[str, Count] = needed("entity -> how many facts came")
    limits: dict[str, str] = needed("entity.field -> why this source cannot deliver it")
    unmapped: tuple[Text, ...] = needed("values of the source that no enumeration knows")


def _as_kept(given: Any, validate: Callable[[Any], Any]) -> Any:
    """What lies in a file stays there: it was held against its model when it was put there."""
    return given if isinstance(given, Kept) else validate(tuple(given))


def _whole(records: Any, write: Callable[[Any], Any]) -> Any:
    return write(tuple(records))


One = TypeVar("One")
Records = Annotated[Sequence[One], WrapValidator(_as_kept), WrapSerializer(_whole)]
"""A tuple, or what is too much for one: see `engine.facts.kept`."""


class Collected(Value):
    """All that one source delivered."""

    report: SourceReport = needed("how complete it is")
    # whole when it is dumped, and not only what all facts have in common
    facts: Records[SerializeAsAny[Fact]] = needed("the facts")
    provenance: Records[Provenance] = needed("one row a fact")
    raw: Records["RawRecord"] = needed("the canonical raw records")


class RawRecord(Value):
    """One record as the source gave it, without contents and secrets."""

    id: Id = needed("the source's own id of the record")
    entity: Id = needed("what it became")
    body: str = needed("canonical JSON")
