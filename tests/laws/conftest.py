"""The fixture company and its run, made once; what changes it a little audits it again."""

import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path

import pytest
from made import sources_digest
from remembered import Remembered

from engine.facts import Collected

sys.path.insert(0, str(Path(__file__).parent))

from laws_company import Auditor, Company, Run  # it lies beside this file


@pytest.fixture(scope="session")
def company() -> Company:
    return Company()


@pytest.fixture(scope="session")
def auditor(opa: Path, answers: Remembered, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Auditor]:
    auditor = Auditor(opa, tmp_path_factory.mktemp("auditor"), answers)
    yield auditor
    auditor.close()


@pytest.fixture(scope="session")
def base(company: Company, auditor: Auditor, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The run of the company as it is."""
    return auditor.audited(company.seal(company.collected), tmp_path_factory.mktemp("base"))


@pytest.fixture
def run_of(
    company: Company, answers: Remembered, tmp_path: Path, request: pytest.FixtureRequest
) -> Callable[..., Run]:
    """Audits what the sources delivered, changed; what came of it is kept until anything that it rests on changes.

    What several tests ask for has a name, so that it is audited once.
    """
    rests_on = sources_digest("tests/laws")
    asked = count()

    def run(collected: Iterable[Collected]) -> Run:
        auditor: Auditor = request.getfixturevalue("auditor")
        return auditor.audited(company.seal(collected), tmp_path)

    def run_once(collected: Iterable[Collected], *name: str) -> Run:
        called = name or (request.node.nodeid, str(next(asked)))
        return Run(
            answers.answer([part.encode() for part in (rests_on, *called)], lambda: run(collected).lists)
        )

    return run_once
