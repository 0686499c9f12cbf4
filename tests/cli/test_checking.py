"""What auditors work with: single checks, a finding traced back, two runs compared."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.checks.draft import drafted, subject_field
from engine.checks.vocabulary import SHARD_ARRAYS
from engine.cli import cli
from engine.errors import UsageError
from engine.facts import FACT_TYPES
from reports.moments import Clock


def rows(run: Path, name: str):
    return [json.loads(line) for line in (run / f"{name}.jsonl").read_text("utf-8").splitlines()]


def called(*arguments: object):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packs") / "ours"
    done = called("checks", "new", "6.1.2-z", "--into", folder, "--about", "group")
    assert done.exit_code == 0, done.output
    return folder


def test_every_check_of_the_policy_is_listed_once(demo: Path):
    done = called("checks", "list")

    ids = [row["id"] for row in json.loads((demo / "run" / "catalogue.json").read_text("utf-8"))["checks"]]
    assert done.exit_code == 0
    cells = [line.split("│")[2].strip() for line in done.stdout.splitlines() if line.startswith("│")]
    assert [cell for cell in cells if cell] == ids


def test_a_check_is_shown_with_its_texts_settings_results_and_rule(demo: Path):
    done = called("checks", "show", "5.3-a", "--run", demo / "run")

    assert done.exit_code == 0
    for part in ("Leavers' accounts", "leaver_grace_days = 1 (days, default)", "  CS: fail", "population :="):
        assert part in done.stdout


def test_a_check_that_is_not_there_is_wrong_usage():
    for arguments in (("show", "5.3-y"), ("test", "5.3-y"), ("run", "5.3-y", "tests")):
        assert called("checks", *arguments).exit_code == 2


@pytest.mark.usefixtures("opa")
def test_a_new_check_passes_its_tests_the_law_and_the_lint(pack: Path):
    tested = called("checks", "test", "6.1.2-z", "--policies", pack)
    linted = called("checks", "lint", "--policies", pack)

    assert (tested.exit_code, tested.stdout) == (0, "")
    assert not [line for line in linted.stdout.splitlines() if str(pack) in line]


@pytest.mark.usefixtures("opa")
def test_a_test_that_fails_is_named_with_file_and_row(pack: Path, tmp_path: Path):
    broken = tmp_path / "broken" / "6.1.2"
    broken.mkdir(parents=True)
    for path in (pack / "6.1.2").iterdir():
        (broken / path.name).write_text(path.read_text("utf-8").replace('== "room"', '== "team"'), "utf-8")

    done = called("checks", "test", "6.1.2-z", "--policies", broken.parent)

    assert done.exit_code == 1
    assert "6.1.2-z_test.rego:7: test_what_is_wrong_is_a_violation does not hold" in done.stdout
    assert "6.1.2-z: the law: as it is: gives no violation" in done.stdout
    assert (
        '  row 11 does not hold: answer.violations == {{"subject": _group.uid, "evidence": {"kind": "room"}}}\n'
        "    found:    set()\n"
        '    expected: {{"evidence": {"kind": "room"}, "subject": "source/group/1"}}\n'
        "    the rule said: population 1\n"
    ) in done.stdout


@pytest.mark.usefixtures("opa")
def test_a_check_without_an_innocent_neighbour_fails(pack: Path, tmp_path: Path):
    bare = tmp_path / "bare" / "6.1.2"
    bare.mkdir(parents=True)
    for path in (pack / "6.1.2").iterdir():
        rows = [row for row in path.read_text("utf-8").splitlines() if not row.startswith("innocent := ")]
        (bare / path.name).write_text("\n".join(rows) + "\n", "utf-8")

    done = called("checks", "test", "6.1.2-z", "--policies", bare.parent)

    assert done.exit_code == 1
    assert "6.1.2-z: 6.1.2-z_test.rego: has no innocent inputs; write: innocent := " in done.stdout


def test_a_new_check_writes_over_nothing(pack: Path):
    assert called("checks", "new", "6.1.2-z", "--into", pack, "--about", "group").exit_code == 2
    assert called("checks", "new", "99-a", "--into", pack).exit_code == 2
    assert called("checks", "new", "5.3-a", "--into", pack).exit_code == 2


def about(entity: str):
    try:
        return subject_field(entity)
    except UsageError:
        return None


@pytest.mark.parametrize("entity", [name for name in FACT_TYPES if about(name)])
def test_a_draft_asks_a_field_with_a_closed_list(entity: str):
    field, wrong, right = subject_field(entity)
    files = drafted("5.3-z", entity, "automated", "low", {"en": "A: title", "zh-Hant": "標題"})

    assert FACT_TYPES[entity].plural in SHARD_ARRAYS
    assert wrong != right
    assert field in FACT_TYPES[entity].model_fields
    assert not [text for text in files.values() if "<" in text]


def test_a_draft_about_anything_else_says_what_may_be_asked():
    for entity in ("department", "nothing"):
        with pytest.raises(UsageError) as raised:
            subject_field(entity)
        assert "account" in raised.value.help


def test_one_check_on_a_snapshot_says_what_the_audit_says(demo: Path):
    done = called("checks", "run", "5.3-a", demo / "snapshot", "--format", "json")

    said = {
        row["department"]: (row["result"], row["population"], len(row["unknown"]))
        for row in json.loads(done.stdout)
    }
    assert said == {
        row["department"]: (row["result"], row["population"], row["unknown"])
        for row in rows(demo / "run", "results")
        if row["check"] == "5.3-a"
    }


def test_one_check_on_a_snapshot_tells_instants_as_reports_do(demo: Path):
    done = called("checks", "run", "5.3-a", demo / "snapshot", "--language", "en")

    instances = [
        instance
        for row in rows(demo / "run", "findings")
        for instance in row["instances"]
        if row["check"] == "5.3-a"
    ]
    clock = Clock("Asia/Shanghai")
    assert instances
    for instance in instances:
        said = next(line for line in done.stdout.splitlines() if f"[{instance['subject']}]" in line)
        assert clock.end(instance["evidence"]["last_day_ends_at"]) in said
        assert not re.search(r"\dT\d\d:\d\d:\d\dZ", said)


def test_a_finding_is_traced_back_to_rule_setting_and_raw_record(demo: Path):
    finding = next(row for row in rows(demo / "run", "findings") if row["check"] == "5.3-a")
    instance = finding["instances"][0]

    by_number = called("explain", demo / "run", finding["number"], "--snapshot", demo / "snapshot")
    by_fingerprint = called("explain", demo / "run", instance["fingerprint"][:12])

    assert by_number.exit_code == by_fingerprint.exit_code == 0
    for part in ("5.3-a.rego:", "leaver_grace_days = 1", instance["subject"], "raw SHA-256", "\nraw   "):
        assert part in by_number.stdout
    assert "none of" not in by_number.stdout
    assert f"fingerprint  {instance['fingerprint']}" in by_fingerprint.stdout


def test_a_finding_that_is_not_there_and_another_snapshot_are_wrong_usage(demo: Path):
    finding = rows(demo / "run", "findings")[0]

    assert called("explain", demo / "run", "ffffffffffff").exit_code == 2
    other = called("explain", demo / "run", finding["number"], "--snapshot", demo / "previous" / "snapshot")
    assert other.exit_code == 2


def test_every_open_finding_of_both_runs_is_in_their_difference_once(demo: Path):
    done = called("diff", demo / "previous" / "run", demo / "run")

    numbers = {row["number"] for run in ("previous/run", "run") for row in rows(demo / run, "findings")}
    named = [line.split()[2] for line in done.stdout.splitlines() if line.startswith("finding ")]
    assert done.exit_code == 0
    assert sorted(named) == sorted(numbers)


def test_a_run_and_itself_do_not_differ(demo: Path):
    done = called("diff", demo / "run", demo / "run")

    assert [line for line in done.stdout.splitlines() if not line.startswith("finding ")][1:] in (
        [],
        ["nothing changed"],
    )
    assert "finding new" not in done.stdout
