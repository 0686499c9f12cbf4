"""The words that rules may use: which fields facts have, which values a field may take, and which fields have an order.

Read from the same schemas that OPA checks rules against, and needed because OPA does not look through the arguments of a function.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from engine.facts import COMPANY_WIDE, FACT_TYPES, SHARDED

ENTITIES: dict[str, str] = {model.plural: name for name, model in FACT_TYPES.items()}
"""Array -> entity."""

COMPANY_ARRAYS = frozenset(model.plural for model in COMPANY_WIDE.values())
SHARD_ARRAYS = frozenset(model.plural for model in SHARDED.values())

_NUMBERS = {"integer", "number"}
_BEGINS_WITH_A_YEAR = r"^\d{4}-"


@dataclass(frozen=True)
class Vocabulary:
    """Fields by name, whatever record they stand in."""

    fields: frozenset[str]
    """Every field of every fact, part of a fact and document."""
    ordered: frozenset[str]
    """Fields of which at least one record has a number, an instant or a date."""
    words: Mapping[str, frozenset[str]]
    """Field -> all values that it may take, where every record that has it closes the list."""
    of_entity: Mapping[tuple[str, str], frozenset[str]]
    """Entity and field -> the values that it may take there."""

    def allowed(self, record: str, field: str) -> frozenset[str] | None:
        """The values of a field of a record; `None` if any text is one.

        Args:
            record: how the rule calls the record; that of an entity says which one it is
            field: the field
        """
        if record in FACT_TYPES and field in FACT_TYPES[record].model_fields:
            return self.of_entity.get((record, field))
        return self.words.get(field)


def vocabulary(schemas: Mapping[str, dict[str, Any]]) -> Vocabulary:
    """The words of all documents that rules read.

    Args:
        schemas: name -> JSON Schema, as the engine gets them
    """
    fields: set[str] = set()
    ordered: set[str] = set()
    free: set[str] = set()
    words: dict[str, set[str]] = {}
    for schema in schemas.values():
        for name, property_ in _properties(schema):
            fields.add(name)
            if "enum" in property_:
                words.setdefault(name, set()).update(map(str, property_["enum"]))
                continue
            free.add(name)
            if property_.get("type") in _NUMBERS or property_.get("pattern", "").startswith(
                _BEGINS_WITH_A_YEAR
            ):
                ordered.add(name)
    return Vocabulary(
        frozenset(fields),
        frozenset(ordered),
        {name: frozenset(found) for name, found in words.items() if name not in free},
        _of_entities(),
    )


@cache
def _of_entities() -> Mapping[tuple[str, str], frozenset[str]]:
    return {
        (entity, name): frozenset(map(str, property_["enum"]))
        for entity, model in FACT_TYPES.items()
        for name, property_ in model.model_json_schema()["properties"].items()
        if "enum" in property_
    }


def _properties(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property below a schema; what `unknown` holds are names of fields, not fields."""
    if isinstance(node, list):
        for item in node:
            yield from _properties(item)
    if not isinstance(node, dict):
        return
    for name, property_ in node.get("properties", {}).items():
        yield name, property_
        if name != "unknown":
            yield from _properties(property_)
    for key, value in node.items():
        if key != "properties":
            yield from _properties(value)
