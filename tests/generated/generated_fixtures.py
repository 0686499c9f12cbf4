"""Generated companies with the answers of the embedded engine, made once for the tests of two folders."""

from functools import lru_cache
from importlib.util import find_spec

import pytest
from generated_asked import Answered, Embedded, drawn

IN_MAKE_TEST = 25


@pytest.fixture(scope="session")
def embedded() -> Embedded:
    return _engine()


@lru_cache
def _engine() -> Embedded:
    if find_spec("regorus") is None:
        pytest.skip("the extra `embedded` is not installed")
    return Embedded()


@pytest.fixture(scope="session")
def generated(embedded: Embedded, request: pytest.FixtureRequest) -> list[Answered]:
    return _made(embedded, request.config.getoption("--companies", default=IN_MAKE_TEST))


@lru_cache
def _made(embedded: Embedded, count: int) -> list[Answered]:
    return [Answered.of(company, embedded) for company in drawn(count)]
