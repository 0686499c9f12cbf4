"""The rules and a second, plain implementation of the same clauses name the same subjects."""

import json
from collections.abc import Callable, Iterator

import oracle_accounts as accounts
import oracle_cases as cases
import oracle_company as company
import oracle_groups as groups
import oracle_records as records
import pytest
from oracle_facts import Answer, Shard

ORACLE: dict[str, Callable[[Shard], Answer]] = {
    "2-a": company.unaudited,
    "3.1-a": cases.unclosed,
    "3.3-a": groups.exposed,
    "4.1-a": company.unselected,
    "4.1-b": records.unevaluated,
    "5.1-a": accounts.orphans,
    "5.1-c": cases.doubled,
    "5.1-e": cases.unserved,
    "5.2-b": accounts.shared,
    "5.2-d": accounts.careless,
    "5.3-a": accounts.leavers,
    "5.3-b": accounts.used_after_leaving,
    "5.3-f": accounts.dormant,
    "6.1.1-a": groups.undescribed,
    "6.1.1-b": groups.unmanaged,
    "6.1.1-c": groups.misnamed,
    "6.1.2-c": groups.leavers,
    "6.1.2-d": groups.unsponsored,
    "7.2-a": company.late,
    "7.2-b": records.short,
    "7.2-d": company.unplanned,
    "7.3-a": records.uncleared,
    "7.3-b": records.unreviewed,
    "8.3-b": company.untrained,
    "9.1-a": company.headless,
    "9.3-a": cases.unsettled,
    "10.1-a": company.outdated,
}

VIOLATIONS_ONLY = {"5.3-b"}
"""Checks of which the oracle does not tell what cannot be said."""


def disagreements(check: str, body: bytes, data: dict, answer: dict) -> Iterator[tuple[str, str, str]]:
    violations, unknown = ORACLE[check](Shard(json.loads(body), data))
    said = {
        "violation": {row["subject"] for row in answer["violations"]},
        "unknown": {row["subject"] for row in answer["unknown"]},
    }
    for uid in sorted(violations ^ said["violation"]):
        yield uid, "violation", "oracle" if uid in violations else "rule"
    if check not in VIOLATIONS_ONLY:
        for uid in sorted(unknown ^ said["unknown"]):
            yield uid, "unknown", "oracle" if uid in unknown else "rule"


@pytest.mark.parametrize("check", ORACLE)
def test_oracle_and_rule_agree_on_generated_companies(generated, check):
    found = [
        (number, code, *one)
        for number, made in enumerate(generated)
        for code in made.sealed.codes
        for one in disagreements(
            check, made.sealed.shard(code), made.sealed.documents, made.answers[code][check]
        )
    ]

    assert found == []


@pytest.mark.parametrize("check", ORACLE)
def test_oracle_and_rule_agree_on_the_fixture_company(fixture_company, check):
    sealed, answers = fixture_company
    found = [
        (code, *one)
        for code in sealed.codes
        for one in disagreements(check, sealed.shard(code), sealed.documents, answers[code][check])
    ]

    assert found == []
