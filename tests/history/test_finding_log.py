"""The log of findings: who may say what, what is only ever added, and that a change shows."""

import sqlite3
from pathlib import Path

import pytest
from made_runs import chain
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from engine.errors import HistoryError
from engine.history.answers import logged
from engine.history.log import Entry, append, entries, fingerprint_of, wrong_in
from engine.history.recording import record
from engine.history.store import located, opened
from engine.history.tables import findings

NOW = "2025-04-02T01:00:00Z"


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("log")
    with opened(located(str(folder / "h.db"))) as connection:
        for run in chain(folder / "runs", 2, 5):
            record(connection, run)
    return (folder / "h.db").read_bytes()


@pytest.fixture
def file(history: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "h.db"
    path.write_bytes(history)
    return path


@pytest.fixture
def connection(file: Path):
    with opened(located(str(file))) as found:
        yield found


@pytest.fixture
def number(connection) -> str:
    return str(connection.execute(findings.select().order_by(findings.c.number)).first().number)


def entry(number, kind, by="E0001", **said):
    usual = {"fingerprint": "f" * 64, "on_day": "2025-04-02", "recorded_at": NOW}
    return Entry(kind=kind, finding=number, by=by, **{**usual, **said})


def test_a_finding_goes_its_way_and_every_step_says_who_and_when(connection, number):
    steps = [
        entry(number, "signed"),
        entry(number, "reassigned", to="E0002"),
        entry(number, "extension_asked", until="2025-05-01", reason="spare parts"),
        entry(number, "done", by="E0002", on_day="2025-04-20"),
        entry(number, "rechecked", by="E0003", result="gone", on_day="2025-04-21"),
        entry(number, "closed", by="E0003", on_day="2025-04-21"),
    ]
    for step in steps:
        append(connection, [step])

    assert [one.entry for one in entries(connection, number)] == steps
    assert [one.serial for one in entries(connection)] == [1, 2, 3, 4, 5, 6]
    assert wrong_in(connection) == []


@pytest.mark.parametrize(
    ("before", "then", "said"),
    [
        ([], {"kind": "disputed"}, "disputed says no evidence"),
        ([], {"kind": "exception_asked"}, "exception_asked says no reason"),
        ([], {"kind": "reassigned"}, "reassigned says no to"),
        ([], {"kind": "closed"}, "nobody has looked again"),
        ([{"kind": "done"}], {"kind": "closed"}, "nobody has looked again"),
        ([{"kind": "done"}], {"kind": "rechecked", "result": "gone"}, "E0001 re-checking, who mended it"),
        (
            [{"kind": "done"}, {"kind": "rechecked", "by": "E0002", "result": "still_there"}],
            {"kind": "closed"},
            "nobody has looked again",
        ),
        (
            [{"kind": "done"}, {"kind": "rechecked", "by": "E0002", "result": "gone"}],
            {"kind": "closed"},
            "E0001 closing, who mended it",
        ),
        (
            [
                {"kind": "done"},
                {"kind": "rechecked", "by": "E0002", "result": "gone"},
                {"kind": "closed", "by": "E0002"},
            ],
            {"kind": "closed", "by": "E0003", "on_day": "2025-04-03"},
            "closed before, on 2025-04-02 by E0002",
        ),
        (
            [{"kind": "extension_asked", "reason": "why"}],
            {"kind": "extension_asked", "reason": "again"},
            "asked for before",
        ),
        ([], {"kind": "extension_asked", "reason": "why", "until": "soon"}, "found the day 'soon'"),
    ],
)
def test_what_does_not_follow_is_refused(connection, number, before, then, said):
    append(connection, [entry(number, **one) for one in before])

    with pytest.raises(HistoryError, match=said):
        append(connection, [entry(number, **then)])
    assert len(entries(connection)) == len(before)


def test_what_was_found_again_is_closed_again(connection, number):
    for day in ("2025-04-02", "2025-07-02"):
        steps = (("done", "E0001", {}), ("rechecked", "E0002", {"result": "gone"}), ("closed", "E0003", {}))
        append(connection, [entry(number, kind, by, on_day=day, **said) for kind, by, said in steps])

    assert len(entries(connection)) == 6


def test_what_was_said_before_is_not_said_twice(connection, number):
    append(connection, [entry(number, "signed")])

    assert append(connection, [entry(number, "signed", recorded_at="2025-05-01T00:00:00Z")]) == []


def test_a_finding_that_no_run_issued_is_refused(connection):
    with pytest.raises(HistoryError, match="2020Q1-XX-001: no run of the history"):
        fingerprint_of(connection, "2020Q1-XX-001")


@pytest.mark.parametrize("change", ["UPDATE event SET \"by\" = 'E9999'", "DELETE FROM event"])
def test_the_database_itself_refuses_to_change_the_log(connection, number, change):
    append(connection, [entry(number, "signed")])

    with pytest.raises(IntegrityError, match="only ever added"):
        connection.execute(text(change))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE event SET \"by\" = 'E9999' WHERE serial = 2", ["entry 2: changed after it was written"]),
        (
            "DELETE FROM event WHERE serial = 2",
            [
                "entry 3: found after entry 1, entries between them are missing",
                "entry 3: does not follow the entry before it",
            ],
        ),
        ("UPDATE event SET said = 'no JSON' WHERE serial = 3", ["entry 3: changed after it was written"]),
    ],
)
def test_a_change_past_the_guards_shows(file, change, said):
    with opened(located(str(file))) as connection:
        number = str(connection.execute(findings.select().order_by(findings.c.number)).first().number)
        append(connection, [entry(number, kind) for kind in ("signed", "done")])
        append(connection, [entry(number, "disputed", evidence="ticket")])
    raw = sqlite3.connect(file)
    for trigger in ("event_no_update", "event_no_delete"):
        raw.execute(f"DROP TRIGGER {trigger}")
    raw.execute(change)
    raw.commit()
    raw.close()

    with opened(located(str(file))) as connection:
        assert wrong_in(connection) == said


