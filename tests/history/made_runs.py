"""Runs as an audit writes them, made up: a chain of quarters over random findings."""

import json
import random
from pathlib import Path
from typing import Any

from engine.canonical import canonical
from engine.rolls import Roll, Standing, rolled, total
from engine.snapshot.folder import MANIFEST, digest_of, files_below

SEVERITIES = ("critical", "high", "medium", "low")


def chain(into: Path, quarters: int, seed: int) -> list[Path]:
    """Folders of so many quarters, each made from the one before."""
    chance = random.Random(seed)
    open_: dict[tuple[str, str], Standing] = {}
    folders, rows, previous = [], {"company": [], "departments": {"IT": [], "HR": []}}, ""
    for number in range(quarters):
        now = {
            (f"{finding:064x}", code): Standing.OPEN
            for finding in range(6)
            for code in ("IT", "HR")
            if chance.random() < 0.5
        }
        was = [(key, code, (key, code)) for key, code in open_]
        folder = into / f"q{number}"
        previous = _write(folder, number, rolled(was, now, {}), now, rows, previous)
        folders.append(folder)
        open_ = now
    return folders


def _row(label: str, as_of: str, roll: Roll) -> dict[str, Any]:
    counts = dict.fromkeys(SEVERITIES, 0)
    return {
        "label": label,
        "as_of": as_of,
        "notice_on": as_of[:10],
        "open": {**counts, "high": roll.closing},
        "fresh": counts,
        "roll": {"findings": roll.model_dump(), "instances": roll.model_dump()},
        "breaks": {"5.3-a": ["rule"]} if label.endswith("Q3") else {},
    }


def _write(
    folder: Path,
    number: int,
    rolls: dict[str, Roll],
    now: dict[tuple[str, str], Standing],
    rows: dict[str, Any],
    previous: str,
) -> str:
    label = f"{2025 + number // 4}Q{number % 4 + 1}"
    as_of = f"{2025 + number // 4}-{number % 4 * 3 + 3:02d}-28T15:59:59Z"
    rows["company"].append(_row(label, as_of, total(rolls.values())))
    for code, past in rows["departments"].items():
        past.append(_row(label, as_of, rolls.get(code, Roll())))
    run = {
        "id": f"{label}-{number}",
        "organisation": "made up",
        "policy": "p",
        "policy_version": "1",
        "as_of": as_of,
        "notice_on": as_of[:10],
        "period": {"label": label},
        "digests": {"previous": previous, "snapshot": "s", "rules": "r", "settings": "t"},
        "engine": {"name": "opa", "version": "1"},
    }
    check = {"id": "5.3-a", "rule": "r", "method": "automated", "severity": "high"}
    findings = [_finding(key, code, label, as_of) for key, code in sorted(now)]
    folder.mkdir(parents=True)
    for name, body in {"run": run, "history": rows, "catalogue": {"checks": [check]}}.items():
        (folder / f"{name}.json").write_bytes(canonical(body))
    (folder / "findings.jsonl").write_text("".join(json.dumps(row) + "\n" for row in findings))
    files = files_below(folder)
    digest = digest_of(files)
    (folder / MANIFEST).write_bytes(canonical({"schema": "run/1", "files": files, "digest": digest}))
    return digest


def _finding(key: str, code: str, label: str, as_of: str) -> dict[str, Any]:
    return {
        "fingerprint": f"{code.encode().hex()}{key[4:]}",
        "number": f"{label}-{code}-{key[-3:]}",
        "check": "5.3-a",
        "department": code,
        "severity": "high",
        "state": "new",
        "issued_in": label,
        "notice_on": as_of[:10],
        "contain_by": "",
        "correct_by": as_of[:10],
        "population": 1,
        "violations": 1,
        "unknown": 0,
        "waived": 0,
        "instances": [{"fingerprint": key, "severity": "high", "state": "new", "waiver": ""}],
    }
