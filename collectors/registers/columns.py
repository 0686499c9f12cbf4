"""What a column of a register holds, derived from the field of the fact class that it becomes."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from collectors.registers.kinds import Column, Register
from engine.facts import may_be_none
from engine.facts.fields import (
    Bytes,
    Count,
    Day,
    Days,
    Id,
    Instant,
    Latitude,
    LocalTime,
    Longitude,
    RefTo,
    Seconds,
    Sha256,
    Text,
)


class Shape(StrEnum):
    """How the text of a cell is read."""

    TEXT = "text"
    NAME = "name"
    REFERENCE = "reference"
    NUMBER = "number"
    DAY = "date"
    INSTANT = "date and time"
    CHOICE = "choice"
    DIGEST = "digest"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"


class Empty(StrEnum):
    """What an empty cell says."""

    REFUSED = "must be filled"
    NONE = "known to be none"
    NO_TEXT = "known to be empty"
    NO_ITEMS = "known to be an empty list"
    UNKNOWN = "not known"


@dataclass(frozen=True)
class Kind:
    """What one column holds."""

    column: Column
    name: str
    """The field, inside the part if the register has one."""
    shape: Shape
    listed: bool
    choices: tuple[str, ...]
    entities: tuple[str, ...]
    empty: Empty
    none_allowed: bool
    unknown_allowed: bool

    @property
    def in_part(self) -> bool:
        """Whether it belongs to an item of a list rather than to the fact itself."""
        return "." in self.column.field

    def accepts(self) -> str:
        """What is right in such a cell, in words."""
        many = " (several: separated by ;)" if self.listed else ""
        return f"{_RIGHT[self.shape].format(choices=', '.join(self.choices))}{many}"


_RIGHT = {
    Shape.TEXT: "a text",
    Shape.NAME: "a name, code or number",
    Shape.REFERENCE: "the name, login or number of one that is on file",
    Shape.NUMBER: "a whole number, 0 or more",
    Shape.DAY: "a date like 2026-09-30",
    Shape.INSTANT: "a date and time like 2026-09-30 17:05",
    Shape.CHOICE: "one of {choices}",
    Shape.DIGEST: "a SHA-256 digest, 64 characters 0-9 and a-f",
    Shape.LATITUDE: "degrees north, -90 to 90, like 31.2304",
    Shape.LONGITUDE: "degrees east, -180 to 180, like 121.4737",
}

_SHAPES: tuple[tuple[Any, Shape], ...] = (
    (Text, Shape.TEXT),
    (Instant, Shape.INSTANT),
    (Day, Shape.DAY),
    (LocalTime, Shape.INSTANT),
    (Sha256, Shape.DIGEST),
    (Latitude, Shape.LATITUDE),
    (Longitude, Shape.LONGITUDE),
    (Id, Shape.NAME),
    (Count, Shape.NUMBER),
    (Days, Shape.NUMBER),
    (Seconds, Shape.NUMBER),
    (Bytes, Shape.NUMBER),
)


@cache
def kinds(register_columns: tuple[Column, ...], model: type[BaseModel], part: str) -> tuple[Kind, ...]:
    """What each column holds, in their order."""
    return tuple(_kind(column, model, part) for column in register_columns)


def kinds_of(register: Register) -> tuple[Kind, ...]:
    """What each column of a register holds, in their order."""
    return kinds(register.columns, register.model, register.part)


def _kind(column: Column, model: type[BaseModel], part: str) -> Kind:
    name = column.field
    if "." in name:
        name = name.removeprefix(f"{part}.")
        model = _item(model.model_fields[part].annotation)
    info = model.model_fields[name]
    annotation, listed = _single(_annotation(model, name))
    entities = _entities(annotation)
    choices = get_args(annotation) if get_origin(annotation) is Literal else ()
    shape = Shape.CHOICE if choices else Shape.REFERENCE if entities else _shape(annotation)
    return Kind(
        column=column,
        name=name,
        shape=shape,
        listed=listed,
        choices=tuple(str(choice) for choice in choices),
        entities=entities,
        empty=_empty(column, info, shape, listed=listed, choices=choices),
        none_allowed=may_be_none(info),
        unknown_allowed="unknown" in choices or not info.is_required(),
    )


def _empty(column: Column, info: FieldInfo, shape: Shape, *, listed: bool, choices: tuple[Any, ...]) -> Empty:
    nothing = Empty.NO_ITEMS if listed else Empty.NO_TEXT
    match column.blank:
        case "refused":
            return Empty.REFUSED
        case "unknown":
            return Empty.UNKNOWN
        case "empty":
            return nothing
        case "derived":
            pass
    if "unknown" in choices:
        return Empty.UNKNOWN
    if info.is_required():
        return nothing if listed or shape is Shape.TEXT else Empty.REFUSED
    return Empty.NONE if may_be_none(info) else Empty.UNKNOWN


def _annotation(model: type[BaseModel], name: str) -> Any:
    """The field's type with the marks that pydantic takes off it when it is not optional."""
    return model.__annotations__[name]


def _single(annotation: Any) -> tuple[Any, bool]:
    """The type without `| None` and without the tuple around it, and whether there was a tuple."""
    while True:
        if get_origin(annotation) is tuple:
            return _single(get_args(annotation)[0])[0], True
        without = [option for option in get_args(annotation) if option is not type(None)]
        if get_origin(annotation) is Literal or hasattr(annotation, "__metadata__") or len(without) != 1:
            return annotation, False
        annotation = without[0]


def _item(annotation: Any) -> type[BaseModel]:
    item, _ = _single(annotation)
    assert isinstance(item, type)  # noqa: S101  # a part is a list of values by the table's own test
    assert issubclass(item, BaseModel)  # noqa: S101
    return item


def _entities(annotation: Any) -> tuple[str, ...]:
    for mark in getattr(annotation, "__metadata__", ()):
        if isinstance(mark, RefTo):
            return mark.entities
    return ()


def _shape(annotation: Any) -> Shape:
    return next(shape for known, shape in _SHAPES if known == annotation)
