"""The answers of every shard, on disk until all are there.

A rule that fails on three shards is believed on none, so nothing is judged before the last shard has answered; and however large the company
is, no more than one shard's answers lie in memory.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from engine.audit.grounds import Grounds
from engine.canonical import load

TOLERATED_FAILURES = 2
"""A rule that fails on more shards than this is believed on none."""

_NOTHING: frozenset[str] = frozenset()


class KeptAnswers:
    """What the engine said of each shard, as far as it is believed."""

    def __init__(self, folder: Path, grounds: Grounds) -> None:
        """Begins with none, in a folder that is made for them."""
        folder.mkdir()
        self._folder, self._grounds = folder, grounds
        self.broken: set[str] = set()
        """Checks that failed too often to be believed anywhere."""

    def keep(
        self,
        said: Iterable[tuple[str, Mapping[str, Any]]],
        checks: Sequence[str],
        made: Callable[[str], frozenset[str]] = lambda _: _NOTHING,
    ) -> Iterator[str]:
        """Keeps the answers of each shard beside what is kept of it already, and tells its department's code.

        Args:
            said: code of the department, and check -> answer, or in words why there is none
            checks: what was asked; a check without an answer has failed
            made: code -> uids of facts that the audit made for the department
        """
        failures: Counter[str] = Counter()
        for code, answers in said:
            found = self._grounds.believed(code, answers, made(code))
            failures.update(check for check in checks if isinstance(found.get(check, ""), str))
            self._path(code).write_bytes(orjson.dumps({**self.of(code), **found}))
            yield code
        self.broken |= {check for check, count in failures.items() if count > TOLERATED_FAILURES}

    def of(self, code: str) -> dict[str, Any]:
        """Check -> answer of a department; empty if nothing is kept of it."""
        path = self._path(code)
        return load(path) if path.exists() else {}

    def taken(self, code: str) -> dict[str, Any]:
        """The same, which is then kept no longer."""
        found = self.of(code)
        self._path(code).unlink(missing_ok=True)
        return found

    def close(self) -> None:
        """Ends with none: every department's were taken."""
        self._folder.rmdir()

    def _path(self, code: str) -> Path:
        return self._folder / f"{code}.json"
