"""Retention: what is past it goes and is said to be gone, digests and counts stay, and nothing else is ever deleted."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from engine.cli import cli
from engine.snapshot import purge as purging
from engine.snapshot.folder import files_below
from engine.snapshot.purge import Retention, plan, purge

KEPT = Retention(raw_days=100, snapshot_days=300)
RAW_OVER = date(2027, 1, 9)
"""The demo is as of 2026-09-30: 101 days before this one."""
ALL_OVER = date(2027, 7, 28)


@pytest.fixture
def snapshot(demo: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo / "snapshot", tmp_path / "snapshot"))


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company") / "new"
    assert CliRunner().invoke(cli, ["init", str(folder)]).exit_code == 0
    file = folder / "company.yaml"
    file.write_text(file.read_text("utf-8") + "\nretention: {raw_days: 100, snapshot_days: 300}\n", "utf-8")
    return file


def _called(*words: object) -> Result:
    return CliRunner().invoke(cli, list(map(str, words)))


def _manifest(path: Path) -> Any:
    return json.loads((path / "manifest.json").read_bytes())


@pytest.mark.parametrize(
    ("today", "what", "until"),
    [
        (date(2027, 1, 8), "nothing", date(2027, 1, 8)),
        (RAW_OVER, "raw", date(2027, 7, 27)),
        (date(2027, 7, 27), "raw", date(2027, 7, 27)),
        (ALL_OVER, "all", None),
    ],
)
def test_a_retention_ends_with_its_last_day(snapshot: Path, today: date, what: str, until: date | None):
    found = plan(snapshot, KEPT, today)

    assert (found.what, found.until) == (what, until)
    assert bool(found.files) == (what != "nothing")


def test_what_is_not_stated_is_kept_for_ever(snapshot: Path):
    found = [
        plan(snapshot, retention, date(2099, 1, 1))
        for retention in (Retention(None, None), Retention(100, None), Retention(None, 100))
    ]

    assert [one.what for one in found] == ["nothing", "raw", "all"]


def test_nothing_is_deleted_without_being_confirmed(snapshot: Path, config: Path):
    before = files_below(snapshot)
    done = _called("purge", snapshot, "-c", config, "--as-of", ALL_OVER)

    assert done.exit_code == 0
    assert f"would purge facts, provenance and raw records: {len(before)} files" in done.stdout
    assert files_below(snapshot) == before


def test_raw_records_go_and_a_check_says_the_same(snapshot: Path, config: Path, demo: Path):
    raw = json.loads((snapshot / "raw" / "manifest.json").read_bytes())["sources"]
    purged = _called("purge", snapshot, "-c", config, "--as-of", RAW_OVER, "--confirm")
    verified = _called("verify", snapshot)
    said = [_called("checks", "run", "5.3-a", where) for where in (snapshot, demo / "snapshot")]

    assert [done.exit_code for done in (purged, verified, *said)] == [0, 0, 0, 0]
    assert [path.name for path in (snapshot / "raw").iterdir()] == ["manifest.json"]
    assert "raw/: purged on 2027-01-09" in verified.stdout
    assert json.loads((snapshot / "raw" / "manifest.json").read_bytes())["sources"] == raw
    assert said[0].stdout == said[1].stdout != ""


def test_of_a_whole_snapshot_digests_and_counts_are_left_and_nobodys_name(
    snapshot: Path, config: Path, tmp_path: Path
):
    before = _manifest(snapshot)
    names = {
        word
        for path in (snapshot / "facts" / "departments").glob("*.json")
        for person in json.loads(path.read_bytes())["people"]
        for word in (person["name"], f"person/{person['employee_no']}")
    }
    purged = _called("purge", snapshot, "-c", config, "--as-of", ALL_OVER, "--confirm")
    again = _called("purge", snapshot, "-c", config, "--as-of", ALL_OVER, "--confirm")
    verified = _called("verify", snapshot)
    audited = _called("audit", snapshot, "--into", tmp_path / "run")

    left = (snapshot / "manifest.json").read_text("utf-8")
    assert [done.exit_code for done in (purged, again, verified, audited)] == [0, 0, 0, 1]
    assert [path.name for path in snapshot.iterdir()] == ["manifest.json"]
    assert (json.loads(left)["snapshot"], json.loads(left)["counts"]) == (before["digest"], before["counts"])
    assert [name for name in names if name in left] == []
    assert "purged on 2027-07-28: facts, provenance and raw records are gone" in verified.stdout
    assert "nothing is left to delete" in again.stdout
    assert "purged on 2027-07-28, its facts are gone" in audited.stderr
    assert not (tmp_path / "run").exists()


def test_a_tombstone_that_was_changed_is_found(snapshot: Path, config: Path):
    _called("purge", snapshot, "-c", config, "--as-of", ALL_OVER, "--confirm")
    file = snapshot / "manifest.json"
    file.write_bytes(file.read_bytes().replace(b'"purged_on":"2027', b'"purged_on":"2026'))

    done = _called("verify", snapshot)
    assert (done.exit_code, done.stdout) == (1, "manifest.json: changed\n")


def test_a_tombstone_of_raw_records_has_to_fit_the_snapshot(snapshot: Path, config: Path):
    _called("purge", snapshot, "-c", config, "--as-of", RAW_OVER, "--confirm")
    file = snapshot / "raw" / "manifest.json"
    file.write_bytes(b'{"purged_on":"2027-01-09","sources":{}}')

    done = _called("verify", snapshot)
    assert (done.exit_code, done.stdout) == (1, "raw/manifest.json: changed\n")


@pytest.mark.parametrize(("today", "left"), [(RAW_OVER, "raw/"), (ALL_OVER, "")])
def test_who_is_stopped_half_way_is_told_and_finishes_by_doing_it_again(
    snapshot: Path, monkeypatch: pytest.MonkeyPatch, today: date, left: str
):
    begun = plan(snapshot, KEPT, today)
    deleted: list[Path] = []

    unlink = Path.unlink

    def stopped(path: Path, *, missing_ok: bool = False) -> None:
        if path.name.endswith((".gz", ".jsonl")):
            if len(deleted) == 2:
                raise KeyboardInterrupt
            deleted.append(path)
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(purging.Path, "unlink", stopped)
    with pytest.raises(KeyboardInterrupt):
        purge(begun, today)
    monkeypatch.undo()
    told = _called("verify", snapshot)
    purge(plan(snapshot, KEPT, today), today)

    assert told.exit_code == 1
    assert f"{left}" in told.stdout
    assert "still there" in told.stdout
    assert _called("verify", snapshot).exit_code == 0


def test_what_is_no_snapshot_is_refused_before_anything_is_deleted(
    snapshot: Path, config: Path, demo: Path, tmp_path: Path
):
    (tmp_path / "empty").mkdir()
    before = files_below(snapshot)

    for other in (demo / "run", demo / "reports", tmp_path / "empty", config.parent):
        done = _called("purge", snapshot, other, "-c", config, "--as-of", ALL_OVER, "--confirm")
        assert done.exit_code == 1
        assert "help: " in done.stderr
    assert files_below(snapshot) == before


def test_what_the_lists_of_a_snapshot_do_not_know_is_never_deleted(
    snapshot: Path, config: Path, tmp_path: Path
):
    (tmp_path / "notes").mkdir()
    for name in ("notes.txt", "raw/mine.gz"):
        (snapshot / name).write_text("mine")
        done = _called("purge", snapshot, "-c", config, "--as-of", ALL_OVER, "--confirm")
        assert (done.exit_code, f"{name}: no file of the snapshot" in done.stderr) == (1, True)
        (snapshot / name).unlink()
    (snapshot / "facts" / "away").symlink_to(tmp_path / "notes")
    done = _called("purge", snapshot, "-c", config, "--as-of", ALL_OVER, "--confirm")

    assert (done.exit_code, "facts/away: a link" in done.stderr) == (1, True)
    assert (tmp_path / "notes").is_dir()


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("{raw_days: 400, snapshot_days: 100}", "needs no more than snapshot_days"),
        ("{}", "needs raw_days, snapshot_days or both"),
        ("{raw_days: 0}", "greater than or equal to 1"),
        ("{raw: 3}", "raw"),
    ],
)
def test_a_retention_that_makes_no_sense_is_named_with_its_line(
    config: Path, snapshot: Path, said: str, wrong: str
):
    other = config.with_name("other.yaml")
    other.write_text(config.read_text("utf-8").replace("{raw_days: 100, snapshot_days: 300}", said), "utf-8")

    done = _called("purge", snapshot, "-c", other)
    assert (done.exit_code, "retention" in done.stderr, wrong in done.stderr) == (1, True, True)


def test_without_a_retention_nothing_is_over(config: Path, snapshot: Path):
    other = config.with_name("none.yaml")
    other.write_text(
        config.read_text("utf-8").replace("\nretention: {raw_days: 100, snapshot_days: 300}\n", ""), "utf-8"
    )

    done = _called("purge", snapshot, "-c", other, "--confirm")
    assert (done.exit_code, "kept for ever" in done.stderr) == (1, True)


def test_nothing_that_came_later_is_deleted_from_what_was_purged(snapshot: Path, config: Path):
    _called("purge", snapshot, "-c", config, "--as-of", ALL_OVER, "--confirm")
    (snapshot / "notes.txt").write_text("mine")

    done = _called("purge", snapshot, "-c", config, "--as-of", ALL_OVER, "--confirm")
    assert (done.exit_code, "notes.txt: no file of the snapshot" in done.stderr) == (1, True)
