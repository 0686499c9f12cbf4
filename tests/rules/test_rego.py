"""The rules as text: formatted, compiled against schemas and capabilities, tested, linted; and what is generated is up to date."""

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from remembered import engine_digest, files_of

from engine.checks.catalogue import load_catalogue
from engine.checks.schemas import rendered, schemas
from engine.facts import SHARDED
from engine.opa import Rules, load_rules
from engine.opa.lints import slow_forms
from engine.opa.syntax import FORBIDDEN, refuse_functions

ROOT = Path(__file__).parents[2]
REGO = "policies/rego"
CAPABILITIES = "policies/capabilities.json"
RULES = [
    part
    for folder, pattern in (("policies", "*.rego"), ("policies", "*.json"), (".regal", "*"))
    for part in files_of(ROOT / folder, pattern)
]
"""All that a program is shown of the rules: they, their schemas and capabilities, what is asked of their form."""


@dataclass
class Done:
    code: int
    said: str


def run(*command):
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    return Done(done.returncode, done.stdout)


@pytest.fixture
def said(answers):
    """What a program says of the rules when nothing is wrong with them, from an earlier run of the tests if both are what they were."""

    def ask(program, *arguments):
        with Path(program).open("rb") as file:
            whose = hashlib.file_digest(file, "sha256").digest()
        words = [str(part).encode() for part in arguments]
        return answers.answer([whose, *words, *RULES], lambda: well(program, *arguments))

    return ask


def well(*command):
    done = run(*command)
    assert done.code == 0, done.said  # what raises is not remembered
    return done.said


def test_rules_are_formatted(opa, said):
    assert said(opa, "fmt", "--fail", "--list", REGO) == ""


def test_rules_compile_against_schemas_and_capabilities(opa, said):
    command = [
        opa,
        "check",
        "--strict",
        "--capabilities",
        CAPABILITIES,
        "--schema",
        "policies/schemas",
        "--ignore",
        "*.yaml",
    ]

    assert said(*command, REGO) == ""


def test_a_misspelt_field_is_found_by_the_schemas(opa, tmp_path):
    (tmp_path / "a.rego").write_text(
        "# METADATA\n# schemas:\n#   - input: schema.input\npackage misspelt\n\nx := [a.stat | some a in input.accounts]\n"
    )

    done = run(opa, "check", "--strict", "--schema", ROOT / "policies/schemas", tmp_path)

    assert done.code == 1
    assert "undefined ref: a.stat" in done.said


def test_rules_are_lint_free(regal, said):
    said(regal, "lint", "--format", "compact", REGO)


def test_no_rule_takes_time_by_the_square_of_the_records(opa, answers):
    paths = [path for path in (ROOT / REGO).rglob("*.rego") if not path.name.endswith("_test.rego")]

    def looked_through():
        found = slow_forms(opa, paths, frozenset(model.plural for model in SHARDED.values()))
        assert found == []
        return True

    about = [part for folder in ("engine/opa", "engine/facts") for part in files_of(ROOT / folder, "*.py")]
    assert answers.answer([engine_digest(opa), b"slow forms", *about, *RULES], looked_through)


@pytest.mark.parametrize(
    ("rule", "what"),
    [
        ("b[x.uid] := x if some x in input.people", "b is an index made rule by rule"),
        ("b[x.uid] contains x if some x in input.people", "b is an index made rule by rule"),
        (
            "f(x) := y if {\n\tsome y in input.people\n\ty.uid == x\n}",
            "f() looks through input.people at each call",
        ),
        ("a := 1 if s[input.department]", "s is a set that rules add to, asked by reference"),
        ("a := 1 if other.s[input.department]", "s is a set that rules add to, asked by reference"),
        ("a := 1 if not s[input.department]", "s is a set that rules add to, asked by reference"),
    ],
)
def test_a_slow_form_is_named(opa, tmp_path, rule, what):
    (tmp_path / "a.rego").write_text(
        f"package lib.a\n\nimport data.lib.b as other\n\ns contains x if some x in input.people\n\n{rule}\n"
    )
    (tmp_path / "b.rego").write_text("package lib.b\n\ns contains x if some x in input.people\n")

    found = slow_forms(opa, sorted(tmp_path.glob("*.rego")), frozenset({"people"}))

    assert [problem.partition(" ")[2].startswith(what) for problem in found] == [True]


def test_every_rule_file_knows_not_of_undefined():
    lacking = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / REGO).rglob("*.rego")
        if "import future.keywords.not" not in path.read_text("utf-8") and _has_rules(path)
    ]

    assert lacking == []


def _has_rules(path):
    return any(
        line and not line.startswith(("#", "package ", "import "))
        for line in path.read_text("utf-8").splitlines()
    )


def test_schemas_are_those_of_facts_and_settings():
    expected = {
        f"{name}.json": rendered(schema).decode()
        for name, schema in schemas(load_catalogue(ROOT / "policies").settings).items()
    }

    found = {path.name: path.read_text("utf-8") for path in (ROOT / "policies/schemas").glob("*.json")}

    assert found == expected, "run: python tools/generate.py"


def test_capabilities_are_those_of_both_engines(opa):
    if find_spec("regorus") is None:
        pytest.skip("the extra `embedded` is not installed")
    code = "import json, sys; sys.path.insert(0, 'tools'); import capabilities; print(json.dumps(capabilities.capabilities(sys.argv[1])))"

    done = run(sys.executable, "-c", code, opa)

    assert json.loads(done.said) == json.loads((ROOT / CAPABILITIES).read_text("utf-8"))


def test_nothing_that_changes_from_call_to_call_is_allowed():
    document = json.loads((ROOT / CAPABILITIES).read_text("utf-8"))

    assert document["allow_net"] == []
    assert not {builtin["name"] for builtin in document["builtins"]} & FORBIDDEN
    assert not [builtin["name"] for builtin in document["builtins"] if builtin.get("nondeterministic")]


def test_the_embedded_engine_accepts_the_rules(answers):
    if find_spec("regorus") is None:
        pytest.skip("the extra `embedded` is not installed")

    def accepted():
        refuse_functions(load_rules(Rules(ROOT / REGO, ROOT / CAPABILITIES)), ROOT / CAPABILITIES)
        return True

    assert answers.answer([engine_digest(None), b"accepted", *RULES], accepted)
