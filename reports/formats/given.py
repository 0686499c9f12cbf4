"""What every format is given: the model, and the words of the languages that were asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

from reports.html import Pages
from reports.model import Department, Model
from reports.model.check_shapes import CheckRow
from reports.model.finding_shapes import FindingView
from reports.model.run_shapes import RunView
from reports.words import Words

NAME = "Clausewise"


@dataclass(frozen=True)
class Common:
    """What a format needs beside a department to put down the department's own files."""

    run: RunView
    pages: Pages
    words: dict[str, Words]
    """Language -> its words, in the order in which they were asked for."""

    @property
    def first(self) -> Words:
        """The words of files that there is one of: those of the language that was named first."""
        return next(iter(self.words.values()))


@dataclass(frozen=True)
class Given(Common):
    """One run, ready to be written; a format puts it down and adds nothing."""

    model: Model


def program() -> str:
    """The version of this program, as files state what made them."""
    return version("clausewise")


def rows(department: Department) -> Iterator[CheckRow]:
    """What every check says about a department, in the order of the policy."""
    for chapter in department.chapters:
        for clause in chapter.clauses:
            yield from clause.checks


def findings(department: Department) -> tuple[FindingView, ...]:
    """Open ones, waived ones, closed ones: nothing that the run says about them is left out."""
    return (*department.findings, *department.waived, *department.closed)


def by_check(department: Department) -> dict[str, FindingView]:
    """Check -> its finding, in whatever state."""
    return {finding.check: finding for finding in findings(department)}
