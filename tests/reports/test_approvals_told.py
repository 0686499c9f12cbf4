"""Exceptions and statements, looked at as such, in the model and on the pages."""

import json

import pytest

from reports.frames import LANGUAGES


@pytest.fixture(scope="module")
def model(demo):
    return json.loads((demo / "reports" / "model.json").read_text("utf-8"))


def test_the_demo_says_what_its_register_of_exceptions_holds(model):
    audit = model["company"]["waiver_audit"]
    counts = {name: value for name, value in audit.items() if name != "approvers"}

    assert counts == {
        "total": 6,
        "applied": 1,
        "unused": 2,
        "expired": 1,
        "expiring": 1,
        "soon": 30,
        "invalid": 2,
        "outside": 1,
        "line_unknown": 0,
        "too_long": 4,
    }
    assert sum(row["approved"] for row in audit["approvers"]) == audit["total"]
    assert [row["outside"] for row in audit["approvers"] if row["name"] == "財務部 · 00031"] == [1]


def test_a_department_is_told_of_its_own_and_of_no_other(model):
    departments = {row["code"]: row for row in model["departments"]}

    assert departments["OPS"]["waiver_audit"]["total"] == len(departments["OPS"]["waivers"]) == 3
    assert departments["FIN"]["waiver_audit"] is None
    assert sum(row["waiver_audit"]["total"] for row in departments.values() if row["waiver_audit"]) == 6
    assert model["company"]["attestation_audit"]["line_unknown"] == 1  # it is for no department in particular


def test_results_without_exceptions_are_those_with_them_and_what_they_cover(model):
    company = model["company"]
    effect = company["effect"]
    words = company["tally"]["words"]

    assert effect["failing"] == company["tally"]["failed"]
    assert effect["failing_without"] == effect["failing"] + words["waived"]
    assert effect["waived"] == words["waived"] == 1
    assert effect["instances_without"] - effect["instances"] == company["waived_instances"]
    for key in ("failing", "failing_without", "waived", "instances", "instances_without"):
        assert effect[key] == sum(row["effect"][key] for row in model["departments"] if row["effect"]) + sum(
            _of(row, key) for row in model["departments"] if not row["effect"]
        )


def _of(department, key):
    """The same figure of a department in which nothing is under an exception."""
    if key.startswith("failing"):
        return department["tally"]["failed"]
    rows = [
        check
        for chapter in department["chapters"]
        for clause in chapter["clauses"]
        for check in clause["checks"]
    ]
    return sum(row["violations"] for row in rows) if key.startswith("instances") else 0


def test_the_pages_say_it_in_both_languages(demo):
    told = {
        "en": "1 was approved or signed by somebody outside the line",
        "zh-Hant": "批准人或簽署人不在管理線上的 1 項",
    }
    for language in LANGUAGES:
        for page in (f"overview.{language}.html", f"departments/OPS.{language}.html"):
            assert told[language] in (demo / "reports" / page).read_text("utf-8")
