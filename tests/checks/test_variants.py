"""The variants of a test input: everything that may be missing is missing once, and nothing else is touched."""

from engine.checks.variants import misfits, variants

ACCOUNT = {
    "uid": "a/account/1",
    "source_system": "a",
    "login": "x",
    "state": "active",
    "holder": "p/person/1",
    "unknown": {},
}
PERSON = {"uid": "p/person/1", "hire_date": "2020-01-01", "unknown": {}}


def of(document):
    return {variant.name: variant.document for variant in variants(document)}


def accounts(**changes):
    record = {**ACCOUNT, **changes}
    return {"input": {"accounts": [{key: value for key, value in record.items() if value is not None}]}}


def test_each_field_that_can_be_unknown_is_once():
    prefix = "input.accounts[0] a/account/1: "

    assert of(accounts()) == {
        f"{prefix}state dropped": accounts(state=None),
        f"{prefix}state not known": accounts(state=None, unknown={"state": "stale"}),
        f"{prefix}state set to unknown": accounts(state="unknown", unknown={"state": "stale"}),
        f"{prefix}holder not known": accounts(holder=None, unknown={"holder": "stale"}),
        f"{prefix}holder leads nowhere": accounts(holder="nowhere/record/none"),
    }


def test_a_person_moves_to_the_context():
    document = {"input": {"people": [PERSON], "context": {"people": []}}}

    moved = [variant for variant in variants(document) if variant.moved]

    assert [(variant.moved, variant.document) for variant in moved] == [
        (PERSON["uid"], {"input": {"people": [], "context": {"people": [PERSON]}}})
    ]


def test_each_instant_is_missing_once():
    document = {"input": {}, "data": {"cutoff": {"a": "x", "b": "y"}, "settings": {"c": 1}}}

    assert of(document) == {
        "data.cutoff.a missing": {"input": {}, "data": {"cutoff": {"b": "y"}, "settings": {"c": 1}}},
        "data.cutoff.b missing": {"input": {}, "data": {"cutoff": {"a": "x"}, "settings": {"c": 1}}},
    }


def test_decisions_are_looked_into():
    decision = {"by": "p/person/1", "role": "approver", "decision": "approved", "at": "2026-01-01T00:00:00Z"}
    approval = {"uid": "r/approval/1", "decisions": [decision], "unknown": {}}

    found = of({"data": {"company": {"approvals": [approval]}}})

    assert [name.rpartition(": ")[2] for name in found] == [
        "decisions dropped",
        "decisions not known",
        "decisions[0].by dropped",
        "decisions[0].by leads nowhere",
        "decisions[0].role set to unknown",
        "decisions[0].decision set to unknown",
        "decisions[0].at dropped",
    ]


def test_what_is_in_no_fact_is_named():
    document = {"input": {"acounts": [], "people": [{**PERSON, "staus": "left"}]}}

    assert list(misfits(document)) == [
        "input: no facts are called acounts",
        "input.people[0]: person has no field staus",
    ]
