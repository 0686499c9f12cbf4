"""What a terminal shows: text of the company's data cannot steer it, turn a line round, or pass for another line's style."""

import sys
from dataclasses import dataclass, field

import click
import pytest
from click.testing import CliRunner
from rich.console import Console

from engine.cli.main import Clausewise
from engine.cli.talk import put, say, summary
from engine.errors import ConfigurationError
from engine.findings import SEVERITIES

HOSTILE = "甲\u202e乙\x1b[31m\u2066丙\x07[bold]丁\ufeff"
SHOWN = "甲乙[31m丙[bold]丁"


@dataclass(frozen=True)
class Used:
    name: str = HOSTILE
    version: str = HOSTILE
    note: str = HOSTILE


@dataclass(frozen=True)
class Quarter:
    label: str = HOSTILE


@dataclass(frozen=True)
class HostileRun:
    organisation: str = HOSTILE
    period: Quarter = field(default_factory=Quarter)
    as_of: str = HOSTILE
    notice_on: str = HOSTILE
    settings_origin: str = HOSTILE
    engine: Used = field(default_factory=Used)
    totals: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(
            (
                *SEVERITIES,
                *("new", "persisting", "closed", "unverified", "instances"),
                *("pass", "fail", "waived", "not_applicable", "not_assessed"),
            ),
            0,
        )
    )


def test_the_summary_shows_hostile_text_as_harmless_text():
    screen = Console(record=True, width=400, force_terminal=True, file=sys.stderr)
    screen.print(summary(HostileRun()))

    shown = screen.export_text()
    assert f"{SHOWN}, {SHOWN}, as of {SHOWN}" in shown
    assert f"{SHOWN} {SHOWN} ({SHOWN})" in shown
    assert shown.count(SHOWN) == 8
    assert not set("\u202e\x1b\u2066\x07\ufeff") & set(shown)


@pytest.mark.parametrize("tell", [say, put])
def test_lines_keep_their_lines_and_columns_and_lose_what_steers(tell, capsys):
    tell(f"{HOSTILE}\t1\n{HOSTILE}")

    out, err = capsys.readouterr()
    assert out + err == f"{SHOWN}\t1\n{SHOWN}\n"
    assert bool(err) == (tell is say)


def test_an_error_that_quotes_a_file_steers_no_terminal():
    group = Clausewise("clausewise", places={})

    @group.command("fail")
    def fail() -> None:
        raise ConfigurationError(f"company.yaml: found {HOSTILE}\nand {HOSTILE}", f"mend {HOSTILE}")

    done = CliRunner().invoke(group, ["fail"])
    assert isinstance(group, click.Group)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"error: company.yaml: found {SHOWN}\nand {SHOWN}\nhelp: mend {SHOWN}\n"
