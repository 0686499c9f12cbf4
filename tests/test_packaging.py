"""The wheel holds what is tracked, and the main job runs from it on a machine that has no checkout."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("engine", "collectors", "reports", "policies", "fixtures")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network from the files that are tracked."""
    into = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", into],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (built,) = into.glob("*.whl")
    return built


def test_the_wheel_holds_the_tracked_files_of_the_packages_and_no_other(wheel: Path):
    if not (ROOT / ".git").exists():
        pytest.skip("no checkout: there is nothing to compare with")
    listed = subprocess.run(
        # files of a rule that is being written are ours, too: what is ignored is not
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *PACKAGES],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    tracked = {name for name in listed.split("\0") if name and (ROOT / name).exists()}

    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert packed == tracked


@pytest.mark.usefixtures("opa")
def test_the_demo_runs_from_an_installed_wheel_anywhere(wheel: Path, tmp_path: Path):
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    paths = {"base": str(home), "platbase": str(home)}
    place, scripts = (Path(sysconfig.get_path(kind, vars=paths)) for kind in ("purelib", "scripts"))
    install = [
        "-m",
        "pip",
        "--python",
        scripts / "python",
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
        wheel,
    ]
    subprocess.run([sys.executable, *install], check=True)
    # the libraries are those of this environment; ours come from the wheel alone
    libraries = sysconfig.get_path("purelib")
    (place / "libraries.pth").write_text(f"import sys; sys.path.append({libraries!r})\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    done = subprocess.run(
        [scripts / "clausewise", "demo"],
        cwd=elsewhere,
        env={**environment, "CLAUSEWISE_CACHE": str(tmp_path / "cache")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert (place / "engine" / "__init__.py").is_file()
    assert done.stdout.splitlines()[6].split()[-1] == str(Path("demo/reports/index.html"))
    assert (elsewhere / "demo" / "reports" / "index.html").is_file()


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_brings_a_package_called_like_ours(package: str):
    assert set(packages_distributions().get(package, [])) <= {"clausewise"}


def test_the_wheel_brings_the_command_and_says_that_it_is_typed(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (entry,) = [name for name in names if name.endswith("entry_points.txt")]

        assert archive.read(entry).decode().split() == [
            "[console_scripts]",
            "clausewise",
            "=",
            "engine.cli:cli",
        ]
    assert {f"{package}/py.typed" for package in ("engine", "collectors", "reports")} <= set(names)
