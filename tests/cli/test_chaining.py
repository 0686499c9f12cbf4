"""`collect --previous`: the same day corrects, an earlier one is followed, and both are told apart."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.canonical import load
from engine.cli import cli
from engine.cli.chaining import chain_of
from engine.cli.company import load_company
from engine.cli.places import fixtures
from engine.errors import UsageError

QUARTER = fixtures() / "company" / "2026Q3"
DAY = date(2026, 9, 30)


def called(*words: object):
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture(scope="module")
def company():
    return load_company(QUARTER / "company.yaml")


def test_the_demo_follows_the_quarter_before_and_verify_holds_both_together(demo: Path):
    before, now = demo / "previous" / "snapshot", demo / "snapshot"
    assert load(now / "manifest.json")["follows"]["snapshot"] == load(before / "manifest.json")["digest"]
    assert "follows" not in load(before / "manifest.json")

    right, wrong = (
        called("verify", one, "--previous", other) for one, other in ((now, before), (before, now))
    )

    assert (right.exit_code, wrong.exit_code) == (0, 1)
    assert "snapshot: has the digest" in wrong.stdout


def test_changes_are_listed_by_name(demo: Path):
    gone = called("changes", demo / "snapshot", "--what", "gone")
    none = called("changes", demo / "previous" / "snapshot")

    rows = [line.split("\t") for line in gone.stdout.splitlines()]
    assert {row[0] for row in rows} == {"gone"}
    assert ["gone", "account", "_company", "盧照（校園服務）"] in [row[:4] for row in rows]
    # of a source that came in part nothing is gone
    assert not any(row[-1].startswith("inventory-nb/") for row in rows)
    assert none.exit_code == 2
    assert "follows no other snapshot" in none.stderr


def test_what_a_snapshot_is_to_the_new_one(demo: Path, company):
    before, now = demo / "previous" / "snapshot", demo / "snapshot"

    assert chain_of((), company, (), None, DAY).follows is None
    followed = chain_of((before,), company, (), None, DAY)
    assert (followed.day, followed.corrected, followed.follows.path) == (DAY, None, before)
    corrected = chain_of((before, now), company, ("hr",), None, date(2026, 12, 31))
    assert (corrected.day, corrected.corrected.path, corrected.follows.path) == (DAY, now, before)


@pytest.mark.parametrize(
    ("named", "only", "as_of", "said"),
    [
        (("snapshot",), (), DAY, "that snapshot is as of 2026-09-30, the new one as of 2026-09-30"),
        (("snapshot",), (), date(2026, 6, 30), "the new one as of 2026-06-30"),
        (("snapshot", "previous/snapshot"), (), date(2026, 12, 31), "found 2 snapshots"),
        (("snapshot",), ("hr",), None, "which is not named"),
        (("previous/snapshot", "previous/snapshot"), ("hr",), None, "follows none"),
    ],
)
def test_snapshots_that_do_not_fit_are_refused(demo: Path, company, named, only, as_of, said):
    with pytest.raises(UsageError, match=said):
        chain_of([demo / name for name in named], company, only, as_of, DAY)
