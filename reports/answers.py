"""Action lists that came back: what was answered, and every place where a list is no longer what was sent out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from openpyxl.utils import get_column_letter

from engine.errors import SnapshotError
from reports.actions import ANSWERS, DONE, FIXED, RECEIVED, STATUSES, ActionRow, action_rows
from reports.formats.plain import defused
from reports.formats.workbook import ABOUT, FORMAT, HEADINGS, MARK
from reports.model import Model
from reports.sheets import Line, sheets, squeezed
from reports.words import Words

_HEADINGS_ROW = HEADINGS + 1
_HIDDEN = len(FIXED) + len(ANSWERS) + 1

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")

_NUMBER = 64
"""Characters that a staff number may have."""


@dataclass(frozen=True)
class Answer:
    """What was answered about one instance."""

    row: ActionRow
    department: str
    status: str
    """Key of the frame, one of `STATUSES`."""
    done_on: str
    done_by: str
    remark: str
    evidence: str
    place: str

    @property
    def is_given(self) -> bool:
        """Whether anybody filled anything in."""
        return self.status != RECEIVED or any((self.done_on, self.done_by, self.remark, self.evidence))


@dataclass
class Returned:
    """All that came back."""

    answers: list[Answer] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """One line each: file, sheet, row and column, what is wrong there."""


@dataclass(frozen=True)
class Rectified:
    """What the answers say about one finding as a whole."""

    finding: str
    done_on: str
    """Empty: an instance of it is still open."""
    done_by: str


def returned(
    files: Sequence[tuple[str, bytes]], model: Model, words: Mapping[str, Words], until: str
) -> Returned:
    """Reads returned workbooks against the run that they were made from.

    Args:
        files: name and bytes of each
        model: of that run
        words: language -> words, of all languages
        until: day after which nothing can have been done yet

    Raises:
        SnapshotError: a file is no action list, or one of another run
    """
    back = Returned()
    for name, body in files:
        _File(name, model, words, until, back).read(body)
    _doubled(back)
    return back


def rectified(back: Returned) -> list[Rectified]:
    """The answers by finding: done when every one of its instances is, by whoever was last."""
    by_finding: dict[str, list[Answer]] = {}
    for answer in back.answers:
        by_finding.setdefault(answer.row.finding.number, []).append(answer)
    made = []
    for number, answers in sorted(by_finding.items()):
        if not any(answer.is_given for answer in answers):
            continue
        done = all(answer.done_on for answer in answers)
        last = max(answers, key=lambda answer: (answer.done_on, answer.done_by))
        made.append(Rectified(number, last.done_on if done else "", last.done_by if done else ""))
    return made


class _File:
    """One returned workbook."""

    def __init__(
        self, name: str, model: Model, words: Mapping[str, Words], until: str, back: Returned
    ) -> None:
        self._name = name
        self._model = model
        self._languages = words
        self._until = until
        self._back = back

    def read(self, body: bytes) -> None:
        """Its answers, and what was changed in it."""
        found_sheets = sheets(self._name, body, _HIDDEN)
        if ABOUT not in found_sheets:
            raise SnapshotError(
                f"{self._name}: no action list of ours: its hidden sheet {ABOUT} is missing",
                "fill in the list as it was sent",
            )
        department, words = self._about(found_sheets.pop(ABOUT))
        found = next((one for one in self._model.departments if one.code == department), None)
        if found is None:
            raise SnapshotError(
                f"{self._name}: found the department {department!r}, which the run does not have",
                "name the run that the list was made from",
            )
        wanted = {row.fingerprint: row for row in action_rows(found, words)}
        met: dict[str, str] = {}
        lists = {title: lines for title, lines in found_sheets.items() if _is_list(lines)}
        for title, lines in lists.items():
            for line in lines:
                if line.number == _HEADINGS_ROW:
                    self._headings(title, line, words)
                elif line.number > _HEADINGS_ROW:
                    self._row(title, line, words, department, wanted, met)
        for fingerprint, action in wanted.items():
            if fingerprint not in met:
                said = f"{action.cells[0]} {action.cells[1]}".strip()
                self._wrong(next(iter(lists), ""), f"the row of {said} is missing")

    def _about(self, lines: Sequence[Line]) -> tuple[str, Words]:
        stated = {line.texts[0]: line.texts[1] for line in lines}
        if stated.get("format") != FORMAT:
            raise SnapshotError(
                f"{self._name}: found the format {stated.get('format', '')!r}, needs {FORMAT!r}",
                "make the list again with this version and copy the answers over",
            )
        run = self._model.run
        if stated.get("run") != run.id:
            raise SnapshotError(
                f"{self._name}: made from run {stated.get('run', '')} ({stated.get('period', '')}), "
                f"not from {run.id} ({run.period})",
                "name the run that the list was made from",
            )
        language = stated.get("language", "")
        if language not in self._languages:
            raise SnapshotError(
                f"{self._name}: found the language {language!r}, needs one of {', '.join(self._languages)}"
            )
        return stated.get("department", ""), self._languages[language]

    def _headings(self, sheet: str, line: Line, words: Words) -> None:
        for column, key in enumerate((*FIXED, *ANSWERS), start=1):
            if line.texts[column - 1] != words.t(key):
                self._wrong(sheet, f"the heading was changed, it was {words.t(key)!r}", line.number, column)

    def _row(
        self,
        sheet: str,
        line: Line,
        words: Words,
        department: str,
        wanted: Mapping[str, ActionRow],
        met: dict[str, str],
    ) -> None:
        fingerprint = line.texts[_HIDDEN - 1]
        action = wanted.get(fingerprint)
        if action is None:
            if wanted or line.texts[0] != words.t("front.no_actions"):
                what = "a row that was not sent out, or whose hidden mark was changed"
                self._wrong(sheet, what, line.number, _HIDDEN)
            return
        if fingerprint in met:
            self._wrong(sheet, f"the row is there twice, first in {met[fingerprint]}", line.number)
            return
        met[fingerprint] = f"{sheet}, row {line.number}"
        for column, (was, found) in enumerate(
            zip(action.cells, line.texts[: len(FIXED)], strict=True), start=1
        ):
            if found != squeezed(was):
                self._wrong(
                    sheet, f"edited, it was {_short(was)}, found {_short(found)}", line.number, column
                )
        self._back.answers.append(self._answer(sheet, line, words, department, action))

    def _answer(self, sheet: str, line: Line, words: Words, department: str, action: ActionRow) -> Answer:
        column = {key: len(FIXED) + place for place, key in enumerate(ANSWERS, start=1)}
        said = {key: line.texts[place - 1] for key, place in column.items()}
        for key, place in column.items():
            if place in line.formulas:
                self._wrong(sheet, "a formula, needs what it says", line.number, place)
                said[key] = ""
        status = self._status(sheet, line.number, column["answer.status"], said["answer.status"], words)
        done_on = self._day(sheet, line.number, column["answer.done_on"], said["answer.done_on"])
        done_by = said["answer.done_by"]
        if len(done_by) > _NUMBER or defused(done_by) != done_by:
            self._wrong(sheet, f"no staff number: {_short(done_by)}", line.number, column["answer.done_by"])
        if status == DONE and not said["answer.done_on"]:
            self._wrong(sheet, "said to be done, needs the day", line.number, column["answer.done_on"])
        if done_on and status not in {DONE, RECEIVED}:
            what = f"done on {done_on}, but the status is {words.t(status)!r}"
            self._wrong(sheet, what, line.number, column["answer.status"])
        return Answer(
            row=action,
            department=department,
            status=status,
            done_on=done_on,
            done_by=done_by,
            remark=said["answer.remark"],
            evidence=said["answer.evidence"],
            place=f"{self._name} [{sheet}], row {line.number}",
        )

    def _status(self, sheet: str, row: int, column: int, found: str, words: Words) -> str:
        if not found:
            return RECEIVED
        known = {words.t(status): status for status in STATUSES}
        if found not in known:
            self._wrong(
                sheet, f"no such status: {_short(found)}, needs one of {', '.join(known)}", row, column
            )
        return known.get(found, RECEIVED)

    def _day(self, sheet: str, row: int, column: int, text: str) -> str:
        if not text:
            return ""
        found = _DAY.fullmatch(text)
        try:
            day = date(*map(int, found.groups())).isoformat() if found else ""
        except ValueError:
            day = ""
        if not day:
            self._wrong(sheet, f"no day: {_short(text)}, needs one such as 2026-10-31", row, column)
        elif day > self._until:
            self._wrong(sheet, f"{day} is after {self._until}, the day of the import", row, column)
        return day

    def _wrong(self, sheet: str, what: str, row: int = 0, column: int = 0) -> None:
        place = f"{self._name} [{sheet}]"
        if row:
            place += f", row {row}"
        if column:
            place += f", column {get_column_letter(column)}"
        self._back.problems.append(f"{place}: {what}")


def _is_list(lines: Sequence[Line]) -> bool:
    """Whether a sheet has the column that only action lists have."""
    return any(line.number == _HEADINGS_ROW and line.texts[_HIDDEN - 1] == MARK for line in lines)


def _doubled(back: Returned) -> None:
    """One instance answered in two files, such as the lists in two languages, must be answered alike or once."""
    first: dict[tuple[str, str], Answer] = {}
    kept: list[Answer] = []
    for answer in back.answers:
        key = (answer.department, answer.row.fingerprint)
        before = first.get(key)
        if before is None or not before.is_given:
            if before is not None:
                kept.remove(before)
            first[key] = answer
            kept.append(answer)
        elif answer.is_given and _said(answer) != _said(before):
            back.problems.append(f"{answer.place}: answered twice, and otherwise in {before.place}")
    back.answers = kept


def _said(answer: Answer) -> tuple[str, ...]:
    return (answer.status, answer.done_on, answer.done_by, answer.remark, answer.evidence)


def _short(text: str) -> str:
    return repr(text if len(text) <= _NUMBER else text[: _NUMBER - 1] + "…")


def answered(answers: Iterable[Answer]) -> list[Answer]:
    """Those that somebody filled in."""
    return [answer for answer in answers if answer.is_given]
