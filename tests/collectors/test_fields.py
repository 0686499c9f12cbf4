"""What collectors say that they fill is what they fill, and the coverage matrix says so."""

import re
import sys
from pathlib import Path

import pytest
import yaml
from contract import outcome
from contracted import CONTRACTS

from collectors import COLLECTORS
from engine.cli.declared import SourceHead
from engine.facts import FACT_TYPES, Collected
from engine.facts.fact import may_be_none

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import source_pages  # noqa: E402  # lies beside the other tools

_SYSTEMS = [contract for contract in CONTRACTS if contract.name != "register"]


def _seen(contract, folder):
    found = outcome(contract, contract.good, folder)
    assert isinstance(found, Collected), found
    return {
        (fact.entity, name)
        for fact in found.facts
        for name, value in fact.record().items()
        if name not in {"uid", "unknown"} and value not in ("unknown", {"state": "unknown"})
    }


def _declared(contract):
    return {
        (entity, name): condition
        for entity, fields in contract.collector.fields.items()
        for name, condition in fields.items()
    }


@pytest.mark.parametrize("contract", _SYSTEMS, ids=lambda contract: contract.name)
def test_what_is_filled_is_declared(contract, tmp_path):
    assert sorted(_seen(contract, tmp_path) - set(_declared(contract))) == []


@pytest.mark.parametrize("contract", _SYSTEMS, ids=lambda contract: contract.name)
def test_what_is_declared_without_a_condition_is_filled(contract, tmp_path):
    seen = _seen(contract, tmp_path)
    missing = [
        (entity, name)
        for (entity, name), condition in _declared(contract).items()
        if not condition
        and (entity, name) not in seen
        and not may_be_none(FACT_TYPES[entity].model_fields[name])
    ]

    assert missing == []


@pytest.mark.parametrize("contract", _SYSTEMS, ids=lambda contract: contract.name)
def test_what_is_said_never_to_come_is_not_declared_without_a_condition(contract, tmp_path):
    found = outcome(contract, contract.good, tmp_path)
    assert isinstance(found, Collected)
    never = {tuple(field.split(".")) for field in found.report.limits}

    assert [
        place for place, condition in _declared(contract).items() if place in never and not condition
    ] == []


@pytest.mark.parametrize("kind", sorted(set(COLLECTORS) - {"register"}))
def test_declared_fields_exist_and_every_fact_that_is_delivered_has_some(kind):
    collector = COLLECTORS[kind]

    assert set(collector.delivers) <= set(collector.fields)
    assert [
        (entity, name)
        for entity, fields in collector.fields.items()
        for name in fields
        if name not in FACT_TYPES[entity].model_fields
    ] == []


def test_the_matrix_is_not_stale():
    text = source_pages.PAGE.read_text("utf-8")

    assert source_pages.page(text) == text, "run tools/generate.py"


@pytest.mark.parametrize("kind", sorted(COLLECTORS))
def test_no_option_is_called_like_what_every_source_has(kind):
    # the head of a source would take the value, and the option could not be given
    assert sorted(set(COLLECTORS[kind].options.model_fields) & set(SourceHead.model_fields)) == []


@pytest.mark.parametrize("kind", sorted(COLLECTORS))
def test_every_kind_of_source_has_a_page_that_is_linked(kind):
    page = source_pages.PAGE.with_name(f"{kind}.md")

    assert f"(`{kind}`)" in page.read_text("utf-8").splitlines()[0]
    assert f"({kind}.md)" in source_pages.PAGE.read_text("utf-8")
    example = re.search(r"^```yaml\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    (entry,) = yaml.safe_load(example.group(1))
    COLLECTORS[kind].options.model_validate(
        {
            name: value
            for name, value in entry.items()
            if name not in {"id", "type", "title", "secret", "login_rule"}
        }
    )
    assert entry["type"] == kind
    assert "## Least permission" in page.read_text("utf-8")
    assert "## Limits" in page.read_text("utf-8")
