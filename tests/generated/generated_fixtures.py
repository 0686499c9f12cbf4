"""Generated companies with the answers of the embedded engine, made once for the tests of two folders."""

from functools import lru_cache
from importlib.util import find_spec

import pytest
from generated_asked import Answered, Embedded, drawn
from remembered import Remembered

IN_MAKE_TEST = 25


@pytest.fixture(scope="session")
def embedded(answers: Remembered) -> Embedded:
    return _engine(answers)


@lru_cache
def _engine(answers: Remembered) -> Embedded:
    if find_spec("regorus") is None:
        pytest.skip("the extra `embedded` is not installed")
    return Embedded(answers)


@pytest.fixture(scope="session")
def generated(embedded: Embedded, request: pytest.FixtureRequest) -> list[Answered]:
    return _made(embedded, request.config.getoption("--companies", default=IN_MAKE_TEST))


@lru_cache
def _made(embedded: Embedded, count: int) -> list[Answered]:
    return [Answered.of(company, embedded) for company in drawn(count)]
