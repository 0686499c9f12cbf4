"""The fewest things that close the most findings, against trying everything."""

import json
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from engine.findings import SEVERITIES
from reports.model.budget import all_of, plan

THINGS = "abcdef"

_need = st.frozensets(st.sampled_from(THINGS), min_size=1, max_size=3)
_finding = st.tuples(st.lists(_need, min_size=1, max_size=4), st.sampled_from(SEVERITIES))
_findings = st.lists(_finding, min_size=1, max_size=6).map(
    lambda rows: {f"f{number}": row for number, row in enumerate(rows)}
)


def _sets(most):
    return chain.from_iterable(combinations(THINGS, size) for size in range(most + 1))


def _closed(needs, things):
    return {finding for finding, instances in needs.items() if all(need & set(things) for need in instances)}


def _worth(closed, severities):
    return [len(closed), *(sum(severities[one] == level for one in closed) for level in SEVERITIES)]


@given(findings=_findings, most=st.integers(1, 3))
def test_no_choice_of_as_many_closes_more_or_worse_and_none_of_fewer_as_much(findings, most):
    needs = {finding: instances for finding, (instances, _) in findings.items()}
    severities = {finding: severity for finding, (_, severity) in findings.items()}

    chosen = plan(needs, severities, (), most)

    best = max(_worth(_closed(needs, things), severities) for things in _sets(most))
    fewest = min(len(things) for things in _sets(most) if _worth(_closed(needs, things), severities) == best)
    assert chosen.is_exact
    assert chosen.closes == _closed(needs, chosen.things)
    assert (_worth(chosen.closes, severities), len(chosen.things)) == (best, fewest)


@given(findings=_findings)
def test_a_number_of_things_that_is_called_the_fewest_is_and_no_other_is_less(findings):
    needs = {finding: instances for finding, (instances, _) in findings.items()}

    taken, is_certain = all_of(needs)

    fewest = min(len(things) for things in _sets(len(THINGS)) if _closed(needs, things) == set(needs))
    assert taken >= fewest
    assert not is_certain or taken == fewest


def test_of_things_that_would_do_as_well_the_preferred_one_is_named():
    needs = {"f": [frozenset({"a", "b"})]}

    assert plan(needs, {"f": "low"}).things == {"a"}
    assert plan(needs, {"f": "low"}, {"b"}).things == {"b"}


def test_a_finding_with_thousands_of_instances_is_no_work_and_is_not_promised():
    many = {"many": [frozenset({f"account{number}"}) for number in range(5_000)]}
    needs = {**many, "one": [frozenset({"account1", "person"})]}

    chosen = plan(needs, {"many": "critical", "one": "low"})

    assert (chosen.things, chosen.closes) == ({"account1"}, {"one"})
    assert all_of(needs) == (5_000, True)


def test_where_not_everything_was_tried_it_does_not_say_that_it_was():
    crowd = [frozenset({f"a{number}", f"b{number}", f"c{number}"}) for number in range(40)]
    needs = {f"f{number}": [need, frozenset({"hub"})] for number, need in enumerate(crowd)}

    chosen = plan(needs, dict.fromkeys(needs, "low"))

    assert not chosen.is_exact
    assert chosen.closes == _closed(needs, chosen.things)


def test_the_demo_says_what_its_findings_say(demo):
    model = json.loads((demo / "reports" / "model.json").read_text(encoding="utf-8"))
    departments = {one["code"]: one for one in model["departments"]}

    sales = departments["SAL"]["budget"]
    assert (len(sales["actions"]), sales["closes"], sales["open"]) == (3, 10, 30)
    assert sales["actions"][0]["name"] == "陸文博"
    assert set(sales["actions"][0]["closes"]) == {"5.3-a", "5.3-b", "5.3-c", "5.3-e", "6.1.2-c"}
    assert departments["LEG"]["budget"] is None
