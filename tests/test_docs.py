"""What the documents say is so: commands exist, paths exist, examples run."""

import importlib.util
import inspect
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import get_args

import click
import pytest
from commanded import subcommands

from engine.checks.catalogue import load_catalogue
from engine.checks.description import EvidenceKind
from engine.checks.law import broken
from engine.cli import cli
from engine.cli.audit_options import FAIL_ON
from engine.cli.demonstration import ten_lines
from engine.findings import Run
from engine.opa import Rules, load_rules
from engine.opa.trial import trying
from engine.settings import Kind

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "CHANGELOG.md",
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / "docs" / "sources").glob("*.md"),
    ]
)
README = (ROOT / "README.md").read_text("utf-8")

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TARGETS = re.compile(r"^([a-z]+):", re.MULTILINE)


def blocks(text: str, language: str) -> list[str]:
    return [body for found, body in _FENCE.findall(text) if found == language]


def called() -> Iterator[tuple[str, list[str]]]:
    """Every command of ours in a console block or in backticks, with the page that has it."""
    for page in PAGES:
        text = page.read_text("utf-8")
        lines = [
            line.removeprefix("$ ")
            for body in blocks(text, "console")
            for line in body.splitlines()
            if line[:2] == "$ "
        ]
        outside = _FENCE.sub("", text)
        for line in (*lines, *re.findall(r"`((?:clausewise|make) [^`\n]+)`", outside)):
            yield page.name, shlex.split(line.partition(" #")[0])


CALLED = [(page, words) for page, words in called() if words[0] == "clausewise"]


@pytest.mark.parametrize(("page", "words"), CALLED, ids=[" ".join(words) for _, words in CALLED])
def test_a_command_that_a_page_shows_exists_with_its_options(page: str, words: list[str]):
    command: click.Command = cli
    rest = words[1:]
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        command = subcommands(command)[rest.pop(0)]
    known = {word for option in command.params for word in (*option.opts, *option.secondary_opts)} | {
        "--help",
        "--version",
    }

    assert {word.partition("=")[0] for word in rest if word.startswith("-")} <= known, page


def test_every_make_target_that_a_page_shows_exists():
    targets = set(_TARGETS.findall((ROOT / "Makefile").read_text("utf-8")))

    assert {words[1] for _, words in called() if words[0] == "make"} <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path):
    links = re.findall(r"\]\(([^)#\s]+)", _FENCE.sub("", page.read_text("utf-8")))

    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_the_readme_lists_every_command_and_every_folder():
    rows = [line for line in README.splitlines() if line.startswith("| `clausewise ")]
    silent = [
        f"{name} {sub}"
        for name, command in subcommands(cli).items()
        for sub in (subcommands(command) if isinstance(command, click.Group) else ("",))
        if not any(
            f"`clausewise {name}" in row and (not sub or re.search(rf"\b{sub}\b", row)) for row in rows
        )
    ]
    folders = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()} | {
        "tests",
        "bench",
        "docs",
        "tools",
    }

    assert silent == []
    assert [name for name in sorted(folders) if f"| `{name}/` |" not in README] == []


def test_the_readme_has_the_exit_codes_that_there_are():
    stated = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}

    assert stated == {0, 1, 2, 130, *FAIL_ON.values()}
    assert all(
        f"| {code} | " in README and f"`--fail-on {level}`" in README for level, code in FAIL_ON.items()
    )


def test_the_page_names_every_kind_of_setting_and_of_evidence():
    text = (ROOT / "docs" / "add-a-check.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(settings|evidence)` \|(.*)$", text, re.MULTILINE))

    named = {name: set(re.findall(r"`([a-z_]+)`", row)) for name, row in rows.items()}
    assert named == {"settings": set(get_args(Kind)), "evidence": set(get_args(EvidenceKind))}


def test_the_readme_shows_what_the_demo_says(demo: Path):
    """Numbers change with every check that is added; what stands beside them does not."""
    (shown,) = [body for body in blocks(README, "console") if body.startswith("$ make demo")]

    run = Run.model_validate_json((demo / "run" / "run.json").read_bytes())
    told = ten_lines(run, Path("demo"))

    assert [without_numbers(line) for line in shown.splitlines()[-len(told) :]] == [
        without_numbers(line) for line in told
    ]


