"""What all facts have in common."""

from collections.abc import Iterator
from functools import cache
from typing import Any, ClassVar, Self, get_args

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic.fields import FieldInfo

from engine.facts.fields import Id, Reason, RefTo, needed

COMPANY = "_company"
"""Code of the shard for everything that belongs to no department; the head of IT answers for it."""

_REASONS = frozenset(get_args(Reason))


class Value(BaseModel):
    """A part of a fact: frozen, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Fact(Value):
    """One normalised record about one thing.

    A field that is not given is named in `unknown` with the reason, or is one that may be none. A subclass states
    where its records live: `home` lists, in order, what names the department whose shard holds it. `department_code`
    is a field that holds the code itself, or codes, of which the first counts; `@account` means the shard of the fact that this field refers to. What
    none of them settles goes to `_company`. `company_wide` facts live in `facts/company.json` alone, and `home`
    then names the department that they concern.
    """

    entity: ClassVar[str]
    plural: ClassVar[str]
    home: ClassVar[tuple[str, ...]] = ()
    company_wide: ClassVar[bool] = False
    from_history: ClassVar[bool] = False
    """Made by the audit of earlier runs, for the second pass: no source delivers it and no snapshot holds any."""
    placed_by: ClassVar[tuple[str, ...]] = ()
    """Registers that name its department, where a company has them: without a whole one it may lie elsewhere."""
    excused_by: ClassVar[tuple[str, ...]] = ()
    """Registers that may say of it what excuses it, where a company has them: without a whole one nobody is accused by it."""
    natural_keys: ClassVar[tuple[str, ...]] = ()
    """Fields by which a register may name such a fact."""
    named_by_record: ClassVar[bool] = False
    """Whether a register may also name it by its source's record id: a program by `host/program`."""
    bears_on: ClassVar[tuple[str, ...]] = ()
    """Fields whose targets need this fact in their shard, though they do not refer to it."""
    belongs_to: ClassVar[str] = ""
    """Field that says whose it is. Where that names nobody who is known it may be anybody's, and every shard needs it."""

    uid: Id = needed("source id / entity / the source's own immutable record id")
    unknown: dict[str, Reason] = needed("field -> why it is not known; empty if all is known")

    @classmethod
    def make(
        cls,
        *,
        uid: str,
        otherwise: str = "not_collected",
        unknown: dict[str, str] | None = None,
        **fields: Any,
    ) -> Self:
        """A fact from what is known; each field that is neither given nor may be none gets a reason.

        Args:
            uid: the fact's uid
            otherwise: the reason for all fields that are not given and not named in `unknown`
            unknown: field -> reason, where the reason is another one
            fields: what is known; `None` is the same as not given

        Raises:
            pydantic.ValidationError: a field has the wrong type or the model does not know it
        """
        given = {name: value for name, value in fields.items() if value is not None}
        reasons = dict(unknown or {})
        for name, info in cls.model_fields.items():
            if name in {"uid", "unknown"} or name in reasons or given.get(name, "unknown") != "unknown":
                continue
            if not info.is_required() and not may_be_none(info):
                reasons[name] = otherwise
        given = {name: value for name, value in given.items() if name not in reasons}
        return cls.model_validate({**given, "uid": uid, "unknown": reasons})

    @model_validator(mode="after")
    def _says_what_it_does_not_know(self) -> Self:
        optional = _optional(type(self))
        for name in self.unknown:
            if name not in optional:
                message = f"unknown.{name}: no field of {self.entity} that can be unknown"
                raise ValueError(message)
            if _settled(getattr(self, name)):
                message = f"{name}: has a value, and is named in unknown as well"
                raise ValueError(message)
        for name, none_is_known in optional.items():
            if name in self.unknown:
                continue
            value = getattr(self, name)
            if (value is None and not none_is_known) or value == "unknown" or _unsettled_state(value):
                message = f"{name}: is not known, and unknown does not say why"
                raise ValueError(message)
        return self

    def record(self) -> dict[str, Any]:
        """The fact as it stands in a shard: no null, no defaults left out but none."""
        return self.model_dump(exclude_none=True)


def may_be_none(info: FieldInfo) -> bool:
    """Whether the field may be left out without a reason: known to be none."""
    return isinstance(info.json_schema_extra, dict) and bool(info.json_schema_extra.get("may_be_none"))


@cache
def _optional(model: type[BaseModel]) -> dict[str, bool]:
    """The fields that a fact may come without, and whether that is known to be none."""
    return {name: may_be_none(info) for name, info in model.model_fields.items() if not info.is_required()}


def _unsettled_state(value: object) -> bool:
    return isinstance(value, Value) and getattr(value, "state", None) == "unknown"


def _settled(value: object) -> bool:
    return value is not None and value != "unknown" and not _unsettled_state(value)


def references(model: type[BaseModel]) -> Iterator[tuple[tuple[str, ...], RefTo]]:
    """The reference fields of a model, as paths; a list on the way is walked through.

    >>> from engine.facts.accounts import Session
    >>> [path for path, _ in references(Session)][0]
    ('account',)
    """
    for name, info in model.model_fields.items():
        for found in info.metadata:
            if isinstance(found, RefTo):
                yield (name,), found
        for path, found in _inside(info.annotation):
            yield (name, *path), found


def _inside(annotation: Any) -> Iterator[tuple[tuple[str, ...], RefTo]]:
    for found in getattr(annotation, "__metadata__", ()):
        if isinstance(found, RefTo):
            yield (), found
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from references(annotation)
    for argument in get_args(annotation):
        yield from _inside(argument)


def reasons() -> frozenset[str]:
    """The closed list of reasons why a field is not known."""
    return _REASONS
