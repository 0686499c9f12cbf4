"""Laws that every check keeps, whatever a company looks like."""

import random
from dataclasses import replace

import pytest
from generated_asked import Answered, accused, asked_of_opa, outcomes
from generated_companies import CATALOGUE, DELIVERS, Generated

from engine.canonical import canonical
from engine.facts import FACT_TYPES, Account, BackupPlan, DataSet, Fact, Group, IdentityLink, Person

AT_ONCE = 25
"""Companies in one query to OPA."""

SAYS_WHAT_FAILED = {"2-b"}
"""Checks whose business it is that a source has failed."""

HANDED_OVER = {"6.1.2-d"}
"""What another check owns as long as it is known that it does: of a group that may be no confidential one, or an archive, 3.3-a owns no outsider."""

NOTHING_TO_JUDGE = {
    "9.2-b": "it is about the findings of earlier runs, and none came before",
}
"""Checks of which no generated company has a subject, with the reason."""

SOON_JUDGED = 0.9
"""Share of the others that even a few companies have something for."""

MIXED = 0.75
"""Share of them of which there are violations, innocents and unknown ones each."""

NOT_GENERATED = {
    "attestation": "a statement replaces facts, and would leave the checks it is about with nothing to decide",
    "host_scan": "made of scans when a snapshot is sealed",
    "notice": "about findings of an earlier run",
    "prior_finding": "made by the audit of an earlier run",
    "rectification": "about findings of an earlier run",
    "waiver": "applied to answers, which the laws are about before that",
}
"""Kinds of facts that no source of a generated company delivers, with the reason."""

TO_BE_SURE = 20
"""From so many companies on each of the others has something to judge."""


def test_there_is_something_to_judge(generated):
    judged = {check for one in generated for (check, _), row in one.verdicts.items() if row.result.population}
    wanted = CATALOGUE.checks.keys() - NOTHING_TO_JUDGE.keys()

    if len(generated) >= TO_BE_SURE:
        assert wanted - judged == set()
    assert len(wanted & judged) >= SOON_JUDGED * len(wanted)
    assert NOTHING_TO_JUDGE.keys() & judged == set()


def test_violations_innocents_and_what_cannot_be_said_are_all_among_them(generated):
    found = {
        name: {check for one in generated for (check, _), row in one.verdicts.items() if tells(row.result)}
        for name, tells in (
            ("violation", lambda result: result.violations > 0),
            ("innocent", lambda result: result.population > result.violations + result.unknown),
            ("unknown", lambda result: result.unknown > 0),
        )
    }
    wanted = CATALOGUE.checks.keys() - NOTHING_TO_JUDGE.keys()
    missed = {name: sorted(wanted - checks) for name, checks in found.items()}

    assert all(len(checks) <= (1 - MIXED) * len(wanted) for checks in missed.values()), missed


def test_every_kind_of_fact_is_generated(generated):
    made = {fact.entity for one in generated for source in one.company.collected for fact in source.facts}

    assert FACT_TYPES.keys() - made == NOT_GENERATED.keys()


def test_both_engines_answer_the_same_bytes(generated, opa, answers):
    for start in range(0, len(generated), AT_ONCE):
        some = generated[start : start + AT_ONCE]
        reference = asked_of_opa(opa, [one.sealed for one in some], answers)
        for number, (one, said) in enumerate(zip(some, reference, strict=True), start=start):
            different = [
                (number, code, check)
                for code in said
                for check in said[code]
                if canonical(said[code][check]) != canonical(one.answers[code][check])
            ]
            assert different == []


def test_a_population_holds_all_who_are_named(generated):
    wrong = [
        (number, key)
        for number, one in enumerate(generated)
        for key, verdict in one.verdicts.items()
        if verdict.result.population < verdict.result.violations + verdict.result.unknown
    ]

    assert wrong == []


