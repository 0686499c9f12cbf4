"""The history keeps runs: the same runs give the same history, and what is not a history is refused."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import given, settings
from hypothesis import strategies as st
from made_runs import chain
from sqlalchemy import text

from engine.errors import HistoryError, SnapshotError
from engine.history.recording import record
from engine.history.store import located, opened
from engine.history.tables import metadata
from engine.history.timeline import document, timeline


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return chain(tmp_path_factory.mktemp("runs"), 6, 7)


def told(url, folders):
    with opened(url) as connection:
        for folder in folders:
            record(connection, folder)
        return document(timeline(connection))


@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_the_same_runs_give_the_same_history_in_whatever_order_they_come(folders, tmp_path_factory, data):
    order = data.draw(st.permutations(folders))
    folder = tmp_path_factory.mktemp("history")

    again = told(located(str(folder / "again.db")), [*order, order[0]])

    assert again == told(located(str(folder / "straight.db")), folders)
    assert [row["period"] for row in again] == ["2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2"]
    assert all(row["gap"] == "" for row in again)


def test_a_quarter_that_does_not_follow_says_so(folders, tmp_path):
    rows = told(located(str(tmp_path / "h.db")), [folders[0], folders[2]])

    assert [row["gap"] for row in rows] == ["", "the run before it is not in the history"]


def test_the_migrations_make_the_tables_that_the_code_reads(tmp_path):
    with opened(located(str(tmp_path / "h.db"))) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_history_of_a_newer_version_is_refused_by_name(tmp_path):
    url = located(str(tmp_path / "h.db"))
    with opened(url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(HistoryError, match=r"h\.db: a newer clausewise made it .*9999"), opened(url):
        pass


def test_what_is_no_history_is_not_written_into(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_bytes(b"no database at all, but long enough to be taken for one" * 40)
    before = file.read_bytes()

    with (
        pytest.raises(HistoryError, match=r"notes\.txt: cannot be used as a history"),
        opened(located(str(file))),
    ):
        pass
    assert file.read_bytes() == before


def test_nothing_of_a_run_is_kept_if_one_of_several_is_refused(folders, tmp_path):
    url = located(str(tmp_path / "h.db"))
    with pytest.raises(SnapshotError, match="no manifest"):
        told(url, [folders[0], tmp_path])

    assert told(url, []) == []


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("postgresql://audit:secret@host/db", "a password in the URL"),
        ("mysql://host/db", "a database of kind 'mysql'"),
        ("postgresql://host:port/db", "a URL that cannot be read"),
    ],
)
def test_a_place_that_is_none_is_refused_and_no_password_repeated(where, said):
    with pytest.raises(HistoryError, match=said) as caught:
        located(where)

    assert "secret" not in f"{caught.value} {caught.value.help}"


def test_a_run_that_was_changed_is_refused(tmp_path):
    [folder] = chain(tmp_path / "own", 1, 1)
    (folder / "run.json").write_text("{}")

    with pytest.raises(SnapshotError, match=r"q0/run\.json: changed"):
        told(located(str(tmp_path / "h.db")), [folder])
