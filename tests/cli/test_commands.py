"""Every command: help, streams and exit codes."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner
from commanded import subcommands

from engine.cli import cli
from engine.cli.audit_options import FAIL_ON, exit_code
from engine.findings import SEVERITIES

ROOT = Path(__file__).parents[2]


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, command in sorted(subcommands(group).items()):
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


COMMANDS = dict(commands(cli))
assert len(COMMANDS) > 15


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_ends_with_an_example_of_it(name: str):
    done = CliRunner().invoke(cli, [*name.split(), "--help"])

    said = [line.strip() for line in done.stdout.partition("Options:")[0].rstrip().splitlines()]
    examples = said[said.index("Example:") + 1 :]
    assert done.exit_code == 0
    assert examples
    assert [line for line in examples if not line.startswith(f"clausewise {name}")] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_an_example_uses_options_that_exist(name: str):
    example = str(COMMANDS[name].help).partition("Example:")[2]
    used = set(re.findall(r"(?<=\s)--?[a-z][a-z-]*", example))

    assert used <= {word for option in COMMANDS[name].params for word in option.opts}


def test_each_option_says_what_it_is_for():
    silent = [
        f"{name} {option.opts[0]}"
        for name, command in COMMANDS.items()
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]

    assert silent == []


def test_commands_that_messages_and_templates_name_exist():
    words = {
        word
        for folder in ("engine", "collectors", "reports", "policies", "tools")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".yaml", ".j2", ".rego"}
        for word in re.findall(
            r"(?:`|: |  |;  )clausewise ([a-z]+(?: (?:show|install))?)\b", path.read_text("utf-8")
        )
    }

    assert words <= {*COMMANDS, *subcommands(cli)}
    assert len(words) > 5


@pytest.mark.parametrize(
    ("totals", "codes"),
    [
        ({}, [0, 0, 0, 0, 0]),
        ({"not_assessed": 3}, [10, 0, 0, 0, 0]),
        ({"low": 1}, [0, 11, 0, 0, 0]),
        ({"medium": 2, "low": 1}, [0, 12, 12, 0, 0]),
        ({"high": 1, "low": 4}, [0, 13, 13, 13, 0]),
        ({"critical": 1, "not_assessed": 1}, [10, 14, 14, 14, 14]),
    ],
)
def test_exit_codes_by_the_highest_open_severity(totals: dict[str, int], codes: list[int]):
    run = SimpleNamespace(totals={**dict.fromkeys((*SEVERITIES, "not_assessed"), 0), **totals})

    assert [exit_code(run, level) for level in ("not-assessed", "low", "medium", "high", "critical")] == codes
    assert exit_code(run, None) == 0


def test_an_audit_exits_with_its_code_and_has_written_its_run(
    clausewise: Callable, demo: Path, tmp_path: Path
):
    done = clausewise("audit", demo / "snapshot", "--into", tmp_path / "run", "--fail-on", "low")

    assert done.returncode in FAIL_ON.values()
    assert (tmp_path / "run" / "manifest.json").is_file()
    assert done.stdout == ""
    errors = len(json.loads((tmp_path / "run" / "coverage.json").read_bytes())["data_errors"])
    assert f"\n{errors} errors in the data: see data_errors in run/coverage.json" in done.stderr


def test_data_goes_to_stdout_and_talk_to_stderr(clausewise: Callable, demo: Path, tmp_path: Path):
    told = clausewise("report", demo / "run", "--into", tmp_path / "reports", "--language", "en")
    verified = clausewise("verify", demo / "run")
    engine = clausewise("engine", "show")
    made = clausewise("init", tmp_path / "new")

    assert (told.stdout, told.stderr) == (f"{tmp_path / 'reports' / 'index.html'}\n", "")
    assert (verified.returncode, verified.stdout, verified.stderr) == (
        0,
        f"{demo / 'run'}: as it was written\n",
        "",
    )
    assert (engine.returncode, "embedded" in engine.stdout) == (0, True)
    assert (made.returncode, made.stdout, "clausewise coverage" in made.stderr) == (0, "", True)


def test_a_pipe_sees_no_progress_and_no_colour(clausewise: Callable, demo: Path, tmp_path: Path):
    done = clausewise("audit", demo / "snapshot", "--into", tmp_path / "run")

    assert done.returncode == 0
    assert "\x1b" not in done.stderr
    assert "\r" not in done.stderr


@pytest.mark.parametrize("folder", ["snapshot", "run", "reports"])
def test_verify_finds_what_the_demo_wrote_as_it_was_written(clausewise: Callable, demo: Path, folder: str):
    done = clausewise("verify", demo / folder)

    assert (done.returncode, done.stdout) == (0, f"{demo / folder}: as it was written\n")


@pytest.mark.parametrize("name", ["CLAUSEWISE_OPA", "CLAUSEWISE_CACHE"])
def test_what_the_environment_says_of_opa_is_documented(name: str):
    root = Path(__file__).parents[2]

    assert name in CliRunner().invoke(cli, ["engine", "show", "--help"]).stdout
    assert all(f"`{name}`" in (root / page).read_text("utf-8") for page in ("README.md", "README.zh-Hant.md"))
