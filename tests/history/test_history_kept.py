"""A history is kept by the way: an audit records its run, and returned action lists go into the log."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from engine.canonical import load
from engine.cli import cli
from engine.cli.kept import configured
from engine.history.log import entries, wrong_in
from engine.history.recording import record
from engine.history.store import located, opened
from engine.history.timeline import document, timeline
from reports.actions import ANSWERS, FIXED
from reports.formats.workbook import HEADINGS

STATUS = len(FIXED) + 1 + ANSWERS.index("answer.status")
DONE_ON = len(FIXED) + 1 + ANSWERS.index("answer.done_on")
DONE_BY = len(FIXED) + 1 + ANSWERS.index("answer.done_by")
REMARK = len(FIXED) + 1 + ANSWERS.index("answer.remark")


def called(*words: object) -> Result:
    return CliRunner().invoke(cli, list(map(str, words)))


@pytest.fixture(scope="module")
def history(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's two quarters, imported."""
    file = tmp_path_factory.mktemp("kept") / "history.db"
    with opened(located(str(file))) as connection:
        for run in (demo / "previous" / "run", demo / "run"):
            record(connection, run)
    return file


def test_an_audit_records_the_run_that_it_wrote_as_an_import_would(demo: Path, tmp_path: Path):
    audited, imported = tmp_path / "audited.db", tmp_path / "imported.db"
    done = called(
        "audit",
        demo / "previous" / "snapshot",
        "--into",
        tmp_path / "run",
        "--first-run",
        "--history",
        audited,
    )
    again = called("history", "import", tmp_path / "run", "--history", audited)
    called("history", "import", tmp_path / "run", "--history", imported)

    rows = []
    for file in (audited, imported):
        with opened(located(str(file))) as connection:
            rows.append(document(timeline(connection)))
    assert done.exit_code == 0, done.stderr
    assert "history: audited.db: recorded" in done.stderr
    assert "0 of 1 runs taken in, 1 were there already" in again.stderr
    assert rows[0] == rows[1]
    assert [row["run"] for row in rows[0]] == [load(tmp_path / "run" / "manifest.json")["digest"]]


def test_a_history_that_cannot_be_used_is_refused_before_anything_is_audited(demo: Path, tmp_path: Path):
    (tmp_path / "notes.txt").write_bytes(b"no database" * 500)
    done = called(
        "audit",
        demo / "snapshot",
        "--into",
        tmp_path / "run",
        "--first-run",
        "--history",
        tmp_path / "notes.txt",
    )

    assert done.exit_code == 1
    assert "notes.txt: cannot be used as a history" in done.stderr
    assert not (tmp_path / "run").exists()


def test_an_option_comes_before_the_file_and_a_path_of_the_file_counts_from_it(tmp_path: Path):
    class Company:
        history = "history.db"
        path = tmp_path / "company.yaml"

    class Without:
        history = ""
        path = tmp_path / "company.yaml"

    assert configured(Company(), "other.db") == ("other.db", None)
    assert configured(Company(), None) == ("history.db", tmp_path)
    assert configured(Without(), None) is None
    assert configured(None, None) is None


def _list(demo: Path, into: Path, answers: dict[int, object]) -> Path:
    """IT's list, with the first row answered."""
    book = openpyxl.load_workbook(demo / "reports" / "departments" / "IT.en.xlsx")
    for column, value in answers.items():
        book.worksheets[0].cell(HEADINGS + 2, column).value = value
    book.save(into / "IT.en.xlsx")
    return into / "IT.en.xlsx"


def _import(demo: Path, tmp_path: Path, history: Path, answers: dict[int, object], into: str) -> Result:
    return called(
        "actions", "import", _list(demo, tmp_path, answers), "--run", demo / "run", "--into", tmp_path / into,
        "--as-of", "2026-12-31", "--author", "IT", "--history", history,
    )  # fmt: skip


def test_a_returned_list_goes_into_the_log_once(demo: Path, history: Path, tmp_path: Path):
    answers = {STATUS: "Done and ready for re-check", DONE_ON: date(2026, 10, 20), DONE_BY: "00012"}
    first = _import(demo, tmp_path, history, answers, "one")
    second = _import(demo, tmp_path, history, answers, "two")

    with opened(located(str(history))) as connection:
        log = [one.entry for one in entries(connection)]
        assert wrong_in(connection) == []
    number = openpyxl.load_workbook(tmp_path / "IT.en.xlsx").worksheets[0].cell(HEADINGS + 2, 1).value
    assert (first.exit_code, second.exit_code) == (0, 0), first.stderr + second.stderr
    assert "1 entries added to the log" in first.stderr
    assert "0 entries added to the log" in second.stderr
    assert [(one.kind, one.finding, one.by, one.on_day) for one in log] == [
        ("done", number, "00012", "2026-10-20")
    ]


def test_what_an_entry_lacks_is_told_and_the_register_is_written_all_the_same(
    demo: Path, history: Path, tmp_path: Path
):
    done = _import(demo, tmp_path, history, {STATUS: "Asks for an exception"}, "answers")

    assert done.exit_code == 0
    assert "exception_asked says no reason" in done.stderr
    assert (tmp_path / "answers" / "rectifications.csv").is_file()
