"""Natural keys of registers become references to facts."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from engine.facts import FACT_TYPES, KEY, REASON_OF, Fact, references
from engine.facts.fields import RefTo
from engine.relations.workspace import Record, Workspace, not_known


@lru_cache(maxsize=1024)
def _required(model: type[Fact]) -> frozenset[str]:
    return frozenset(name for name, info in model.model_fields.items() if info.is_required())


@lru_cache(maxsize=1024)
def _references(model: type[Fact]) -> tuple[tuple[tuple[str, ...], RefTo], ...]:
    return tuple(references(model))


def resolve_keys(space: Workspace) -> None:
    """Turns every natural key into the uid that it names; what names nothing, or several, is not known."""
    index = _index(space)
    for entity, records in space.records.items():
        model = space.types[entity]
        for uid in sorted(records):
            record = records[uid]
            for path, target in _references(model):
                _resolve(space, model, record, path, target, index)
        for uid in [uid for uid, record in records.items() if record.get("__drop__")]:
            del records[uid]
            space.short.add(entity)


def map_references(model: type[Fact], record: Record, change: Callable[[str], str | None]) -> None:
    """Replaces the references of a record; `None` is not allowed to come back."""
    for path, _ in _references(model):
        _walk(record, path, change)


def reference_values(model: type[Fact], record: Record) -> list[str]:
    """All uids that a record refers to."""
    found: list[str] = []

    def note(value: str) -> str:
        found.append(value)
        return value

    for path, _ in _references(model):
        _walk(record, path, note)
    return found


def _normal(key: str) -> str:
    return unicodedata.normalize("NFKC", key).strip()


def _index(space: Workspace) -> dict[str, dict[str, set[str]]]:
    index: dict[str, dict[str, set[str]]] = {entity: defaultdict(set) for entity in FACT_TYPES}
    for entity, model in FACT_TYPES.items():
        for record in space.records[entity].values():
            if model.named_by_record:
                index[entity][_normal(record["uid"].split("/", 2)[2])].add(record["uid"])
            for field in model.natural_keys:
                value = record.get(field)
                if isinstance(value, str) and value:
                    index[entity][_normal(value)].add(record["uid"])
                    if "source_system" in record:
                        index[entity][_normal(f"{record['source_system']}:{value}")].add(record["uid"])
    return index


def _lookup(
    space: Workspace, target: RefTo, value: str, index: dict[str, dict[str, set[str]]]
) -> tuple[str, str]:
    """The uid that a reference names, or why it names none."""
    if not value.startswith(KEY):
        found = (space.records[entity].get(value) for entity in target.entities)
        # the text of the record itself: one and the same for all that refer to it
        known = next((str(record["uid"]) for record in found if record is not None), "")
        return (known, "") if known else ("", _why_missing(space, target))
    key = _normal(value.removeprefix(KEY))
    for entity in target.entities:
        named = index[entity].get(key, set())
        if len(named) == 1:
            return next(iter(named)), ""
        if named:
            return "", "ambiguous"
    return "", _why_missing(space, target)


def _why_missing(space: Workspace, target: RefTo) -> str:
    states = [space.state(entity) for entity in target.entities]
    return next(
        (REASON_OF[state] for state in states if state in {"failed", "partial", "stale"}), "not_collected"
    )


def _resolve(
    space: Workspace,
    model: type[Fact],
    record: Record,
    path: tuple[str, ...],
    target: RefTo,
    index: dict[str, dict[str, set[str]]],
) -> None:
    problems: list[tuple[str, str]] = []

    def change(value: str) -> str | None:
        uid, reason = _lookup(space, target, value, index)
        if reason:
            problems.append((value.removeprefix(KEY), reason))
        return uid or None

    _walk(record, path, change)
    for value, reason in problems:
        space.wrong(
            "ambiguous_key" if reason == "ambiguous" else "broken_reference",
            record["uid"],
            f"{'.'.join(path)}: {value}",
        )
    if not problems:
        return
    field, reason, required = path[0], problems[0][1], _required(model)
    if len(path) > 1 and field not in required and not _optional_inside(model.entity, path):
        not_known(record, field, reason)
    elif len(path) == 1 and field in required and not isinstance(record.get(field), list | tuple):
        record["__drop__"] = True
    elif (len(path) == 1 and not isinstance(record.get(field), list | tuple)) or (
        len(path) == 1 and field not in required
    ):
        not_known(record, field, reason)


def _optional_inside(entity: str, path: tuple[str, ...]) -> bool:
    """Whether the reference may be left out of the part that it lies in, such as who took a decision."""
    return (entity, path) in {("approval", ("decisions", "by")), ("approval", ("decisions", "on_behalf_of"))}


def _walk(node: Any, path: tuple[str, ...], change: Callable[[str], str | None]) -> None:
    """Applies `change` to the values at the path; a value without a new one is taken out."""
    name, rest = path[0], path[1:]
    value = node.get(name)
    if value is None:
        return
    if rest:
        for part in value if isinstance(value, list | tuple) else [value]:
            _walk(part, rest, change)
        return
    if isinstance(value, list | tuple):
        node[name] = [new for item in value if (new := change(item)) is not None]
        return
    new = change(value)
    if new is None:
        del node[name]
    else:
        node[name] = new
