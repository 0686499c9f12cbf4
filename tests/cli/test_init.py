"""`clausewise init`: what it writes can be used as it is."""

import re
import stat

import pytest
from click.testing import CliRunner

from collectors import COLLECTORS
from collectors.registers import REGISTERS
from engine.cli.company import load_company
from engine.cli.init import init_command, starter, write_starter
from engine.errors import UsageError
from engine.snapshot.purge import Retention


def test_what_it_writes_loads(tmp_path):
    written = write_starter(tmp_path / "audit")

    company = load_company(tmp_path / "audit" / "company.yaml")

    assert [source.id for source in company.sources] == ["hr", "groups", "applications"]
    assert all((tmp_path / "audit" / name).is_file() for name in written)
    assert all((tmp_path / "audit" / source.options.file).is_file() for source in company.sources[1:])


def test_every_source_that_it_offers_loads_once_it_is_switched_on(tmp_path):
    on = re.sub(r"^  # (- id: |  [a-z_]+: )", r"  \1", starter(), flags=re.MULTILINE)
    path = tmp_path / "company.yaml"
    path.write_text(on, encoding="utf-8")

    company = load_company(path)

    assert {source.type for source in company.sources} == set(COLLECTORS)
    assert {source.options.kind.name for source in company.sources if source.type == "register"} == set(
        REGISTERS
    )


def test_nobody_else_can_read_what_it_writes(tmp_path):
    write_starter(tmp_path / "audit")

    loose = [
        path
        for path in (tmp_path / "audit").rglob("*")
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]

    assert loose == []


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("x")

    with pytest.raises(UsageError, match="exists and is not empty"):
        write_starter(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_same_files_are_written_every_time(tmp_path):
    first, second = (write_starter(tmp_path / name) for name in ("a", "b"))

    assert first == second
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in first)


def test_the_command_says_what_comes_next(tmp_path):
    done = CliRunner().invoke(init_command, [str(tmp_path / "audit")])

    assert (done.exit_code, "clausewise coverage -c" in done.output) == (0, True)


def test_history_and_retention_hold_as_they_stand_there(tmp_path):
    write_starter(tmp_path / "audit")
    file = tmp_path / "audit" / "company.yaml"
    lines = [
        line.removeprefix("# ")
        if line.startswith(("# history:", "# retention:", "#   raw_days", "#   snapshot_days"))
        else line
        for line in file.read_text("utf-8").splitlines()
    ]
    file.write_text("\n".join(lines), "utf-8")

    company = load_company(file)
    assert company.history == "history.db"
    assert company.retention == Retention(raw_days=400, snapshot_days=1100)
