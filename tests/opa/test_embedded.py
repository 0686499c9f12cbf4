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

from engine.errors import EngineError
from engine.opa import EngineSpec, Limits, Rules, running
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
