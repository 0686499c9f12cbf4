"""Odd cases, tried on every check at once: the whole company is made odd in one way, and nobody is accused of that.

What each check makes of such a case by itself stands in its own tests, which `docs/edge-cases.md` lists.
"""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from laws_company import Company, Run

from engine.facts import (
    Account,
    BackupRun,
    Collected,
    Department,
    Employment,
    Fact,
    Person,
    Post,
    RestorePoint,
)

Audit = Callable[..., Run]
Change = Callable[[Fact], Fact]

NEW = "~"
"""What every code has at its end once all departments are renamed."""

LONG_AGO = Employment(
    hire_date="2005-01-04",
    hire_day_starts_at="2005-01-03T16:00:00Z",
    last_working_day="2006-12-29",
    last_day_ends_at="2006-12-29T16:00:00Z",
)


def in_service(change: Callable[[Person], dict[str, Any]]) -> Change:
    """Whoever is in service, with other fields."""

    def changed(fact: Fact) -> Fact:
        if isinstance(fact, Person) and fact.status in {"active", "leave"} and not fact.last_working_day:
            return fact.model_copy(update=change(fact))
        return fact

    return changed


def of_one_name(fact: Fact) -> Fact:
    if isinstance(fact, Person):
        return fact.model_copy(update={"name": "歐陽 偉"})
    named = isinstance(fact, Account) and "display_name" not in fact.unknown
    return fact.model_copy(update={"display_name": "歐陽 偉"}) if named else fact


def opened_again(fact: Fact) -> Fact:
    known = isinstance(fact, Account) and "reactivated_at" not in fact.unknown
    return fact.model_copy(update={"reactivated_at": "2025-01-06T01:00:00Z"}) if known else fact


def renamed(fact: Fact) -> Fact:
    """HR's list under new codes; all else, company.yaml too, goes on to name the old ones."""
    if isinstance(fact, Department):
        update: dict[str, Any] = {"code": fact.code + NEW, "renamed_from": (*fact.renamed_from, fact.code)}
        update |= {name: code + NEW for name in ("parent", "merged_into") if (code := getattr(fact, name))}
        return fact.model_copy(update=update)
    if isinstance(fact, Person):
        posts = tuple(
            post.model_copy(update={"department_code": post.department_code + NEW}) for post in fact.posts
        )
        return fact.model_copy(update={"department_code": f"{fact.department_code}{NEW}", "posts": posts})
    return fact


def merged(gone: str, into: str) -> Change:
    """A department that another one took over two weeks before the end of the quarter, with its people."""

    def changed(fact: Fact) -> Fact:
        if isinstance(fact, Department) and fact.code == gone:
            return fact.model_copy(update={"valid_until": "2026-09-15T16:00:00Z", "merged_into": into})
        if isinstance(fact, Person) and fact.department_code == gone:
            return fact.model_copy(update={"department_code": into})
        return fact

    return changed


def empty(fact: Fact) -> Fact:
    if not isinstance(fact, BackupRun | RestorePoint):
        return fact
    unknown = {name: why for name, why in fact.unknown.items() if name != "size_bytes"}
    return fact.model_copy(update={"size_bytes": 0, "unknown": unknown})


NOTHING_CHANGES: dict[str, Change] = {
    "everybody will leave at the end of the year": in_service(
        lambda _: {
            "last_working_day": "2026-12-31",
            "last_day_ends_at": "2026-12-31T16:00:00Z",
            "left_recorded_at": "2026-09-01T02:00:00Z",
        }
    ),
    "everybody was here before, long ago": in_service(
        lambda person: {"employments": (LONG_AGO, *person.employments)}
    ),
    "everybody has one Chinese name with a space in it": of_one_name,
    "every account was closed and opened again long ago": opened_again,
    "all departments were renamed and only HR knows": renamed,
}

NOBODY_IS_ACCUSED: dict[str, Change] = {
    "everybody is on long leave": in_service(
        lambda _: {
            "status": "leave",
            "leave_starts_at": "2026-03-01T16:00:00Z",
            "leave_ends_at": "2026-12-31T16:00:00Z",
        }
    ),
    "everybody has one more post": in_service(
        lambda person: {"posts": (*person.posts, Post(department_code="CS", position="客服"))}
    ),
    "everybody is an intern": in_service(lambda _: {"employment_type": "intern"}),
    "everybody is a contractor": in_service(lambda _: {"employment_type": "contractor"}),
    "customer service was merged into operations": merged("CS", "OPS"),
    "sales were merged into finance": merged("SAL", "FIN"),
}


def changed(company: Company, change: Change) -> Iterable[Collected]:
    return [one.model_copy(update={"facts": tuple(map(change, one.facts))}) for one in company.collected]


def said(run: Run) -> dict[tuple[str, str], tuple[Any, ...]]:
    return {
        (check, code.removesuffix(NEW)): tuple(
            row[name]
            for name in ("result", "reason", "missing", "violations", "waived", "unknown", "severity")
        )
        for (check, code), row in run.results.items()
    }


def owners(run: Run) -> dict[tuple[str, str], tuple[str, str]]:
    return {
        (row["check"], row["department"].removesuffix(NEW)): (row["owner"]["role"], row["owner"]["person"])
        for row in run.rows("findings")
    }


@pytest.mark.parametrize("name", NOTHING_CHANGES)
def test_nothing_changes_when(company: Company, base: Run, run_of: Audit, name: str):
    found = run_of(changed(company, NOTHING_CHANGES[name]))

    assert found.instances() == base.instances()
    assert said(found) == said(base)
    assert owners(found) == owners(base)


@pytest.mark.parametrize("name", NOBODY_IS_ACCUSED)
def test_nobody_is_accused_because(company: Company, base: Run, run_of: Audit, name: str):
    found = run_of(changed(company, NOBODY_IS_ACCUSED[name]))

    assert found.instances() != set()
    assert found.instances() - base.instances() == set()


def test_where_every_backup_is_empty_no_check_of_backups_passes(company: Company, base: Run, run_of: Audit):
    found = run_of(changed(company, empty))

    of_backups = {"7.1-b", "7.2-a", "7.2-b"}
    assert {check for check, _ in base.outcomes("pass")} > of_backups
    assert {check for check, _ in found.outcomes("pass")} & of_backups == set()
