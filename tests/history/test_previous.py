"""The run before as a new one reads it: little of it at a time, and what is read again is what was written."""

import json
import shutil
from pathlib import Path

import pytest

from engine.errors import SnapshotError
from engine.findings import Instance
from engine.history import read_previous


@pytest.fixture(scope="module")
def run(demo: Path) -> Path:
    return demo / "previous" / "run"


def test_each_instance_is_recalled_as_it_was_written(run: Path):
    previous = read_previous(run)
    written = [json.loads(line) for line in (run / "findings.jsonl").read_text("utf-8").splitlines()]
    still = [row for row in written if row["state"] != "closed"]

    assert list(previous.numbers) == [row["fingerprint"] for row in written]
    assert list(previous.findings) == [row["fingerprint"] for row in still]
    for row in still:
        found = previous.findings[row["fingerprint"]]
        assert found.finding(tuple(map(previous.whole, found.instances))).model_dump(mode="json") == {
            **row,
            "instances": [Instance.model_validate(one).model_dump(mode="json") for one in row["instances"]],
        }


def test_an_instance_is_recalled_under_the_fingerprint_that_it_has_today(run: Path):
    previous = read_previous(run)
    one = next(one for finding in previous.findings.values() for one in finding.instances)
    moved = type(one)("today's", one.subject, one.waiver, one.at)

    assert previous.whole(moved) == previous.whole(one).model_copy(update={"fingerprint": "today's"})


def test_what_is_kept_of_an_instance_has_no_room_for_its_evidence(run: Path):
    previous = read_previous(run)

    kept = {type(one) for finding in previous.findings.values() for one in finding.instances}
    assert {tuple(kind.__slots__) for kind in kept} == {("fingerprint", "subject", "waiver", "at")}


def test_a_run_that_is_taken_away_meanwhile_is_an_error(run: Path, tmp_path: Path):
    shutil.copytree(run, tmp_path / "run")
    previous = read_previous(tmp_path / "run")
    shutil.rmtree(tmp_path / "run")
    one = next(one for finding in previous.findings.values() for one in finding.instances)

    with pytest.raises(SnapshotError, match=r"findings\.jsonl: No such file"):
        previous.whole(one)
