"""Answers of engines, kept in `.cache` from one run of the tests to the next.

An engine says the same of the same rules and the same input. What is remembered goes by everything that an answer rests on: the program of
the engine, our code around it, each file of rules, the input. Change one byte of these and it is asked again; tests go on to judge
what was answered, whoever was asked. `rm -rf .cache/answers` forgets everything.
"""

import hashlib
import pickle
import sqlite3
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
from made import ROOT

from engine.errors import RulesError
from engine.opa.trial import Ask

PLACE = ROOT / ".cache" / "answers"
AROUND = "engine/opa"
"""Our code between a rule and its answer."""
KEPT_S = 14 * 86_400
"""What nobody has asked for in so long is forgotten."""

NOTED_S = 86_400
"""How exactly it is noted when something was asked for last."""


class Remembered:
    """Answers by what they rest on."""

    def __init__(self, place: Path = PLACE, *, now: float | None = None) -> None:
        place.mkdir(parents=True, exist_ok=True)
        self._file = place / "answers.sqlite"
        self._now = int(time.time() if now is None else now)
        with closing(self._open()) as database, database:
            database.execute("pragma journal_mode = wal")
            database.execute(
                "create table if not exists answers (key blob primary key, used integer, answer blob)"
            )
            database.execute("delete from answers where used < ?", (self._now - KEPT_S,))

    def answer(self, parts: Iterable[bytes], ask: Callable[[], Any]) -> Any:
        """What was answered before, or is answered now; what raises is not remembered."""
        key = key_of(parts)
        known = self.look_up([key])
        if not known:
            known = {key: ask()}
            self.keep(known)
        return known[key]

    def look_up(self, keys: Iterable[bytes]) -> dict[bytes, Any]:
        """What is known under these keys."""
        found, used = {}, []
        with closing(self._open()) as database, database:
            for key in keys:
                row = database.execute("select answer, used from answers where key = ?", (key,)).fetchone()
                if row is not None:
                    found[key] = pickle.loads(zlib.decompress(row[0]))  # noqa: S301  # we wrote it, for ourselves
                    used += [(self._now, key)] if row[1] < self._now - NOTED_S else []
            if used:
                database.executemany("update answers set used = ? where key = ?", used)
        return found

    def keep(self, answers: Mapping[bytes, Any]) -> None:
        """Remember these."""
        rows = [(key, self._now, zlib.compress(pickle.dumps(answer), 1)) for key, answer in answers.items()]
        with closing(self._open()) as database, database:
            database.executemany("insert or replace into answers values (?, ?, ?)", rows)

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._file, timeout=120)
        database.execute("pragma synchronous = off")  # what is lost is asked for again
        return database


def key_of(parts: Iterable[bytes]) -> bytes:
    """The key of what an answer rests on; where one part ends and the next begins counts."""
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8) + part)
    return found.digest()


def remembering(memory: Remembered, engine: bytes, ask: Ask) -> Ask:
    """Asks what was not asked before; that rules do not compile, or fail on the input, is an answer too."""

    def said(files: Mapping[str, str], path: str, value: Any) -> tuple[Any, tuple[str, str] | None]:
        try:
            return ask(files, path, value), None
        except RulesError as error:
            return None, (str(error), error.help)

    def asked(files: Mapping[str, str], path: str, value: Any) -> Any:
        texts = [text.encode() for pair in sorted(files.items()) for text in pair]
        answer, refused = memory.answer(
            [engine, path.encode(), orjson.dumps(value, option=orjson.OPT_SORT_KEYS), *texts],
            lambda: said(files, path, value),
        )
        if refused is not None:
            raise RulesError(*refused)
        return answer

    return asked


@lru_cache
def engine_digest(program: Path | None) -> bytes:
    """Stands for an engine, OPA's program or the embedded one, and for our code around it."""
    found = hashlib.sha256(sys.version.encode())
    if program is None:
        found.update(version("gordon-to-regorus").encode())
    else:
        with program.open("rb") as file:
            found.update(hashlib.file_digest(file, "sha256").digest())
    return key_of([found.digest(), *files_of(ROOT / AROUND, "*.py")])


def files_of(folder: Path, pattern: str) -> list[bytes]:
    """Names and contents of the files below a folder, in order."""
    return [
        part
        for path in sorted(folder.rglob(pattern))
        for part in (path.relative_to(folder).as_posix().encode(), path.read_bytes())
    ]
