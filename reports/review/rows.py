"""What the workbook shows of each finding, as it is written and as a returned one is compared."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.actions import cell_text
from reports.model import Department, Model
from reports.model.finding_shapes import FindingView
from reports.words import Words

FORMAT = "review/1"
ABOUT = "_review"
"""The hidden sheet that says of which run the workbook is."""

MARK = "fingerprint"
"""Heading of the hidden column by which a row is known again."""

HEADINGS = 3
"""Row of the headings, counted from nought; above them stand title and instructions."""

FIXED = (
    "card.number",
    "department",
    "check",
    "column.clause",
    "review.condition",
    "card.severity",
    "column.state",
    "review.instances",
    "evidence.owner",
    "contain_by",
    "correct_by",
)
"""Headings of the columns that nobody fills in: keys of the frame."""

ANSWERS = ("review.decision", "review.remark", "review.reason")
"""Headings of the columns that the inspector fills in."""

CONFIRM, WITHHOLD = "review.confirm", "review.withhold"
DECISIONS = (CONFIRM, WITHHOLD)
"""What an inspector may decide; an empty cell: not looked at yet."""

EVIDENCE = ("card.number", "column.instance", "evidence.what", "evidence.source", "column.subject")
"""Headings of the sheet that has every instance."""


@dataclass(frozen=True)
class ReviewRow:
    """One open finding, and the cells of the columns `FIXED`."""

    finding: FindingView
    cells: tuple[str, ...]


def review_rows(model: Model, words: Words) -> Iterator[ReviewRow]:
    """Every open finding, department by department, worst first."""
    for department in model.departments:
        for finding in department.findings:
            yield ReviewRow(finding, tuple(cell_text(cell) for cell in _cells(department, finding, words)))


def _cells(department: Department, finding: FindingView, words: Words) -> tuple[str, ...]:
    unseen = finding.state == "unverified"
    return (
        finding.number,
        department.name_short or words.t("company"),
        f"{finding.check} {words.title(finding.check)}",
        f"{finding.clause} {words.clause(finding.clause)}",
        words.t("card.unverified") if unseen else words.condition(finding),
        words.one_of("severity", finding.severity),
        words.one_of("state", finding.state),
        f"{finding.violations} / {finding.population}",
        words.owner(finding.owner),
        finding.contain_by,
        finding.correct_by,
    )


def evidence_rows(model: Model, words: Words) -> Iterator[tuple[str, ...]]:
    """Every open instance, as the department would be told of it."""
    for department in model.departments:
        for finding in department.findings:
            for one in finding.instances:
                if not one.waiver:
                    source = f"{one.source} {one.record}".strip()
                    told = words.told(finding.check, one)
                    cells = (finding.number, one.number, told, source, one.subject)
                    yield tuple(cell_text(cell) for cell in cells)
