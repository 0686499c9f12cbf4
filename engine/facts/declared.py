"""Registers that a company declares itself: columns in `company.yaml`, facts without a line of Python.

`Declared` is what it says of one register. The fact class follows from it, and from the class all that other facts have:
validation, schema, partition, references. The snapshot keeps the declarations, so that its facts can be read years later.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property
from keyword import iskeyword
from types import new_class
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from engine.facts import FACT_TYPES
from engine.facts.fact import Fact, Value
from engine.facts.fields import Count, Day, Id, Instant, Text, Tri, known, needed, optional, tri
from engine.facts.refs import AccountRef, ApplicationRef, GroupRef, HostRef, PersonRef

REGISTERS = "registers"
"""The part of a shard, and of the company's facts, in which their arrays lie."""

PREFIX = f"{REGISTERS}."

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]

ColumnKind = Literal[
    "text", "name", "yes_no", "date", "instant", "count", "enumeration",
    "department", "person", "account", "group", "application", "host",
]  # fmt: skip
"""What a column may hold."""

_TYPES: dict[str, Any] = {
    "text": Text, "name": Id, "date": Day, "instant": Instant, "count": Count, "department": Id,
    "person": PersonRef, "account": AccountRef, "group": GroupRef, "application": ApplicationRef, "host": HostRef,
}  # fmt: skip
_REFERENCES = frozenset({"person", "account", "group", "application", "host"})
_WORDS = frozenset({"yes_no", "enumeration"})
_NEVER_SEVERAL = frozenset({"yes_no", "date", "instant", "count", "enumeration"})
_PLACES = ("department", "person")
"""Kinds of columns that can tell in whose shard a row lies."""

_REGO = frozenset(
    {"as", "contains", "default", "else", "every", "false", "if", "import", "in", "not", "null", "package"}
    | {"some", "true", "with"}
)
_ENDS = ("_starts_at", "_ends_at")
"""Beside a date stand the two instants between which it lies, for rules compare instants."""


_TAKEN = frozenset({"uid", "unknown", "lists_as_of", "context"})


def _wrong_word(word: str) -> str:
    if word in _REGO or iskeyword(word) or hasattr(Fact, word) or word in _TAKEN or word.endswith(_ENDS):
        return f"found {word!r}, which means something else already; needs another name"
    return ""


def plain_heading(text: str) -> str:
    """A heading without what does not matter: case, width, `_` and `-`."""
    return " ".join(
        unicodedata.normalize("NFKC", text).casefold().replace("_", " ").replace("-", " ").split()
    )


class DeclaredColumn(Value):
    """A column of a declared register."""

    name: Name = needed("field of the fact")
    kind: ColumnKind = needed("what it holds")
    heading: tuple[str, ...] = Field(
        default=(), max_length=2, description="how the file calls it: one heading, or two; none: its name"
    )
    empty: Literal["unknown", "none", "refused"] = Field(
        default="unknown", description="what an empty cell says: not known, known to be none, an error"
    )
    several: bool = Field(default=False, description="whether a cell may hold several, separated by ;")
    values: dict[str, tuple[str, ...]] = Field(
        default={}, description="enumeration: value -> further words for it in the file"
    )
    day_counts_from: Literal["start", "end", "refused"] = Field(
        default="refused", description="instant: what a day without a time means"
    )
    means: str = Field(default="", description="what it says, for people")

    @field_validator("heading", mode="before")
    @classmethod
    def _may_be_one(cls, given: Any) -> Any:
        return [given] if isinstance(given, str) else given

    @field_validator("values", mode="before")
    @classmethod
    def _may_be_a_list(cls, given: Any) -> Any:
        if isinstance(given, list):
            return {value: [] for value in given} if all(isinstance(value, str) for value in given) else given
        if isinstance(given, dict):
            return {key: [words] if isinstance(words, str) else words for key, words in given.items()}
        return given

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if wrong := _wrong_word(self.name):
            raise ValueError(wrong)
        if bool(self.values) != (self.kind == "enumeration"):
            raise ValueError("needs values if kind is enumeration, and only then")
        for value in self.values:
            if not re.fullmatch(r"[a-z][a-z0-9_]*", value) or value == "unknown":
                raise ValueError(
                    f"values: found {value!r}, needs small letters, digits and _; a cell of ? says unknown"
                )
        words = [word.casefold() for value, further in self.values.items() for word in (value, *further)]
        if twice := sorted({word for word in words if words.count(word) > 1}):
            raise ValueError(f"values: {twice[0]!r} stands for two values")
        if self.empty == "none" and self.kind in _WORDS:
            raise ValueError(f"empty: found none, a {self.kind} is known or not: needs unknown or refused")
        if self.several and self.kind in _NEVER_SEVERAL:
            raise ValueError(f"several: a cell of kind {self.kind} holds one")
        if self.day_counts_from != "refused" and self.kind != "instant":
            raise ValueError("day_counts_from: only an instant has a time of day")
        return self

    def fields(self, *, key: bool) -> dict[str, tuple[Any, Any]]:
        """The fields of the fact that the column fills, each with its type and its default."""
        meaning = self.means or " / ".join(self.heading) or self.name.replace("_", " ")
        if self.kind in _WORDS:
            words = Tri if self.kind == "yes_no" else Literal[(*self.values, "unknown")]
            return {self.name: (words, tri(meaning))}
        of = _TYPES[self.kind]
        if self.several:
            of = tuple[of, ...]  # type: ignore[valid-type]
        if (self.empty == "refused" or key) and self.kind not in _REFERENCES:
            found = {self.name: (of, needed(meaning))}
        else:
            # a reference may lead nowhere whatever the cell says, so that it is never required
            default = optional if self.empty == "none" and not self.several else known
            found = {self.name: (of | None, default(meaning))}
        if self.kind == "date":
            of, required = found[self.name][0], self.empty == "refused" or key
            make = needed if required else optional if self.empty == "none" else known
            instant = Instant if required else Instant | None
            found |= {
                f"{self.name}{end}": (instant, make(f"{hour} local of {self.name}"))
                for end, hour in zip(_ENDS, ("00:00", "24:00"), strict=True)
            }
        return found