def test_nothing_passes_without_facts(generated, embedded):
    company = generated[0].company
    for source in company.collected:
        company = company.changed(source.report.id, kept=slice(0))

    assert outcomes(Answered.of(company, embedded).verdicts, ["pass"]) == set()


@pytest.mark.parametrize("completeness", ["partial", "failed"])
def test_a_source_that_is_not_whole_makes_nothing_better_and_accuses_nobody(
    generated, embedded, completeness
):
    names = list(DELIVERS)
    for number, before in list(enumerate(generated))[::2]:
        name = names[(number * 7 + len(completeness)) % len(names)]
        kept = slice(0) if completeness == "failed" else slice(None, None, 2)
        after = Answered.of(before.company.changed(name, completeness=completeness, kept=kept), embedded)

        # what moves to the company's shard since its department is not known any more was not there before
        better = outcomes(after.verdicts, ["pass"]) - outcomes(before.verdicts, ["pass", "not_applicable"])
        worse = accused(after.verdicts) - accused(before.verdicts)
        assert (number, name, better) == (number, name, set())
        assert (number, name, {key for key in worse if key[0] not in SAYS_WHAT_FAILED | HANDED_OVER}) == (
            number,
            name,
            set(),
        )


def test_facts_in_another_order_are_the_same_snapshot(generated):
    for number, one in enumerate(generated):
        order = random.Random(number)
        shuffled = []
        for source in one.company.collected:
            facts = list(source.facts)
            order.shuffle(facts)
            shuffled.append(source.model_copy(update={"facts": tuple(facts)}))
        order.shuffle(shuffled)

        assert replace(one.company, collected=tuple(shuffled)).sealed().files == one.sealed.files


def planted(number: int) -> tuple[str, dict[str, tuple[Fact, ...]]]:
    """A violation in FIN: the check, and what each source delivers besides."""
    old = "2025-01-01T00:00:00Z"
    match number % 3:
        case 0:
            leaver = Person.make(
                uid="hr/person/planted", employee_no="planted", name="離職者", status="left", employment_type="employee", employments=(),
                posts=(), department_code="FIN", hire_day_starts_at=old, last_working_day="2026-01-31", last_day_ends_at="2026-01-31T16:00:00Z",
            )  # fmt: skip
            account = Account.make(
                uid="im/account/planted", source_system="im", login="planted", kind="human", state="active"
            )
            link = IdentityLink.make(
                uid="im/identity_link/planted",
                account=account.uid,
                person=leaver.uid,
                method="external_id",
                strength="exact",
            )
            return "5.3-a", {"hr": (leaver,), "im": (account, link)}
        case 1:
            group = Group.make(
                uid="im/group/planted", source_system="im", native_id="planted", name="無人管理的組", owners=(), archived="no",
                direct="no", owner_department="NOWHERE", department_code="FIN",
            )  # fmt: skip
            return "6.1.1-b", {"im": (group,)}
        case _:
            data_set = DataSet.make(
                uid="backups/data_set/planted", name="planted", department_code="FIN", retired="no"
            )
            plan = BackupPlan.make(
                uid="backups/backup_plan/planted",
                name="planted",
                data_set=data_set.uid,
                interval_s=86400,
                effective_from=old,
            )
            return "7.2-a", {"backups": (data_set, plan)}


def with_planted(company: Generated, more: dict[str, tuple[Fact, ...]]) -> Generated:
    return replace(
        company,
        collected=tuple(
            one.model_copy(update={"facts": (*one.facts, *more.get(one.report.id, ()))})
            for one in company.collected
        ),
    )


def test_a_violation_in_one_department_changes_that_department_alone(generated, embedded):
    for number, before in list(enumerate(generated))[::3]:
        check, more = planted(number)
        after = Answered.of(with_planted(before.company, more), embedded)

        changed = {
            key for key, verdict in after.verdicts.items() if verdict.result != before.verdicts[key].result
        }
        assert {code for _, code in changed} <= {"FIN", "_company"} if check == "6.1.1-b" else {"FIN"}
        assert (check, "FIN") in changed
