"""A corrected run: one source asked again, all else taken over, and the run says whose place it takes."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.canonical import load
from engine.cli import cli
from engine.cli.company import load_company
from engine.cli.correcting import day_of, superseded_lines
from engine.cli.places import fixtures
from engine.errors import SnapshotError, UsageError
from engine.facts import Collected, SourceReport
from engine.findings import Run
from engine.snapshot import corrected, open_snapshot, verify_folder
from engine.snapshot.delivered import digests, read_delivered

QUARTER = fixtures() / "company" / "2026Q3"
GROUP = "!GongZuoQunCS"


def run(*words: object):
    done = CliRunner().invoke(cli, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture(scope="module")
def recordings(tmp_path_factory) -> Path:
    """The register of groups, from which a row was taken that should not stand there."""
    folder = tmp_path_factory.mktemp("recordings") / "reg-groups"
    shutil.copytree(QUARTER / "recordings" / "reg-groups", folder)
    register = folder / "registers-groups.csv"
    lines = register.read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith(GROUP) for line in lines) == 1
    kept = [line.replace("行數,27", "行數,26") for line in lines if not line.startswith(GROUP)]
    register.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder.parent


@pytest.fixture(scope="module")
def mended(demo: Path, recordings: Path, tmp_path_factory) -> Path:
    into = tmp_path_factory.mktemp("mended") / "snapshot"
    done = run(
        *("collect", "-c", QUARTER / "company.yaml", "--replay", recordings, "--into", into),
        *("--only", "reg-groups", "--previous", demo / "snapshot"),
        *("--previous", demo / "previous" / "snapshot"),
    )
    assert done.stderr.splitlines()[1] == "  reg-groups: complete; 0 facts added, 1 gone, 0 changed"
    return into


def test_a_corrected_snapshot_keeps_the_date_and_all_that_was_right(demo: Path, mended: Path):
    before, after = open_snapshot(demo / "snapshot"), open_snapshot(mended)

    assert after.manifest["as_of"] == before.manifest["as_of"]
    corrects = after.manifest["corrects"]
    assert corrects["snapshot"] == before.manifest["digest"]
    assert corrects["sources"] == [
        {
            "id": "reg-groups",
            "title": "群組登記表",
            "was": "complete",
            "is": "complete",
            "added": 0,
            "gone": 1,
            "changed": 0,
        }
    ]
    was, now = digests(before.path), digests(after.path)
    assert was.pop("reg-groups") != now.pop("reg-groups")
    assert was == now == corrects["taken_over"]
    assert verify_folder(mended) == []


def test_what_was_delivered_comes_back_as_it_was_and_is_sealed_to_the_same_bytes(demo: Path, tmp_path: Path):
    before = open_snapshot(demo / "snapshot")
    run(
        *("collect", "-c", QUARTER / "company.yaml", "--replay", QUARTER / "recordings"),
        *("--into", tmp_path / "same", "--only", "hr", "--previous", before.path),
        *("--previous", demo / "previous" / "snapshot"),
    )

    assert open_snapshot(tmp_path / "same").manifest["files"] == before.manifest["files"]


def test_a_run_says_whose_place_it_takes_and_what_changed(demo: Path, mended: Path, tmp_path: Path):
    previous = ("--previous", demo / "previous" / "run")
    done = run(
        *("audit", mended, "--into", tmp_path / "run", *previous, "-c", QUARTER / "company.yaml"),
        *("--supersedes", demo / "run"),
    )
    said = load(tmp_path / "run" / "run.json")["supersedes"]
    earlier = load(demo / "run" / "run.json")

    assert (said["run"], said["snapshot"]) == (earlier["id"], earlier["digests"]["snapshot"])
    assert said["digest"] == load(demo / "run" / "manifest.json")["digest"]
    assert said["differs"] == []
    assert [(row["department"], row["check"], row["was"], row["is_now"]) for row in said["results"]] == [
        ("CS", "3.3-a", "not_applicable", "pass"),
        ("CS", "6.1.1-a", "pass", "fail"),
        ("CS", "6.1.2-b", "fail", "pass"),
        ("CS", "7.1-a", "pass", "not_assessed"),
    ]
    assert (said["findings_added"], said["findings_gone"]) == (1, 1)
    assert f"supersedes run {earlier['id']} (reg-groups corrected): 4 results otherwise" in done.stderr
    assert "  CS 6.1.1-a: pass (0) -> fail (1)" in done.stderr

    run("report", tmp_path / "run", "--into", tmp_path / "reports", "--language", "en")
    overview = (tmp_path / "reports" / "overview.en.html").read_text(encoding="utf-8")
    assert (
        f"takes the place of that of run {earlier['id']}: data that came from 群組登記表 was wrong"
        in overview
    )
    assert "4 results came out otherwise; 1 finding is open that was not, 1 is no longer." in overview
    for code, count in (("CS", 4), ("FIN", 0)):
        page = (tmp_path / "reports" / "departments" / f"{code}.en.html").read_text(encoding="utf-8")
        assert f"{count} results of this department came out otherwise." in page


def test_a_run_that_is_not_of_the_corrected_snapshot_is_not_superseded(
    demo: Path, mended: Path, tmp_path: Path
):
    for snapshot, other, said in (
        (demo / "snapshot", demo / "run", "corrects no snapshot"),
        (mended, demo / "previous" / "run", "name the run of the snapshot that was corrected"),
    ):
        words = ("audit", snapshot, "--into", tmp_path / "run", "--first-run", "--supersedes", other)
        done = CliRunner().invoke(cli, [str(word) for word in words])

        assert done.exit_code == 2
        assert said in done.stderr
        assert list(tmp_path.iterdir()) == []


def test_a_run_whose_predecessor_is_not_named_says_so(demo: Path):
    about = load(demo / "run" / "run.json")
    source = {
        "id": "hr",
        "title": "HR",
        "was": "partial",
        "is": "complete",
        "added": 1,
        "gone": 0,
        "changed": 0,
    }
    made = Run.model_validate({**about, "supersedes": {"snapshot": "ab" * 32, "sources": [source]}})

    assert list(superseded_lines(Run.model_validate(about))) == []
    assert list(superseded_lines(made)) == [
        "corrects snapshot abababababab (hr); --supersedes RUN names the run of that snapshot, and tells what changed"
    ]


@pytest.mark.parametrize(
    ("only", "as_of", "change", "said"),
    [
        ((), None, {}, "found no --only"),
        (("hr",), date(2026, 6, 30), {}, "the snapshot that is corrected is as of 2026-09-30"),
        (("hr",), None, {"organisation": "Another"}, "organisation 'Another'"),
        (("hr",), None, {"timezone": "UTC"}, "timezone 'UTC'"),
    ],
)
def test_only_the_same_company_and_day_are_corrected(demo: Path, only, as_of, change, said):
    before = open_snapshot(demo / "snapshot")
    before.manifest.update(change)

    with pytest.raises(UsageError, match=said):
        day_of(before, load_company(QUARTER / "company.yaml"), only, as_of)


def test_a_source_that_failed_corrects_nothing(demo: Path):
    before = open_snapshot(demo / "snapshot")
    report = SourceReport.model_validate(
        next(source for source in before.manifest["sources"] if source["id"] == "hr")
        | {"completeness": "failed", "problems": ["no answer"]}
    )
    failed = Collected(report=report, facts=(), provenance=(), raw=())

    with pytest.raises(SnapshotError, match="hr: failed: no answer"):
        corrected(before, [failed])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("raw/delivered/hr.jsonl.gz", "raw/delivered/hr.jsonl.gz: purged or changed"),
        ("raw/hr.jsonl.gz", "raw/hr.jsonl.gz: purged or changed"),
        ("raw/manifest.json", "nothing can be taken over without it"),
    ],
)
def test_what_was_purged_or_changed_is_not_taken_over(demo: Path, tmp_path: Path, name: str, said: str):
    shutil.copytree(demo / "snapshot", tmp_path / "snapshot")
    (tmp_path / "snapshot" / name).write_bytes(b"another")
    snapshot = open_snapshot(tmp_path / "snapshot")

    with pytest.raises(SnapshotError, match=said):
        read_delivered(snapshot.path, snapshot.manifest)
    assert verify_folder(snapshot.path) == [f"{name}: changed"]
