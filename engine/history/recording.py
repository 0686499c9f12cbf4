"""Runs into the history: each once, from its folder, in whatever order they come."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Table, insert, select

from engine.canonical import load
from engine.errors import HistoryError
from engine.findings import SEVERITIES
from engine.history.tables import breaks, checks, findings, instances, points, rolls, runs
from engine.rolls import LEVELS
from engine.snapshot.folder import untouched_run

_AT_ONCE = 2_000
"""Rows that one statement carries, so that memory stays flat however large a run is."""

Row = dict[str, Any]


def record(connection: Connection, folder: Path) -> bool:
    """Takes a run into the history; False if it was there already.

    Raises:
        SnapshotError: the folder is no run, or was changed
        HistoryError: the run was made by a version that kept no roll-forward, or belongs to another organisation
    """
    manifest = untouched_run(folder)
    digest: str = manifest["digest"]
    if connection.execute(select(runs.c.digest).where(runs.c.digest == digest)).first():
        return False
    run, history, catalogue = (load(folder / f"{name}.json") for name in ("run", "history", "catalogue"))
    here: Row = next((row for row in history["company"] if row["as_of"] == run["as_of"]), {})
    if "roll" not in here:
        raise HistoryError(
            f"{folder}: a run of an earlier version, which says no roll-forward",
            "audit its snapshot again with this version, then import that run",
        )
    _same_organisation(connection, run, folder)
    connection.execute(insert(runs), [_run(run, digest)])
    _all(connection, checks, (_check(row, digest) for row in catalogue["checks"]))
    _all(connection, findings, (_finding(row, digest) for row in _lines(folder)))
    _all(connection, instances, (one for row in _lines(folder) for one in _instances(row, digest)))
    own = [("", here)] + [
        (code, row)
        for code, rows in history["departments"].items()
        for row in rows
        if row["as_of"] == run["as_of"]
    ]
    _all(connection, rolls, (one for code, row in own for one in _rolls(code, row, digest)))
    _all(connection, points, (one for code, row in own for one in _points(code, row, digest)))
    _all(
        connection,
        breaks,
        (
            {"run": digest, "check": check, "what": what}
            for check, why in here["breaks"].items()
            for what in why
        ),
    )
    return True


def _same_organisation(connection: Connection, run: Row, folder: Path) -> None:
    found = connection.execute(select(runs.c.organisation, runs.c.policy).limit(1)).first()
    if found and tuple(found) != (run["organisation"], run["policy"]):
        raise HistoryError(
            f"{folder}: a run of {run['organisation']} ({run['policy']}), "
            f"the history is of {found.organisation} ({found.policy})",
            "name the history of that company; each policy has its own",
        )


def _all(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    left = iter(rows)
    while part := list(islice(left, _AT_ONCE)):
        connection.execute(insert(table), part)


def _lines(folder: Path) -> Iterator[Row]:
    with (folder / "findings.jsonl").open("rb") as lines:
        for line in lines:
            yield orjson.loads(line)


def _run(run: Row, digest: str) -> Row:
    kept = ("id", "organisation", "policy", "policy_version", "as_of", "notice_on")
    digests = ("previous", "snapshot", "rules", "settings")
    return {
        "digest": digest,
        **{name: run[name] for name in kept},
        "period": run["period"]["label"],
        **{name: run["digests"][name] for name in digests},
        "engine": f"{run['engine']['name']} {run['engine']['version']}",
        "version": (run.get("issued") or {}).get("version", 0),
    }


def _check(row: Row, digest: str) -> Row:
    said = {name: row[name] for name in ("method", "severity")}
    return {"run": digest, "check": row["id"], "rule": row.get("rule", ""), **said}


def _finding(row: Row, digest: str) -> Row:
    kept = {column.name for column in findings.columns} - {"run"}
    return {"run": digest, **{name: row[name] for name in kept}}


def _instances(row: Row, digest: str) -> Iterator[Row]:
    for fingerprint, one in {one["fingerprint"]: one for one in row["instances"]}.items():
        yield {
            "run": digest,
            "finding": row["fingerprint"],
            "fingerprint": fingerprint,
            "severity": one["severity"],
            "state": one["state"],
            "waived": int(bool(one["waiver"])),
        }


def _rolls(code: str, row: Row, digest: str) -> Iterator[Row]:
    for level in LEVELS:
        yield {"run": digest, "department": code, "level": level, **row["roll"][level]}


def _points(code: str, row: Row, digest: str) -> Iterator[Row]:
    for severity in SEVERITIES:
        counts = {name: row[name].get(severity, 0) for name in ("open", "fresh")}
        yield {"run": digest, "department": code, "severity": severity, **counts}
