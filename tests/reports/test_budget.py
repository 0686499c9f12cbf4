"""The fewest things that close the most findings, against trying everything."""

import json
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from engine.findings import SEVERITIES, Finding
from reports.catalogue import Check
from reports.model.budget import all_of, needs_of, plan

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
    assert (len(sales["actions"]), sales["closes"], sales["open"]) == (3, 6, 30)
    assert (sales["all_actions"], sales["all_close"], sales["is_fewest"]) == (5, 7, True)
    told = ("deed", "name", "by", "is_overdue", "has_passed")
    assert [tuple(row[key] for key in told) for row in sales["actions"]] == [
        ("clear_group", "新建群組", "2026-07-06", True, True),
        ("remove_tool", "微信 WeChat", "2026-10-12", False, False),
        ("shut_out", "陸文博", "2026-10-09", False, False),
    ]
    # the leaver's account is used, HR sent no notice and nobody took over: closing the account mends none of it
    assert sales["actions"][2]["closes"] == ["5.3-a", "6.1.2-c"]
    assert {"5.3-b", "5.3-c", "5.3-e"} <= {row["check"] for row in departments["SAL"]["findings"]}
    assert departments["LEG"]["budget"] is None


def _finding(check, *instances, department="D"):
    made = [
        {"fingerprint": one["subject"], "severity": "high", "state": "new", "evidence": {}} | one
        for one in instances
    ]
    owner = {"role": "it", "person": "", "department": "IT"}
    about = {"clause": "1", "department": department, "severity": "high", "state": "new", "owner": owner}
    dates = {"issued_in": "q", "notice_on": "d", "contain_by": "", "correct_by": "d"}
    counts = {"population": 9, "violations": len(made), "unknown": 0, "waived": 0}
    return Finding(fingerprint=check, number="", check=check, instances=made, **about, **dates, **counts)


def _check(check, through, also=()):
    about = {"clause": "1", "method": "automated", "severity": "high", "implemented": True, "texts": {}}
    return Check(id=check, through=through, also_through=dict(also), **about)


def test_a_deed_is_an_action_only_where_it_is_a_remedy_and_then_closes_what_else_it_closes():
    account, member = "s/account/a", "s/membership/m"
    checks = {
        "leaver": _check("leaver", {"shut_out": ["subject"]}),
        "weak": _check("weak", {}, {"shut_out": ["subject"]}),
        "member": _check("member", {"clear_group": ["group"]}, {"shut_out": ["account"]}),
        "notice": _check("notice", {}),
    }
    weak = _finding("weak", {"subject": account})
    told = [
        _finding("leaver", {"subject": account}),
        weak,
        _finding("member", {"subject": member, "evidence": {"account": account, "group": "none"}}),
        _finding("notice", {"subject": account}),
    ]

    assert needs_of([weak], checks) == {}
    closing = [frozenset({f"shut_out {account}"})]
    assert needs_of(told, checks) == {"leaver": closing, "weak": closing, "member": closing}


def test_a_finding_with_one_instance_that_no_deed_closes_is_never_counted():
    checks = {"leaver": _check("leaver", {"shut_out": ["holder"]})}
    holders = ("hr/person/p", "unknown")
    instances = [{"subject": f"s/account/{holder[-1]}", "evidence": {"holder": holder}} for holder in holders]

    assert needs_of([_finding("leaver", *instances)], checks) == {}
    assert list(needs_of([_finding("leaver", instances[0])], checks)) == ["leaver"]


def test_what_is_said_of_an_earlier_finding_is_closed_with_it_or_not_at_all():
    checks = {"leaver": _check("leaver", {"shut_out": ["subject"]}), "late": _check("late", {})}
    late = _finding("late", {"subject": "history/prior_finding/D/leaver", "evidence": {"check": "leaver"}})
    leaver = _finding("leaver", {"subject": "s/account/a"})

    needs = needs_of([leaver, late], checks)

    assert needs["late"] == needs["leaver"] == [frozenset({"shut_out s/account/a"})]
    assert needs_of([late], checks) == {}
