"""What else a field could hold: by the type that its model gives it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, get_args
from zoneinfo import ZoneInfo

from pydantic.fields import FieldInfo

from engine.calendar import day_end, day_start, from_instant
from engine.facts import Fact, references
from engine.facts.fields import Bytes, Count, Day, Days, Instant, Seconds

AHEAD = (90, 180, 30, 365, 0)
"""Days from the snapshot on that are tried for a day that may lie ahead, the best to propose first."""

_NUMBERS = (Bytes, Count, Days, Seconds)
_HOUR = 3600


@dataclass(frozen=True)
class Scale:
    """A kind of value that has an order, counted in whole steps."""

    read: Callable[[Any], int | None]
    write: Callable[[int], Any]
    step: int
    """How fine a limit is looked for."""


def _seconds(value: Any) -> int | None:
    try:
        return int(from_instant(value).timestamp())
    except (TypeError, ValueError):
        return None


def _ordinal(value: Any) -> int | None:
    try:
        return date.fromisoformat(value).toordinal()
    except (TypeError, ValueError):
        return None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


INSTANTS = Scale(_seconds, lambda count: f"{datetime.fromtimestamp(count, UTC):%Y-%m-%dT%H:%M:%SZ}", _HOUR)
DAYS = Scale(_ordinal, lambda count: date.fromordinal(count).isoformat(), 1)
NUMBERS = Scale(_number, lambda count: count, 1)


def scale_of(info: FieldInfo) -> Scale | None:
    """The order of the field's values; none if they have none."""
    types = get_args(info.annotation)
    if Instant in types:
        return INSTANTS
    if Day in types:
        return DAYS
    return NUMBERS if any(one in types for one in _NUMBERS) else None


def words_of(info: FieldInfo) -> tuple[str, ...]:
    """The words of a closed list, that of not knowing left out; empty if the field has no such list."""
    words = [word for one in (info.annotation, *get_args(info.annotation)) for word in get_args(one)]
    return tuple(dict.fromkeys(word for word in words if isinstance(word, str) and word != "unknown"))


def kinds_of(model: type[Fact], name: str) -> tuple[str, ...]:
    """The fact types that a reference field may lead to; empty if it is none, or a list."""
    return next((target.entities for path, target in references(model) if path == (name,)), ())


def is_text(info: FieldInfo) -> bool:
    """Whether the field holds words for people, or an id."""
    return any(getattr(one, "__origin__", one) is str for one in get_args(info.annotation))


def pivots(
    scale: Scale, current: int | None, evidence: Iterable[Any], as_of: str, zone: ZoneInfo
) -> list[int]:
    """Where to begin to look for a value that passes: what the evidence names, and the day of the snapshot.

    The nearest to what is there comes first; where nothing is there, what is best to propose.
    """
    values = list(evidence)
    if scale is NUMBERS:
        said = [value for one in values if (value := scale.read(one)) is not None]
        found = {0, *said, *([2 * current, 4 * current] if current else [])}
        return _nearest(found, current, current or 0)
    today = from_instant(as_of).astimezone(zone).date()
    if scale is DAYS:
        ahead = [today.toordinal() + days for days in AHEAD]
        said = [value for one in values if (value := scale.read(one)) is not None]
        return ahead if current is None else _nearest({*said, *ahead}, current, current)
    now = int(from_instant(as_of).timestamp())
    edges = [
        edge(date.fromordinal(day), zone)
        for one in values
        if (day := _ordinal(one))
        for edge in (day_start, day_end)
    ]
    said = [value for one in [*values, *edges] if (value := scale.read(one)) is not None and value <= now]
    return _nearest({now, *said}, current, now if current is None else current)


def _nearest(found: set[int], current: int | None, here: int) -> list[int]:
    return sorted(found - {current}, key=lambda one: (abs(one - here), one))


def farthest(scale: Scale, edge: int, as_of: str, zone: ZoneInfo) -> int:
    """A value far beyond: if that does not pass, it is not enough to be later or greater."""
    if scale is NUMBERS:
        return 4 * edge + 1
    if scale is DAYS:
        today = from_instant(as_of).astimezone(zone).date().toordinal()
        return max(edge, today + max(AHEAD))
    return max(edge, int(from_instant(as_of).timestamp()))


def companions(name: str, value: Any, model: type[Fact], zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    """What says the same as a day or an instant in other words: its start and end, the time on the company's clock."""
    if _ordinal(value) is not None:
        for suffix, edge in (("_ends_at", day_end), ("_starts_at", day_start)):
            if f"{name}{suffix}" in model.model_fields:
                yield f"{name}{suffix}", edge(date.fromisoformat(value), zone)
    local = f"{name.removesuffix('_at')}_local"
    if _seconds(value) is not None and local in model.model_fields:
        yield local, f"{from_instant(value).astimezone(zone):%Y-%m-%dT%H:%M:%S}"
