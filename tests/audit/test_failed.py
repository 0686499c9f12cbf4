"""A rule that fails says so: which, where, and what the engine said, in the run and to the person at the terminal."""

import json
from pathlib import Path

import pytest

import policies as policies_folder
from engine.audit import Inputs, audit
from engine.checks.catalogue import load_catalogue
from engine.cli.talk import tell_failed
from engine.findings import EngineUsed, FailedRule
from engine.history import read_previous
from engine.opa.interface import NOT_ASKED
from engine.settings import resolve
from engine.snapshot import open_snapshot

POLICIES = Path(policies_folder.__file__).parent
WELL = {"population": 0, "violations": [], "unknown": []}
SAID = "6.2.2/6.2.2-b.rego:9: different values"


class Broken:
    """An engine whose rules of some checks fail in some departments."""

    used = EngineUsed(name="opa", version="", note="")

    def __init__(self, wrong):
        self.wrong = wrong

    def answers(self, shards, checks, **_):
        for code, _ in shards:
            yield code, {check: self.wrong.get((check, code), WELL) for check in checks}


@pytest.fixture
def audited(demo, tmp_path):
    def run(wrong):
        catalogue = load_catalogue(POLICIES, ())
        settings = resolve(catalogue.settings, {}, "default", catalogue.origins)
        inputs = Inputs(
            open_snapshot(demo / "snapshot"), catalogue, settings, "default", read_previous(None), None
        )
        work = tmp_path / "run"
        work.mkdir()
        return audit(inputs, Broken(wrong), work, lambda *_: None), work

    return run


def test_a_failed_rule_is_in_the_run_with_what_the_engine_said(audited):
    run, work = audited({("6.2.2-b", "FIN"): SAID, ("4.2-c", "IT"): {"population": 1}})

    rows = {row.check: row for row in run.failed_rules}
    assert rows["6.2.2-b"] == FailedRule(check="6.2.2-b", departments=("FIN",), message=SAID)
    assert rows["4.2-c"].departments == ("IT",)
    assert rows["4.2-c"].message
    assert json.loads((work / "run.json").read_bytes())["failed_rules"][1]["message"] == SAID
    assert SAID not in (work / "results.jsonl").read_text("utf-8")


def test_a_rule_that_is_believed_nowhere_names_all_departments_and_the_first_cause(audited, demo):
    failing = dict.fromkeys([("6.2.2-b", "CS"), ("6.2.2-b", "FIN"), ("6.2.2-b", "GD")], SAID)
    run, _ = audited({**failing, ("6.2.2-b", "IT"): NOT_ASKED})

    codes = tuple(open_snapshot(demo / "snapshot").codes)
    assert run.failed_rules == (FailedRule(check="6.2.2-b", departments=codes, message=SAID),)


def test_a_run_whose_rules_are_well_is_as_it_was(audited):
    run, work = audited({})

    assert run.failed_rules is None
    assert "failed_rules" not in json.loads((work / "run.json").read_bytes())


def test_a_failed_rule_is_told(capsys):
    tell_failed([FailedRule(check="6.2.2-b", departments=("FIN", "IT"), message=SAID)])

    assert capsys.readouterr().err == f"6.2.2-b: the rule failed in FIN, IT: {SAID}\n"
