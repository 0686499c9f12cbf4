"""A field that an edition, a permission or a setting decides is unknown without it, with the reason that is true; it is never no and never empty."""

from dataclasses import replace

import pytest
from contract import CONDITIONS, Contract, Without, outcome
from contracted import CONTRACTS

from engine.facts import Collected

_CASES = [
    pytest.param(contract, place, case, id=f"{contract.name}-{place}-{case.reason or 'no fact'}-{number}")
    for contract in CONTRACTS
    for place, cases in contract.without.items()
    for number, case in enumerate(cases)
]
_NOT_KNOWN = ("unknown", {"state": "unknown"})


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_every_condition_of_edition_permission_or_setting_is_tried(contract: Contract):
    declared = {
        f"{entity}.{name}": condition
        for entity, fields in contract.collector.fields.items()
        for name, condition in fields.items()
        if condition
    }

    assert sorted(set(contract.without) - set(declared)) == []
    assert [
        place
        for place, condition in declared.items()
        if CONDITIONS.search(condition) and not contract.without.get(place)
    ] == []


@pytest.mark.parametrize(("contract", "place", "case"), _CASES)
def test_without_what_it_needs_a_field_is_unknown_for_the_stated_reason(
    contract: Contract, place: str, case: Without, tmp_path
):
    entity, _, name = place.partition(".")
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    full = _facts(contract, case.full or contract.good, tmp_path / "with", entity)
    filled = {uid for uid, record in full.items() if record.get(name, "unknown") not in _NOT_KNOWN}
    other = replace(contract, options=contract.options.model_copy(update=dict(case.options)))
    left = _facts(other, case.stage, tmp_path / "without", entity)

    assert filled
    if not case.reason:
        assert not filled & set(left)
        return
    assert {uid: left[uid]["unknown"].get(name) for uid in filled} == dict.fromkeys(filled, case.reason)
    assert [uid for uid in filled if left[uid].get(name, "unknown") not in _NOT_KNOWN] == []


def _facts(contract: Contract, stage, folder, entity: str) -> dict[str, dict]:
    found = outcome(contract, stage, folder)
    assert isinstance(found, Collected), found
    return {fact.uid: fact.record() for fact in found.facts if fact.entity == entity}
