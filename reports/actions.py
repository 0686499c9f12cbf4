"""The action list of a department: one row an instance, as the workbook shows it and as a returned one is compared."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.clean import shortened
from reports.model import Department
from reports.model.finding_shapes import FindingView, InstanceView
from reports.words import Words

FIXED = (
    "card.number",
    "column.instance",
    "check",
    "column.clause",
    "evidence.what",
    "card.severity",
    "column.to_do",
    "evidence.owner",
    "contain_by",
    "correct_by",
)
"""Headings of the columns that nobody fills in: keys of the frame."""

ANSWERS = ("answer.status", "answer.done_on", "answer.done_by", "answer.remark", "answer.evidence")
"""Headings of the columns that whoever acts fills in."""

RECEIVED, DONE = "status.received", "status.done"
STATUSES = (
    RECEIVED,
    "status.in_progress",
    DONE,
    "status.extension",
    "status.exception",
    "status.disputed",
)
"""What whoever acts may answer. That a finding is closed only the next inspection says, or somebody who did not mend it."""

CELL = 32_000
"""Characters that a cell of a workbook is sure to hold."""


@dataclass(frozen=True)
class ActionRow:
    """One row: what it is about, and the cells of the columns `FIXED`."""

    fingerprint: str
    finding: FindingView
    subject: str
    cells: tuple[str, ...]


def action_rows(department: Department, words: Words) -> Iterator[ActionRow]:
    """Every open instance, worst finding first; a finding that is carried on without its instances has one row."""
    for finding in department.findings:
        alike = _Alike(
            clause=f"{finding.clause} {words.clause(finding.clause)}",
            to_do=words.to_do(finding.check),
            owner=words.owner(finding.owner),
        )
        told = False
        for instance in finding.instances:
            if not instance.waiver:
                told = True
                yield _row(finding, instance, words, alike)
        if not told:
            yield _row(finding, None, words, alike)


@dataclass(frozen=True)
class _Alike:
    """What all rows of a finding say."""

    clause: str
    to_do: str
    owner: str


def _row(finding: FindingView, instance: InstanceView | None, words: Words, alike: _Alike) -> ActionRow:
    cells = (
        finding.number,
        instance.number if instance else "",
        finding.check,
        alike.clause,
        words.told(finding.check, instance) if instance else words.t("card.unverified"),
        words.one_of("severity", instance.severity if instance else finding.severity),
        alike.to_do,
        (instance.owner if instance else "") or alike.owner,
        finding.contain_by,
        (instance.due if instance else "") or finding.correct_by,
    )
    return ActionRow(
        fingerprint=instance.fingerprint if instance else finding.fingerprint,
        finding=finding,
        subject=instance.subject if instance else "",
        cells=tuple(cell_text(cell) for cell in cells),
    )


def cell_text(text: str) -> str:
    """The text as a cell holds it: without blanks at its ends, which spreadsheet programs drop, and not too long."""
    return shortened(text.strip(), CELL)
