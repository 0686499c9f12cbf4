"""Departments and who heads them, from HR's tables."""

from collections import defaultdict
from dataclasses import dataclass

from collectors.clocks import end_of_day, start_of_day
from collectors.harvest import Harvest
from collectors.roster.tables import Table, TableRow
from engine.facts import KEY, Department, Head

_YES_NO = {
    "yes": "yes", "是": "yes", "y": "yes", "true": "yes", "1": "yes",
    "no": "no", "否": "no", "n": "no", "false": "no", "0": "no",
}  # fmt: skip


def add_departments(
    harvest: Harvest, table: Table, heads: Table, people: frozenset[str], at: str, as_of: str
) -> None:
    """Add every department with all its heads; who is a deputy counts as of the snapshot."""
    terms: dict[str, list[_Term]] = defaultdict(list)
    for row in heads.rows():
        code = row.must("department_code", row.code("department_code"))
        terms[code].append(
            _Term(_head(harvest, row, people), row.word("deputy", _YES_NO, "no") == "yes", row.raw())
        )
    rows: dict[str, TableRow] = {}
    for row in table.rows():
        code = row.must("code", row.code("code"))
        if code in rows:
            text = (
                f"department {code}: rows {rows[code].number} and {row.number} are the same; the first counts"
            )
            harvest.problem(text, "complete")
        rows.setdefault(code, row)
    for code in sorted(set(terms) - set(rows)):
        harvest.problem(
            f"{heads.sheet.place}: heads of the department {code}, which is in no row", "complete"
        )
    for code, row in sorted(rows.items()):
        if code:
            _add_department(harvest, row, terms[code], at, as_of)


@dataclass(frozen=True)
class _Term:
    """Somebody heads a department, or stands in for its head, for a time."""

    head: Head
    is_deputy: bool
    raw: dict[str, str]


def _add_department(harvest: Harvest, row: TableRow, terms: list[_Term], at: str, as_of: str) -> None:
    code, zone = row.code("code"), row.table.zone
    since, until = row.day("valid_from"), row.day("valid_until")
    deputies = {term.head.person for term in terms if term.is_deputy and _in_force(term.head, as_of)}
    harvest.add(
        Department,
        code,
        name=row.text("name"),
        raw={"row": row.raw(), "heads": [term.raw for term in terms]},
        at=at,
        observed_at=harvest.as_of,
        values={
            "code": code,
            "name": row.must("name", row.text("name")),
            "parent": row.code("parent_code") or None,
            "valid_from": since and start_of_day(since, zone),
            "valid_until": until and end_of_day(until, zone),
            "renamed_from": row.codes("renamed_from"),
            "merged_into": row.code("merged_into") or None,
            "heads": tuple(sorted((term.head for term in terms if not term.is_deputy), key=_order)),
            "deputies": tuple(sorted(deputies)),
        },
    )


def _head(harvest: Harvest, row: TableRow, people: frozenset[str]) -> Head:
    number = row.must("employee_no", row.number_of("employee_no"))
    since, until = row.day("from"), row.day("until")
    return Head(
        person=harvest.uid("person", number) if number in people else f"{KEY}{number}",
        from_at=start_of_day(since, row.table.zone) if since else None,
        until_at=end_of_day(until, row.table.zone) if until else None,
        acting="yes" if row.word("acting", _YES_NO, "no") == "yes" else "no",
    )


def _in_force(head: Head, as_of: str) -> bool:
    return (head.from_at or "") <= as_of < (head.until_at or "9")


def _order(head: Head) -> tuple[str, str]:
    return head.from_at or "", head.person
