"""CSV tables for people with a spreadsheet program, in the words of each language; machines read JSON lines."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from reports.formats.given import Given, findings, rows
from reports.formats.plain import defused
from reports.model import Model
from reports.model.past_shapes import RollView
from reports.model.trend import ROLL_COLUMNS
from reports.words import Words

Row = tuple[str | int, ...]


def tables(given: Given) -> Iterator[tuple[Path, bytes]]:
    """Results, findings, instances, waivers and the roll-forward, each a file a language; the last column says whether it is a draft."""
    for language, words in given.words.items():
        state = words.state(given.model.run.issue)
        for name, table in _TABLES.items():
            listed = table(given.model, words)
            marked = chain([(*next(listed), words.t("issue.state"))], ((*row, state) for row in listed))
            yield Path("tables") / f"{name}.{language}.csv", encoded(marked)


def encoded(table: Iterable[Row]) -> bytes:
    """Every field quoted, none a formula, with the mark by which spreadsheet programs know UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in table:
        writer.writerow([defused(cell) if isinstance(cell, str) else str(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _results(model: Model, w: Words) -> Iterator[Row]:
    yield (
        w.t("column.code"), w.t("department"), w.t("column.clause"), w.t("check"), w.t("checks.what"),
        w.t("checks.result"), w.t("checks.method"), w.t("card.severity"), w.t("column.population"),
        w.t("column.conforming"), w.t("column.violations"), w.t("checks.unknown"), w.t("column.waived"),
        w.t("gaps.reason"),
    )  # fmt: skip
    for department in model.departments:
        for row in rows(department):
            yield (
                department.code, department.name or w.t("company"), row.clause, row.check, w.title(row.check),
                w.one_of("word", row.word), w.one_of("method", row.method), w.one_of("severity", row.severity),
                row.population, row.conforming, row.violations, row.unknown, row.waived,
                w.why(row) if row.reason else "",
            )  # fmt: skip


def _findings(model: Model, w: Words) -> Iterator[Row]:
    yield (
        w.t("card.number"), w.t("column.code"), w.t("department"), w.t("check"), w.t("checks.what"),
        w.t("card.severity"), w.t("column.state"), w.t("card.condition"), w.t("column.violations"),
        w.t("column.population"), w.t("checks.unknown"), w.t("column.waived"), w.t("evidence.owner"),
        w.t("column.notice_on"), w.t("contain_by"), w.t("correct_by"), w.t("overdue"),
    )  # fmt: skip
    for department in model.departments:
        for finding in findings(department):
            yield (
                finding.number, department.code, department.name or w.t("company"), finding.check,
                w.title(finding.check), w.one_of("severity", finding.severity),
                w.t("word.waived") if finding.is_waived else w.one_of("state", finding.state),
                w.condition(finding), finding.violations, finding.population, finding.unknown, finding.waived,
                w.owner(finding.owner), finding.notice_on, finding.contain_by, finding.correct_by,
                w.t("overdue") if finding.is_overdue else "",
            )  # fmt: skip


def _instances(model: Model, w: Words) -> Iterator[Row]:
    yield (
        w.t("card.number"), w.t("column.instance"), w.t("column.code"), w.t("check"), w.t("column.subject"),
        w.t("evidence.what"), w.t("card.severity"), w.t("column.state"), w.t("evidence.waiver"),
        w.t("waiver.until"), w.t("evidence.source"), w.t("evidence.observed"), w.t("evidence.collected"),
    )  # fmt: skip
    for department in model.departments:
        for finding in findings(department):
            for instance in finding.instances:
                yield (
                    finding.number, instance.number, department.code, finding.check, instance.name,
                    w.told(finding.check, instance), w.one_of("severity", instance.severity),
                    w.t("word.waived") if instance.waiver else w.one_of("state", instance.state),
                    instance.waiver, instance.waiver_until, f"{instance.source} {instance.record}".strip(),
                    instance.observed, instance.collected,
                )  # fmt: skip


def _waivers(model: Model, w: Words) -> Iterator[Row]:
    yield (
        w.t("waiver.number"), w.t("check"), w.t("department"), w.t("waiver.subject"), w.t("waiver.reason"),
        w.t("waiver.approved_by"), w.t("waiver.until"), w.t("waiver.applied"), w.t("column.waived"),
    )  # fmt: skip
    for row in model.company.waiver_rows:
        applied = w.t("waiver.yes", n=row.instances)
        refused = f"{w.t('waiver.no')}{w.t('colon')}{w.one_of('why_not', row.why_not)}"
        yield (
            row.number, row.check, row.department or w.t("company"), row.subject or w.t("waiver.all"),
            row.reason, row.approved_by, row.valid_until, applied if row.applied else refused, row.instances,
        )  # fmt: skip


def _roll(model: Model, w: Words) -> Iterator[Row]:
    yield (
        w.t("column.code"), w.t("department"), w.t("trend.level"), w.t("trend.opening"),
        *(w.t(key) for _, key in ROLL_COLUMNS), w.t("trend.closing"),
    )  # fmt: skip
    for level in ("findings", "instances"):
        whole = (("", w.t("total"), model.company.trend),)
        rows = ((row.code, row.name or w.t("company"), row.trend) for row in model.company.roll)
        for code, name, past in (*rows, *whole):
            roll: RollView | None = getattr(past, level)
            if roll is not None:
                yield (
                    code, name, w.t(f"trend.{level}"), roll.opening, roll.new, roll.recurred, roll.resumed,
                    roll.moved_in, roll.moved_out, roll.merged, roll.closed, roll.waived, roll.withheld,
                    roll.closing,
                )  # fmt: skip


_TABLES: dict[str, Callable[[Model, Words], Iterator[Row]]] = {
    "results": _results,
    "findings": _findings,
    "instances": _instances,
    "waivers": _waivers,
    "roll-forward": _roll,
}
