"""The oracle is asked about the same generated companies as the rules."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "generated"))
sys.path.insert(0, str(Path(__file__).parents[1] / "laws"))

import pytest
from generated_asked import Embedded  # these lie in the other folders
from generated_companies import Sealed
from generated_fixtures import embedded, generated
from laws_company import Company

__all__ = ["embedded", "generated"]


@pytest.fixture(scope="session")
def fixture_company(embedded: Embedded) -> tuple[Sealed, dict[str, dict]]:
    """The fixture company, sealed, with the answers about each of its shards."""
    company = Company()
    sealed = Sealed(company.seal(company.collected))
    return sealed, embedded.answers(sealed)
