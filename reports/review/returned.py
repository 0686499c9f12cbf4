"""Review workbooks that came back: what was decided, and every place where one is no longer what was written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.errors import SnapshotError
from engine.issued import DecisionKind
from reports.model import Model
from reports.returned import Layout, ReturnedFile, short
from reports.review.rows import (
    ABOUT,
    ANSWERS,
    CONFIRM,
    DECISIONS,
    FIXED,
    FORMAT,
    HEADINGS,
    MARK,
    WITHHOLD,
    ReviewRow,
    review_rows,
)
from reports.sheets import Line, sheets
from reports.words import Words

_KIND = "review workbook"
_HEADINGS_ROW = HEADINGS + 1
_HIDDEN = len(FIXED) + len(ANSWERS) + 1
_COLUMN = {key: len(FIXED) + place for place, key in enumerate(ANSWERS, start=1)}
_LAYOUT = Layout(
    FORMAT,
    FIXED,
    ANSWERS,
    "workbook",
    "write the workbook again with this version and copy the decisions over",
)


@dataclass(frozen=True)
class Verdict:
    """What was decided about a finding."""

    finding: str
    """Its number."""
    fingerprint: str
    kind: DecisionKind
    text: str
    place: str


@dataclass
class Returned:
    """All that came back."""

    verdicts: list[Verdict] = field(default_factory=list)
    rows: int = 0
    """Findings that the workbooks have, decided or not."""
    problems: list[str] = field(default_factory=list)
    """One line each: file, sheet, row and column, what is wrong there."""


def returned(files: Sequence[tuple[str, bytes]], model: Model, words: Mapping[str, Words]) -> Returned:
    """Reads returned workbooks against the draft that they were made from.

    Args:
        files: name and bytes of each
        model: of that draft
        words: language -> words, of all languages

    Raises:
        SnapshotError: a file is no review workbook, or one of another run
    """
    back = Returned(rows=sum(len(department.findings) for department in model.departments))
    for name, body in files:
        _File(name, model, words, back).read(body)
    _doubled(back)
    return back


class _File(ReturnedFile):
    """One returned workbook."""

    def __init__(self, name: str, model: Model, words: Mapping[str, Words], back: Returned) -> None:
        super().__init__(name, model, words, _LAYOUT, back.problems)
        self._back = back

    def read(self, body: bytes) -> None:
        """Its decisions, and what was changed in it."""
        found = sheets(self.name, body, _HIDDEN, _KIND)
        if ABOUT not in found:
            raise SnapshotError(
                f"{self.name}: no {_KIND} of ours: its hidden sheet {ABOUT} is missing",
                "fill in the workbook as it was written",
            )
        _, words = self.about(found.pop(ABOUT))
        wanted = {row.finding.fingerprint: row for row in review_rows(self.model, words)}
        met: dict[str, str] = {}
        listed = {title: lines for title, lines in found.items() if _has_findings(lines)}
        for title, lines in listed.items():
            for line in lines:
                if line.number == _HEADINGS_ROW:
                    self.headings(title, line, words)
                elif line.number > _HEADINGS_ROW:
                    self._row(title, line, words, wanted, met)
        for fingerprint, row in wanted.items():
            if fingerprint not in met:
                self.wrong(next(iter(listed), ""), f"the row of {row.cells[0]} is missing")

    def _row(
        self, sheet: str, line: Line, words: Words, wanted: Mapping[str, ReviewRow], met: dict[str, str]
    ) -> None:
        fingerprint = line.texts[_HIDDEN - 1]
        row = wanted.get(fingerprint)
        if row is None:
            what = "a row that was not written, or whose hidden mark was changed"
            self.wrong(sheet, what, line.number, _HIDDEN)
            return
        if self.is_twice(sheet, line, fingerprint, met):
            return
        self.unedited(sheet, line, row.cells)
        self._back.verdicts += self._verdict(sheet, line, words, row)

    def _verdict(self, sheet: str, line: Line, words: Words, row: ReviewRow) -> Iterator[Verdict]:
        """What was decided, if anything was; what cannot be meant is told."""
        said = {key: line.texts[column - 1] for key, column in _COLUMN.items()}
        for column in _COLUMN.values():
            if column in line.formulas:
                self.wrong(sheet, "a formula, needs what it says", line.number, column)
                return
        decision, remark, reason = (said[key] for key in ANSWERS)
        known = {words.t(key): key for key in DECISIONS}
        if decision and decision not in known:
            what = f"no such decision: {short(decision)}, needs {' or '.join(known)}, or nothing"
            self.wrong(sheet, what, line.number, _COLUMN["review.decision"])
            return
        chosen = known.get(decision, "")
        wrong = _contradiction(chosen, remark, reason)
        if wrong:
            what, key = wrong
            self.wrong(sheet, what, line.number, _COLUMN[key])
        elif chosen:
            kind: DecisionKind = "withheld" if chosen == WITHHOLD else "annotated" if remark else "confirmed"
            yield Verdict(
                finding=row.finding.number,
                fingerprint=row.finding.fingerprint,
                kind=kind,
                text=reason if chosen == WITHHOLD else remark,
                place=f"{self.name} [{sheet}], row {line.number}",
            )


def _contradiction(chosen: str, remark: str, reason: str) -> tuple[str, str] | None:
    """What cannot be meant, and in which column; none: it can."""
    if chosen == WITHHOLD and not reason:
        return "withheld, needs a reason", "review.reason"
    if chosen == WITHHOLD and remark:
        return (
            "a remark for a report that does not tell the finding: confirm it, or take the remark away",
            "review.remark",
        )
    if chosen == CONFIRM and reason:
        return "a reason for withholding, but it is confirmed", "review.reason"
    if not chosen and (remark or reason):
        return "a text without a decision", "review.decision"
    return None


def _has_findings(lines: Sequence[Line]) -> bool:
    """Whether a sheet has the column that only the sheet of findings has."""
    return any(line.number == _HEADINGS_ROW and line.texts[_HIDDEN - 1] == MARK for line in lines)


def _doubled(back: Returned) -> None:
    """One finding decided in two files must be decided alike or once."""
    first: dict[str, Verdict] = {}
    for verdict in back.verdicts:
        before = first.setdefault(verdict.fingerprint, verdict)
        if (before.kind, before.text) != (verdict.kind, verdict.text):
            back.problems.append(f"{verdict.place}: decided twice, and otherwise in {before.place}")
    back.verdicts = list(first.values())
