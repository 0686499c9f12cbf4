"""The types that fields of facts have, and the closed lists behind them."""

import unicodedata
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

Reason = Literal[
    "not_supported",
    "not_licensed",
    "not_permitted",
    "not_collected",
    "source_failed",
    "source_partial",
    "stale",
    "unparsable",
    "ambiguous",
    "redacted",
]
"""Why a field of a record is not known."""

Tri = Literal["yes", "no", "unknown"]
"""Yes, no, or not known: never a boolean, and never null, which Rego would take for true or for small."""


@dataclass(frozen=True)
class RefTo:
    """Marks a field as the `uid` of another fact of one of these entities."""

    entities: tuple[str, ...]


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


Text = Annotated[str, AfterValidator(_normal)]
"""Text for people: Unicode NFC, trimmed. Empty means known to be empty."""

Instant = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$")]
"""A moment in UTC, always 20 characters, so that the order of strings is the order of time."""

Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
"""A civil date in the company's zone."""

LocalTime = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$")]
"""A wall-clock time in the company's zone."""

Id = Annotated[str, StringConstraints(min_length=1, max_length=400)]
"""An identifier of a source: always a string, so that leading zeros and large numbers survive."""

Count = Annotated[int, Field(ge=0, le=2**53)]
"""A whole number that is not negative."""

Days = Annotated[int, Field(ge=0, le=400_000)]
"""A number of days."""

Seconds = Annotated[int, Field(ge=0, le=2**40)]
"""A number of seconds."""

Bytes = Annotated[int, Field(ge=0, le=2**53)]
"""A size in bytes."""

Latitude = Annotated[str, StringConstraints(pattern=r"^-?\d{1,2}(\.\d{1,6})?$")]
"""Degrees north, south of the equator with a minus: text, so that it is the same everywhere."""

Longitude = Annotated[str, StringConstraints(pattern=r"^-?\d{1,3}(\.\d{1,6})?$")]
"""Degrees east, west of Greenwich with a minus."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 digest in hexadecimal."""


def needed(meaning: str) -> Any:
    """A field that every record has."""
    return Field(description=meaning)


def known(meaning: str) -> Any:
    """A field that is left out only if `unknown` says why."""
    return Field(default=None, description=meaning)


def optional(meaning: str) -> Any:
    """A field that is left out if it is known to be none, or if `unknown` says why it is not known."""
    return Field(default=None, description=meaning, json_schema_extra={"may_be_none": True})


def tri(meaning: str) -> Any:
    """A tri-state or an enumeration with `unknown`: always there, and `unknown` says why it is not known."""
    return Field(default="unknown", description=meaning)
