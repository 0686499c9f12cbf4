"""Generated companies with the answers of the embedded engine, made once."""

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from generated_asked import Answered, Embedded, drawn  # it lies beside this file

IN_MAKE_TEST = 25


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--companies", type=int, default=IN_MAKE_TEST, help="how many companies are generated")


@pytest.fixture(scope="session")
def embedded() -> Embedded:
    if find_spec("regorus") is None:
        pytest.skip("the extra `embedded` is not installed")
    return Embedded()


@pytest.fixture(scope="session")
def generated(embedded: Embedded, request: pytest.FixtureRequest) -> list[Answered]:
    count = request.config.getoption("--companies", default=IN_MAKE_TEST)
    return [Answered.of(company, embedded) for company in drawn(count)]
