"""What else a record could look like if less were known: the variants of a test input.

Left alone is what a sealed snapshot cannot lack: a `uid`, a field that the model requires, a reference to what a record belongs to.
A field that may be none is dropped together with the reason why it is not known, for without one it says that there is none.
"""

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from engine.facts import COMPANY_WIDE, SHARDED, Decision, DeviceUse, Fact, LastActivity, may_be_none
from engine.facts.declared import Declared, flat
from engine.facts.fields import RefTo

REASON = "stale"
NOWHERE = "nowhere/record/none"

_NOT_KNOWN_IF_ABSENT = {
    (Decision, "by"),
    (Decision, "at"),
    (DeviceUse, "at"),
    (LastActivity, "at"),
    (LastActivity, "bound"),
}
"""Parts of a fact have no `unknown` of their own: of these a missing field is not known, of all others it is none."""

_INSTANTS = ("cutoff", "horizon")

_MODELS: dict[str, type[Fact]] = {
    model.plural: model for model in (*SHARDED.values(), *COMPANY_WIDE.values())
}

Step = str | int


@dataclass(frozen=True)
class Variant:
    """A test input in which less is known."""

    name: str
    document: dict[str, Any]
    moved: str = ""
    """Uid of a person who now lies in the context, and so is judged in another shard."""
    field: str = ""
    """The field, or the instant, of which less is known; `people` for somebody who was moved."""
    reason: str = ""
    """Why it is not known, as the record now says; empty if it says nothing."""
    entity: str = ""
    """The fact type of the record of which less is known."""


def variants(document: dict[str, Any], declared: Iterable[Declared] = ()) -> Iterator[Variant]:
    """Every variant of a test document with its `input` and `data`.

    Args:
        document: the test input
        declared: the registers that the company declares
    """
    for where, model, record in records(document, declared):
        for change, path, value in _changes(model, record):
            changed = copy.deepcopy(document)
            _apply(_at(changed, where), path, value)
            yield Variant(
                f"{_shown(where)} {record.get('uid', '')}: {change}",
                changed,
                field=next(step for step in reversed(path) if isinstance(step, str)),
                reason=REASON if value is _UNKNOWN or value is _SET_UNKNOWN else "",
                entity=model.entity,
            )
    for kind in _INSTANTS:
        for name in document.get("data", {}).get(kind, {}):
            changed = copy.deepcopy(document)
            del changed["data"][kind][name]
            yield Variant(f"data.{kind}.{name} missing", changed, field=name)
    yield from _moved(document)


def records(
    document: dict[str, Any], declared: Iterable[Declared] = ()
) -> Iterator[tuple[tuple[Step, ...], type[Fact], dict[str, Any]]]:
    """Every record of a test document: where it is, its model, itself."""
    models = _models(declared)
    for where in (("input",), ("input", "context"), ("data", "company")):
        for plural, rows in flat(_at(document, where, {})).items():
            if plural in models and isinstance(rows, list):
                path = plural.split(".")
                for number, row in enumerate(rows):
                    yield (*where, *path, number), models[plural], row


def misfits(document: dict[str, Any], declared: Iterable[Declared] = ()) -> Iterator[str]:
    """What stands in a test document and in no fact: it would make the law easy to keep."""
    models = _models(declared)
    for where in (("input",), ("input", "context"), ("data", "company")):
        for plural in flat(_at(document, where, {})):
            if plural not in {*models, "context", "department"}:
                yield f"{_shown(where)}: no facts are called {plural}"
    for place, model, record in records(document, declared):
        for field in sorted(set(record) - set(model.model_fields)):
            yield f"{_shown(place)}: {model.entity} has no field {field}"


def _models(declared: Iterable[Declared]) -> dict[str, type[Fact]]:
    return {**_MODELS, **{one.entity: one.model for one in declared}}