class Declared(Value):
    """A register as `company.yaml` declares it."""

    name: Name = needed("how rules call it: registers.<name>")
    title: str = needed("how people call it")
    key: tuple[Name, ...] = Field(min_length=1, description="columns that tell one row from another")
    department: Name | None = Field(
        default=None,
        description="the column that says whose row it is: a department, or a person; none: the company's",
    )
    columns: tuple[DeclaredColumn, ...] = Field(min_length=1, description="its columns")

    @field_validator("key", mode="before")
    @classmethod
    def _may_be_one(cls, given: Any) -> Any:
        return [given] if isinstance(given, str) else given

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if wrong := _wrong_word(self.name):
            raise ValueError(wrong)
        kinds = {column.name: column for column in self.columns}
        for name in self.key:
            if name not in kinds:
                raise ValueError(f"key: found {name!r}, needs one of its columns: {', '.join(kinds)}")
            if kinds[name].several or kinds[name].kind in _WORDS:
                raise ValueError(f"key: {name} cannot tell rows apart, needs a column with one value")
        if self.department is not None:
            column = kinds.get(self.department)
            if column is None or column.kind not in _PLACES or column.several:
                raise ValueError(
                    f"department: found {self.department!r}, needs a column of kind department or person"
                )
        filled = [name for column in self.columns for name in column.fields(key=False)]
        for name in sorted({name for name in filled if filled.count(name) > 1}):
            raise ValueError(f"columns: {name} comes twice: a date also fills its …_starts_at and …_ends_at")
        called = [
            word
            for column in self.columns
            for word in {plain_heading(each) for each in (column.name, *column.heading)}
        ]
        for word in sorted({word for word in called if called.count(word) > 1}):
            raise ValueError(f"columns: two are called {word!r}")
        return self

    @property
    def entity(self) -> str:
        """Its entity, as checks declare it, and its array, as rules read it."""
        return f"{PREFIX}{self.name}"

    @cached_property
    def model(self) -> type[Fact]:
        """The class of its facts."""
        made = {
            name: made
            for column in self.columns
            for name, made in column.fields(key=self.is_key(column)).items()
        }
        body: dict[str, Any] = {
            "__module__": __name__,
            "__doc__": f"A row of {self.title}.",
            "__annotations__": {
                **dict.fromkeys(("entity", "plural"), ClassVar[str]),
                "home": ClassVar[tuple[str, ...]],
                "company_wide": ClassVar[bool],
                **{name: annotation for name, (annotation, _) in made.items()},
            },
            "entity": self.entity,
            "plural": self.entity,
            "home": self._home(),
            "company_wide": self.department is None,
            **{name: default for name, (_, default) in made.items()},
        }
        return new_class(f"register_{self.name}", (Fact,), exec_body=lambda made: made.update(body))

    def is_key(self, column: DeclaredColumn) -> bool:
        """Whether the column is part of what tells rows apart."""
        return column.name in self.key

    def _home(self) -> tuple[str, ...]:
        if self.department is None:
            return ()
        kind = next(column.kind for column in self.columns if column.name == self.department)
        return (self.department if kind == "department" else f"@{self.department}",)


def is_declared(entity: str) -> bool:
    """Whether an entity, or an array, is that of a declared register."""
    return entity.startswith(PREFIX)


def types_with(declared: Iterable[Declared]) -> dict[str, type[Fact]]:
    """Entity -> model, of all that Clausewise knows and of what a company declares."""
    return {**FACT_TYPES, **{one.entity: one.model for one in sorted(declared, key=lambda one: one.name)}}


def nested(arrays: Mapping[str, Any]) -> dict[str, Any]:
    """The arrays of a document as they lie in it: those of declared registers under `registers`.

    >>> nested({"people": [], "registers.permits": []})
    {'people': [], 'registers': {'permits': []}}
    """
    own = {name: rows for name, rows in arrays.items() if not is_declared(name)}
    of_registers = {name.removeprefix(PREFIX): rows for name, rows in arrays.items() if is_declared(name)}
    return own | ({REGISTERS: of_registers} if of_registers else {})


def flat(document: Mapping[str, Any]) -> dict[str, Any]:
    """The opposite of `nested`: array -> rows."""
    own = {name: rows for name, rows in document.items() if name != REGISTERS}
    inner = document.get(REGISTERS, {})
    if not isinstance(inner, dict):
        return {**own, REGISTERS: inner}
    return own | {f"{PREFIX}{name}": rows for name, rows in inner.items()}
