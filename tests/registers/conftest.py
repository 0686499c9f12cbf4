"""What the tests of own registers share."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from own_registers import called, write_company  # it lies beside this file


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its `company.yaml`, with everything beside it; no test changes it."""
    return write_company(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module")
def permits(own: Path) -> Path:
    """Its snapshot."""
    into = own.parent / "snapshot"
    done = called("collect", "-c", own, "--into", into, "--as-of", "2026-09-30")
    assert done.exit_code == 0, done.output
    return into
