"""The numbers that a company may change without touching a rule."""

from datetime import timedelta
from difflib import get_close_matches
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

from engine.calendar import WorkCalendar, from_instant, to_instant
from engine.errors import ConfigurationError

Kind = Literal[
    "count",
    "percent",
    "factor",
    "seconds",
    "kilometres",
    "speed",
    "hours",
    "days",
    "workdays",
    "list",
    "yes_no",
    "text",
    "time",
    "table",
]
"""What a setting is. Those in hours, days and working days also give rules an instant to compare with."""

CLOCKS: frozenset[str] = frozenset({"hours", "days", "workdays"})
"""Kinds for which `data.cutoff` (before `as_of`) and `data.horizon` (after it) hold an instant."""

_NUMBERS = CLOCKS | {"count", "percent", "factor", "seconds", "kilometres", "speed"}


class Setting(BaseModel):
    """A setting as a check declares it: default, kind, and between what and what it may be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    default: Any
    minimum: float | None = Field(default=None, description="numbers: least value; lists: least length")
    maximum: float | None = Field(default=None, description="numbers: greatest value")
    choices: tuple[str, ...] = Field(
        default=(), description="lists and texts: the closed list of values; empty: any"
    )
    title: dict[str, str] = Field(description="language -> what it means, for the settings page")

    @model_validator(mode="after")
    def _default_is_allowed(self) -> "Setting":
        problem = self.problem(self.default)
        if problem:
            raise ValueError(f"default: {problem}")
        return self

    def problem(self, value: object) -> str:
        """Why the value is not allowed, with what is right; empty if it is."""
        if self.kind in _NUMBERS:
            return self._number_problem(value)
        if self.kind == "list":
            return self._list_problem(value)
        if self.kind == "yes_no":
            return "" if value in {"yes", "no"} else f'found {value!r}, needs "yes" or "no"'
        if self.kind == "table":
            return "" if isinstance(value, dict) else f"found {value!r}, needs a table of lists"
        if not isinstance(value, str):
            return f"found {value!r}, needs a text"
        return (
            ""
            if not self.choices or value in self.choices
            else f"found {value!r}, needs one of {', '.join(self.choices)}"
        )

    def _number_problem(self, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return f"found {value!r}, needs a number"
        if self.kind != "factor" and not isinstance(value, int):
            return f"found {value!r}, needs a whole number"
        if (self.minimum is not None and value < self.minimum) or (
            self.maximum is not None and value > self.maximum
        ):
            return f"found {value}, needs {self.minimum:g} to {self.maximum:g} {self.kind}"
        return ""

    def _list_problem(self, value: object) -> str:
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            return f"found {value!r}, needs a list of texts"
        if self.minimum is not None and len(value) < self.minimum:
            return f"found {len(value)} values, needs at least {self.minimum:g}"
        wrong = [item for item in value if self.choices and item not in self.choices]
        return f"found {wrong[0]!r}, needs some of {', '.join(self.choices)}" if wrong else ""


class Settings(BaseModel):
    """The settings that a run uses, and where each comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    values: dict[str, Any]
    origin: dict[str, str] = Field(description="name -> default, or the file or pack that changed it")


def resolve(
    declared: dict[str, Setting], changes: dict[str, Any], origin: str, packs: dict[str, str] | None = None
) -> Settings:
    """The defaults with a company's changes.

    Args:
        declared: every setting that there is
        changes: name -> value
        origin: where the changes stand, for the record
        packs: name -> the pack that changed the default, for the record

    Raises:
        ConfigurationError: a name that nothing declares, or a value that is not allowed; all of them at once
    """
    wrong = []
    for name, value in changes.items():
        if name not in declared:
            near = get_close_matches(name, declared, n=1)
            wrong.append(f"settings.{name}: no check declares it" + (f"; perhaps {near[0]}" if near else ""))
        elif problem := declared[name].problem(value):
            wrong.append(f"settings.{name}: {problem}")
    if wrong:
        raise ConfigurationError(
            f"{origin}: " + "; ".join(wrong), "settings.json of any run lists every setting with its value"
        )
    values = {name: changes.get(name, setting.default) for name, setting in declared.items()}
    return Settings(
        values=values,
        origin={name: origin if name in changes else (packs or {}).get(name, "default") for name in declared},
    )


def instants(
    declared: dict[str, Setting], settings: Settings, as_of: str, calendar: WorkCalendar, zone: ZoneInfo
) -> tuple[dict[str, str], dict[str, str]]:
    """For every setting in hours, days or working days the instant that long before and after `as_of`."""
    cutoff, horizon = {}, {}
    now = from_instant(as_of)
    for name, setting in declared.items():
        amount = settings.values[name]
        if setting.kind == "workdays":
            cutoff[name] = calendar.cutoff(as_of, amount, zone)
            horizon[name] = calendar.horizon(as_of, amount, zone)
        elif setting.kind in CLOCKS:
            span = timedelta(**{setting.kind: amount})
            cutoff[name], horizon[name] = to_instant(now - span), to_instant(now + span)
    return cutoff, horizon
