"""Large runs: a department at a time, in any number of processes, and again only where something changed."""

import json
from pathlib import Path

import pytest

import reports
from engine.canonical import canonical
from engine.cli.reporting import run_report
from engine.errors import SnapshotError, UsageError
from reports import rendering
from reports.model import annex, build
from reports.run_folder import read

FORMATS = ("html", "xlsx", "jsonl", "csv", "eml", "hdf")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def large(companies, tmp_path_factory) -> Path:
    """A run with a department of so many instances that its annex fills pages of its own."""
    folder = tmp_path_factory.mktemp("large")
    company = companies["crowded"](instances=45, checks=3)
    company.finding("IT", "5.1-a", 30, 60)
    return company.write(folder / "run")


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(annex, "ROWS", 20)


def test_the_model_put_together_from_parts_is_that_of_the_whole(run, tmp_path):
    reports.write(run, tmp_path / "pack", ["en"], ["json"])

    whole = build(read(run)).model_dump(mode="json", by_alias=True)
    assert (tmp_path / "pack" / "model.json").read_bytes() == canonical(whole)


def test_the_bytes_are_the_same_whatever_the_number_of_processes(run, tmp_path, monkeypatch):
    monkeypatch.setattr(rendering, "BYTES_WORTH_A_PROCESS", 1)
    for workers in (1, 2):
        reports.write(run, tmp_path / str(workers), ["en", "zh-Hant"], FORMATS, workers=workers)

    assert contents(tmp_path / "1") == contents(tmp_path / "2")
    assert len(contents(tmp_path / "1")) > 20


@pytest.mark.usefixtures("small_pages")
def test_a_long_annex_is_divided_into_pages_that_hold_every_row_and_point_at_each_other(large, tmp_path):
    reports.write(large, tmp_path / "pack", ["en"], ["html", "json"])

    folder = tmp_path / "pack" / "departments"
    department = next(
        row
        for row in json.loads((tmp_path / "pack/model.json").read_bytes())["departments"]
        if row["code"] == "SALES"
    )
    names = [f"SALES.en.{page['name']}.html" for page in department["annex"]]
    report = (folder / "SALES.en.html").read_text("utf-8")
    pages = [(folder / name).read_text("utf-8") for name in names]
    wanted = [
        one["number"]
        for finding in department["findings"]
        if finding["in_annex"]
        for one in finding["instances"]
    ]
    listed = [
        number
        for number in wanted
        for page in pages
        if f'<th scope="row" class="nowrap">{number}</th>' in page
    ]
    assert len(names) == 3
    assert listed == wanted
    assert len(wanted) == 45
    assert sorted(path.name for path in folder.glob("SALES.en.annex-*")) == names
    for name in names:
        assert f'href="{name}"' in report
    for page in pages:
        assert 'href="SALES.en.html#annex"' in page
        assert sum(f'href="{name}"' in page for name in names) == len(names) - 1


def test_a_short_annex_stays_in_the_report(large, tmp_path):
    reports.write(large, tmp_path / "pack", ["en"], ["html"])

    assert not list((tmp_path / "pack" / "departments").glob("*annex*"))


@pytest.mark.usefixtures("small_pages")
def test_renewed_reports_are_those_of_a_new_folder_and_what_is_the_same_is_left_as_it_is(
    large, tmp_path, capsys
):
    run_report(large, tmp_path / "new", ["en"], ["html", "xlsx"])
    run_report(large, tmp_path / "kept", ["en"], ["html", "xlsx"])
    before = {path: path.stat().st_ino for path in (tmp_path / "kept" / "departments").iterdir()}
    capsys.readouterr()

    run_report(large, tmp_path / "kept", ["en"], ["html", "xlsx"], renew=True)

    assert capsys.readouterr().err == "reports: 5 left as they are, 0 written again\n"
    assert contents(tmp_path / "kept") == contents(tmp_path / "new")
    assert {path: path.stat().st_ino for path in (tmp_path / "kept" / "departments").iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept", "new"]


def test_what_somebody_touched_is_made_again_and_theirs_is_laid_aside(run, tmp_path, capsys):
    run_report(run, tmp_path / "kept", ["en"], ["html", "xlsx"])
    whole = contents(tmp_path / "kept")
    (tmp_path / "kept/departments/IT.en.html").write_text("mine")
    (tmp_path / "kept/departments/SALES.en.xlsx").unlink()
    capsys.readouterr()

    run_report(run, tmp_path / "kept", ["en"], ["html", "xlsx"], renew=True)

    assert contents(tmp_path / "kept") == whole
    assert contents(tmp_path / "kept.changed-1") == {"departments/IT.en.html": b"mine"}
    assert capsys.readouterr().err.splitlines() == [
        "kept/departments/IT.en.html: was changed since; written again, yours is now kept.changed-1/departments/IT.en.html",
        "kept/departments/SALES.en.xlsx: was not there any more, written again",
        "reports: 3 left as they are, 2 written again",
    ]


def test_only_departments_in_which_something_changed_are_made_again(companies, tmp_path, capsys):
    company = companies["believable"]()
    run_report(company.write(tmp_path / "run"), tmp_path / "kept", ["en"], ["html"])
    company.finding("LEGAL", "6.1.2-c", 1, 5)
    again = company.write(tmp_path / "again")
    capsys.readouterr()

    run_report(again, tmp_path / "kept", ["en"], ["html"], renew=True)

    assert capsys.readouterr().err == "reports: 4 left as they are, 1 written again\n"
    run_report(again, tmp_path / "new", ["en"], ["html"])
    assert contents(tmp_path / "kept") == contents(tmp_path / "new")


@pytest.mark.parametrize(("language", "formats"), [("zh-Hant", ["html"]), ("en", ["html", "eml"])])
def test_other_options_make_everything_again(run, tmp_path, capsys, language, formats):
    run_report(run, tmp_path / "kept", ["en"], ["html"])
    capsys.readouterr()

    run_report(run, tmp_path / "kept", [language], formats, renew=True)

    assert capsys.readouterr().err == "reports: 0 left as they are, 5 written again\n"


def test_a_folder_with_something_else_in_it_is_not_renewed(run, tmp_path):
    run_report(run, tmp_path / "kept", ["en"], ["html"])
    (tmp_path / "kept" / "note.txt").write_text("mine")

    with pytest.raises(UsageError, match=r"kept/note\.txt: not one of the reports"):
        run_report(run, tmp_path / "kept", ["en"], ["html"], renew=True)
    with pytest.raises(SnapshotError, match=r"run: no manifest\.json here"):
        run_report(run, run, ["en"], ["html"], renew=True)

    assert (tmp_path / "kept" / "note.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("file", "line"),
    [("findings.jsonl", '{"check": "5.1-a"}'), ("undecided.jsonl", "["), ("subjects.jsonl", "{}")],
)
def test_a_damaged_line_is_named_and_nothing_is_written(run, tmp_path, file, line):
    number = len((run / file).read_text("utf-8").splitlines()) + 1
    with (run / file).open("a", encoding="utf-8") as lines:
        lines.write(line + "\n")

    with pytest.raises(SnapshotError, match=rf"^{file}, line {number}: "):
        run_report(run, tmp_path / "pack", ["en"], ["html"])

    assert not (tmp_path / "pack").exists()