def _changes(model: type[BaseModel], record: dict[str, Any]) -> Iterator[tuple[str, tuple[Step, ...], Any]]:
    """Changes of one record: what is done, the path in it, and the new value; `_DROP` takes it away, with or without a reason."""
    for name, info in model.model_fields.items():
        if name not in record or name in {"uid", "unknown"}:
            continue
        value = record[name]
        if not info.is_required():
            if not may_be_none(info):
                yield f"{name} dropped", (name,), _DROPPED
            yield f"{name} not known", (name,), _UNKNOWN
        if _has_unknown(info) and isinstance(value, list):
            yield f"{name} holds only unknown", (name,), ["unknown"]
        elif _has_unknown(info) and value != "unknown":
            yield f"{name} set to unknown", (name,), _SET_UNKNOWN
        if not info.is_required():
            yield from _unlinked(name, info, value)
        yield from _inside((name,), info.annotation, value)


def _inside(
    path: tuple[Step, ...], annotation: Any, value: Any
) -> Iterator[tuple[str, tuple[Step, ...], Any]]:
    part = next(_parts(annotation), None)
    if part is None:
        return
    rows = enumerate(value) if isinstance(value, list) else [(None, value)]
    for number, row in rows:
        here = path if number is None else (*path, number)
        for name, info in part.model_fields.items():
            if name not in row:
                continue
            if (part, name) in _NOT_KNOWN_IF_ABSENT:
                yield f"{_shown((*here, name))} dropped", (*here, name), _DROPPED
            if _has_unknown(info) and row[name] != "unknown":
                yield f"{_shown((*here, name))} set to unknown", (*here, name), "unknown"
            if (part, name) in _NOT_KNOWN_IF_ABSENT and _is_reference(info):
                yield f"{_shown((*here, name))} leads nowhere", (*here, name), NOWHERE


def _unlinked(name: str, info: FieldInfo, value: Any) -> Iterator[tuple[str, tuple[Step, ...], Any]]:
    if not _is_reference(info):
        return
    if isinstance(value, list):
        for number in range(len(value)):
            yield f"{name}[{number}] leads nowhere", (name, number), NOWHERE
    else:
        yield f"{name} leads nowhere", (name,), NOWHERE


def _moved(document: dict[str, Any]) -> Iterator[Variant]:
    people = document.get("input", {}).get("people", [])
    for number, person in enumerate(people):
        changed = copy.deepcopy(document)
        moved = changed["input"]["people"].pop(number)
        changed["input"].setdefault("context", {}).setdefault("people", []).append(moved)
        yield Variant(
            f"people[{number}] {person.get('uid', '')}: in the context",
            changed,
            person.get("uid", ""),
            field="people",
        )


_DROPPED = object()
_UNKNOWN = object()
_SET_UNKNOWN = object()


def _apply(record: dict[str, Any], path: tuple[Step, ...], value: Any) -> None:
    parent = _at(record, path[:-1])
    last = path[-1]
    if value is _DROPPED:
        del parent[last]
    elif value is _UNKNOWN:
        del parent[last]
        record.setdefault("unknown", {})[last] = REASON
    elif value is _SET_UNKNOWN:
        parent[last] = "unknown"
        record.setdefault("unknown", {})[last] = REASON
    else:
        parent[last] = value
        if path[0] == "last_activity" and value == "unknown":
            record.setdefault("unknown", {})[path[0]] = REASON


def _has_unknown(info: FieldInfo) -> bool:
    return "unknown" in _literals(info.annotation)


def _literals(annotation: Any) -> set[Any]:
    arguments = get_args(annotation)
    found: set[Any] = {argument for argument in arguments if isinstance(argument, str)}
    return found.union(*(_literals(argument) for argument in arguments if not isinstance(argument, str)))


def _is_reference(info: FieldInfo) -> bool:
    return any(isinstance(mark, RefTo) for mark in info.metadata) or _mentions(info.annotation)


def _mentions(annotation: Any) -> bool:
    if any(isinstance(mark, RefTo) for mark in getattr(annotation, "__metadata__", ())):
        return True
    return any(_mentions(argument) for argument in get_args(annotation))


def _parts(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _parts(argument)


def _at(document: Any, path: tuple[Step, ...], otherwise: Any = None) -> Any:
    for step in path:
        if isinstance(document, dict) and step not in document:
            return otherwise
        document = document[step]
    return document


def _shown(path: tuple[Step, ...]) -> str:
    """A path as it is read.

    >>> _shown(("input", "people", 0))
    'input.people[0]'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")
