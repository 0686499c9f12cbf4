"""What a kind of register is: the facts that its rows become, and its columns."""

from dataclasses import dataclass, field
from typing import Literal

from engine.facts import FACT_TYPES, Fact

Blank = Literal["derived", "empty", "unknown", "refused"]
"""What an empty cell says: what the field's own kind says; known to be empty; not known; it is an error."""

BareDate = Literal["start", "end", "refused"]
"""An instant given as a date only: 00:00 of it, 24:00 of it, or an error because the time of day matters."""


@dataclass(frozen=True)
class Column:
    """A field of the fact, and how people call it."""

    field: str
    zh: str
    en: str
    blank: Blank = "derived"
    bare_date: BareDate = "refused"
    unit: int = 1
    """Numbers are multiplied by it: an interval is written in hours and kept in seconds."""
    also: str = ""
    """A second field that takes the cell's text as it is written."""
    words: tuple[tuple[str, str], ...] = ()
    """Of a register that a company declares: words in the file, each with the choice that it means."""


@dataclass(frozen=True)
class Register:
    """A kind of register: the facts that its rows become, and its columns."""

    name: str
    zh: str
    en: str
    entity: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    fixed: dict[str, str] = field(default_factory=dict)
    part: str = ""
    """A field that is a list: rows with the same key are one fact, and the columns `part.…` of each are one item."""
    declared: type[Fact] | None = None
    """The fact class of a register that a company declares itself."""

    @property
    def model(self) -> type[Fact]:
        """The fact class."""
        return self.declared or FACT_TYPES[self.entity]


def on(name: str, zh: str, en: str, bare_date: BareDate = "start") -> Column:
    """An instant for which the day is enough."""
    return Column(name, zh, en, bare_date=bare_date)


def entries(
    titles: tuple[str, str, str], kind: str, columns: tuple[Column, ...], key: tuple[str, ...] = ("subject",)
) -> Register:
    """A register whose rows are `register_entry` facts of one kind."""
    return Register(*titles, "register_entry", key, columns, {"kind": kind})


OWNER = Column("owner", "負責人工號", "owner")
PURPOSE = Column("purpose", "用途", "purpose")
DEPARTMENT = Column("department_code", "部門代碼", "department code")
REVIEWED = on("reviewed_at", "覆核日期", "reviewed at")
