"""What the tests of every check prove, besides the law: nothing is guessed, an innocent neighbour, each field it reads, both sides of each boundary."""

from pathlib import Path

import pytest
from remembered import engine_digest, remembering

from engine.checks.boundaries import boundaries, missed, unnoticed
from engine.checks.guesses import guessed
from engine.checks.innocence import accused
from engine.checks.trees import File
from engine.checks.untried import untried
from engine.errors import RulesError
from engine.opa import Rules, load_rules
from engine.opa.lints import parsed
from engine.opa.trial import trying

REGO = Path(__file__).parents[2] / "policies" / "rego"
TESTS = sorted(REGO.glob("*/*-*_test.rego"))

RULE = """package checks["5.3-a"]

import future.keywords.not

population := count(input.accounts)

violations contains {"subject": account.uid, "evidence": {}} if {
	some account in input.accounts
	account.created_at < data.cutoff.days
}

unknown contains {"subject": account.uid, "reason": "stale"} if {
	some account in input.accounts
	not account.created_at
}
"""

RULE_TESTS = """package checks["5.3-a_test"]

import future.keywords.not

import data.checks["5.3-a"] as check

test_the_old_one_is_a_violation if {
	answer := check with input as _shard("2026-01-01T00:00:00Z") with data.cutoff.days as _cutoff

	count(answer.violations) == 1
}

test_at_the_cutoff_it_is_none if {
	answer := check with input as _shard(_cutoff) with data.cutoff.days as _cutoff

	answer.violations == set()
}

violating := {"old": {"input": _shard("2026-01-01T00:00:00Z"), "data": {"cutoff": {"days": _cutoff}}}}

innocent := {"new": {"input": _shard("2026-08-01T00:00:00Z"), "data": {"cutoff": {"days": _cutoff}}}}

_cutoff := "2026-07-01T00:00:00Z"

_shard(at) := {"accounts": [{"uid": "im/account/a", "created_at": at, "unknown": {}}]}
"""


@pytest.fixture(scope="module")
def rules(policies):
    return load_rules(Rules(REGO, policies / "capabilities.json"))


@pytest.fixture(scope="module")
def files(rules, opa, answers):
    def tree(file):
        key = [engine_digest(opa), b"parsed", str(file.path).encode(), file.text.encode()]
        return answers.answer(key, lambda: parsed(opa, file.path))

    return tuple(File(file.path, tree(file)) for file in rules.files)


@pytest.fixture(scope="module")
def ask(opa, answers):
    with trying(opa) as found:
        yield remembering(answers, engine_digest(opa), found)


@pytest.mark.parametrize("test", TESTS, ids=lambda path: path.name.removesuffix("_test.rego"))
def test_every_check_has_an_innocent_neighbour_and_tries_each_field_that_it_reads(ask, rules, files, test):
    assert [*accused(ask, rules, test), *untried(ask, rules, files, test)] == []


@pytest.mark.parametrize("test", TESTS, ids=lambda path: path.name.removesuffix("_test.rego"))
def test_what_is_not_known_accuses_nobody_and_is_told_with_the_reason_of_the_record(ask, rules, test):
    assert guessed(ask, rules, test) == []


@pytest.mark.parametrize("test", TESTS, ids=lambda path: path.name.removesuffix("_test.rego"))
def test_every_check_has_a_test_on_both_sides_of_each_boundary(ask, opa, rules, test):
    assert unnoticed(ask, opa, rules, test) == []


class Made:
    """A check of two files, and what is said of it."""

    def __init__(self, ask, opa, policies, folder):
        self._ask, self._opa, self._policies = ask, opa, policies
        self._folder = folder / "rego"
        (self._folder / "5.3").mkdir(parents=True)
        (self._folder / "checks.rego").write_bytes((REGO / "checks.rego").read_bytes())

    def said(self, rule, tests):
        path = self._folder / "5.3" / "5.3-a.rego"
        path.write_text(rule, "utf-8")
        test = path.with_name("5.3-a_test.rego")
        test.write_text(tests, "utf-8")
        rules = load_rules(Rules(self._folder, self._policies / "capabilities.json"))
        files = tuple(File(file.path, parsed(self._opa, file.path)) for file in rules.files)
        return [
            *guessed(self._ask, rules, test),
            *accused(self._ask, rules, test),
            *untried(self._ask, rules, files, test),
            *unnoticed(self._ask, self._opa, rules, test),
        ]


@pytest.fixture
def made(ask, opa, policies, tmp_path):
    return Made(ask, opa, policies, tmp_path)


