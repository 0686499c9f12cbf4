"""A rule that names what is no fact is believed as little as one that answers in no shape."""

import json
from pathlib import Path

import pytest

from engine.audit.grounds import Grounds
from engine.snapshot import open_snapshot

HISTORY = {"losses": [{"case": "reg/loss_case/1"}]}


@pytest.fixture
def grounds(demo: Path) -> Grounds:
    return Grounds(open_snapshot(demo / "snapshot"), HISTORY)


@pytest.fixture
def uids(demo: Path) -> dict[str, str]:
    """Where a uid stands -> one of there, seen from a department."""
    facts = demo / "snapshot" / "facts"
    shard = json.loads((facts / "departments" / "RD.json").read_text("utf-8"))
    company = json.loads((facts / "company.json").read_text("utf-8"))
    return {
        "own": shard["accounts"][0]["uid"],
        "context": shard["context"]["people"][0]["uid"],
        "company": company["applications"][0]["uid"],
        "history": "reg/loss_case/1",
        "made": "history/prior_finding/RD/5.3-a",
    }


@pytest.mark.parametrize("where", ["own", "context", "company", "history", "made"])
def test_what_a_rule_was_told_of_may_be_accused(grounds: Grounds, uids: dict[str, str], where: str):
    answers = {"a": _accusing(uids[where])}

    assert grounds.believed("RD", answers, frozenset({uids["made"]})) == answers


def test_a_rule_that_accuses_what_is_no_fact_is_not_believed_and_others_are(
    grounds: Grounds, uids: dict[str, str]
):
    answers = {"a": _accusing(uids["own"], "nobody/at/all", "nobody/knows"), "b": _accusing(uids["own"])}

    assert grounds.believed("RD", answers) == {
        "a": "names nobody/at/all, which is no fact of the snapshot",
        "b": answers["b"],
    }


def test_what_cannot_be_decided_is_a_fact_too(grounds: Grounds, uids: dict[str, str]):
    answers = {"a": _undecided(uids["own"]), "b": _undecided("nobody/at/all")}

    assert grounds.believed("RD", answers) == {
        "a": answers["a"],
        "b": "names nobody/at/all, which is no fact of the snapshot",
    }


def test_what_only_another_fact_names_is_no_fact(grounds: Grounds, demo: Path):
    login = json.loads((demo / "snapshot" / "facts" / "departments" / "RD.json").read_text("utf-8"))[
        "accounts"
    ][0]["login"]

    assert isinstance(grounds.believed("RD", {"a": _accusing(login)})["a"], str)


@pytest.mark.parametrize(
    "answer",
    ["gave none", None, {}, {"violations": 1}, {"violations": ["a", {}, {"subject": 1}]}],
)
def test_hostile_what_is_no_answer_is_left_to_who_looks_at_its_shape(grounds: Grounds, answer):
    assert grounds.believed("RD", {"a": answer}) == {"a": answer}


def _accusing(*subjects: str) -> dict:
    return {
        "population": 1,
        "violations": [{"subject": subject, "evidence": {}} for subject in subjects],
        "unknown": [],
    }


def _undecided(*subjects: str) -> dict:
    return {
        "population": 1,
        "violations": [],
        "unknown": [{"subject": subject, "reason": "stale"} for subject in subjects],
    }
