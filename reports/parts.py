"""A run, one department at a time: a run of a million instances is never in memory as a whole."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from engine.errors import SnapshotError
from engine.findings import Finding, Subject, Undecided
from reports.clean import clean
from reports.run_folder import RunFolder, record, shared

_TABLES = """
create table part (file text, department text, number integer, start integer, length integer, "check" text, name text);
create table subject (uid text primary key, number integer, start integer, length integer) without rowid;
"""
_FILES = {"findings.jsonl": Finding, "undecided.jsonl": Undecided}


def index(run: Path, into: Path) -> None:
    """Writes down where in a run's files each department's findings and each subject stand; of what they say, ids only.

    Raises:
        SnapshotError: a file is missing, or a line of it is no such record
    """
    with sqlite3.connect(into) as base:
        base.execute("pragma journal_mode = off")
        base.execute("pragma synchronous = off")
        base.executescript(_TABLES)
        for file, model in _FILES.items():
            base.executemany(
                "insert into part values (?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        file,
                        said["department"],
                        number,
                        start,
                        len(line),
                        said["check"],
                        said.get("number", ""),
                    )
                    for number, start, line, said in _lines(run / file, model, ("department", "check"))
                ),
            )
        base.executemany(
            "insert or replace into subject values (?, ?, ?, ?)",
            (
                (said["uid"], number, start, len(line))
                for number, start, line, said in _lines(run / "subjects.jsonl", Subject, ("uid",))
            ),
        )
        base.execute("create index of_department on part (file, department, number)")
    base.close()


def _lines(
    path: Path, model: type[Any], keys: tuple[str, ...]
) -> Iterator[tuple[int, int, bytes, dict[str, str]]]:
    """Number, place and bytes of each record, and what the keys say; a line without them is no such record."""
    start = 0
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, start, line, _said(line, model, keys, f"{path.name}, line {number}")
                start += len(line)
    except OSError as error:
        raise SnapshotError(
            f"{path}: missing, so this is not a complete run",
            "make the run again with `clausewise audit`, and compare with `clausewise verify`",
        ) from error


def _said(line: bytes, model: type[Any], keys: tuple[str, ...], where: str) -> dict[str, str]:
    wanted = (*keys, "number")
    try:
        parsed = orjson.loads(line)
        return {key: clean(parsed[key]) for key in wanted if key in keys or key in parsed}
    except (ValueError, TypeError, KeyError, AttributeError):
        # what the fast way cannot read is refused with the message of the exact one, or read by it
        whole = record(model, line, where)
        return {key: getattr(whole, key) for key in wanted if hasattr(whole, key)}


class Parts:
    """A run by its index."""

    def __init__(self, run: Path, index_file: Path) -> None:
        self._run = run
        self._base = sqlite3.connect(f"{index_file.absolute().as_uri()}?mode=ro", uri=True)
        self._subjects = (run / "subjects.jsonl").open("rb")

    @cached_property
    def common(self) -> RunFolder:
        """What all departments share. Its subjects are read one by one, as they are asked for."""
        named = self._base.execute(
            'select department, "check", name from part where file = ? order by number', ("findings.jsonl",)
        )
        return replace(shared(self._run, named.fetchall()), subjects=_Subjects(self._subjects, self._base))

    def department(self, code: str) -> RunFolder:
        """The run as far as a department's report needs it."""
        return replace(
            self.common,
            findings=tuple(self._records(Finding, "findings.jsonl", code)),
            undecided=tuple(self._records(Undecided, "undecided.jsonl", code)),
            subjects=_Subjects(self._subjects, self._base),
        )

    def size(self, code: str) -> int:
        """Bytes of a department's findings: how much work it is."""
        said = self._base.execute("select sum(length) from part where department = ?", (code,)).fetchone()
        return int(said[0] or 0)

    def close(self) -> None:
        """Lets go of the index and the run."""
        self._subjects.close()
        self._base.close()

    def _records(self, model: type[Any], file: str, code: str) -> Iterator[Any]:
        places = self._base.execute(
            "select number, start, length from part where file = ? and department = ? order by number",
            (file, code),
        )
        with (self._run / file).open("rb") as lines:
            for number, start, length in places.fetchall():
                lines.seek(start)
                yield record(model, lines.read(length), f"{file}, line {number}")


class _Subjects(Mapping[str, Subject]):
    """Subjects by uid; those asked for before are kept as long as the department's report is made."""

    def __init__(self, file: BinaryIO, base: sqlite3.Connection) -> None:
        self._file = file
        self._base = base
        self._known: dict[str, Subject | None] = {}

    def __getitem__(self, uid: str) -> Subject:
        if uid not in self._known:
            self._known[uid] = self._read(uid)
        found = self._known[uid]
        if found is None:
            raise KeyError(uid)
        return found

    def _read(self, uid: str) -> Subject | None:
        place = self._base.execute(
            "select number, start, length from subject where uid = ?", (uid,)
        ).fetchone()
        if place is None:
            return None
        number, start, length = place
        self._file.seek(start)
        return record(Subject, self._file.read(length), f"subjects.jsonl, line {number}")

    def __iter__(self) -> Iterator[str]:
        return (row[0] for row in self._base.execute("select uid from subject order by uid"))

    def __len__(self) -> int:
        return int(self._base.execute("select count(*) from subject").fetchone()[0])
