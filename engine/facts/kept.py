"""Records of a source that are too many to be held at once: they lie in a file of this process, in order, and come one by one.

The file has no name and goes with the process. What is below `MOST` records is an ordinary tuple, as ever.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload
from weakref import finalize

import orjson
from pydantic import BaseModel

from engine.canonical import canonical_record

MOST = 10_000
"""Records of one source that are held in memory."""

_CACHE_KIB = 4096

AnyModel = TypeVar("AnyModel", bound=BaseModel)


class Kept(Sequence[AnyModel], Generic[AnyModel]):
    """Records by key, each as a line of canonical JSON; a model is made of it whenever it is asked for."""

    def __init__(self, write: Callable[[AnyModel], Any], read: Callable[[Any], AnyModel]) -> None:
        """`write` makes what stands in the line of a record, `read` the record of it."""
        self._write, self._read = write, read
        # a source is read in a thread of its own, and its records are taken up by another one when it has ended
        self._file = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        finalize(self, self._file.close)
        for pragma in ("journal_mode = off", "synchronous = off", f"cache_size = -{_CACHE_KIB}"):
            self._file.execute(f"pragma {pragma}")
        self._file.execute("create table lines (key blob primary key, line blob) without rowid")
        self._file.execute("begin")

    def put(self, key: str, record: AnyModel) -> None:
        """Keep a record, in the place of one with the same key."""
        line = canonical_record(self._write(record))
        self._file.execute("insert or replace into lines values (?, ?)", (key.encode(), line))

    def find(self, key: str) -> AnyModel | None:
        """The record of a key."""
        row = self._file.execute("select line from lines where key = ?", (key.encode(),)).fetchone()
        return None if row is None else self._read(orjson.loads(row[0]))

    def lines(self) -> Iterator[bytes]:
        """The lines, in the order of their keys."""
        for (line,) in self._file.execute("select line from lines order by key"):
            yield bytes(line)

    def __contains__(self, key: object) -> bool:
        """Whether there is a record of the key; of a record, whether it is there."""
        if isinstance(key, str):
            found = self._file.execute("select 1 from lines where key = ?", (key.encode(),)).fetchone()
            return found is not None
        return any(one == key for one in self)

    def __len__(self) -> int:
        (number,) = self._file.execute("select count(*) from lines").fetchone()
        return int(number)

    def __iter__(self) -> Iterator[AnyModel]:
        return (self._read(orjson.loads(line)) for line in self.lines())

    @overload
    def __getitem__(self, place: int) -> AnyModel: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[AnyModel, ...]: ...
    def __getitem__(self, place: int | slice) -> AnyModel | tuple[AnyModel, ...]:
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(
            mine == theirs for mine, theirs in zip(self, other, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]  # like any sequence that is compared by what it holds


class Gathered(Generic[AnyModel]):
    """Records by key while they come: in memory as long as they are few."""

    def __init__(self, write: Callable[[AnyModel], Any], read: Callable[[Any], AnyModel]) -> None:
        """As for `Kept`."""
        self._write, self._read = write, read
        self._few: dict[str, AnyModel] = {}
        self._many: Kept[AnyModel] | None = None

    def put(self, key: str, record: AnyModel) -> None:
        """Take a record, in the place of one with the same key."""
        if self._many is not None:
            self._many.put(key, record)
            return
        self._few[key] = record
        if len(self._few) > MOST:
            self._many = Kept(self._write, self._read)
            for known, one in self._few.items():
                self._many.put(known, one)
            self._few.clear()

    def __contains__(self, key: str) -> bool:
        return key in (self._few if self._many is None else self._many)

    def in_order(self) -> Sequence[AnyModel]:
        """All of them, by key."""
        return self._many if self._many is not None else tuple(self._few[key] for key in sorted(self._few))


def lines_of(records: Iterable[AnyModel], write: Callable[[AnyModel], Any]) -> Iterator[bytes]:
    """Records as lines of canonical JSON, in their order; those that are kept have theirs already.

    Args:
        records: the records
        write: what stands in the line of a record: the same that they were kept with
    """
    if isinstance(records, Kept):
        return records.lines()
    return (canonical_record(write(record)) for record in records)


def finder(records: Sequence[AnyModel], key: Callable[[AnyModel], str]) -> Callable[[str], AnyModel]:
    """Looks records up by key; one that is not there is a KeyError."""
    if not isinstance(records, Kept):
        return {key(record): record for record in records}.__getitem__
    kept: Kept[AnyModel] = records

    def find(wanted: str) -> AnyModel:
        found = kept.find(wanted)
        if found is None:
            raise KeyError(wanted)
        return found

    return find
