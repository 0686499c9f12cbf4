"""The log of decisions: only ever added to, and it shows what was changed."""

from pathlib import Path

import pytest

from engine.canonical import canonical
from engine.errors import SnapshotError
from engine.issuing.decisions import Entry, append, beside, entries, in_force, issued, wrong_in


def entry(kind: str = "confirmed", finding: str = "2026Q3-IT-001", text: str = "", **said: str) -> Entry:
    about = {"run": "a" * 64, "by": "E0007", "on_day": "2026-10-08", "recorded_at": "2026-10-08T01:00:00Z"}
    of = {"finding": finding, "fingerprint": finding}
    return Entry.model_validate({**about, **of, "kind": kind, "text": text, **said})


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "run.decisions.jsonl"
    append(path, [entry(), entry("withheld", "2026Q3-IT-002", "the register was wrong")])
    append(path, [entry("annotated", text="seen")])
    return path


def test_the_log_lies_beside_the_run_and_there_is_none_at_first(tmp_path: Path):
    assert beside(tmp_path / "run") == tmp_path / "run.decisions.jsonl"
    assert entries(tmp_path / "run.decisions.jsonl") == []


def test_the_last_decision_counts_and_the_earlier_ones_stay(log: Path):
    found = entries(log)

    assert [(one.serial, one.entry.kind) for one in found] == [
        (1, "confirmed"),
        (2, "withheld"),
        (3, "annotated"),
    ]
    assert [one.previous for one in found] == ["", found[0].digest, found[1].digest]
    assert {key: (one.kind, one.text) for key, one in in_force(found).items()} == {
        "2026Q3-IT-001": ("annotated", "seen"),
        "2026Q3-IT-002": ("withheld", "the register was wrong"),
    }
    assert issued(found) is None
    assert sorted(path.name for path in log.parent.iterdir()) == [log.name]


def test_a_decision_that_is_in_force_is_not_added_again_and_one_that_was_is(log: Path):
    before = log.read_bytes()

    assert append(log, [entry("annotated", text="seen", on_day="2026-10-09")]) == []
    assert log.read_bytes() == before
    assert [one.serial for one in append(log, [entry()])] == [4]
    assert log.read_bytes().startswith(before)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            lambda lines: [lines[0].replace(b"confirmed", b"annotated"), *lines[1:]],
            ["entry 1: changed after it was written"],
        ),
        (
            lambda lines: [lines[0], lines[2]],
            [
                "entry 3: found in line 2, entries were added or taken away",
                "entry 3: does not follow the entry before it",
            ],
        ),
        (lambda lines: [*lines, b"{}"], ["line 4: no entry of a log of decisions"]),
    ],
    ids=["changed", "taken away", "no entry"],
)
def test_whatever_was_changed_is_said_and_such_a_log_is_not_used(log: Path, lines, said: list[str]):
    log.write_bytes(b"\n".join(lines(log.read_bytes().splitlines())) + b"\n")
    before = log.read_bytes()

    assert wrong_in(log) == said
    with pytest.raises(SnapshotError, match=said[0]):
        append(log, [entry("confirmed", "2026Q3-IT-009")])
    assert log.read_bytes() == before


def test_an_entry_is_believed_only_under_its_own_digest(log: Path):
    first = entries(log)[0]
    forged = first.model_copy(update={"entry": first.entry.model_copy(update={"by": "E0001"})})
    log.write_bytes(canonical(forged.model_dump()) + b"\n")

    assert wrong_in(log) == ["entry 1: changed after it was written"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (entry("withheld"), "2026Q3-IT-001: withheld says no reason"),
        (entry("annotated", text=" "), "2026Q3-IT-001: annotated says no remark"),
        (entry(on_day="soon"), "2026Q3-IT-001: found the day 'soon', needs one such as 2026-10-31"),
        (entry(run="b" * 64), "run.decisions.jsonl: a log of another run"),
    ],
    ids=["no reason", "no remark", "no day", "another run"],
)
def test_what_is_not_complete_is_refused_and_nothing_is_added(log: Path, wrong: Entry, said: str):
    before = log.read_bytes()

    with pytest.raises(SnapshotError) as error:
        append(log, [entry("confirmed", "2026Q3-IT-009", run=wrong.run), wrong])

    assert str(error.value) == said
    assert log.read_bytes() == before
