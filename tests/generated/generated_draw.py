"""Choices by a chance that hypothesis seeds: each field is mostly as it should be, now and then at the edge of a limit or not known."""

from datetime import timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from engine.calendar import from_instant, to_instant
from engine.facts.fact import Fact

ZONE = ZoneInfo("Asia/Shanghai")

UNKNOWN = object()
"""A field that the source could not deliver."""

NONE = None
"""A field that is known to be none."""

_USUAL = (14, 5, 50)
"""How often the usual value comes for once that another one does: a company of average order, a mess, a tidy one."""

_REASONS = ("not_supported", "stale", "redacted")


Fields = dict[str, Any]
Others = dict[str, tuple[Any, ...]]
"""Field -> values that it has instead now and then."""


def local(at: Any) -> Any:
    """The same moment by the company's clock."""
    if at is UNKNOWN or at is NONE:
        return at
    return from_instant(at).astimezone(ZONE).strftime("%Y-%m-%dT%H:%M:%S")


class Maker:
    """Facts of one company, with what is drawn for their fields."""

    def __init__(self, chance: Random, as_of: str) -> None:
        self._chance = chance
        self.as_of = as_of
        self.facts: dict[str, list[Fact]] = {}
        self._usual = chance.choice(_USUAL)

    def pick(self, *values: Any) -> Any:
        """One of the values, each as likely as the other."""
        return self._chance.choice(values)

    def mostly(self, usual: Any, *others: Any) -> Any:
        """The usual value, or now and then another one."""
        return self._chance.choice((*[usual] * self._usual, *others))

    def now_and_then(self) -> bool:
        """Whether something happens that seldom does."""
        return self.mostly("no", "yes") == "yes"

    def number(self, least: int, most: int) -> int:
        """A small number."""
        return self._chance.randint(least, most)

    def at(self, days: float, seconds: int = 0) -> str:
        """The instant so many days, and seconds, before the company's date."""
        return to_instant(from_instant(self.as_of) - timedelta(days=days, seconds=seconds))

    def around(self, *days: float) -> str:
        """An instant at one of these distances from the company's date, exactly or a second off."""
        return self.at(self.pick(*days), self.pick(0, 1, -1))

    def edges(self, *days: float) -> tuple[str, ...]:
        """Instants at each of these distances from the company's date, exactly and a second off."""
        return tuple(self.at(each, off) for each in days for off in (0, 1, -1))

    def clocked(self, name: str, at: Any) -> Fields:
        """An instant, and the same by the company's clock, which `varied` sets."""
        return {f"{name}_at": at, f"{name}_local": at}

    def varied(self, model: type[Fact], uid: str, source: str, usual: Fields, others: Others) -> str:
        """One more fact: the usual one, or one that differs from it in a field or two; its uid."""
        fields = dict(usual)
        options = [(name, value) for name, values in others.items() for value in values]
        for _ in range(self.pick(0, 1, 1, 2)):
            name, value = self.pick(*options)
            fields[name] = value
        for name in [name for name in fields if name.endswith("_local")]:
            fields[name] = local(fields[name.removesuffix("_local") + "_at"])
        return self.add(model, uid, source, **fields)

    def add(self, model: type[Fact], uid: str, source: str, **fields: Any) -> str:
        """One more fact of a source; its uid."""
        unknown = {name: self.pick(*_REASONS) for name, value in fields.items() if value is UNKNOWN}
        known = {name: value for name, value in fields.items() if value is not UNKNOWN}
        full = f"{source}/{model.entity}/{uid}"
        self.facts.setdefault(source, []).append(model.make(uid=full, unknown=unknown, **known))
        return full
