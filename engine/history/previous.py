"""Runs of earlier quarters, as far as a new one needs them."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import orjson

from engine.canonical import load
from engine.errors import SnapshotError
from engine.findings import Earlier, EarlierInstance, Ended, Finding, FindingState, Instance, Previous
from engine.snapshot.folder import untouched_run

_FINDINGS = "findings.jsonl"

_LINES = 8
"""Findings that are kept at hand: those of one check, from wherever its subjects came."""

_OPEN = set(FindingState) - {FindingState.CLOSED}


def read_previous(path: Path | None) -> Previous:
    """Reads the run before.

    Raises:
        SnapshotError: it is no run, or was changed
    """
    if path is None:
        return Previous()
    manifest = untouched_run(path)
    findings = {one.fingerprint: one for one in _earlier(path / _FINDINGS)}
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
        recall=_Recall(path / _FINDINGS),
    )


def _earlier(file: Path) -> Iterator[Earlier]:
    at = 0
    with file.open("rb") as lines:
        for line in lines:
            yield Earlier.of(Finding.model_validate(orjson.loads(line)), at)
            at += len(line)


class _Recall:
    """Reads instances again when they are asked for: few are, and all of them together fill the memory."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._line = lru_cache(_LINES)(self._read)

    def __call__(self, one: EarlierInstance) -> Instance:
        return self._line(one.at)[one.subject]

    def _read(self, at: int) -> dict[str, Instance]:
        try:
            with self._file.open("rb") as lines:
                lines.seek(at)
                finding = Finding.model_validate(orjson.loads(lines.readline()))
        except OSError as error:
            raise SnapshotError(
                f"{self._file}: {error.strerror}", "leave the run before where it is"
            ) from error
        return {instance.subject: instance for instance in finding.instances}


def _withheld(path: Path) -> Iterator[Earlier]:
    """Numbers and dates of what was withheld; its instances are nobody's business any more."""
    file = path / "withheld.jsonl"
    if file.exists():  # in a draft it is not
        for one in _earlier(file):
            yield one.model_copy(update={"instances": ()})


def _ended(path: Path) -> Iterator[Ended]:
    file = path / "ended.jsonl"
    if not file.exists():  # a run of an earlier version did not keep it
        return
    for line in file.read_bytes().splitlines():
        yield Ended.model_validate(orjson.loads(line))
