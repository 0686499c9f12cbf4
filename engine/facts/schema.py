"""JSON Schemas of what rules read, generated from the fact models.

OPA's type checker looks through arrays of closed objects, and through nothing else: so there are no maps of records,
no `anyOf` with null, and `unknown` is a closed object of the record's own fields.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from engine.facts import COMPANY_WIDE, SHARDED, Fact
from engine.facts.declared import PREFIX, REGISTERS, Declared, nested
from engine.facts.fact import reasons

Declaration = Declared | str
"""A register of the company's own, or the name of one that a check reads and nobody declared."""


def shard_schema(registers: Sequence[Declaration] = ()) -> dict[str, Any]:
    """The schema of `input`: one department's shard."""
    models = [*SHARDED.values(), *_models(registers, wide=False)]
    arrays = _arrays(models, _undeclared(registers))
    context = _closed(arrays)
    properties = {"department": {"type": "string"}, **arrays, "context": context}
    return _document("One department's shard", properties, models)


def asked_shard_schema(registers: Sequence[Declaration] = ()) -> dict[str, Any]:
    """The shard with the id of the one check that is asked for, and the registers as they would be: what the aggregator sees."""
    schema = shard_schema(registers)
    schema["title"] = "One department's shard, and the check that is asked for"
    asked = {"only": {"type": "string"}, "supposed": {"type": "object", "additionalProperties": True}}
    schema["properties"] = {**asked, **schema["properties"]}
    return schema


def company_schema(registers: Sequence[Declaration] = ()) -> dict[str, Any]:
    """The schema of `data.company`: what all departments need."""
    models = [*COMPANY_WIDE.values(), *_models(registers, wide=True)]
    schema = _document("What all departments need", _arrays(models, _undeclared(registers)), models)
    schema["properties"]["prepared"] = {"type": "object", "additionalProperties": True}
    return schema


def _models(registers: Sequence[Declaration], *, wide: bool) -> list[type[Fact]]:
    """The classes of declared registers of which the rows lie in the company's facts, or in shards."""
    declared = [one for one in registers if isinstance(one, Declared)]
    return [one.model for one in declared if one.model.company_wide == wide]


def _undeclared(registers: Sequence[Declaration]) -> list[str]:
    return [one for one in registers if isinstance(one, str)]


def _arrays(models: Iterable[type[Fact]], undeclared: Iterable[str]) -> dict[str, Any]:
    """Array -> its schema; what nobody declared may hold anything, for no snapshot has it."""
    arrays = nested(
        {model.plural: _array(model) for model in models}
        | {f"{PREFIX}{name}": {"type": "array"} for name in undeclared}
    )
    if REGISTERS in arrays:
        arrays[REGISTERS] = _closed(arrays[REGISTERS])
    return arrays


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": sorted(properties),
    }


def _array(model: type[Fact]) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{model.__name__}"}}


def _document(title: str, properties: dict[str, Any], models: list[type[Fact]]) -> dict[str, Any]:
    definitions: dict[str, Any] = {}
    for model in models:
        definitions.update(_definitions(model))
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": sorted(properties),
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


@cache
def _definitions(model: type[Fact]) -> Mapping[str, Any]:
    """The schema of one class and of its parts, by name; made once, for whoever asks changes nothing in it."""
    schema = model.model_json_schema(ref_template="#/$defs/{model}")
    parts = schema.pop("$defs", {})
    _close_unknown(schema)
    return {name: _without_null(one) for name, one in {**parts, model.__name__: schema}.items()}


def _close_unknown(schema: dict[str, Any]) -> None:
    required = set(schema.get("required", ()))
    reason = {"type": "string", "enum": sorted(reasons())}
    fields = {name: reason for name in schema["properties"] if name not in required}
    schema["properties"]["unknown"] = {
        "description": "field -> why it is not known; empty if all is known",
        "type": "object",
        "additionalProperties": False,
        "properties": fields,
    }


def _without_null(node: Any) -> Any:
    """The node without `anyOf` with null, defaults, titles and our own keywords: what OPA can check."""
    if isinstance(node, list):
        return [_without_null(item) for item in node]
    if not isinstance(node, dict):
        return node
    clean = {
        key: _without_null(value)
        for key, value in node.items()
        if key not in {"default", "title", "may_be_none"} or isinstance(value, dict)
    }
    alternatives = [option for option in clean.get("anyOf", ()) if option != {"type": "null"}]
    if "anyOf" in clean and len(alternatives) == 1:
        del clean["anyOf"]
        clean = {**alternatives[0], **clean}
    if "enum" in clean:
        clean.setdefault("type", "string")
    return clean
