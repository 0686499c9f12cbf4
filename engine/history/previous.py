"""Runs of earlier quarters, as far as a new one needs them."""

from collections.abc import Iterator
from pathlib import Path

import orjson

from engine.canonical import load
from engine.findings import Ended, Finding, FindingState, Previous
from engine.snapshot.folder import untouched_run

_OPEN = set(FindingState) - {FindingState.CLOSED}


def read_previous(path: Path | None) -> Previous:
    """Reads the run before.

    Raises:
        SnapshotError: it is no run, or was changed
    """
    if path is None:
        return Previous()
    manifest = untouched_run(path)
    findings = {}
    for line in (path / "findings.jsonl").read_bytes().splitlines():
        finding = Finding.model_validate(orjson.loads(line))
        findings[finding.fingerprint] = finding
    catalogue, run = load(path / "catalogue.json"), load(path / "run.json")
    withheld = {one.fingerprint: one for one in _withheld(path)}
    return Previous(
        digest=manifest["digest"],
        findings={key: finding for key, finding in findings.items() if finding.state in _OPEN},
        numbers=withheld | findings,
        withheld={key: one for key, one in withheld.items() if one.issued_in != run["period"]["label"]},
        history=load(path / "history.json"),
        as_of=run["as_of"],
        rules={row["id"]: row.get("rule", "") for row in catalogue["checks"]},
        ended=tuple(_ended(path)),
        described={"catalogue": catalogue, "settings": load(path / "settings.json")},
    )


def _withheld(path: Path) -> Iterator[Finding]:
    file = path / "withheld.jsonl"
    if not file.exists():  # a draft
        return
    for line in file.read_bytes().splitlines():
        yield Finding.model_validate(orjson.loads(line))


def _ended(path: Path) -> Iterator[Ended]:
    file = path / "ended.jsonl"
    if not file.exists():  # a run of an earlier version did not keep it
        return
    for line in file.read_bytes().splitlines():
        yield Ended.model_validate(orjson.loads(line))
