"""Rules that may not be loaded are refused by name, before anything is evaluated."""

from dataclasses import replace

import pytest

from engine.errors import RulesError
from engine.opa import Rules, load_rules, running


def refused(spec, *packs):
    with pytest.raises(RulesError) as caught, running(replace(spec, rules=replace(spec.rules, packs=packs))):
        pass
    assert caught.value.help
    return str(caught.value)


def calling(expression):
    return f'package checks["9-a"]\n\npopulation := count([1 | {expression}])\n\nviolations := set()\n\nunknown := set()\n'


@pytest.mark.parametrize(
    ("name", "expression"),
    [
        ("http.send", 'http.send({"method": "get", "url": "http://localhost"})'),
        ("opa.runtime", "opa.runtime().env"),
        ("time.now_ns", "time.now_ns() > 0"),
        ("rand.intn", 'rand.intn("x", 3) > 0'),
        ("uuid.rfc4122", 'uuid.rfc4122("x")'),
        ("net.lookup_ip_addr", 'net.lookup_ip_addr("localhost")'),
        ("crypto.sha256", 'crypto.sha256("a")'),
    ],
)
def test_no_network_environment_clock_or_randomness(spec, tmp_path, lay, name, expression):
    pack = lay(tmp_path / "pack", {"9/9-a.rego": calling(expression)})

    message = refused(spec, pack)

    assert "pack/9/9-a.rego:3" in message
    assert name in message


@pytest.mark.parametrize(
    "text",
    [
        'package checks["9-a"]\n\nimport data.lib.things as opa\n\npopulation := count(opa.runtime())\n\nviolations := set()\n\nunknown := set()\n',
        'package checks["9-a"]\n\npopulation := 1 if _f(1) with data.lib.things.closed as opa.runtime\n\n_f(_)\n\nviolations := set()\n\nunknown := set()\n',
        'package checks["9-a"]\n\npopulation := count(opa["runtime"]())\n\nviolations := set()\n\nunknown := set()\n',
    ],
)
def test_the_clock_cannot_be_had_by_another_name(spec, tmp_path, lay, text):
    pack = lay(tmp_path / "pack", {"9/9-a.rego": text})

    assert "9-a.rego" in refused(spec, pack)


def test_a_syntax_error_names_file_and_row(spec, tmp_path, lay):
    pack = lay(tmp_path / "pack", {"9/9-a.rego": calling("some x in {") + "\n"})

    assert "pack/9/9-a.rego:3" in refused(spec, pack)


def test_a_misspelt_rule_does_not_vanish(spec, tmp_path, lay, texts):
    pack = lay(
        tmp_path / "pack",
        {"9/9-a.rego": texts.named.replace("1-b", "9-a").replace("population", "popluation")},
    )

    assert refused(spec, pack) == "pack/9/9-a.rego: has no rule population"


def test_a_misspelt_package_does_not_vanish(spec, tmp_path, lay, texts):
    pack = lay(tmp_path / "pack", {"9/9-a.rego": texts.named.replace("1-b", "9-b")})

    assert 'declares package checks["9-b"]' in refused(spec, pack)


@pytest.mark.parametrize(
    "package",
    [
        "audit",
        "lib.things",
        "lib.things.more",
        "lib",
        "checks",
        'checks["1-a"]',
        'checks["1-a"].more',
        "system.authz",
        "lib.other",
        "data.audit",
    ],
)
def test_a_pack_cannot_change_a_rule_of_the_project(spec, tmp_path, lay, texts, package):
    pack = lay(tmp_path / "pack", {"9/9-a.rego": texts.named.replace('checks["1-b"]', package)})

    assert "pack/9/9-a.rego: declares package" in refused(spec, pack)


@pytest.mark.parametrize(
    "text",
    [
        "# \u2028package lib.pack\npackage audit\n",
        "# \rpackage lib.pack\npackage audit\n",
        "package lib.pack; x := 1\n",
        "import data.x\npackage lib.pack\n",
        "",
    ],
)
def test_what_the_package_is_cannot_be_read_in_two_ways(spec, tmp_path, text):
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "x.rego").write_bytes(text.encode())

    assert refused(spec, pack).startswith("pack/x.rego:")


def test_a_pack_adds_checks_and_a_library_of_its_own(spec, tmp_path, lay, texts, shard, thing):
    pack = lay(
        tmp_path / "pack",
        {
            "9/9-a.rego": texts.named.replace("1-b", "9-a").replace("count(input.things)", "extra.number"),
            "9/9-a_test.rego": "package audit\n\nsyntax error",
            "9/9-a.yaml": "as_of: tomorrow",
            "9/data.json": '{"as_of": "tomorrow"}',
            "lib/extra.rego": "package lib.pack.extra\n\nnumber := 7\n",
        },
    )
    text = (
        (pack / "9/9-a.rego").read_text().replace("population", "import data.lib.pack.extra\n\npopulation", 1)
    )
    (pack / "9/9-a.rego").write_text(text)

    with running(replace(spec, rules=replace(spec.rules, packs=(pack,)))) as session:
        answer = session.evaluate(shard(thing))

    assert session.checks == ("1-a", "1-b", "9-a")
    assert answer.checks["9-a"] == {"population": 7, "violations": [], "unknown": []}
    assert not answer.faults


def test_two_packs_cannot_describe_the_same_check(rules, policies, tmp_path, lay, texts):
    packs = tuple(
        lay(tmp_path / name, {"9/9-a.rego": texts.named.replace("1-b", "9-a")}) for name in ("p", "q")
    )

    with pytest.raises(RulesError, match=r"q/9/9-a\.rego: declares package"):
        load_rules(Rules(rules, policies / "capabilities.json", packs=packs))


def test_no_rules_are_no_audit(policies, tmp_path):
    (tmp_path / "empty").mkdir()

    with pytest.raises(RulesError, match="holds no check"):
        load_rules(Rules(tmp_path / "empty", policies / "capabilities.json"))
    with pytest.raises(RulesError, match="no such folder"):
        load_rules(Rules(tmp_path / "missing", policies / "capabilities.json"))
