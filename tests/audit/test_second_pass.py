"""Checks about earlier findings: what they are told of the past, and that a past that is not known accuses nobody."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.canonical import canonical, load
from engine.snapshot.folder import MANIFEST, digest_of, files_below, with_digest


def rows(run: Path, name: str, check: str = "9.2-b") -> Iterator[dict[str, Any]]:
    for line in (run / f"{name}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["check"] == check:
            yield row


@pytest.fixture
def changed_previous(demo: Path, tmp_path: Path) -> Path:
    """The run before, as it would be had the rule of 2-a been another one then."""
    copy = tmp_path / "previous"
    shutil.copytree(demo / "previous" / "run", copy)
    catalogue = load(copy / "catalogue.json")
    for row in catalogue["checks"]:
        if row["id"] == "2-a":
            row["rule"] = "0" * 64
    (copy / "catalogue.json").write_bytes(canonical(catalogue) + b"\n")
    files = {name: entry for name, entry in files_below(copy).items() if name != MANIFEST}
    manifest = {"schema": "run/1", "files": files, "digest": digest_of(files)}
    (copy / MANIFEST).write_bytes(canonical(manifest) + b"\n")
    return copy


def test_without_an_earlier_run_the_past_is_not_known_and_nobody_is_accused(audited: Callable):
    run, said = audited("alone")

    assert "--first-run says that there is none" in said
    assert {(row["result"], row["reason"]) for row in rows(run, "results")} == {
        ("not_assessed", "not_collected")
    }


def test_of_a_first_run_there_is_nothing_to_rectify(audited: Callable):
    run, _ = audited("first", "--first-run")

    assert {(row["result"], row["population"]) for row in rows(run, "results")} == {("not_applicable", 0)}


def test_a_run_cannot_be_the_first_and_follow_another(clausewise: Callable, demo: Path, tmp_path: Path):
    done = clausewise(
        "audit", demo / "snapshot", "--first-run", "--previous", demo / "previous" / "run", "--into", tmp_path / "run"
    )  # fmt: skip

    assert done.returncode == 2
    assert "--first-run: --previous names an earlier run" in done.stderr
    assert not (tmp_path / "run").exists()


def test_a_finding_of_a_rule_that_changed_since_is_not_held_against_anybody(
    clausewise: Callable, demo: Path, changed_previous: Path, tmp_path: Path
):
    done = clausewise("audit", demo / "snapshot", "--previous", changed_previous, "--into", tmp_path / "run")

    assert done.returncode == 0, done.stderr
    said = {row["subject"]: row["reason"] for row in rows(tmp_path / "run", "undecided")}
    accused = {
        instance["subject"]
        for finding in rows(tmp_path / "run", "findings")
        for instance in finding["instances"]
    }
    assert said["history/prior_finding/RD/2-a"] == "not_implemented"
    assert "history/prior_finding/RD/2-a" not in accused
    assert "history/prior_finding/RD/4.1-a" in accused


def test_who_was_accused_of_not_rectifying_is_not_accused_of_that_again(
    clausewise: Callable, demo: Path, tmp_path: Path
):
    """The findings of the second pass are no earlier findings of a third quarter."""
    snapshot = tmp_path / "later"
    shutil.copytree(demo / "snapshot", snapshot)
    manifest = load(snapshot / MANIFEST)
    manifest["as_of"] = "2026-11-30T15:59:59Z"
    (snapshot / MANIFEST).write_bytes(canonical(with_digest(manifest)))

    done = clausewise("audit", snapshot, "--previous", demo / "run", "--into", tmp_path / "run")

    assert done.returncode == 0, done.stderr
    uids = {row["subject"] for row in rows(tmp_path / "run", "undecided")} | {
        instance["subject"]
        for finding in rows(tmp_path / "run", "findings")
        for instance in finding["instances"]
    }
    assert uids
    assert [uid for uid in uids if uid.endswith("/9.2-b")] == []


def test_a_prior_finding_that_is_named_says_which_run_it_comes_from(demo: Path):
    named = [
        json.loads(line)
        for line in (demo / "run" / "subjects.jsonl").read_text("utf-8").splitlines()
        if json.loads(line)["source_id"] == "history"
    ]
    accused = {
        instance["subject"]
        for finding in rows(demo / "run", "findings")
        for instance in finding["instances"]
        if instance["subject"].startswith("history/")
    }

    assert accused <= {row["uid"] for row in named}
    assert {row["raw_sha256"] for row in named} == {load(demo / "previous" / "run" / MANIFEST)["digest"]}