def test_a_check_whose_tests_prove_everything_is_told_nothing(made):
    assert made.said(RULE, RULE_TESTS) == []


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            "_shard(_cutoff) with",
            '_shard("2026-07-01T00:00:01Z") with',
            "stands at the limit of `account.created_at <",
        ),
        ("count(answer.violations) == 1", "true", "stands beyond the limit of `account.created_at <"),
        (
            '{"new": {"input": _shard("2026-08-01T00:00:00Z")',
            '{"new": {"input": _shard("2026-01-01T00:00:00Z")',
            "new: is accused all the same, or not decided: im/account/a",
        ),
        (
            '{"new": {"input": _shard("2026-08-01T00:00:00Z")',
            '{"new": {"input": {"accounts": []}',
            "nobody is looked at in any of these inputs",
        ),
        ('"created_at": at,', "", "reads created_at, which no record"),
    ],
)
def test_what_the_tests_of_a_check_do_not_prove_is_named(made, right, wrong, told):
    assert right in RULE_TESTS

    assert [line for line in made.said(RULE, RULE_TESTS.replace(right, wrong)) if told in line] != []


def test_a_check_without_innocent_inputs_is_refused(made):
    tests = "\n".join(line for line in RULE_TESTS.splitlines() if not line.startswith("innocent"))

    with pytest.raises(RulesError, match="has no innocent inputs"):
        made.said(RULE, tests)


def test_a_rule_that_accuses_everybody_is_found_by_the_innocent_neighbour(made):
    rule = RULE.replace("account.created_at < data.cutoff.days", "account.created_at")

    assert "innocent: new: is accused all the same, or not decided: im/account/a" in made.said(
        rule, RULE_TESTS
    )


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (
            RULE.replace(
                "account.created_at <", 'object.get(account, "created_at", "2000-01-01T00:00:00Z") <'
            ),
            "new: input.accounts[0] im/account/a: created_at not known: accuses im/account/a",
        ),
        (
            RULE.replace('"stale"', '"not_collected"'),
            "new: input.accounts[0] im/account/a: created_at not known: im/account/a is told the reason not_collected",
        ),
    ],
)
def test_a_rule_that_guesses_is_named_unless_its_tests_say_why(made, rule, told):
    stated = f"{RULE_TESTS}\n# may accuse: created_at: the old ones have none\n# other reason: created_at: as above\n"

    assert [line for line in made.said(rule, RULE_TESTS) if line.startswith(told)] != []
    assert [line for line in made.said(rule, stated) if line.startswith(told)] == []


# a rule that asks an account for its kind and leaves bots out, and a test of it
KINDS = RULE.replace("\taccount.created_at <", '\tnot account.kind == "bot"\n\taccount.created_at <')
KINDS_TESTS = RULE_TESTS.replace('"created_at": at,', '"created_at": at, "kind": "human",')


def test_a_field_that_decides_in_no_input_is_named_unless_the_tests_say_why(made):
    told = (
        "reads account.kind, and losing it changes no answer to `violating` or `innocent`, so that nobody tried what is said "
        "when it is missing; give an input in which it decides, or say in the tests: "
        "# decides nothing: account.kind: why"
    )

    assert made.said(KINDS, KINDS_TESTS) == [told]
    assert made.said(KINDS, f"{KINDS_TESTS}\n# decides nothing: account.kind: bots do not grow old\n") == []


@pytest.mark.parametrize(
    "comment",
    [
        "# decides nothing: account.kind:",
        "# decides nothing: kind: of whatever kind",
        "# decides nothing: host.kind: as above",
    ],
)
def test_a_comment_that_names_no_entity_or_gives_no_reason_clears_nothing(made, comment):
    assert len(made.said(KINDS, f"{KINDS_TESTS}\n{comment}\n")) == 1


def test_where_no_test_can_tell_the_sides_apart_the_rule_says_so(made):
    tests = RULE_TESTS.replace("_shard(_cutoff) with", '_shard("2026-07-01T00:00:01Z") with')
    row = "\taccount.created_at < data.cutoff.days"

    assert (
        made.said(RULE.replace(row, f"\t# no boundary: nothing is made on the stroke of it\n{row}"), tests)
        == []
    )


def test_whether_there_is_any_is_no_boundary(opa, tmp_path):
    path = tmp_path / "a.rego"
    path.write_text(
        "package a\n\nany(xs) if count(xs) > 0\n\nmany(xs) if count(xs) > data.settings.most\n"
        '\nlate(x) := "no" if x.at >= data.as_of\n',
        "utf-8",
    )

    assert [(side.row, side.comparison, side.side) for side in boundaries(opa, path)] == [
        (5, "count(xs) > data.settings.most", "at the limit"),
        (5, "count(xs) > data.settings.most", "beyond the limit"),
        (7, "x.at >= data.as_of", "at the limit"),
        (7, "x.at >= data.as_of", "beyond the limit"),
    ]


def test_what_nobody_asks_is_noticed_by_nobody(ask, opa, tmp_path):
    path = tmp_path / "a.rego"
    path.write_text("package a\n\nimport rego.v1\n\nlate(x) if x > data.limit\n", "utf-8")
    texts = {
        "a.rego": path.read_text("utf-8"),
        "a_test.rego": "package a_test\n\nimport rego.v1\n\ntest_x if true\n",
    }

    assert len(list(missed(ask, texts, "a.rego", boundaries(opa, path), ["a_test"]))) == 2
