"""How what a source delivers is written, a line a record: the same in a snapshot and while it is being collected."""

from typing import Any

from engine.facts.fact import Fact
from engine.facts.kept import Gathered
from engine.facts.sources import Provenance, RawRecord


def fact_row(fact: Fact) -> dict[str, Any]:
    """What stands in the line of a fact."""
    return {"entity": fact.entity, "fact": fact.record()}


def provenance_row(row: Provenance) -> dict[str, Any]:
    """What stands in the line that says where a fact came from."""
    return {"provenance": row.model_dump(exclude_none=True)}


def raw_row(record: RawRecord) -> dict[str, Any]:
    """What stands in the line of a raw record."""
    return record.model_dump()


def raw_key(record: RawRecord) -> str:
    """The place of a raw record among the others: by what it became, then by its id."""
    return f"{record.entity}\0{record.id}"


def gathered_facts() -> Gathered[Fact]:
    """Facts by uid while they come."""
    types: dict[str, type[Fact]] = {}

    def write(fact: Fact) -> dict[str, Any]:
        types[fact.entity] = type(fact)
        return fact_row(fact)

    return Gathered(write, lambda row: types[row["entity"]].model_validate(row["fact"]))


def gathered_provenance() -> Gathered[Provenance]:
    """Where facts came from, by uid, while they come."""
    return Gathered(provenance_row, lambda row: Provenance.model_validate(row["provenance"]))


def gathered_raw() -> Gathered[RawRecord]:
    """Raw records by `raw_key` while they come."""
    return Gathered(raw_row, RawRecord.model_validate)
