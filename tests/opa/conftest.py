"""A small company of three checks, in both engines."""

import json
from importlib.util import find_spec
from types import SimpleNamespace

import pytest

from engine.opa import EngineSpec, Limits, Rules

AUDIT = """package audit

report := {id: _answer(check) | some id, check in data.checks}

answer := _answer(data.checks[input.only])

_answer(check) := {"population": check.population, "violations": check.violations, "unknown": check.unknown}
"""

OPEN = """package checks["1-a"]

import data.lib.things

population := count(input.things)

violations contains {"subject": thing.uid, "evidence": {}} if {
	some thing in input.things
	things.closed(thing) == "no"
	thing.since < data.as_of
}

unknown contains {"subject": thing.uid, "reason": "stale"} if {
	some thing in input.things
	things.closed(thing) == "unknown"
}
"""

NAMED = """package checks["1-b"]

population := count(input.things)

violations := set()

unknown := set()
"""

THINGS = """package lib.things

default closed(_) := "unknown"

closed(thing) := "yes" if thing.state == "closed"

closed(thing) := "no" if thing.state == "open"
"""

# different things of one name are a conflict: it fails the query, in either engine
CONFLICT = """package checks["2-a"]

population := count(input.things)

violations := {{"subject": thing.uid, "evidence": {}} | some thing in input.things; _by_name[thing.name].uid != thing.uid}

unknown := set()

_by_name := {thing.name: thing | some thing in input.things}
"""

# as many steps as there are pairs of pairs: nobody waits for the end
ENDLESS = """package checks["2-b"]

population := count(input.things)

violations := set()

unknown := {{"subject": thing.uid, "reason": "stale"} | some thing in input.things; _endless[thing.name]}

_endless := {thing.name: total |
	some thing in input.things
	thing.name == "endless"
	total := count([1 |
		some a in numbers.range(1, 3000)
		some b in numbers.range(1, 3000)
		some c in numbers.range(1, 3000)
		a + b + c == 0
	])
}
"""

# the same whatever the input is, even none
ALWAYS_ENDLESS = """package checks["2-b"]

population := 1

violations := set()

unknown := {{"subject": "a", "reason": "stale"} | _endless == 1}

_endless := count([1 |
	some a in numbers.range(1, 3000)
	some b in numbers.range(1, 3000)
	some c in numbers.range(1, 3000)
	a + b + c == 0
])
"""

# tables that nobody finishes; rules have their own way without them
ENDLESS_TABLES = """package lib.prepared

company := {"steps": count([1 |
	some a in numbers.range(1, 3000)
	some b in numbers.range(1, 3000)
	some c in numbers.range(1, 3000)
	a + b + c == 0
])}
"""


@pytest.fixture
def rules(tmp_path):
    """Folder of rules of a project; tests add files to it."""
    return write(
        tmp_path / "rego",
        {"audit.rego": AUDIT, "lib/things.rego": THINGS, "1/1-a.rego": OPEN, "1/1-b.rego": NAMED},
    )


@pytest.fixture
def texts():
    """Rules that go wrong."""
    return SimpleNamespace(
        conflict=CONFLICT,
        endless=ENDLESS,
        always_endless=ALWAYS_ENDLESS,
        endless_tables=ENDLESS_TABLES,
        named=NAMED,
    )


@pytest.fixture
def lay():
    """Writes files below a folder."""
    return write


@pytest.fixture
def shard():
    """Bytes of a shard of these things."""
    return lambda *things: json.dumps({"department": "d", "things": list(things)}).encode()


@pytest.fixture
def thing():
    """One thing, open since long ago."""
    return {"uid": "a", "state": "open", "since": "2026-01-01T00:00:00Z", "name": "a"}


@pytest.fixture(params=["opa", "embedded"])
def spec(request, rules, policies, tmp_path):
    """How to start either engine over the rules."""
    return specify(request, request.param, rules, policies, tmp_path)


@pytest.fixture
def opa_spec(request, rules, policies, tmp_path):
    """How to start OPA over the rules."""
    return specify(request, "opa", rules, policies, tmp_path)


def specify(request, engine, rules, policies, folder):
    if engine == "embedded" and find_spec("regorus") is None:
        pytest.skip("the extra `embedded` is not installed")
    documents = folder / "data.json"
    documents.write_text(json.dumps({"as_of": "2026-09-30T15:59:59Z"}))
    return EngineSpec(
        engine=engine,
        rules=Rules(rules, policies / "capabilities.json"),
        documents=documents,
        program=request.getfixturevalue("opa") if engine == "opa" else None,
        workers=2,
        limits=Limits(ready_s=20, shard_s=20, check_s=20, strikes=3),
    )


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
