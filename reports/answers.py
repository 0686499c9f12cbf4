"""Action lists that came back: what was answered, and every place where a list is no longer what was sent out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from engine.errors import SnapshotError
from reports.actions import ANSWERS, DONE, FIXED, RECEIVED, STATUSES, ActionRow, action_rows
from reports.formats.plain import defused
from reports.formats.workbook import ABOUT, FORMAT, HEADINGS, MARK
from reports.model import Model
from reports.returned import Layout, ReturnedFile, short
from reports.sheets import Line, sheets
from reports.words import Words

_HEADINGS_ROW = HEADINGS + 1
_HIDDEN = len(FIXED) + len(ANSWERS) + 1

_LAYOUT = Layout(
    FORMAT, FIXED, ANSWERS, "list", "make the list again with this version and copy the answers over"
)

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


class _File(ReturnedFile):
    """One returned action list."""

    def __init__(
        self, name: str, model: Model, words: Mapping[str, Words], until: str, back: Returned
    ) -> None:
        super().__init__(name, model, words, _LAYOUT, back.problems)
        self._until = until
        self._back = back

    def read(self, body: bytes) -> None:
        """Its answers, and what was changed in it."""
        found_sheets = sheets(self.name, body, _HIDDEN)
        if ABOUT not in found_sheets:
            raise SnapshotError(
                f"{self.name}: no action list of ours: its hidden sheet {ABOUT} is missing",
                "fill in the list as it was sent",
            )
        stated, words = self.about(found_sheets.pop(ABOUT))
        department = stated.get("department", "")
        found = next((one for one in self.model.departments if one.code == department), None)
        if found is None:
            raise SnapshotError(
                f"{self.name}: found the department {department!r}, which the run does not have",
                "name the run that the list was made from",
            )
        wanted = {row.fingerprint: row for row in action_rows(found, words)}
        met: dict[str, str] = {}
        lists = {title: lines for title, lines in found_sheets.items() if _is_list(lines)}
        for title, lines in lists.items():
            for line in lines:
                if line.number == _HEADINGS_ROW:
                    self.headings(title, line, words)
                elif line.number > _HEADINGS_ROW:
                    self._row(title, line, words, department, wanted, met)
        for fingerprint, action in wanted.items():
            if fingerprint not in met:
                said = f"{action.cells[0]} {action.cells[1]}".strip()
                self.wrong(next(iter(lists), ""), f"the row of {said} is missing")

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
                self.wrong(sheet, what, line.number, _HIDDEN)
            return
        if self.is_twice(sheet, line, fingerprint, met):
            return
        self.unedited(sheet, line, action.cells)
        self._back.answers.append(self._answer(sheet, line, words, department, action))

    def _answer(self, sheet: str, line: Line, words: Words, department: str, action: ActionRow) -> Answer:
        column = {key: len(FIXED) + place for place, key in enumerate(ANSWERS, start=1)}
        said = {key: line.texts[place - 1] for key, place in column.items()}
        for key, place in column.items():
            if place in line.formulas:
                self.wrong(sheet, "a formula, needs what it says", line.number, place)
                said[key] = ""
        status = self._status(sheet, line.number, column["answer.status"], said["answer.status"], words)
        done_on = self._day(sheet, line.number, column["answer.done_on"], said["answer.done_on"])
        done_by = said["answer.done_by"]
        if len(done_by) > _NUMBER or defused(done_by) != done_by:
            self.wrong(sheet, f"no staff number: {short(done_by)}", line.number, column["answer.done_by"])
        if status == DONE and not said["answer.done_on"]:
            self.wrong(sheet, "said to be done, needs the day", line.number, column["answer.done_on"])
        if done_on and status not in {DONE, RECEIVED}:
            what = f"done on {done_on}, but the status is {words.t(status)!r}"
            self.wrong(sheet, what, line.number, column["answer.status"])
        return Answer(
            row=action,
            department=department,
            status=status,
            done_on=done_on,
            done_by=done_by,
            remark=said["answer.remark"],
            evidence=said["answer.evidence"],
            place=f"{self.name} [{sheet}], row {line.number}",
        )

    def _status(self, sheet: str, row: int, column: int, found: str, words: Words) -> str:
        if not found:
            return RECEIVED
        known = {words.t(status): status for status in STATUSES}
        if found not in known:
            self.wrong(sheet, f"no such status: {short(found)}, needs one of {', '.join(known)}", row, column)
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
            self.wrong(sheet, f"no day: {short(text)}, needs one such as 2026-10-31", row, column)
        elif day > self._until:
            self.wrong(sheet, f"{day} is after {self._until}, the day of the import", row, column)
        return day


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


def answered(answers: Iterable[Answer]) -> list[Answer]:
    """Those that somebody filled in."""
    return [answer for answer in answers if answer.is_given]
