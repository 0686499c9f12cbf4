"""What tests of several folders need: the programs that are not Python, the command itself, and the demo that it makes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from xdist.scheduler.loadgroup import LoadGroupScheduling

ROOT = Path(__file__).parents[1]

sys.path.insert(0, str(Path(__file__).parent))  # for what several folders of tests share

from made import made_once  # noqa: E402  # these lie beside this file
from remembered import Remembered  # noqa: E402


def _program(name: str, *places: Path) -> Path:
    for place in (*places, ROOT / ".cache" / "bin" / name):
        if place.is_file():
            return place
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: `make test` gets it")
    return Path(found)


def pytest_configure():
    """Whatever a test starts finds the OPA that `make` got."""
    linked = ROOT / ".cache" / "bin" / "opa"
    if linked.is_file():
        os.environ.setdefault("CLAUSEWISE_OPA", str(linked))


_TOGETHER = {
    "tests/generated/": "generated",
    "tests/oracle/": "generated",
    "tests/laws/test_facts.py": "laws",
    "tests/laws/test_odd_cases.py": "laws",
    "tests/laws/test_sources.py": "laws",
    "tests/cli/test_issuing.py": "issuing",
    "tests/cli/test_sampling.py": "sampling",
    "tests/collectors/test_rclone.py": "rclone",
    "tests/collectors/test_restic.py": "restic",
    "tests/reports/test_report_browser.py": "browser",
    "tests/reports/test_report_print.py": "browser",
    "tests/auditor/": "auditor",
    "tests/test_packaging.py": "wheel",
    # a domain controller has its ports to itself
    "tests/collectors/test_differential_live.py": "domain",
    "tests/collectors/test_directory_live.py": "domain",
}
"""Files whose tests share something costly that a process makes for itself: one worker runs them."""


class _Together(LoadGroupScheduling):
    """Keeps together the tests of a file that starts a server, and those that share what is costly to make.

    NOTE: pytest 9.2 gives names to tests in a way that xdist 3.8 cannot add a group to, so that `xdist_group` does nothing.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        alone = file if file.endswith("_live.py") else nodeid
        return next((group for part, group in _TOGETHER.items() if file.startswith(part)), alone)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """What `--dist loadgroup` means here."""
    return _Together(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.fixture(scope="session")
def opa():
    """The OPA program; tests that need it are skipped, visibly, where there is none."""
    configured = os.environ.get("CLAUSEWISE_OPA")
    return _program("opa", *([Path(configured)] if configured else []))


@pytest.fixture(scope="session")
def answers() -> Remembered:
    """What engines answered before, in this run of the tests or an earlier one."""
    return Remembered()


@pytest.fixture(scope="session")
def regal():
    """The linter of rules."""
    return _program("regal")


@pytest.fixture(scope="session")
def policies():
    """The project's policies."""
    return ROOT / "policies"


@pytest.fixture(scope="session")
def command() -> Path:
    """The installed command, as a user calls it."""
    return Path(sys.executable).with_name("clausewise")


@pytest.fixture(scope="session")
def clausewise(
    command: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Calls the command in a process of its own, in a folder that holds nothing; whoever calls judges the exit code."""
    empty = tmp_path_factory.mktemp("empty")

    def call(
        *arguments: object, cwd: Path = empty, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [command, *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, **(environment or {})},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    return call


@pytest.fixture(scope="session")
def demo(clausewise: Callable[..., subprocess.CompletedProcess[str]]) -> Path:
    """What `clausewise demo` writes, made once and never changed."""

    def make(folder: Path) -> None:
        done = clausewise("demo", "--into", folder)
        assert done.returncode == 0, done.stderr

    return made_once("demo", make)


@pytest.fixture(scope="session")
def audited(
    clausewise: Callable[..., subprocess.CompletedProcess[str]], demo: Path
) -> Callable[..., tuple[Path, str]]:
    """The demo's snapshot audited otherwise: the run, its reports beside it, made once and never changed; and what the command said.

    Options that are made by a test rest on its file, which it names.
    """

    def call(name: str, *options: object, also: tuple[str, ...] = ()) -> tuple[Path, str]:
        def make(folder: Path) -> None:
            folder.mkdir()
            done = clausewise("audit", demo / "snapshot", "--into", folder / "run", *options)
            assert done.returncode == 0, done.stderr
            (folder / "said.txt").write_text(done.stderr, "utf-8")
            if also:
                told = clausewise("report", folder / "run", "--into", folder / "reports")
                assert told.returncode == 0, told.stderr

        made = made_once(f"audited-{name}", make, *also)
        return made / "run", (made / "said.txt").read_text("utf-8")

    return call
