"""What the history says: quarter by quarter, how everything went, and whether one quarter follows from the other."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from engine.findings import SEVERITIES
from engine.history.tables import breaks, points, rolls, runs
from engine.rolls import LEVELS, Roll

Row = dict[str, Any]


@dataclass(frozen=True)
class Quarter:
    """One run of the timeline."""

    run: Row
    rolls: dict[tuple[str, str], Roll]
    """Department (empty: the company) and level -> roll-forward."""
    open: dict[str, dict[str, int]]
    """Department -> severity -> open findings."""
    fresh: dict[str, int]
    """Department -> how many of these are of checks that were new."""
    breaks: dict[str, list[str]]
    """Check -> what of it changed."""
    gap: str
    """Why it does not follow from the quarter before; empty: it does, or is the first."""


def timeline(connection: Connection) -> list[Quarter]:
    """The runs that count, oldest first.

    Of several runs of one period the one counts that a later run names as the one before it, else the one that was issued,
    in its highest version, else the latest notice.
    """
    known = {row["digest"]: row for row in _rows(connection, runs)}
    followed = {row["previous"] for row in known.values()}
    chosen: dict[str, Row] = {}
    for digest, row in sorted(
        known.items(),
        key=lambda one: (
            one[0] in followed,
            one[1]["as_of"],
            one[1]["version"],
            one[1]["notice_on"],
            one[0],
        ),
    ):
        chosen[row["period"]] = known[digest]
    found: list[Quarter] = []
    for row in sorted(chosen.values(), key=lambda one: one["as_of"]):
        found.append(_quarter(connection, row, found[-1] if found else None, known))
    return found


def _quarter(connection: Connection, run: Row, before: Quarter | None, known: dict[str, Row]) -> Quarter:
    of_run = {table: _rows(connection, table, run["digest"]) for table in (rolls, points, breaks)}
    said = {(row.pop("department"), row.pop("level")): Roll(**row) for row in of_run[rolls] if row.pop("run")}
    open_: dict[str, dict[str, int]] = {}
    fresh: dict[str, int] = {}
    for row in of_run[points]:
        open_.setdefault(row["department"], dict.fromkeys(SEVERITIES, 0))[row["severity"]] = row["open"]
        fresh[row["department"]] = fresh.get(row["department"], 0) + row["fresh"]
    why: dict[str, list[str]] = {}
    for row in of_run[breaks]:
        why.setdefault(row["check"], []).append(row["what"])
    return Quarter(run, said, open_, fresh, why, _gap(run, said, before, known))


def _gap(run: Row, said: dict[tuple[str, str], Roll], before: Quarter | None, known: dict[str, Row]) -> str:
    if run["previous"] and run["previous"] not in known:
        return "the run before it is not in the history"
    if before is None:
        return ""
    if run["previous"] != before.run["digest"]:
        return f"it was not made from the run of {before.run['period']}"
    for (department, level), roll in sorted(said.items()):
        closing = before.rolls.get((department, level), Roll()).closing
        if roll.opening != closing or not roll.ties:
            where = department or "the company"
            return f"{where}: {level} open with {roll.opening}, {before.run['period']} closed with {closing}"
    return ""


def _rows(connection: Connection, table: Table, run: str = "") -> list[Row]:
    query = select(table).order_by(*table.primary_key.columns)
    if run:
        query = query.where(table.c.run == run)
    return [dict(row._mapping) for row in connection.execute(query)]  # noqa: SLF001  # SQLAlchemy's public way


def document(quarters: list[Quarter]) -> list[Row]:
    """The timeline as JSON: the same runs give the same document, in whatever order they were imported."""
    return [
        {
            "period": quarter.run["period"],
            "run": quarter.run["digest"],
            "id": quarter.run["id"],
            "as_of": quarter.run["as_of"],
            "notice_on": quarter.run["notice_on"],
            "previous": quarter.run["previous"],
            "gap": quarter.gap,
            "breaks": quarter.breaks,
            "departments": {
                code: {
                    "open": quarter.open[code],
                    "fresh": quarter.fresh[code],
                    **{level: quarter.rolls[code, level].model_dump() for level in LEVELS},
                }
                for code in sorted(quarter.open)
                if code
            },
            "company": {
                "open": quarter.open[""],
                "fresh": quarter.fresh[""],
                **{level: quarter.rolls["", level].model_dump() for level in LEVELS},
            },
        }
        for quarter in quarters
    ]
