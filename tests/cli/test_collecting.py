"""Collecting: what each source delivers is told before anything is written, and one source's fault stays its own."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.canonical import load
from engine.cli import cli
from engine.cli.collecting import Where, about_of, collected_from, last_day_of_last_quarter
from engine.cli.company import load_company
from engine.cli.places import fixtures
from engine.cli.talk import tell_errors

QUARTER = fixtures() / "company" / "2026Q3"


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 9, 30)),
        (date(2026, 12, 30), date(2026, 9, 30)),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2026, 12, 31)),
    ],
)
def test_the_last_day_of_the_last_complete_quarter(today: date, last: date):
    assert last_day_of_last_quarter(today) == last


def test_check_tells_what_a_source_delivers_and_writes_nothing(tmp_path: Path):
    done = CliRunner().invoke(
        cli,
        [
            *("collect", "-c", str(QUARTER / "company.yaml"), "--replay", str(QUARTER / "recordings")),
            *("--check", "--as-of", "2026-09-30", "--only", "inventory-nb"),
        ],
    )

    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "inventory-nb: partial: 4 application, 40 host, 122 software_install",
        "  host: the source states 42 records, 40 came",
    ]
    assert list(tmp_path.iterdir()) == []


_CONFIG = (
    "organisation: A\npolicy: {version: '1'}\nroles: {it: IT, hr: HR}\nsources:\n"
    "  - {id: groups, type: register, register: groups, file: reg-groups.csv, as_of: 2026-09-30, author: B}\n"
    "  - {id: missing, type: register, register: groups, file: nowhere.csv, as_of: 2026-09-30, author: B}\n"
)


def _recorded(folder: Path) -> Result:
    (folder / "company.yaml").write_text(_CONFIG)
    (folder / "reg-groups.csv").write_text("group\n")
    asked = ["collect", "-c", str(folder / "company.yaml"), "--as-of", "2026-09-30", "--check"]
    return CliRunner().invoke(cli, [*asked, "--record", str(folder / "kept")])


def test_a_recording_is_there_whole_without_the_source_that_failed_and_is_never_written_over(tmp_path: Path):
    first = _recorded(tmp_path)
    names = sorted(path.relative_to(tmp_path / "kept").as_posix() for path in (tmp_path / "kept").rglob("*"))
    again = _recorded(tmp_path)

    assert "missing: failed" in first.stdout
    assert names == ["groups", "groups/index.json", "groups/reg-groups.csv"]
    assert again.exit_code == 2
    assert "kept: exists and is not empty" in again.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["company.yaml", "kept", "reg-groups.csv"]


def test_errors_in_the_data_are_counted_and_their_place_is_told(tmp_path: Path):
    asked = ["collect", "-c", str(QUARTER / "company.yaml"), "--replay", str(QUARTER / "recordings")]
    asked += ["--as-of", "2026-09-30"]
    with_errors = CliRunner().invoke(cli, [*asked, "--into", str(tmp_path / "snapshot")])

    number = len(load(tmp_path / "snapshot" / "manifest.json")["data_errors"])
    place = tmp_path / "snapshot" / "manifest.json"
    assert number > 1
    assert with_errors.stderr.splitlines()[-1] == (f"{number} errors in the data: see data_errors in {place}")


def test_a_snapshot_says_whom_departments_tell_what_they_dispute_if_the_company_does():
    company = load_company(QUARTER / "company.yaml")
    told = company.model_copy(update={"contact": "Li Xia, 8023"})
    silent = about_of(company, date(2026, 9, 30))["about"]

    assert "contact" not in silent
    assert about_of(told, date(2026, 9, 30))["about"] == silent | {"contact": "Li Xia, 8023"}


def test_nothing_is_told_of_errors_where_there_are_none(capsys: pytest.CaptureFixture[str]):
    tell_errors(0, "manifest.json")
    none = capsys.readouterr()
    tell_errors(1, "manifest.json")

    assert (none.out, none.err) == ("", "")
    assert capsys.readouterr().err == "1 error in the data: see data_errors in manifest.json\n"


def test_a_fault_of_one_collector_leaves_the_others_alone(monkeypatch: pytest.MonkeyPatch):
    company = load_company(QUARTER / "company.yaml")
    wanted = ("chat", "reg-groups")
    chat = next(entry for entry in company.sources if entry.id == "chat")

    class Broken:
        type = "synapse"
        delivers = ("account",)

        def collect(self, *_: object) -> None:
            raise KeyError("surprise")

    monkeypatch.setattr(chat, "collector", Broken())
    found = collected_from(company, date(2026, 9, 30), Where(replay=QUARTER / "recordings"), wanted)

    assert {one.report.id: one.report.completeness for one in found} == {
        "chat": "failed",
        "reg-groups": "complete",
    }
    assert found[0].report.problems == ("a fault of the collector synapse: KeyError: 'surprise'",)