def without_numbers(line: str) -> str:
    return re.sub(r"\d+", "N", line)


def pack(folder: Path) -> Path:
    """The check of the page, as its reader would write it."""
    text = (ROOT / "docs" / "add-a-check.md").read_text("utf-8")
    names = re.findall(r"^## .*`(6\.1\.1/[^`]+)`$", text, re.MULTILINE)
    bodies = [blocks(text, "yaml")[0], *blocks(text, "rego")]
    for name, body in zip(names, bodies, strict=True):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(body, "utf-8")
    return folder


def test_the_check_of_the_page_runs_and_appears_in_the_reports(
    clausewise: Callable, demo: Path, tmp_path: Path
):
    written = pack(tmp_path / "pack")
    options = ("--policies", written)

    audited = clausewise("audit", demo / "snapshot", "--into", tmp_path / "run", *options)
    clausewise("report", tmp_path / "run", "--into", tmp_path / "reports", "--language", "en")

    assert audited.returncode == 0, audited.stderr
    rows = [json.loads(line) for line in (tmp_path / "run" / "results.jsonl").read_text("utf-8").splitlines()]
    own = {row["department"]: row["result"] for row in rows if row["check"] == "6.1.1-x"}
    assert len(own) == 10
    assert set(own.values()) & {"pass", "fail"}
    told = (tmp_path / "reports" / "departments" / "FIN.en.html").read_text("utf-8")
    assert "Confidential groups cannot be found" in told


def test_the_check_of_the_page_keeps_the_law_and_passes_its_own_tests(opa: Path, regal: Path, tmp_path: Path):
    written = pack(tmp_path / "pack")
    rego = ROOT / "policies" / "rego"
    rules = load_rules(Rules(rego, ROOT / "policies" / "capabilities.json", packs=(written,)))
    needed = (rego / "lib", rego / "audit.rego")

    with trying(opa) as ask:
        assert broken(ask, rules, written / "6.1.1" / "6.1.1-x_test.rego") == []
    for command in (
        [opa, "fmt", "--fail", "--list", written],
        [opa, "test", "--timeout", "60s", "--ignore", "*.yaml", *needed, written],
        [regal, "lint", "--config-file", ROOT / ".regal" / "config.yaml", *needed, written],
    ):
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)

        assert done.returncode == 0, done.stdout + done.stderr
    assert "6.1.1-x" in load_catalogue(ROOT / "policies", [written]).checks


def test_the_pages_of_the_checks_are_those_of_the_rules():
    """Made anew in a process of its own, and compared byte by byte."""
    code = "import json, sys; sys.path.insert(0, 'tools'); import check_pages; print(json.dumps(check_pages.pages()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    wanted = json.loads(done.stdout)

    found = {path.name: path.read_text("utf-8") for path in (ROOT / "docs" / "checks").iterdir()}
    stale = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))

    assert stale == [], "run: make docs"
    links = {link for text in found.values() for link in re.findall(r"\]\(([^)#\s]+)", text)}
    assert [link for link in sorted(links) if not (ROOT / "docs" / "checks" / link).exists()] == []


def module(name: str, text: str) -> ModuleType:
    spec = importlib.util.spec_from_loader(name, loader=None)
    assert spec is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[name] = made
    exec(compile(text, f"{name} of the page", "exec"), made.__dict__)  # noqa: S102  # the page's own example
    return made


def test_the_collector_of_the_page_passes_the_tests_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    collector, _line, tests = blocks((ROOT / "docs" / "add-a-collector.md").read_text("utf-8"), "python")
    monkeypatch.setitem(sys.modules, "collectors.lms", None)
    monkeypatch.setitem(sys.modules, "test_lms", None)

    module("collectors.lms", collector)
    made = module("test_lms", tests)

    laws = {name: law for name, law in vars(made).items() if name.startswith("test_")}
    assert len(laws) == 5
    for law in laws.values():
        law(*([tmp_path] if inspect.signature(law).parameters else []))
