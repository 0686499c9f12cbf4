"""Forms that compile and are wrong: each is named with its row and what to write instead, and no rule of the project has one."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.checks.catalogue import load_catalogue
from engine.checks.description import InForce
from engine.checks.lint import lint
from engine.opa import Rules, load_rules

ROOT = Path(__file__).parents[2]

NEIGHBOUR = """
default closed(_) := "unknown"

closed(account) := "yes" if account.state == "deleted"

closed(account) := "no" if account.state == "active"
"""

INNOCENT = {
    "a known field": "f(account) := account.last_activity.at",
    "a field that a rule made": 'made := {"odd_one": 1}\n\nf(row) := row.odd_one',
    "instants in order": "f(account) if account.created_at < data.cutoff.leaver_grace_days",
    "the last of all instants": 'f(account) if object.get(account, "created_at", "9") < "9"',
    "a number of form": "f(xs) if count(xs) > 1",
    "a place in a text": "f(instant) := substring(instant, 11, 8)",
    "seconds of a day": "f(n) := n * 86400",
    "three answers": NEIGHBOUR,
    "always an answer": '_f(xs) := "yes" if count(xs) > 0\n\n_f(xs) := "no" if not count(xs) > 0',
    "the complement": '_f(xs) := "yes" if count(xs) > 0\n\n_f(xs) := "no" if count(xs) == 0',
    "a known word": 'f(account) if account.state in {"active", "locked"}',
    "an answer": NEIGHBOUR + '\ng(account) if not closed(account) == "yes"',
    "absence with what is known": 'default _f(_) := "unknown"\n\n_f(a) := "yes" if {\n\ta.kind == "bot"\n\tnot a.state == "deleted"\n}',
    "absence with what is asked": NEIGHBOUR
    + '\ndefault _f(_) := "unknown"\n\n_f(a) := "no" if {\n\tnot a.holder\n\tclosed(a) == "yes"\n}',
    "what no record lacks": 'default _f(_) := "unknown"\n\n_f(account) := "no" if not account.uid in {"x"}',
    "evidence as declared": 'm := {"subject": "x", "evidence": {"state": "x", "holder": "x", "last_day_ends_at": "x"}}',
    "evidence by computed keys": 'm := {"subject": "x", "evidence": {"state": "x", data.as_of: "x"}}',
    "on purpose": "# on purpose: the clause itself says so\nf(n) if n > 37",
}

CARELESS = {
    "an index rule by rule": ("f[a.uid] := a if some a in input.accounts", "is an index made rule by rule"),
    "a scan": ("f(x) := [a | some a in input.accounts; a.uid == x]", "looks through input.accounts"),
    "a set by key": (
        "s contains a.uid if some a in input.accounts\n\nf(x) if s[x.uid]",
        "is a set that rules add to",
    ),
    "order of words": ('f(account) if account.state < "x"', "compares state by order"),
    "order of texts": ('f(x) if x < "locked"', "compares by order with the text 'locked'"),
    "order of a version": ("f(host) if host.os_version > host.uid", "compares uid by order"),
    "a clock": ("f := time.now_ns()", "time.now_ns reaches for the clock"),
    "the network": ('f := http.send({"url": "x"})', "http.send reaches for the clock, the network"),
    "the environment": ("f := opa.runtime()", "opa.runtime reaches for the clock"),
    "a company number": ("f(xs) if count(xs) > 37", "the number 37 belongs to the company"),
    "a company share": ("f(x) if x > 0.5", "the number 0.5 belongs to the company"),
    "a company day": ('f(x) if x > "2026-07-01"', "the date 2026-07-01 is written into the rule"),
    "no default": (NEIGHBOUR.partition("\n\n")[2], "closed answers yes or no, and nothing where"),
    "a wrong default": (
        NEIGHBOUR.replace('"unknown"', '"no"'),
        "closed takes what is missing for no",
    ),
    "a hasty else": (
        'default f(_) := "unknown"\n\nf(account) := "yes" if {\n\taccount.state == "deleted"\n} else := "no"',
        "f says no wherever the condition is not known",
    ),
    "a look-up before else": (
        'f(table, key) := table[key] if {\n\tkey != ""\n} else := key',
        "f looks a value up before an `else`",
    ),
    "a look-up in a later branch": (
        'f(table, key) := "" if {\n\tkey == ""\n} else := table[key] if {\n\tkey != "a"\n} else := key',
        "f looks a value up before an `else`",
    ),
    "not of an answer": (NEIGHBOUR + "\ng(account) if not closed(account)", "`not closed(…)` is never true"),
    "absence of a word": (
        'default _f(_) := "unknown"\n\n_f(account) := "no" if not account.state == "deleted"',
        "says no where account.state is missing",
    ),
    "absence of a field": (
        'default _f(_) := "unknown"\n\n_f(account) := "yes" if not account.holder',
        "says yes where account.holder is missing",
    ),
    "absence in an else": (
        'default _f(_) := "unknown"\n\n_f(a) := "yes" if {\n\ta.kind == "bot"\n} else := "no" if not a.state == "deleted"',
        "says no where a.state is missing",
    ),
    "reasons": ("f(account) if account.unknown.holder", "reads the reasons of a record itself"),
    "an undeclared setting": (
        "f(account) if account.created_at < data.cutoff.dormant_days",
        "reads data.cutoff.dormant_days, which 5.3-a.yaml does not declare",
    ),
    "undeclared evidence": (
        'more contains {"subject": "x", "evidence": {"odd": "x"}}',
        "gives 'odd' as evidence, which 5.3-a.yaml does not declare",
    ),
    "missing evidence": (
        'more contains {"subject": "x", "evidence": {"state": "x", "holder": "x"}}',
        "does not give 'last_day_ends_at' as evidence, which 5.3-a.yaml declares",
    ),
    "an undeclared fact": ("f := count(input.hosts)", "reads host, which 5.3-a.yaml does not declare"),
    "a field of no fact": ("f(account) := account.colour", "no fact has a field colour"),
    "a field of no part": ("f(account) := account.last_activity.att", "no fact has a field att"),
    "a field by name": ('f(account) := object.get(account, "colour", 1)', "no fact has such a field"),
    "a word of no list": ('f(account) if account.state == "open"', "account.state is never 'open'"),
    "one word of no list": ('f(account) if account.state in {"active", "open"}', "is never 'open'"),
    "no answer of a question": (
        NEIGHBOUR + '\ng(account) if closed(account) == "true"',
        "closed never answers 'true'",
    ),
}


@pytest.fixture(scope="module")
def catalogue(policies):
    return load_catalogue(policies)


@pytest.fixture
def linted(opa, policies, catalogue, tmp_path):
    """What is said about rules that stand in the place of 5.3-a."""

    def said(body, head="import future.keywords.not\n"):
        rule = tmp_path / "rego" / "5.3" / "5.3-a.rego"
        rule.parent.mkdir(parents=True)
        answers = "population := 0\n\nviolations := set()\n\nunknown := set()\n"
        rule.write_text(f'package checks["5.3-a"]\n\n{head}\n{answers}\n{body}\n', "utf-8")
        rules = load_rules(Rules(rule.parents[1], policies / "capabilities.json"))
        return lint(opa, rules, catalogue)

    return said


def test_no_rule_of_the_project_has_a_careless_form(opa, policies, catalogue):
    rules = load_rules(Rules(policies / "rego", policies / "capabilities.json"))
    tests = [path for path in (policies / "rego").rglob("*_test.rego") if "with input" in path.read_text()]

    assert [str(problem) for problem in lint(opa, rules, catalogue, tests)] == []


@pytest.mark.parametrize("body", INNOCENT.values(), ids=INNOCENT)
def test_what_is_right_is_not_named(linted, body):
    assert linted(body) == []


@pytest.mark.parametrize(("body", "found"), CARELESS.values(), ids=CARELESS)
def test_what_is_careless_is_named_with_what_to_write_instead(linted, body, found):
    problems = linted(body)

    assert [problem for problem in problems if found in problem.found], problems
    assert all(problem.row > 0 and problem.instead for problem in problems)


def test_a_problem_names_file_and_row(linted):
    [problem] = linted("\n\nf(account) := account.colour")

    assert str(problem).startswith(f"{problem.path}:13: account.colour")


def test_a_file_without_the_import_is_named(linted):
    [problem] = linted("", head="")

    assert problem.instead == "write: import future.keywords.not"


def test_a_fact_type_that_is_read_through_the_library_has_to_be_declared_too(
    opa, policies, catalogue, tmp_path
):
    rego = tmp_path / "rego"
    for path in (policies / "rego").rglob("*.rego"):
        if path.parent.name in {"5.3", "lib"} and not path.name.endswith("_test.rego"):
            copy = rego / path.relative_to(policies / "rego")
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text("utf-8")
            if path.stem == "5.3-a":
                text = text.replace(
                    "import data.lib.accounts\n", "import data.lib.accounts\nimport data.lib.leave\n"
                )
                text += "\n_away(person) := leave.absences(person)\n"
            copy.write_text(text, "utf-8")
    rules = load_rules(Rules(rego, policies / "capabilities.json"))

    problems = lint(opa, rules, catalogue)

    assert [
        problem.found for problem in problems if problem.path.stem == "5.3-a" and "absence" in problem.found
    ] == ["reads absence through lib.leave.absences, which 5.3-a.yaml does not declare"]


def test_a_check_that_judges_by_the_day_asks_on_which_days_it_holds(opa, policies, catalogue, tmp_path):
    rule = tmp_path / "rego" / "5.3" / "5.3-a.rego"
    rule.parent.mkdir(parents=True)
    head = 'package checks["5.3-a"]\n\nimport future.keywords.not\n\nimport data.lib.in_force\n\n'
    head += "violations := set()\n\nunknown := set()\n\n"
    check = catalogue.checks["5.3-a"].model_copy(update={"in_force": InForce(by="day")})
    changed = replace(catalogue, checks={**catalogue.checks, "5.3-a": check})

    def said(population):
        rule.write_text(f"{head}population := {population}\n", "utf-8")
        return lint(opa, load_rules(Rules(rule.parents[1], policies / "capabilities.json")), changed)

    [problem] = said("0")
    assert "judges facts of all days" in problem.found
    kept = 'count([a | some a in input.accounts; not in_force.on("5.3-a", a, "created_at") == "no"])'
    assert said(kept) == []
