"""A snapshot that was sealed elsewhere is believed only when every fact in it is one of ours."""

from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from engine.canonical import load
from engine.errors import FactError
from engine.facts import Fact
from engine.facts.declared import flat, types_with
from engine.snapshot.store import Snapshot

_BESIDE_FACTS = {"department", "context"}
"""Keys of a shard that are no arrays of facts."""


def validate(snapshot: Snapshot) -> None:
    """Holds every record against the model of its fact: what we seal ourselves has been through this already.

    Raises:
        FactError: the first record that is not a fact, with its file, what was found and what is right
    """
    types = types_with(snapshot.declared).values()
    sharded = {model.plural: model for model in types if not model.company_wide}
    wide = {model.plural: model for model in types if model.company_wide}
    for code in snapshot.codes:
        name = f"facts/departments/{code}.json"
        shard = load(snapshot.shard(code))
        _document(name, {key: rows for key, rows in shard.items() if key not in _BESIDE_FACTS}, sharded)
        _document(f"{name}, context", shard.get("context", {}), sharded)
    _document("facts/company.json", snapshot.company(), wide)


def _document(place: str, arrays: dict[str, Any], models: dict[str, type[Fact]]) -> None:
    for plural, rows in flat(arrays).items():
        if plural not in models:
            raise _wrong(f"{place}: {plural}: unknown array, {_one_of(plural, models)}")
        for number, row in enumerate(rows):
            try:
                models[plural].model_validate(row)
            except ValidationError as error:
                uid = row.get("uid", "") if isinstance(row, dict) else ""
                raise _wrong(f"{place}, {plural}.{number} {uid}: {_told(error, models[plural])}") from error


def _told(error: ValidationError, model: type[BaseModel]) -> str:
    first = error.errors(include_url=False)[0]
    path = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        within = len(first["loc"]) > 1
        return f"{path}: unknown field" + ("" if within else f", {_one_of(path, model.model_fields)}")
    if first["type"] == "missing":
        return f"{path}: found nothing, this field is needed"
    return f"{path}: found {first['input']!r}, {first['msg']}"


def _one_of(name: str, known: Any) -> str:
    near = get_close_matches(name, known, n=1)
    return (f"did you mean {near[0]}? " if near else "") + f"needs one of {', '.join(sorted(known))}"


def _wrong(message: str) -> FactError:
    return FactError(
        message, "the snapshot was not sealed by this version of clausewise: collect again with this one"
    )
