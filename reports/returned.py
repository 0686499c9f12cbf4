"""Workbooks of ours that came back: whether one belongs to the run, and every place where it is no longer what was written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from engine.errors import SnapshotError
from reports.model import Model
from reports.sheets import Line, squeezed
from reports.words import Words

SHORT = 64
"""Characters of a cell that a message repeats."""


@dataclass(frozen=True)
class Layout:
    """What a kind of workbook looks like."""

    format: str
    fixed: tuple[str, ...]
    """Keys of the headings of columns that nobody edits."""
    answers: tuple[str, ...]
    """Keys of those behind them, that are filled in."""
    noun: str
    """What a message calls it: list, workbook."""
    anew: str
    """What to do with one of another version."""


class ReturnedFile:
    """One workbook, held against what was written."""

    def __init__(
        self, name: str, model: Model, words: Mapping[str, Words], layout: Layout, problems: list[str]
    ) -> None:
        """One file.

        Args:
            name: of the file
            model: of the run that it was made from
            words: language -> words, of all languages
            layout: of its kind
            problems: where to say what is wrong
        """
        self.name, self.model = name, model
        self._languages, self._layout, self._problems = words, layout, problems

    def about(self, lines: Sequence[Line]) -> tuple[dict[str, str], Words]:
        """What its hidden sheet says, and the words of its language.

        Raises:
            SnapshotError: it is of another version, run or language
        """
        stated = {line.texts[0]: line.texts[1] for line in lines}
        layout, run = self._layout, self.model.run
        if stated.get("format") != layout.format:
            raise SnapshotError(
                f"{self.name}: found the format {stated.get('format', '')!r}, needs {layout.format!r}",
                layout.anew,
            )
        if stated.get("run") != run.id:
            raise SnapshotError(
                f"{self.name}: made from run {stated.get('run', '')} ({stated.get('period', '')}), "
                f"not from {run.id} ({run.period})",
                f"name the run that the {layout.noun} was made from",
            )
        language = stated.get("language", "")
        if language not in self._languages:
            raise SnapshotError(
                f"{self.name}: found the language {language!r}, needs one of {', '.join(self._languages)}"
            )
        return stated, self._languages[language]

    def headings(self, sheet: str, line: Line, words: Words) -> None:
        """Tell the headings that were changed."""
        for column, key in enumerate((*self._layout.fixed, *self._layout.answers), start=1):
            if line.texts[column - 1] != squeezed(words.t(key)):
                self.wrong(sheet, f"the heading was changed, it was {words.t(key)!r}", line.number, column)

    def is_twice(self, sheet: str, line: Line, fingerprint: str, met: dict[str, str]) -> bool:
        """Whether the row was met before, which is told; `met` says where."""
        if fingerprint in met:
            self.wrong(sheet, f"the row is there twice, first in {met[fingerprint]}", line.number)
            return True
        met[fingerprint] = f"{sheet}, row {line.number}"
        return False

    def unedited(self, sheet: str, line: Line, cells: Sequence[str]) -> None:
        """Tell the cells that nobody was to edit and somebody did."""
        found = line.texts[: len(self._layout.fixed)]
        for column, (was, now) in enumerate(zip(cells, found, strict=True), start=1):
            if now != squeezed(was):
                self.wrong(sheet, f"edited, it was {short(was)}, found {short(now)}", line.number, column)

    def wrong(self, sheet: str, what: str, row: int = 0, column: int = 0) -> None:
        """Say what is wrong and where."""
        place = f"{self.name} [{sheet}]"
        if row:
            place += f", row {row}"
        if column:
            place += f", column {get_column_letter(column)}"
        self._problems.append(f"{place}: {what}")


def short(text: str) -> str:
    """A cell as a message repeats it."""
    return repr(text if len(text) <= SHORT else text[: SHORT - 1] + "…")
