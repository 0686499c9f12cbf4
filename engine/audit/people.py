"""Who answers for a finding, and how departments and subjects are called."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from engine.facts import COMPANY
from engine.findings import DepartmentRow, Owner, Subject
from engine.snapshot import Snapshot

Record = dict[str, Any]


class Responsibility:
    """Heads of departments as of the date, and who stands in where there is none."""

    def __init__(self, company: Record, roles: dict[str, str]) -> None:
        self._rows = {row["code"]: row for row in company["departments"]}
        self._roles = roles

    def owner(self, role: str, department: str, named: Iterable[str]) -> Owner:
        """Who answers: the one person whom the rule named, else the holder of the role, else the next head up.

        Args:
            role: as the check names it
            department: code of the shard
            named: persons whom the rule named, one for each instance that has one
        """
        people = set(named)
        if len(people) == 1 and "" not in people:
            return Owner(role=role, person=people.pop(), department=department)
        if role in self._roles:
            return self._head(role, self._roles[role])
        if role == "next_head":
            above = self._rows.get(department, {}).get("parent", "")
            return (
                self._head("department_head", above) if above else self._head("it", self._roles.get("it", ""))
            )
        if role == "inspector" or department == COMPANY:
            return self._head("it", self._roles.get("it", ""))
        return self._head("department_head", department)

    def _head(self, role: str, department: str) -> Owner:
        code, seen = department, set()
        while code in self._rows and code not in seen:
            seen.add(code)
            heads = self._rows[code].get("head", [])
            if heads:
                return Owner(role=role, person=heads[0], department=code)
            code, role = self._rows[code].get("parent", ""), "department_head"
        it = self._roles.get("it", "")
        heads = self._rows.get(it, {}).get("head", [])
        return Owner(role="it", person=heads[0] if heads and it != department else "", department=it)


def department_rows(snapshot: Snapshot, company: Record, names: dict[str, str]) -> tuple[DepartmentRow, ...]:
    """The departments that a report is made for, the company last."""
    rows = {row["code"]: row for row in company["departments"]}
    made = [
        DepartmentRow(
            code=code,
            name=rows[code]["name"] if code in rows else "",
            parent=rows.get(code, {}).get("parent", ""),
            head=tuple(names.get(uid, uid) for uid in rows.get(code, {}).get("head", [])),
            people=snapshot.manifest["in_service"][code],
        )
        for code in snapshot.codes
    ]
    return tuple(sorted(made, key=lambda row: (row.code == COMPANY, row.code)))


def find_subjects(snapshot: Snapshot, wanted: set[str], codes: Iterable[str]) -> dict[str, Subject]:
    """Name and origin of the uids, read from the provenance of the shards."""
    written = {orjson.dumps(uid)[1:-1] for uid in wanted}
    return {
        row["uid"]: _subject(row, code)
        for code in (codes if wanted else ())
        for row in _rows(snapshot.provenance(code), written)
        if row["uid"] in wanted
    }


_BLOCK = 1 << 20
"""Bytes that are looked through at a time: more is no faster."""
_LAST_KEY = re.compile(rb'"uid":"([^"\\\n]*)"\}\n')
"""How each line of a provenance that we wrote ends: keys are in order, and no other comes after this one."""


def _rows(provenance: Path, written: set[bytes]) -> Iterator[Record]:
    """The lines that may be of these uids, as JSON writes them: most are of others, and reading one takes ten times as long as a look."""
    with provenance.open("rb") as file:
        while block := file.read(_BLOCK) + file.readline():
            lines = block.split(b"\n")
            uids = _LAST_KEY.findall(block)
            if len(uids) == len(lines) - 1 and not lines[-1]:
                lines = [line for uid, line in zip(uids, lines, strict=False) if uid in written]
            yield from (orjson.loads(line) for line in lines if line)


def meanings(snapshot: Snapshot, wanted: set[str]) -> dict[str, frozenset[str]]:
    """Uid or name -> uids of the facts that it may mean, for the words that somebody wrote into a register."""
    found: dict[str, set[str]] = {word: set() for word in wanted}
    for code in snapshot.codes if wanted else ():
        with snapshot.provenance(code).open("rb") as lines:
            for line in lines:
                row = orjson.loads(line)
                for word in (row["uid"], row["name"]):
                    if word in found:
                        found[word].add(row["uid"])
    return {word: frozenset(uids) for word, uids in found.items()}


def _subject(row: Record, code: str) -> Subject:
    return Subject(
        uid=row["uid"],
        name=row["name"],
        department=code,
        source_id=row["source_id"],
        source_record_id=row["source_record_id"],
        observed_at=row.get("observed_at", ""),
        collected_at=row["collected_at"],
        raw_sha256=row["raw_sha256"],
    )
