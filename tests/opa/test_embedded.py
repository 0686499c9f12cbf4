"""The embedded engine works in processes that can be ended, and that end with us."""

import pickle
import subprocess
import sys
import textwrap
import time
from contextlib import suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from engine.errors import EngineError, RulesError
from engine.opa import EngineSpec, Limits, Rules, running
from engine.opa.resolve import resolved
from engine.opa.trial import trying

pytestmark = pytest.mark.skipif(find_spec("regorus") is None, reason="the extra `embedded` is not installed")


@pytest.fixture
def embedded(rules, policies, tmp_path):
    documents = tmp_path / "data.json"
    documents.write_text('{"as_of": "2026-09-30T15:59:59Z"}')
    return EngineSpec(
        "embedded", Rules(rules, policies / "capabilities.json"), documents, limits=Limits(20, 20, 20)
    )


def processes_of(session):
    return [process._process for process in session._engine._loaded]


def test_a_killed_process_is_replaced_and_nothing_is_lost(embedded, shard, thing):
    with running(embedded) as session:
        before = session.evaluate(shard(thing))
        processes_of(session)[0].kill()
        after = session.evaluate(shard(thing))

    assert after == before


def test_processes_start_when_they_are_needed_and_end_with_the_session(embedded, shard, thing):
    with suppress(KeyboardInterrupt), running(replace(embedded, workers=8)) as session:
        session.evaluate(shard(thing))
        processes = processes_of(session)
        raise KeyboardInterrupt

    assert len(processes) == 1
    assert all(process.returncode is not None for process in processes)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent has gone")
def test_a_busy_process_ends_even_if_we_are_killed(embedded, shard, thing, tmp_path, lay, rules, texts):
    lay(rules, {"2/2-b.rego": texts.endless})
    script, pickled, path = tmp_path / "run.py", tmp_path / "spec", tmp_path / "shard.json"
    path.write_bytes(shard({**thing, "name": "endless"}))
    pickled.write_bytes(pickle.dumps(embedded))
    script.write_text(
        textwrap.dedent("""\
            import pickle, sys, threading, time
            from pathlib import Path
            from engine.opa import running
            spec = pickle.loads(Path(sys.argv[1]).read_bytes())
            with running(spec) as session:
                threading.Thread(target=session.evaluate, args=(Path(sys.argv[2]).read_bytes(),), daemon=True).start()
                time.sleep(0.3)
                print(next(iter(session._engine._loaded))._process.pid, flush=True)
                time.sleep(60)
            """)
    )
    command = [sys.executable, str(script), str(pickled), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as run:
        pid = int(run.stdout.readline())
        assert Path(f"/proc/{pid}").exists()
        run.kill()
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists() or ") Z " in Path(f"/proc/{pid}/stat").read_text():
            return
        time.sleep(0.05)

    pytest.fail("it lives on")


def test_a_closed_session_answers_nothing(embedded, shard, thing):
    with running(embedded) as session:
        pass

    with pytest.raises(EngineError, match="the audit has ended"):
        session.evaluate(shard(thing))


def test_a_single_question_needs_no_session(rules):
    files = {path.name: path.read_text("utf-8") for path in rules.rglob("*.rego")}
    with trying(None) as ask:
        first = ask(files, 'data.checks["1-a"].population', {"things": [1, 2]})
        undefined = ask(files, "data.nothing.here", {})

    assert (first, undefined) == (2, None)


def test_a_library_keeps_its_imports_after_one_of_its_rules_was_asked_for():
    files = {
        "people.rego": "package lib.people\n\nby_uid := {row.uid: row | some row in input.rows}\n",
        "b.rego": "package lib.b\n\nimport data.lib.people\n\nindex := 1\n\n"
        'default answer(_) := "lost"\n\nanswer(uid) := people.by_uid[uid].answer\n',
        # a comment of 中文 shifts bytes against characters
        "m.rego": "# 中文\npackage m\n\nimport data.lib.b as other\n\nfound := [other.index, other.answer(input.uid)]\n",
    }
    with trying(None) as ask:
        found = ask(files, "data.m.found", {"uid": "a", "rows": [{"uid": "a", "answer": "found"}]})

    assert found == [1, "found"]


@pytest.mark.parametrize(
    "rule",
    [
        "a := [things | some things in input.things]",
        "a := [1 | some things, thing in input.things; thing]",
        "a := things if things := input.things",
        "a(things) := things",
        "a := 1 if {\n\tevery things in input.things {\n\t\tthings\n\t}\n}",
        "a := 1 if {\n\tsome things\n\tinput.things[things]\n}",
        "a := 1 if [things, _] := input.things",
    ],
)
def test_a_variable_with_the_name_of_an_import_is_refused(rule):
    with pytest.raises(RulesError, match=r"x\.rego:\d+: a variable is called things, as an import is"):
        resolved("x.rego", f"package x\n\nimport data.lib.things\n\n{rule}\n")
