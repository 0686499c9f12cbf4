"""A source that is missing proves nothing and accuses nobody."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from laws_company import CATALOGUE, QUARTER, Auditor, Company, Run

from engine.checks.description import Description
from engine.cli.company import load_company
from engine.cli.places import fixtures
from engine.facts import COMPANY, Collected

SOURCES = [entry.id for entry in load_company(fixtures() / "company" / QUARTER / "company.yaml").sources]
REPORTS_THE_SOURCE = "2-b"
"""The one check whose business it is that a source has failed."""

DRAWN_FROM_TWO = {"5.2-a": ("login_event", "session"), "7.1-a": ("data_set", "group")}
"""Checks that judge facts of two kinds, each by itself: nobody is left when both are gone."""

ELSEWHERE_OF_OTHERS = {("4.1-c", COMPANY)}
"""In the company's shard the register of tools is judged, and nobody's equipment."""


def drawn_from(check: Description) -> tuple[str, ...]:
    return DRAWN_FROM_TWO.get(check.id, (check.facts.subject[0].partition(":")[0],))


EMPTIED = sorted({drawn_from(check) for check in CATALOGUE.checks.values()})

WITHOUT = yaml.safe_load((fixtures() / "key" / f"{QUARTER}.yaml").read_text())["without"]
"""What the answer key says of the company if a source fails."""

Audit = Callable[..., Run]


def broken(source: Collected, completeness: str) -> Collected:
    """The source as it is when it fails, or delivers half of what it has."""
    kept = () if completeness == "failed" else source.facts[::2]
    report = source.report.model_copy(update={"completeness": completeness, "problems": ("tried in a test",)})
    return source.model_copy(update={"report": report, "facts": kept})


def nothing_better_and_nothing_worse(base: Run, found: Run) -> None:
    # without HR's roster nobody knows which departments there are; every check is listed for the company all the same
    assert {check for check, _ in found.results} == {check for check, _ in base.results}
    assert found.outcomes("pass") - base.outcomes("pass") == set()
    # whose department nobody knows any more is reported in the company's shard: so subjects are compared, not places
    accused = {key for key in found.instances() - base.instances() if key[0] != REPORTS_THE_SOURCE}
    assert accused - handed_over(base, found) == set()


def handed_over(base: Run, found: Run) -> set[tuple[str, str]]:
    """Outsiders without a sponsor in a group of which it is not known any more that it is confidential and no archive.

    Where that is known, 3.3-a reports the group; else 6.1.2-d reports the outsider, whom no label would excuse.
    """
    groups = {subject for check, subject in base.instances() if check == "3.3-a"}
    return {
        ("6.1.2-d", one["subject"])
        for finding in found.rows("findings")
        if finding["check"] == "6.1.2-d"
        for one in finding["instances"]
        if one["evidence"]["group"] in groups
    }


@pytest.mark.parametrize("completeness", ["failed", "partial"])
@pytest.mark.parametrize("name", SOURCES)
def test_a_source_that_is_not_whole_makes_no_pass_and_no_fail(
    company: Company, base: Run, run_of: Audit, name: str, completeness: str
):
    found = short_of(name, completeness, company, run_of)

    nothing_better_and_nothing_worse(base, found)


def short_of(name: str, completeness: str, company: Company, run_of: Audit) -> Run:
    """The run of the company with one source that is not whole."""
    collected = [broken(one, completeness) if one.report.id == name else one for one in company.collected]
    return run_of(collected, "short of", name, completeness)


@pytest.mark.parametrize("case", WITHOUT, ids=lambda case: f"{case['check']}-{case['source']}")
def test_without_a_source_a_check_says_what_the_answer_key_says(
    company: Company, base: Run, run_of: Audit, case: dict[str, str]
):
    found = short_of(case["source"], "failed", company, run_of)

    place = (case["check"], case["department"])
    assert base.results[place]["result"] in {"pass", "fail"}
    assert (found.results[place]["result"], found.results[place]["reason"]) == (
        case["expected"],
        case["reason"],
    )
    assert found.results[place]["missing"] == [case["source"]]


@pytest.mark.parametrize("completeness", ["failed", "partial", "stale"])
def test_all_sources_at_once(company: Company, base: Run, run_of: Audit, completeness: str):
    found = run_of([broken(one, completeness) for one in company.collected])

    nothing_better_and_nothing_worse(base, found)
    assert found.outcomes("pass") == set()
    undecided = {place: row for place, row in found.results.items() if row["result"] == "not_assessed"}
    assert undecided
    assert [place for place, row in undecided.items() if not row["reason"]] == []


@pytest.mark.parametrize("entities", EMPTIED, ids="+".join)
def test_a_check_does_not_pass_on_nobody(company: Company, run_of: Audit, entities: tuple[str, ...]):
    found = run_of(
        [
            one.model_copy(update={"facts": tuple(fact for fact in one.facts if fact.entity not in entities)})
            for one in company.collected
        ]
    )

    emptied = {id_ for id_, check in CATALOGUE.checks.items() if drawn_from(check) == entities}
    assert {key for key in found.outcomes("pass") if key[0] in emptied} - ELSEWHERE_OF_OTHERS == set()


def test_what_is_asked_anew_is_what_is_reused(company: Company, auditor: Auditor, base: Run, tmp_path: Path):
    """The laws ask only what a check can see differently: asked about everything it says the same."""
    changed = [broken(one, "partial") if one.report.id == "chat" else one for one in company.collected]

    reused, anew = (
        auditor.audited(company.seal(changed), folder, anew=folder.name == "anew")
        for folder in (tmp_path / "reused", tmp_path / "anew")
        if not folder.mkdir()
    )

    assert reused.results == anew.results
    assert reused.rows("findings") == anew.rows("findings")
    assert reused.rows("undecided") == anew.rows("undecided")
    assert anew.results != base.results