def test_an_end_that_is_gone_shows_by_a_digest_that_was_noted_before(file, clausewise):
    with opened(located(str(file))) as connection:
        number = str(connection.execute(findings.select().order_by(findings.c.number)).first().number)
        added = append(connection, [entry(number, kind) for kind in ("signed", "done")])
    whole = clausewise("verify", file, "--digest", added[-1].digest)
    shown = clausewise("verify", file, "--digest", added[-1].digest[:12])
    short = clausewise("verify", file, "--digest", added[-1].digest[:4])
    raw = sqlite3.connect(file)
    raw.execute("DROP TRIGGER event_no_delete")
    raw.execute("DELETE FROM event WHERE serial = 2")
    raw.commit()
    raw.close()
    gone = clausewise("verify", file, "--digest", added[-1].digest)
    before = clausewise("verify", file, "--digest", added[0].digest)

    assert [one.returncode for one in (whole, shown, short, gone, before)] == [0, 0, 2, 1, 0]
    assert "entries at the end are gone" in gone.stdout


def test_returned_answers_become_entries_and_what_they_lack_is_told(connection, number):
    said = {"finding": number, "by": "E0002", "on_day": "2025-04-20", "reason": "", "evidence": ""}
    answers = [
        {**said, "kind": "done", "evidence": "photo 1"},
        {**said, "kind": "done", "evidence": "photo 2", "on_day": "2025-04-22"},
        {**said, "kind": "exception_asked"},
    ]

    first = logged(connection, answers, NOW)

    assert first == (1, [f"{number}: exception_asked says no reason"])
    assert logged(connection, answers, NOW)[0] == 0
    [kept] = entries(connection)
    assert (kept.entry.on_day, kept.entry.evidence) == ("2025-04-22", "photo 1; photo 2")


def test_the_commands_log_verify_and_write_the_register(file, clausewise, tmp_path):
    with opened(located(str(file))) as connection:
        number = str(connection.execute(findings.select().order_by(findings.c.number)).first().number)
    where = ("--history", file)

    done = clausewise("finding", "done", number, "--by", "E0002", "--on", "2025-04-20", *where)
    seen = clausewise(
        "finding", "recheck", number, "--by", "E0003", "--on", "2025-04-21", "--result", "gone", *where
    )
    verified = clausewise("verify", file)
    written = clausewise(
        "finding", "register", "--into", tmp_path / "r", "--author", "IT", "--as-of", "2025-04-30", *where
    )

    assert [one.returncode for one in (done, seen, verified, written)] == [0, 0, 0, 0], (
        seen.stderr + written.stderr
    )
    assert "log as it was written, 2 entries, the last with SHA-256 " in verified.stdout
    register = (tmp_path / "r" / "rectifications.csv").read_text("utf-8-sig").splitlines()
    assert register[-1].split(",")[0] == number
    assert {"2025-04-20", "E0002", "2025-04-21", "E0003"} <= set(register[-1].split(","))
