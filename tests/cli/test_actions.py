"""`clausewise actions import`: what departments answered becomes a register that a company can declare."""

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl

from collectors import Moment, Source
from collectors.registers import RegisterCollector, RegisterOptions
from collectors.transport import Response
from engine.cli.answering import REGISTER
from reports.actions import ANSWERS, FIXED
from reports.formats.workbook import HEADINGS

FIRST = HEADINGS + 2
DONE_ON = len(FIXED) + 1 + ANSWERS.index("answer.done_on")


def returned(demo: Path, into: Path, *cells: tuple[int, int, object]) -> Path:
    """The list of IT, filled in."""
    book = openpyxl.load_workbook(demo / "reports" / "departments" / "IT.en.xlsx")
    for row, column, value in cells:
        book.worksheets[0].cell(row, column).value = value
    book.save(into / "IT.en.xlsx")
    return into / "IT.en.xlsx"


def test_answers_become_a_register_that_its_reader_takes(clausewise: Callable, demo: Path, tmp_path: Path):
    rows = openpyxl.load_workbook(demo / "reports" / "departments" / "IT.en.xlsx").worksheets[0].max_row
    answers = [(row, DONE_ON, date(2026, 10, 20)) for row in range(FIRST, rows + 1)]
    answers += [(row, DONE_ON + 1, "00010") for row in range(FIRST, rows + 1)]
    into = tmp_path / "answers"

    done = clausewise(
        "actions", "import", returned(demo, tmp_path, *answers), "--run", demo / "run", "--into", into,
        "--as-of", "2026-12-31", "--author", "信息技術部 杭立新",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(into / "rectifications.csv")

    class OneFile:
        def fetch(self, _request: object) -> Response:
            return Response((into / "rectifications.csv").read_bytes(), "2026-12-31T16:00:00Z")

    options = RegisterOptions.model_validate({"register": REGISTER, "file": "rectifications.csv"})
    moment = Moment("2026-12-31T15:59:59Z", ZoneInfo("Asia/Shanghai"))
    facts = RegisterCollector().collect(Source("reg", "登記表", options), OneFile(), moment).facts
    numbers = {fact.record()["finding"] for fact in facts}
    assert {(fact.record()["done_on"], fact.record()["done_by"]) for fact in facts} == {
        ("2026-10-20", "key:00010")
    }
    table = list(csv.reader(io.StringIO((into / "answers.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert len(table) == rows - HEADINGS
    assert {row[0] for row in table[1:]} == numbers


def test_an_edited_list_is_refused_by_place_and_nothing_is_written(
    clausewise: Callable, demo: Path, tmp_path: Path
):
    file = returned(demo, tmp_path, (FIRST, 5, "nothing to see here"), (FIRST + 1, DONE_ON, "soon"))

    done = clausewise("actions", "import", file, "--run", demo / "run", "--into", tmp_path / "answers")

    assert done.returncode == 1
    first, second, error, advice = done.stderr.splitlines()
    assert first.startswith(f"IT.en.xlsx [Actions], row {FIRST}, column E: edited, it was '")
    assert (
        second
        == f"IT.en.xlsx [Actions], row {FIRST + 1}, column L: no day: 'soon', needs one such as 2026-10-31"
    )
    assert error.startswith("error: the lists are not as they were sent out")
    assert "in 2 places; nothing was imported" in error
    assert advice.startswith("help: ")
    assert not (tmp_path / "answers").exists()


def test_a_list_of_another_run_is_refused(clausewise: Callable, demo: Path, tmp_path: Path):
    file = demo / "previous" / "reports" / "departments" / "IT.en.xlsx"

    done = clausewise("actions", "import", file, "--run", demo / "run", "--into", tmp_path / "answers")

    assert done.returncode == 1
    assert "error: IT.en.xlsx: made from run 2026Q2" in done.stderr


def test_machines_get_their_formats_by_name_and_people_theirs_by_default(
    clausewise: Callable, demo: Path, tmp_path: Path
):
    into = tmp_path / "machines"

    done = clausewise(
        "report", demo / "run", "--into", into, "--language", "en", "--format", "sarif", "--format", "junit"
    )

    assert done.returncode == 0, done.stderr
    assert {path.name for path in into.iterdir()} == {
        "clausewise.sarif", "junit.xml", "manifest.json", "model.json",
    }  # fmt: skip
    assert clausewise("verify", into).returncode == 0
    assert done.stdout.strip() == str(into)
    assert (demo / "reports" / "departments" / "IT.zh-Hant.xlsx").is_file()
