"""Entries of a directory in their own shape, and the clocks and codes that they use."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from collectors.clocks import instant
from collectors.transport import Response
from engine.errors import UnparsableError

_FILETIME_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_NEVER = frozenset({0, 0x7FFFFFFFFFFFFFFF})
"""Both mean that an account never expires."""

_SID_PARTS_AT, _SID_PART = 8, 4


@dataclass(frozen=True)
class Entry:
    """An entry: its name, which changes when it moves, and its values. Names of attributes are in lower case."""

    dn: str
    values: Mapping[str, tuple[str, ...]]

    def first(self, *names: str) -> str | None:
        """The first value of the first of these attributes that the entry has."""
        return next((self.values[name.lower()][0] for name in names if self.values.get(name.lower())), None)

    def number(self, name: str) -> int | None:
        """A whole number; none if the attribute is not there.

        Raises:
            ValueError: it is no number
        """
        stated = self.first(name)
        return None if stated is None else int(stated)

    @property
    def key(self) -> str | None:
        """The immutable key: 16 bytes of which three groups are turned round, or a UUID as text."""
        guid = self.first("objectGUID")
        if guid is not None:
            return str(uuid.UUID(bytes_le=bytes.fromhex(guid)))
        return self.first("entryUUID")

    @property
    def sid(self) -> str:
        """The security identifier, S-1-5-…; empty if there is none."""
        return sid_text(self.first("objectSid") or "")

    @property
    def place(self) -> str:
        """The name in the form in which names are compared."""
        return plain_dn(self.dn)


@dataclass(frozen=True)
class Listing:
    """A page of entries."""

    entries: tuple[Entry, ...]
    references: tuple[str, ...]
    is_last: bool


def listing(what: str, response: Response) -> Listing:
    """The page in a response.

    Raises:
        UnparsableError: it is no page
    """
    try:
        answer = json.loads(response.body)
        entries = tuple(
            Entry(one["dn"], {name.lower(): tuple(values) for name, values in one["values"].items()})
            for one in answer["entries"]
        )
        return Listing(entries, tuple(answer["references"]), bool(answer["last"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnparsableError(f"{what}: found no page of entries", "record the directory again") from error


def plain_dn(dn: str) -> str:
    """A distinguished name without what does not count: capitals, and blanks behind commas."""
    return ",".join(part.strip() for part in dn.lower().split(","))


def is_below(dn: str, base: str) -> bool:
    """Whether an entry lies below another."""
    return plain_dn(dn).endswith("," + plain_dn(base))


def sid_text(digits: str) -> str:
    """A security identifier as people write it.

    >>> sid_text("010500000000000515000000" + "88adccc2" + "18e5b9dc" + "05e2a754" + "f4010000")
    'S-1-5-21-3268193672-3703170328-1420288517-500'
    """
    raw = bytes.fromhex(digits)
    if len(raw) < _SID_PARTS_AT:
        return ""
    parts = [raw[at : at + _SID_PART] for at in range(_SID_PARTS_AT, len(raw), _SID_PART)]
    numbers = [
        raw[0],
        int.from_bytes(raw[2:_SID_PARTS_AT], "big"),
        *(int.from_bytes(part, "little") for part in parts),
    ]
    return "S-" + "-".join(map(str, numbers))


def from_filetime(ticks: int) -> str:
    """Tenths of a microsecond since 1601.

    >>> from_filetime(134399341713699450)
    '2026-11-23T19:02:51Z'
    """
    return instant(_FILETIME_EPOCH + timedelta(microseconds=ticks // 10))


def expiry(ticks: int | None) -> str | None:
    """When an account expires; none: never."""
    return None if ticks is None or ticks in _NEVER else from_filetime(ticks)


def from_generalized(text: str) -> str:
    """A GeneralizedTime of UTC.

    >>> from_generalized("20261123190251.0Z")
    '2026-11-23T19:02:51Z'

    Raises:
        ValueError: no such time, or one of another zone
    """
    if not text.endswith("Z"):
        raise ValueError(text)
    return instant(datetime.strptime(text[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC))
