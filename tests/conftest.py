"""What tests of several folders need: the programs that are not Python."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def _program(name: str, *places: Path) -> Path:
    for place in (*places, ROOT / ".cache" / "bin" / name):
        if place.is_file():
            return place
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: `make test` gets it")
    return Path(found)


@pytest.fixture(scope="session")
def opa():
    """The OPA program; tests that need it are skipped, visibly, where there is none."""
    configured = os.environ.get("CLAUSEWISE_OPA")
    return _program("opa", *([Path(configured)] if configured else []))


@pytest.fixture(scope="session")
def regal():
    """The linter of rules."""
    return _program("regal")


@pytest.fixture(scope="session")
def policies():
    """The project's policies."""
    return ROOT / "policies"
