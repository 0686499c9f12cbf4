"""How many companies are generated: a few in `make test`, hundreds in `make generated`."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from generated_fixtures import IN_MAKE_TEST, embedded, generated  # it lies beside this file

__all__ = ["embedded", "generated"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--companies", type=int, default=IN_MAKE_TEST, help="how many companies are generated")
