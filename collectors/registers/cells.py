"""What one cell of a register says: a value, known to be none, or not known and why."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import assert_never

from collectors.registers.columns import Empty, Kind, Shape
from collectors.registers.moments import ends_at, instant, starts_at, written
from collectors.registers.words import chosen
from engine.facts import KEY

Cell = str | tuple[str, ...]
"""A cell as it is written; YAML can write a list as one."""

Known = str | int | tuple[str, ...] | None

_UNKNOWN = frozenset({"?", "？", "未知"})
_REDACTED = re.compile(r"\*{3,}")
_NONE = frozenset({"-", "—", "無", "无", "none"})
_DIGITS = 15
"""Of a whole number: 2^53, from where on numbers are not exact any more, has sixteen."""

_SEPARATOR = re.compile(r"[;；、\n]")
_DEGREES = re.compile(r"(-?\d{1,3})((?:\.\d+)?)")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class WrongCellError(ValueError):
    """A cell cannot be read; the text says what would be right."""


@dataclass(frozen=True)
class Reading:
    """What a cell says: a value; none with a reason: not known; none without: known to be none."""

    value: Known = None
    reason: str = ""


def reading(kind: Kind, cell: Cell, zone: tzinfo) -> Reading:
    """What a cell of a column says.

    Raises:
        WrongCellError: it says nothing that the column can hold
    """
    items = _items(kind, cell)
    if not items:
        return _blank(kind)
    if len(items) == 1:
        said = _said_of_value(kind, items[0])
        if said is not None:
            return said
    values = tuple(_value(kind, item, zone) for item in items)
    if kind.listed:
        return Reading(tuple(str(value) for value in values))
    return (
        Reading(values[0]) if values[0] != "unknown" or kind.shape is not Shape.CHOICE else _not_known(kind)
    )


def _items(kind: Kind, cell: Cell) -> list[str]:
    parts = list(cell) if isinstance(cell, tuple) else _SEPARATOR.split(cell) if kind.listed else [cell]
    if len(parts) > 1 and not kind.listed:
        raise WrongCellError(kind.accepts())
    return [part.strip() for part in parts if part.strip()]


def _blank(kind: Kind) -> Reading:
    match kind.empty:
        case Empty.REFUSED:
            raise WrongCellError(kind.accepts())
        case Empty.NONE:
            return Reading()
        case Empty.NO_TEXT:
            return Reading("")
        case Empty.NO_ITEMS:
            return Reading(())
        case Empty.UNKNOWN:
            return Reading(reason="not_collected")
        case _:
            assert_never(kind.empty)


def _said_of_value(kind: Kind, text: str) -> Reading | None:
    """What a cell says about the value without giving it: not known, hidden, none."""
    if text in _UNKNOWN:
        return _not_known(kind)
    if _REDACTED.fullmatch(text):
        return _not_known(kind, "redacted")
    if text.casefold() in _NONE and chosen(text, kind.choices, kind.column.words) is None:
        # where nothing cannot be none, it is as good as an empty cell
        return Reading() if kind.none_allowed else _blank(kind)
    return None


def _not_known(kind: Kind, reason: str = "not_collected") -> Reading:
    if kind.empty is Empty.REFUSED or not kind.unknown_allowed:
        raise WrongCellError(f"{kind.accepts()}; it cannot be left open")
    return Reading(reason=reason)


def _value(kind: Kind, text: str, zone: tzinfo) -> str | int:
    plain = unicodedata.normalize("NFKC", text).strip()
    value: str | int | None
    match kind.shape:
        case Shape.TEXT:
            value = unicodedata.normalize("NFC", text)
        case Shape.NAME:
            value = _name(text, plain)
        case Shape.REFERENCE:
            value = KEY + _name(text, plain)
        case Shape.NUMBER:
            value = int(plain) * kind.column.unit if plain.isdecimal() and len(plain) <= _DIGITS else None
        case Shape.DIGEST | Shape.LATITUDE | Shape.LONGITUDE:
            value = _written_so(kind.shape, plain)
        case Shape.CHOICE:
            value = chosen(plain, kind.choices, kind.column.words)
        case Shape.DAY:
            value = _day(plain)
        case Shape.INSTANT:
            value = _instant(kind, plain, zone)
        case _:
            assert_never(kind.shape)
    if value is None:
        raise WrongCellError(kind.accepts())
    return value


def _written_so(shape: Shape, plain: str) -> str | None:
    """A digest, or degrees with six digits behind the point at most: a tenth of a metre."""
    if shape is Shape.DIGEST:
        return plain.lower() if _DIGEST.fullmatch(plain.lower()) else None
    found = _DEGREES.fullmatch(plain)
    most = 90 if shape is Shape.LATITUDE else 180
    return f"{found[1]}{found[2][:7]}" if found and abs(float(plain)) <= most else None


def _day(plain: str) -> str | None:
    day = written(plain)
    return day.isoformat() if day is not None and not isinstance(day, datetime) else None


def _name(text: str, plain: str) -> str:
    """Numbers and codes in plain characters, whatever width they were typed in; names as they are written."""
    return plain if plain.isascii() else unicodedata.normalize("NFC", text)


def _instant(kind: Kind, plain: str, zone: tzinfo) -> str:
    moment: date | datetime | None = written(plain)
    if isinstance(moment, datetime):
        return instant(moment, zone)
    if moment is not None and kind.column.bare_date != "refused":
        return starts_at(moment, zone) if kind.column.bare_date == "start" else ends_at(moment, zone)
    time_too = "; the time of day matters here" if moment is not None else ""
    raise WrongCellError(kind.accepts() + time_too)
