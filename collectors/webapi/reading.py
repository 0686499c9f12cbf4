"""One record of a web service, field by field: what is not said, or said in another shape, is unknown with the reason.

A vendor's documents may be of another edition than the one that answers. So no value is taken for what it is not: a
number of the wrong unit, a text where a number should be and a word that no list has are `unparsable`, and the report
names the field.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from collectors.clocks import from_ms, from_rfc3339
from collectors.harvest import Harvest
from engine.canonical import EXACT

Read = TypeVar("Read", str, int)

_FIRST_MS, _LAST_MS = 946_684_800_000, 4_102_444_800_000
"""2000 and 2100: seconds read as milliseconds, and the other way round, lie outside."""

_LONGEST_WORD = 60

_DIGITS = 15
"""Of a whole number that is written as a text: 2^53 has sixteen."""


class Reading:
    """Reads one record. `unknown` fills with what could not be read."""

    def __init__(self, harvest: Harvest, entity: str, raw: Mapping[str, Any]) -> None:
        self.harvest = harvest
        self.entity = entity
        self.raw = raw
        self.unknown: dict[str, str] = {}

    def text(self, field: str, name: str, absent: str = "not_permitted") -> str | None:
        """A text; null and absent are not known, for the reason `absent`."""
        return self._read(field, name, absent, lambda value: value if isinstance(value, str) else None)

    def tri(self, field: str, name: str, absent: str = "not_permitted") -> str | None:
        """Yes or no, from a true or false."""
        return self._read(field, name, absent, _yes_or_no)

    def word(
        self, field: str, name: str, table: Mapping[Any, str], absent: str = "not_permitted"
    ) -> str | None:
        """A word, a number or a true or false of the vendor in our words."""
        return self._read(field, name, absent, lambda value: _found(value, table), shown=True)

    def count(self, field: str, name: str, absent: str = "not_permitted") -> int | None:
        """A whole number, which some vendors write as a text."""
        return self._read(field, name, absent, _whole)

    def seconds(self, field: str, name: str, absent: str = "not_permitted") -> str | None:
        """An instant, from seconds since 1970."""
        return self._read(field, name, absent, lambda value: _of_ms(_whole(value), 1000))

    def milliseconds(self, field: str, name: str, absent: str = "not_permitted") -> str | None:
        """An instant, from milliseconds since 1970."""
        return self._read(field, name, absent, lambda value: _of_ms(_whole(value), 1))

    def rfc3339(self, field: str, name: str, absent: str = "not_permitted") -> str | None:
        """An instant, from a text with an offset."""
        return self._read(field, name, absent, lambda value: from_rfc3339(str(value)))

    def odd(self, field: str, name: str, *, shown: bool = False) -> None:
        """Note a value that is not what it should be; a text of the vendor is only shown where it is a word of a list."""
        value = self.raw.get(name)
        plain = isinstance(value, (int, float)) or (shown and isinstance(value, str))
        said = str(value)[:_LONGEST_WORD] if plain else type(value).__name__
        self.harvest.mapped(f"{self.entity}.{field}", f"{name}: {said}", {})
        self.unknown[field] = "unparsable"

    def absent(self, field: str, name: str) -> None:
        """Note a value whose very name is not in the record, where every record should have it."""
        self.harvest.mapped(f"{self.entity}.{field}", f"{name}: absent", {})
        self.unknown[field] = "unparsable"

    def _read(
        self,
        field: str,
        name: str,
        absent: str,
        read: Callable[[Any], Read | None],
        *,
        shown: bool = False,
    ) -> Read | None:
        value = self.raw.get(name)
        if value is None:
            self.unknown[field] = absent
            return None
        try:
            found = read(value)
        except ValueError:
            found = None
        if found is None:
            self.odd(field, name, shown=shown)
        return found


def _yes_or_no(value: Any) -> str | None:
    return ("yes" if value else "no") if isinstance(value, bool) else None


def _found(value: Any, table: Mapping[Any, str]) -> str | None:
    """The word of the table; 1 is not true, and true is not 1."""
    return next((word for key, word in table.items() if type(key) is type(value) and key == value), None)


def _whole(value: Any) -> int | None:
    """A number that is not negative, or its digits."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return int(value) if value.isascii() and value.isdecimal() and len(value) <= _DIGITS else None
    return value if isinstance(value, int) and 0 <= value <= EXACT else None


def _of_ms(number: int | None, factor: int) -> str | None:
    if number is None or not _FIRST_MS <= number * factor < _LAST_MS:
        return None
    return from_ms(number * factor)
