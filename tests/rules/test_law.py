"""Less knowledge never makes a violation go away: for every check, in both engines."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from remembered import engine_digest, remembering

from engine.checks.law import INNOCENT, asked, broken, documents, lost, tried
from engine.checks.variants import Variant
from engine.errors import RulesError
from engine.opa import Rules, load_rules
from engine.opa.trial import trying

REGO = Path(__file__).parents[2] / "policies" / "rego"
TESTS = sorted(REGO.glob("*/*-*_test.rego"))


@pytest.fixture(scope="module")
def rules(policies):
    return load_rules(Rules(REGO, policies / "capabilities.json"))


@pytest.fixture(scope="module", params=["opa", "embedded"])
def ask(request):
    if request.param == "embedded" and find_spec("regorus") is None:
        pytest.skip("the extra `embedded` is not installed")
    with trying(request.getfixturevalue("opa") if request.param == "opa" else None) as found:
        yield found


@pytest.fixture(params=TESTS, ids=lambda path: path.name.removesuffix("_test.rego"))
def test_file(request):
    return request.param


def test_less_knowledge_never_makes_a_violation_go_away_in_either_engine(rules, test_file, opa, answers):
    with trying(opa) as ask:
        reference = tried(remembering(answers, engine_digest(opa), ask), rules, test_file)

    assert lost(reference) == []

    if find_spec("regorus") is None:
        pytest.skip("the extra `embedded` is not installed: it was not asked")
    with trying(None) as ask:
        embedded = tried(remembering(answers, engine_digest(None), ask), rules, test_file)

    assert said(embedded) == said(reference)


def test_both_engines_say_the_same_of_innocents(rules, test_file, opa, answers):
    if find_spec("regorus") is None:
        pytest.skip("the extra `embedded` is not installed: it was not asked")
    found = []
    for program in (opa, None):
        with trying(program) as ask:
            remembered = remembering(answers, engine_digest(program), ask)
            inputs = {
                name: [Variant("as it is", document)]
                for name, document in documents(remembered, rules, test_file, INNOCENT).items()
            }
            found.append(said(asked(remembered, rules, test_file, inputs)))

    assert found[0] == found[1]
    assert found[0] != {}


def said(found):
    return {(one.name, one.variant.name): one.answer or bool(one.problem) for group in found for one in group}


def test_every_check_has_tests():
    checks = {path.stem for path in REGO.glob("*/*-*.yaml")}

    assert {path.name.removesuffix("_test.rego") for path in TESTS} == checks


@pytest.mark.parametrize(
    ("careful", "careless", "gone"),
    [
        ('accounts.closed(account) == "no"', 'account.state == "active"', "state set to unknown"),
        ('not _left(account) == "no"', '_left(account) == "yes"', "data.cutoff.leaver_grace_days missing"),
    ],
)
def test_a_careless_rule_breaks_the_law(ask, policies, tmp_path, careful, careless, gone):
    rego = tmp_path / "rego"
    for path in REGO.rglob("*.rego"):
        if path.parent.name in {"5.3", "lib", "rego"}:
            copy = rego / path.relative_to(REGO)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(path.read_text("utf-8").replace(careful, careless), "utf-8")
    rule = rego / "5.3" / "5.3-a.rego"
    if gone == "state set to unknown":
        text = re.sub(r'\n\t"unknown" in \{.*\}\n', "\n\tfalse\n", rule.read_text("utf-8"))
        rule.write_text(text, "utf-8")
    rules = load_rules(Rules(rego, policies / "capabilities.json"))

    problems = broken(ask, rules, rego / "5.3" / "5.3-a_test.rego")

    assert any(gone in problem for problem in problems), problems


def test_an_input_that_gives_no_violation_is_no_test(ask, rules, tmp_path):
    test = tmp_path / "5.3-a_test.rego"
    test.write_text(
        'package checks["5.3-a_test"]\n\nviolating := {"nothing": {"input": {"accounts": []}, "data": {}}}\n'
    )

    assert broken(ask, rules, test) == ["nothing: gives no violation"]


def test_a_test_without_violating_inputs_is_refused(ask, rules, tmp_path):
    test = tmp_path / "5.3-a_test.rego"
    test.write_text('package checks["5.3-a_test"]\n')

    with pytest.raises(RulesError, match="has no violating inputs"):
        broken(ask, rules, test)
