"""What would make a subject pass: found by asking, believed only if nobody is worse off."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.audit.mending import Question, representative, would_pass
from engine.audit.values import INSTANTS
from engine.checks.mend import Mend
from engine.facts import Account, Incident, Membership
from engine.findings import Change

AS_OF = "2026-09-30T15:59:59Z"
ACCOUNT = Account.make(uid="s/account/a", source_system="s", login="a", state="active").record()
INCIDENT = Incident.make(uid="r/incident/1", number="1", departments=["A"], status="open").record()


def _question(
    subject, evidence=None, mend=(), *, accounts=(), incidents=(), memberships=(), people=(), **about
):
    own = {"accounts": list(accounts), "memberships": list(memberships), "people": list(people)}
    return Question(
        check="1-a",
        subject=subject,
        evidence=evidence or {},
        mend=tuple(mend),
        reads=frozenset(own),
        shard={"department": "A", **own, "context": {plural: [] for plural in own}},
        company={"incidents": list(incidents)},
        violations=frozenset({subject}),
        unknown=frozenset(),
        population=about.get("population", 1),
        as_of=AS_OF,
        zone="Asia/Shanghai",
    )


def _answer(violations, unknown=(), population=1):
    return {
        "violations": [{"subject": one} for one in violations],
        "unknown": [{"subject": one} for one in unknown],
        "population": population,
    }


def _closed(shard):
    """A rule: no account is open."""
    return _answer(
        [row["uid"] for row in shard["accounts"] if row["state"] not in {"deactivated", "deleted"}]
    )


def _asked(rule, seen=None):
    def ask(body):
        shard = orjson.loads(body)
        if seen is not None:
            seen.append(shard)
        return rule(shard)

    return ask


def _change(field, how, value, label=""):
    entity, _, name = field.partition(".")
    return Change(entity=entity, field=name, label=label or name, how=how, value=value)


STATE = Mend(field="account.state")


def test_the_first_word_of_the_list_that_passes_is_found_and_one_that_no_remedy_brings_about_is_not():
    question = _question(ACCOUNT["uid"], mend=[STATE], accounts=[ACCOUNT])
    allowed = _question(
        ACCOUNT["uid"], mend=[Mend(field="account.state", to=("deleted",))], accounts=[ACCOUNT]
    )
    none = _question(ACCOUNT["uid"], mend=[Mend(field="account.state", to=("locked",))], accounts=[ACCOUNT])

    assert would_pass(question, _asked(_closed)) == (_change("account.state", "is", "deactivated"),)
    assert would_pass(allowed, _asked(_closed)) == (_change("account.state", "is", "deleted"),)
    assert would_pass(none, _asked(_closed)) == ()


@pytest.mark.parametrize(
    "worse",
    [
        _answer(["s/account/b"]),
        _answer([], ["s/account/a"]),
        _answer([], ["s/account/b"]),
        _answer([], population=3),
        _answer([], population=6),
        "the rule failed",
        None,
    ],
)
def test_a_change_is_not_believed_if_somebody_is_worse_off_or_not_decided_or_judged_no_more(worse):
    question = _question(ACCOUNT["uid"], mend=[STATE], accounts=[ACCOUNT], population=5)

    def rule(shard):
        return _answer([ACCOUNT["uid"]], population=5) if shard["accounts"] == [ACCOUNT] else worse

    assert would_pass(question, _asked(rule)) == ()


def test_the_subject_itself_may_be_dealt_with_and_judged_no_more():
    question = _question(ACCOUNT["uid"], mend=[STATE], accounts=[ACCOUNT], population=5)

    def rule(shard):
        return (
            _answer([ACCOUNT["uid"]], population=5)
            if shard["accounts"] == [ACCOUNT]
            else _answer([], population=4)
        )

    assert would_pass(question, _asked(rule))


_hours = st.integers(1, 24 * 80).map(lambda back: INSTANTS.read(AS_OF) // 3600 * 3600 - back * 3600)


@given(deadline=_hours, closed=st.none() | st.integers(0, 24 * 30))
def test_of_a_term_the_last_hour_that_would_have_done_is_found(deadline, closed):
    late = (
        {}
        if closed is None
        else {"closed_at": INSTANTS.write(min(deadline + 3600 + closed * 3600, INSTANTS.read(AS_OF)))}
    )
    unknown = {name: why for name, why in INCIDENT["unknown"].items() if name != "discovered_at"}
    found = INSTANTS.write(deadline - 86400)
    incident = {**INCIDENT, **late, "discovered_at": found, "unknown": unknown}
    evidence = {"discovered_at": incident["discovered_at"], "closed_at": late.get("closed_at", "none")}
    mend = [Mend(field="incident.closed_at", along={"status": "closed"})]
    question = _question(INCIDENT["uid"], evidence, mend, incidents=[incident])

    def rule(shard):
        (row,) = shard.get("supposed", {"incidents": [incident]})["incidents"]
        in_time = row.get("closed_at", AS_OF) <= INSTANTS.write(deadline)
        return _answer([] if in_time and row["status"] == "closed" else [INCIDENT["uid"]])

    (change,) = would_pass(question, _asked(rule))

    assert change.how == "by"
    assert change.value <= INSTANTS.write(deadline) < INSTANTS.write(INSTANTS.read(change.value) + 3600)


def test_two_changes_are_found_where_one_is_not_enough_and_a_day_takes_its_end_along():
    member = Membership.make(
        uid="s/membership/m", group="s/group/g", account="s/account/x", external="yes"
    ).record()
    person = {"uid": "hr/person/p", "status": "active", "unknown": {}}
    leaver = {"uid": "hr/person/a", "status": "left", "unknown": {}}
    mend = [Mend(field="membership.sponsor"), Mend(field="membership.sponsored_until")]
    question = _question(member["uid"], {}, mend, memberships=[member], people=[leaver, person])

    def rule(shard):
        return _answer(
            [
                row["uid"]
                for row in shard["memberships"]
                if row.get("sponsor") != person["uid"] or row.get("sponsored_until_ends_at", "") < AS_OF
            ]
        )

    assert would_pass(question, _asked(rule)) == (
        _change("membership.sponsor", "somebody", "person"),
        _change("membership.sponsored_until", "such_as", "2026-12-29"),
    )


def test_the_registers_of_the_company_go_along_only_where_something_in_them_is_otherwise():
    seen = []
    mend = [STATE, Mend(field="incident.status", to=("closed",))]
    question = _question(
        ACCOUNT["uid"], {"case": INCIDENT["uid"]}, mend, accounts=[ACCOUNT], incidents=[INCIDENT]
    )

    would_pass(question, _asked(lambda _: _answer([ACCOUNT["uid"]]), seen))

    states = {(shard["accounts"][0]["state"], "supposed" in shard) for shard in seen}
    assert ("active", False) in states
    assert ("deactivated", False) in states
    assert ("active", True) in states
    assert (
        next(shard for shard in seen if "supposed" in shard)["supposed"]["incidents"][0]["status"] == "closed"
    )


def test_what_a_rule_is_said_to_read_is_believed_only_if_it_answers_as_before():
    seen = []
    whole = _question(
        ACCOUNT["uid"], {}, [STATE], accounts=[ACCOUNT], people=[{"uid": "hr/person/p", "unknown": {}}]
    )
    question = Question(**{**vars(whole), "reads": frozenset({"accounts"})})

    def needs_people(shard):
        return _closed(shard) if shard["people"] else _answer([])

    assert would_pass(question, _asked(needs_people, seen)) == (
        _change("account.state", "is", "deactivated"),
    )
    assert [len(shard["people"]) for shard in seen[:2]] == [0, 1]


def test_of_each_condition_the_first_is_looked_into():
    evidence = [
        {"fault": "a", "at": 1},
        {"fault": "b", "at": 2},
        {"fault": "a", "at": 3},
        {"fault": "c", "at": 4},
    ]

    assert representative(evidence, {"fault": "value", "at": "number"}, 2) == [0, 1]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, "field or add"),
        ({"field": "account.state", "add": "account"}, "field or add"),
        ({"field": "nothing.state"}, "no fact type"),
        ({"field": "account.nothing"}, "no such field"),
        ({"field": "account.state", "along": {"nothing": "x"}}, "no such field"),
        ({"add": "nothing"}, "no fact type"),
    ],
)
def test_a_remedy_that_no_fact_knows_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        Mend(**wrong)
