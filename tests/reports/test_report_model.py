"""The numbers of the model add up, at both levels, in every department and in total."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.errors import SnapshotError
from engine.findings import FindingState, Outcome
from reports.model import Department, build
from reports.model.evidence import percent
from reports.model.shapes import Model
from reports.run_folder import read


@pytest.fixture
def model(run: Path) -> Model:
    return build(read(run))


def _of(model: Model, code: str) -> Department:
    return next(department for department in model.departments if department.code == code)


def test_severities_findings_and_the_company_tie(model: Model) -> None:
    for department in model.departments:
        assert (
            sum(department.front.severities.values())
            == department.front.open
            == len(department.findings)
            == department.trend.closing
        )
    assert (
        model.company.open
        == sum(len(department.findings) for department in model.departments)
        == model.company.trend.closing
    )
    assert model.company.severities == dict(
        sum((Counter(department.front.severities) for department in model.departments), Counter()) | Counter()
    ) | dict.fromkeys(("low",), 0)


def test_opening_plus_new_minus_closed_minus_waived_is_closing(model: Model) -> None:
    trends = [department.trend for department in model.departments]
    for trend in (*trends, model.company.trend):
        assert (
            trend.opening + trend.moved_in - trend.moved_out + trend.new - trend.closed - trend.to_waiver
            == trend.closing
        )
    for term in ("opening", "new", "closed", "to_waiver", "closing", "unverified"):
        assert sum(getattr(trend, term) for trend in trends) == getattr(model.company.trend, term)
    assert (model.company.trend.opening, model.company.trend.new, model.company.trend.closing) == (5, 4, 7)


def test_the_sentence_that_compares_two_quarters_ties_with_the_trend(model: Model) -> None:
    parts = [(department.front.verdict, department.trend) for department in model.departments]
    parts.append((model.company.verdict, model.company.trend))
    compared = [(said, trend) for verdict, trend in parts for said in verdict if said.terms]

    assert {trend.opening for _, trend in compared} > {0}
    for said, trend in compared:
        moved = sum(term.count if term.sign == "+" else -term.count for term in said.terms)
        assert trend.opening + moved == trend.closing
        assert said.counts["n"] == (abs(moved) or trend.closing)
        assert said.key == ("verdict.more" if moved > 0 else "verdict.fewer" if moved else "verdict.same")


def test_coverage_counts_every_check_once(model: Model) -> None:
    for department in model.departments:
        covered = department.coverage
        assert (
            covered.automated + covered.sampled + covered.attested + covered.not_assessed
            == covered.total
            == len(model.checks)
        )
        assert covered.not_implemented + covered.without_data == covered.not_assessed


def test_no_rate_is_given_where_it_would_flatter(
    companies: dict[str, Callable[..., Any]], tmp_path: Path, model: Model
) -> None:
    full = companies["plain"]()
    full.checks = [check for check in full.checks if check["implemented"]]
    all_assessed = build(read(full.write(tmp_path / "full")))

    assert (_of(model, "SALES").coverage.rate, _of(model, "SALES").coverage.rate_hidden) == ("", "coverage")
    assert (_of(all_assessed, "SALES").coverage.rate, _of(all_assessed, "SALES").coverage.rate_hidden) == (
        "100.0",
        "",
    )
    assert (_of(all_assessed, "LEGAL").coverage.rate, _of(all_assessed, "LEGAL").coverage.rate_hidden) == (
        "",
        "small",
    )


def test_overdue_is_what_was_open_when_its_day_had_ended(
    companies: dict[str, Callable[..., Any]], tmp_path: Path
) -> None:
    company = companies["plain"]()
    company.finding(
        "SALES", "4.1-a", 1, 9, FindingState.PERSISTING, correct_by="2026-09-30", contain_by="2026-09-01"
    )
    company.finding(
        "SALES", "5.1-a", 1, 9, FindingState.PERSISTING, correct_by="2026-10-01", contain_by="2026-09-30"
    )
    company.finding("SALES", "5.3-a", 1, 9, FindingState.CLOSED, correct_by="2026-08-01")
    company.result("SALES", "5.3-a", Outcome.PASS, 9)
    sales = _of(build(read(company.write(tmp_path / "run"))), "SALES")

    assert {
        finding.check: (finding.is_overdue, finding.is_contain_overdue) for finding in sales.findings
    } == {
        "4.1-a": (True, True),
        "5.1-a": (False, True),
    }
    assert [finding.check for finding in sales.closed] == ["5.3-a"]


def test_the_three_things_to_do_are_the_worst_and_one_that_is_overdue(model: Model) -> None:
    front = _of(model, "SALES").front

    assert [(action.check, action.kind) for action in front.actions] == [
        ("5.3-a", "contain"),
        ("6.1.2-d", "overdue"),
        ("4.1-a", "contain"),
    ]
    assert front.more == 1
    assert front.overdue == 1


def test_an_overdue_finding_is_never_crowded_out(
    companies: dict[str, Callable[..., Any]], tmp_path: Path
) -> None:
    company = companies["plain"]()
    for check in ("5.3-a", "4.1-a", "5.1-a", "6.1.2-c"):
        company.finding("SALES", check, 1, 9)
    company.finding("SALES", "5.3-f", 1, 9, FindingState.PERSISTING, correct_by="2026-08-31")

    actions = _of(build(read(company.write(tmp_path / "run"))), "SALES").front.actions
    assert [action.kind for action in actions] == ["contain", "contain", "overdue"]


def test_missing_data_is_something_to_do_where_there_is_room(model: Model) -> None:
    actions = _of(model, "IT").front.actions

    assert [action.kind for action in actions] == ["contain", "correct", "data"]
    assert (actions[-1].reason, actions[-1].missing) == ("source_failed", ("備份系統",))


@pytest.mark.parametrize(
    ("clause", "rollup"),
    [
        ("5.3", "fail"),
        ("6.1.2", "partly"),
        ("3.2", "incomplete"),
        ("5.1", "pass_waived"),
        ("8.3", "not_applicable"),
        ("10.1", "pass_attested"),
        ("9.1", "pass"),
    ],
)
def test_a_clause_is_as_good_as_its_worst_check(model: Model, clause: str, rollup: str) -> None:
    rows = {row.clause: row.rollup for chapter in _of(model, "SALES").chapters for row in chapter.clauses}

    assert rows[clause] == rollup


def test_a_part_that_fails_is_told_from_the_whole(model: Model) -> None:
    words = {
        row.check: row.word
        for chapter in _of(model, "LEGAL").chapters
        for clause in chapter.clauses
        for row in clause.checks
    }

    assert words["9.1-a"] == "fail"
    assert {
        row.word
        for chapter in _of(model, "SALES").chapters
        for clause in chapter.clauses
        for row in clause.checks
        if row.check == "5.3-a"
    } == {"partly"}


def test_what_was_not_assessed_has_a_reason_and_somebody_whose_job_it_is(model: Model) -> None:
    gaps = {gap.reason: gap for gap in _of(model, "SALES").gaps}

    assert (gaps["source_failed"].job, gaps["source_failed"].checks, gaps["source_failed"].missing) == (
        "it_and_source",
        ("7.2-c",),
        ("備份系統",),
    )
    assert (
        gaps["not_supported"].checks,
        gaps["not_supported"].decided_in_part,
        gaps["not_supported"].subjects,
    ) == ((), ("5.3-f",), 2)
    assert list(gaps)[-1] == "not_implemented"


def test_waivers_that_end_soon_come_first_and_refused_ones_say_why(model: Model) -> None:
    rows = _of(model, "SALES").waivers

    assert [(row.number, row.expires_soon, row.why_not, row.approved_by) for row in rows] == [
        ("W-2026-001", True, "", "總經理辦公室 · E0001"),
        ("W-2026-002", False, "self_approved", "陳靜"),
    ]


def test_departments_come_as_the_organisation_has_them_and_the_company_last(model: Model) -> None:
    assert [department.code for department in model.departments] == ["HQ", "IT", "LEGAL", "SALES", "_company"]


def test_a_circle_in_the_organisation_loses_no_department(
    companies: dict[str, Callable[..., Any]], tmp_path: Path
) -> None:
    company = companies["plain"]()
    company.departments = [
        row.model_copy(update={"parent": "SALES" if row.code == "HQ" else row.parent})
        for row in company.departments
    ]

    assert len(build(read(company.write(tmp_path / "run"))).departments) == 5


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (2, 41, "4.9"),
        (1, 8, "12.5"),
        (1, 1, "100.0"),
        (0, 7, "0.0"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (1, 0, ""),
    ],
)
def test_a_share_has_one_decimal(part: int, whole: int, said: str) -> None:
    assert percent(part, whole) == said


@pytest.mark.parametrize(
    "name",
    [
        "run.json",
        "catalogue.json",
        "settings.json",
        "coverage.json",
        "results.jsonl",
        "findings.jsonl",
        "undecided.jsonl",
        "subjects.jsonl",
        "waivers.jsonl",
        "attestations.jsonl",
    ],
)
@pytest.mark.parametrize("damage", ["missing", "{", '{"stray": 1}\n'])
def test_a_damaged_run_is_refused_and_the_file_named(run: Path, name: str, damage: str) -> None:
    if damage == "missing":
        (run / name).unlink()
    else:
        (run / name).write_text(damage, encoding="utf-8")

    with pytest.raises(SnapshotError, match=name.replace(".", r"\.")) as caught:
        read(run)
    assert caught.value.help


def test_a_history_that_is_no_history_is_refused(run: Path) -> None:
    (run / "history.json").write_text('{"company": [{"label": 3}]}', encoding="utf-8")

    with pytest.raises(SnapshotError, match=r"history\.json: company\.0\.label"):
        read(run)


def test_a_result_that_is_not_there_is_not_a_good_one(run: Path) -> None:
    path = run / "results.jsonl"
    lines = [
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if json.loads(line)["check"] != "5.3-a" or json.loads(line)["department"] != "IT"
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    with pytest.raises(SnapshotError, match=r"no line for department IT, check 5\.3-a"):
        read(run)


def test_findings_of_a_merged_department_move_and_the_company_still_ties(
    companies: dict[str, Callable[..., Any]], tmp_path: Path
) -> None:
    company = companies["believable"]()
    company.history["company"][-1]["open"]["high"] += 2
    company.history["names"] = {"MKT": "市場部"}
    company.history["departments"]["MKT"] = [{"label": "2026Q2", "as_of": "2026", "open": {"high": 2}}]
    company.finding("SALES", "7.2-c", 1, 3, FindingState.PERSISTING)
    company.finding("SALES", "9.1-a", 1, 1, FindingState.CLOSED)
    company.result("SALES", "9.1-a", Outcome.PASS, 1)
    model = build(read(company.write(tmp_path / "run")))

    rows = {row.code: row.trend for row in model.company.roll}
    assert (rows["SALES"].opening, rows["SALES"].moved_in, rows["SALES"].closed, rows["SALES"].closing) == (
        4,
        2,
        2,
        5,
    )
    assert (rows["MKT"].opening, rows["MKT"].moved_out, rows["MKT"].closing) == (2, 2, 0)
    assert {row.code: row.name for row in model.company.roll}["MKT"] == "市場部"
    assert (model.company.moved_in, model.company.moved_out, model.company.trend.opening) == (2, 2, 7)
    assert sum(trend.opening for trend in rows.values()) == model.company.trend.opening
    assert sum(trend.closing for trend in rows.values()) == model.company.trend.closing


def test_a_quarter_in_which_a_department_had_nothing_open_counts_nought(model: Model) -> None:
    assert [(point.label, point.total) for point in _of(model, "IT").trend.points] == [
        ("2026Q1", 0),
        ("2026Q2", 1),
        ("2026Q3", 2),
    ]
    assert [(point.label, point.total) for point in model.company.trend.points] == [
        ("2026Q1", 11),
        ("2026Q2", 5),
        ("2026Q3", 7),
    ]


def test_green_is_for_departments_that_were_looked_at(
    companies: dict[str, Callable[..., Any]], tmp_path: Path
) -> None:
    tones = {}
    for assessed in (9, 10):
        company = companies["plain"]()
        implemented = [check["id"] for check in company.checks if check["implemented"]]
        for check in company.checks:
            check["implemented"] = check["id"] in implemented[:assessed]
        tones[assessed] = _of(build(read(company.write(tmp_path / str(assessed)))), "SALES").front.tone

    assert tones == {9: "unknown", 10: "good"}


def test_what_one_department_could_not_be_asked_is_not_covered_in_the_company(run: Path) -> None:
    """Not even where another department fails it: coverage is that of all results, and no better than the mean."""
    model = build(read(run))
    parts = [department.coverage for department in model.departments]
    whole = model.company.coverage

    assert whole.not_assessed == sum(part.not_assessed for part in parts) > 0
    assert (whole.total, whole.assessed) == (
        sum(part.total for part in parts),
        sum(part.assessed for part in parts),
    )
    assert (whole.passed, whole.applicable) == (
        sum(part.passed for part in parts),
        sum(part.applicable for part in parts),
    )
    assert float(whole.share) < 100


@pytest.mark.parametrize("run", ["run", "previous/run"])
def test_the_overview_counts_instances_once_and_the_roll_forward_closes_with_as_many(
    demo: Path, run: str
) -> None:
    model = build(read(demo / run))

    closing = {row.code: row.trend.instances.closing for row in model.company.roll if row.trend.instances}
    assert {code: count for code, count in closing.items() if count} == {
        one.code: one.instances for one in model.departments if one.instances
    }
    assert model.company.trend.instances is not None
    assert model.company.trend.instances.closing == model.company.instances == sum(closing.values())
    assert model.company.instances == sum(
        not instance.waiver
        for one in model.departments
        for finding in one.findings
        for instance in finding.instances
    )


def test_a_check_that_rests_on_a_signed_statement_tells_its_number_in_the_register(model: Model) -> None:
    told = {
        (one.code, row.check): row.statements
        for one in model.departments
        for chapter in one.chapters
        for clause in chapter.clauses
        for row in clause.checks
        if row.statements
    }

    assert told
    assert {(check, numbers) for (_, check), numbers in told.items()} == {("10.1-a", ("A-2026-001",))}
