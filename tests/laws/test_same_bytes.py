"""The same snapshot gives the same bytes, whenever, wherever and however it is audited and told.

The name and version of the engine stand in one place of the run (`run.json`) and in one line of a page; where the two
engines are compared, that line is replaced by the same word in both.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from made import made_once

from reports.frames import OFFERED, frame

ROOT = Path(__file__).parents[2]

Call = Callable[..., subprocess.CompletedProcess[str]]

ELSEWHERE = {
    "one worker": (
        {"TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"},
        ("--workers", 1),
    ),
    "four workers": ({"TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONHASHSEED": "8"}, ("--workers", 4)),
}
"""Other settings of a machine, and other numbers of workers; each is tried in another folder, too, in which folders are called like ours."""

LANGUAGES = [part for language in OFFERED for part in ("--language", language)]
"""Those in which the demo has its reports."""

OF_THE_ENGINE = {"run.json", "manifest.json"}
"""Files of a run in which the engine is named, or the digest of a file in which it is."""


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def audited(call: Call, demo: Path, into: Path, *options: object, **how: object) -> dict[str, bytes]:
    previous = demo / "previous" / "run"
    done = call(
        "audit",
        demo / "snapshot",
        "--into",
        into,
        "--previous",
        previous,
        "--what-would-pass",
        *options,
        **how,
    )
    assert done.returncode == 0, done.stderr
    return files(into)


def told(call: Call, run: Path, into: Path, **how: object) -> dict[str, bytes]:
    done = call("report", run, "--into", into, *LANGUAGES, **how)
    assert done.returncode == 0, done.stderr
    return files(into)


def plant(folder: Path) -> None:
    """Packages and rules that would stop the command, if it took them for its own."""
    for package in ("engine", "collectors", "reports", "policies", "fixtures"):
        (folder / package).mkdir()
        (folder / package / "__init__.py").write_text("raise SystemExit('planted')\n")
    (folder / "policies" / "rego").mkdir()
    (folder / "policies" / "rego" / "planted.rego").write_text("package checks\n")


@pytest.mark.parametrize("how", ELSEWHERE)
def test_run_and_pages_are_the_same_bytes_elsewhere_among_folders_called_like_ours_with(
    clausewise: Call, demo: Path, tmp_path: Path, how: str
):
    plant(tmp_path)
    environment, options = ELSEWHERE[how]
    copy = tmp_path / "elsewhere"
    shutil.copytree(demo / "snapshot", copy / "snapshot")
    shutil.copytree(demo / "previous", copy / "previous")
    asked = {"cwd": tmp_path, "environment": environment}

    run = audited(clausewise, copy, tmp_path / "run", *options, **asked)
    pages = told(clausewise, tmp_path / "run", tmp_path / "told", **asked)

    assert run == files(demo / "run")
    assert pages == files(demo / "reports")


@pytest.mark.usefixtures("opa")
def test_both_engines_write_the_same_bytes(clausewise: Call, demo: Path):
    def make(folder: Path) -> None:
        folder.mkdir()
        audited(clausewise, demo, folder / "run", "--engine", "embedded", "--workers", 3)
        told(clausewise, folder / "run", folder / "reports")

    embedded = made_once("embedded", make)
    run, pages = files(embedded / "run"), files(embedded / "reports")

    by_opa = files(demo / "run")
    assert {name: body for name, body in run.items() if name not in OF_THE_ENGINE} == {
        name: body for name, body in by_opa.items() if name not in OF_THE_ENGINE
    }
    of_opa, of_embedded = (json.loads(one["run.json"]) for one in (by_opa, run))
    engines = [one.pop("engine") for one in (of_opa, of_embedded)]
    assert [engine["name"] for engine in engines] == ["opa", "embedded"]
    assert of_opa == of_embedded
    of_both = [
        without_engine(found, engine["version"])
        for found, engine in zip((files(demo / "reports"), pages), engines, strict=True)
    ]
    assert of_both[0] == of_both[1]


def without_engine(pages: dict[str, bytes], version: str) -> dict[str, bytes]:
    """Pages and the model without what they say of the engine; the manifest has digests of the originals."""
    kept = {name: body for name, body in pages.items() if name != "manifest.json"}
    model = json.loads(kept.pop("model.json"))
    of_engine = {key: model["run"].pop(key) for key in ("engine", "engine_version", "engine_note")}
    assert (of_engine["engine_version"], of_engine["engine_note"]) == (version, "")
    keys = (
        "engine.embedded",
        "engine.embedded_short",
        "provenance.engine.opa",
        "provenance.engine.embedded",
    )
    said = [frame(one).text(key).format(version=version).encode() for one in OFFERED for key in keys]
    told_of_it = re.compile(b"|".join(map(re.escape, said)))
    return {
        "model.json": json.dumps(model).encode(),
        **{name: b"\n".join(_lines(told_of_it, body)) for name, body in kept.items()},
    }


def _lines(told_of_it: re.Pattern[bytes], page: bytes) -> list[bytes]:
    """The lines of a page; a notice that holds nothing but a sentence about the engine is left out."""
    lines = [told_of_it.sub(b"", line) for line in page.splitlines()]
    return [
        line for line in lines if line.strip() and not re.fullmatch(rb"<p class=\"[a-z]+\">\s*</p>", line)
    ]


def test_a_report_needs_nothing_but_the_run(demo: Path, tmp_path: Path):
    """A snapshot that is gone, and policies that raise when they are opened, change no byte of it."""
    shutil.copytree(demo / "run", tmp_path / "run")
    watched = (
        "import sys\n"
        "from pathlib import Path\n"
        "from importlib.resources import files\n"
        "import engine.cli.reporting\n"
        "from engine.cli import cli\n"
        "rules = str(Path(str(files('policies'))).resolve())\n"
        "def refuse(event, arguments):\n"
        "    if event in {'open', 'os.listdir', 'os.scandir'} and isinstance(arguments[0], str):\n"
        "        if arguments[0].startswith(rules) or 'snapshot' in arguments[0]:\n"
        "            raise RuntimeError(f'opened {arguments[0]}')\n"
        "sys.addaudithook(refuse)\n"
        f"cli(['report', 'run', '--into', 'reports', *{LANGUAGES}])\n"
    )

    done = subprocess.run(
        [sys.executable, "-P", "-c", watched], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert files(tmp_path / "reports") == files(demo / "reports")


def begun(command: Path, demo: Path, into: Path) -> subprocess.Popen[str]:
    """An audit that has begun to write, and is stopped in the middle of it."""
    process = subprocess.Popen(
        [
            command,
            "audit",
            demo / "snapshot",
            "--into",
            into,
            "--previous",
            demo / "previous" / "run",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(3000):
        if any(path.is_dir() for path in into.parent.glob(f".{into.name}.*")):
            os.kill(process.pid, signal.SIGSTOP)
            return process
        time.sleep(0.01)
    process.kill()
    raise AssertionError(process.communicate()[1])


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_second_run_into_the_same_folder_is_refused_and_the_first_is_not_disturbed(
    clausewise: Call, command: Path, demo: Path, tmp_path: Path
):
    into = tmp_path / "run"
    first = begun(command, demo, into)

    second = clausewise("audit", demo / "snapshot", "--into", into)
    os.kill(first.pid, signal.SIGCONT)
    first.communicate(timeout=120)

    assert (second.returncode, second.stderr.splitlines()[-2:]) == (
        2,
        ["error: run: another run is writing it", "help: wait until it ends, or name another folder"],
    )
    assert first.returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["run"]
    assert (into / "results.jsonl").read_bytes() == (demo / "run" / "results.jsonl").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_killed_audit_leaves_no_run_and_is_not_in_the_way_of_the_next(
    clausewise: Call, command: Path, demo: Path, tmp_path: Path
):
    into = tmp_path / "run"
    killed = begun(command, demo, into)
    killed.kill()
    killed.communicate(timeout=60)

    assert not into.exists()
    audited(clausewise, demo, into)
    assert [path.name for path in tmp_path.iterdir()] == ["run"]
