"""Runs as issuing reads them: believed only if nobody changed them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import orjson
from pydantic import BaseModel

from engine.calendar import WorkCalendar
from engine.canonical import load
from engine.errors import IssueError
from engine.findings import Ended, Finding, FindingState, Result, Run, Undecided
from engine.issued import Decided
from engine.issuing.withhold import Pair
from engine.snapshot.folder import untouched_run

_Row = TypeVar("_Row", bound=BaseModel)


@dataclass(frozen=True)
class RunRead:
    """A run and what issuing needs of it, each read when it is asked for."""

    path: Path
    digest: str
    run: Run

    @cached_property
    def findings(self) -> list[Finding]:
        """In their order."""
        return list(self.rows("findings", Finding))

    @cached_property
    def results(self) -> dict[Pair, Result]:
        """Department and check -> result, in their order."""
        return {(row.department, row.check): row for row in self.rows("results", Result)}

    @cached_property
    def withheld(self) -> list[Finding]:
        """What was not issued; nothing of a draft."""
        return list(self.rows("withheld", Finding)) if self.run.issued else []

    @cached_property
    def review(self) -> dict[str, Decided]:
        """Fingerprint -> the decision in force when it was issued; nothing of a draft."""
        return {row.fingerprint: row for row in self.rows("review", Decided)} if self.run.issued else {}

    @property
    def open(self) -> list[Finding]:
        """Findings that a department is told to act on, and so an inspector looks at."""
        return [one for one in self.findings if one.state is not FindingState.CLOSED]

    @property
    def ended(self) -> Iterator[Ended]:
        """What ended and may come back."""
        return self.rows("ended", Ended)

    @property
    def undecided(self) -> Iterator[Undecided]:
        """Subjects that checks could not decide."""
        return self.rows("undecided", Undecided)

    @property
    def calendar(self) -> WorkCalendar:
        """The working days as used.

        Raises:
            IssueError: a version that did not keep them made the run
        """
        if not (self.path / "calendar.json").exists():
            raise IssueError(
                f"{self.path.name}: a run of an earlier version, which kept no calendar of working days",
                "audit its snapshot again with this version",
            )
        return WorkCalendar.of(load(self.path / "calendar.json"))

    def rows(self, name: str, model: type[_Row]) -> Iterator[_Row]:
        """The lines of one of its files."""
        with (self.path / f"{name}.jsonl").open("rb") as lines:
            for line in lines:
                yield model.model_validate(orjson.loads(line))


def read_run(path: Path) -> RunRead:
    """The run that lies in a folder.

    Raises:
        SnapshotError: it is no run, or was changed
    """
    manifest = untouched_run(path)
    return RunRead(path, manifest["digest"], Run.model_validate(load(path / "run.json")))
