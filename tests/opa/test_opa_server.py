"""OPA as a child: it is restarted once, never waited for without end, and never left behind."""

import json
import os
import pickle
import signal
import socket
import stat
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from engine.cli.starting import asking
from engine.errors import EngineError, RulesError
from engine.opa import Answer, Beginning, Limits, running
from engine.opa.client import Client
from engine.opa.server import Child, memory

USES_OLD = """package checks["2-a"]

import data.lib.old

population := old.a

violations := set()

unknown := set()
"""


def child_of(session):
    return session._engine._server._process


def silence(session):
    pid = child_of(session).pid
    os.kill(pid, signal.SIGSTOP)
    while any(state(task) != "T" for task in Path(f"/proc/{pid}/task").glob("*/stat")):
        time.sleep(0.01)


def state(path):
    return path.read_text().rpartition(")")[2].split()[0]


def is_alive(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return state(Path(f"/proc/{pid}/stat")) != "Z"
    return False


def test_a_killed_opa_is_started_again_and_nothing_is_lost(opa_spec, shard, thing):
    with running(opa_spec) as session:
        before = session.evaluate(shard(thing))
        child_of(session).kill()
        after = session.evaluate(shard(thing))

    assert after == before
    assert isinstance(after, Answer)


def test_a_killed_opa_is_started_again_once_for_all_threads(opa_spec, shard, thing, lay, rules, texts):
    lay(rules, {"2/2-b.rego": texts.endless})
    slow = replace(opa_spec, limits=Limits(shard_s=3, check_s=3))

    with running(slow) as session, ThreadPoolExecutor(2) as pool:
        under_way = [pool.submit(session.evaluate, shard({**thing, "name": "endless"})) for _ in range(2)]
        time.sleep(0.5)
        child_of(session).kill()
        answers = [future.result() for future in under_way]

    assert [set(answer.checks) for answer in answers] == [{"1-a", "1-b"}] * 2


def test_an_opa_that_is_killed_twice_ends_the_audit_with_an_error(opa_spec, shard, thing):
    with running(opa_spec) as session:
        child_of(session).kill()
        session.evaluate(shard(thing))
        child_of(session).kill()

        with pytest.raises(EngineError, match="ended a second time") as caught:
            session.evaluate(shard(thing))

    assert "--engine embedded" in caught.value.help


@pytest.mark.skipif(sys.platform != "linux", reason="stops a process and looks whether it stands")
def test_an_opa_that_falls_silent_is_started_again_once(opa_spec, shard, thing, monkeypatch):
    monkeypatch.setattr("engine.opa.client._CONNECT_S", 0.5)
    quick = replace(opa_spec, limits=Limits(ready_s=2, shard_s=1, check_s=1))

    with running(quick) as session:
        silence(session)
        first = session.evaluate(shard(thing))
        silence(session)

        with pytest.raises(EngineError, match="does not answer a second time"):
            session.evaluate(shard(thing))

    assert set(first.checks) == {"1-a", "1-b"}


def test_a_program_that_never_answers_is_an_error_and_no_hang(opa_spec, tmp_path, opa):
    stand_in = tmp_path / "opa"
    stand_in.write_text(
        textwrap.dedent(f"""\
            #!{sys.executable}
            import socket, subprocess, sys, time
            if "run" not in sys.argv:
                sys.exit(subprocess.call([{str(opa)!r}, *sys.argv[1:]]))
            address = sys.argv[sys.argv.index("--addr") + 1].removeprefix("unix://")
            server = socket.socket(socket.AF_UNIX)
            server.bind(address)
            server.listen()
            time.sleep(60)
            """)
    )
    stand_in.chmod(0o700)
    started = time.monotonic()

    with (
        pytest.raises(EngineError, match="not ready within 1 s"),
        running(replace(opa_spec, program=stand_in, limits=Limits(ready_s=1))),
    ):
        pass

    assert time.monotonic() - started < 20


def test_a_program_that_dies_says_what_it_said(opa_spec, tmp_path, opa):
    stand_in = tmp_path / "opa"
    stand_in.write_text(f'#!/bin/sh\n[ "$1" = run ] || exec {opa} "$@"\necho out of ideas >&2\nexit 3\n')
    stand_in.chmod(0o700)

    with pytest.raises(RulesError, match="out of ideas"), running(replace(opa_spec, program=stand_in)):
        pass


def killed_at_start(folder, opa, times):
    """A stand-in for OPA that dies of a signal so many times when it is to serve, and is OPA after that."""
    stand_in, tally = folder / "opa", folder / "tally"
    tally.write_text("")
    stand_in.write_text(
        textwrap.dedent(f"""\
            #!/bin/sh
            if [ "$1" = run ] && [ "$(wc -c < {tally})" -lt {times} ]; then
                printf x >> {tally}
                kill -9 $$
            fi
            exec {opa} "$@"
            """)
    )
    stand_in.chmod(0o700)
    return stand_in


def test_an_opa_that_is_killed_while_it_reads_its_rules_is_started_again(
    opa_spec, tmp_path, opa, shard, thing
):
    with running(opa_spec) as session:
        expected = session.evaluate(shard(thing))
    with running(replace(opa_spec, program=killed_at_start(tmp_path, opa, 1))) as session:
        found = session.evaluate(shard(thing))

    assert found == expected


def test_an_opa_that_is_killed_again_accuses_no_rule(opa_spec, tmp_path, opa):
    with (
        pytest.raises(EngineError, match="ended by signal 9") as caught,
        running(replace(opa_spec, program=killed_at_start(tmp_path, opa, 2))),
    ):
        pass

    assert not isinstance(caught.value, RulesError)
    assert "memory" in caught.value.help


def test_an_opa_that_falls_silent_over_its_documents_is_started_again(opa_spec, shard, thing, monkeypatch):
    monkeypatch.setattr("engine.opa.client._CONNECT_S", 0.5)
    monkeypatch.setattr("engine.opa.client._ADMIN_S", 0.5)
    wait = Child._wait
    begun = []

    def silent_once(child, limit_s):
        wait(child, limit_s)
        begun.append(child)
        if len(begun) == 1:
            child._process.send_signal(signal.SIGSTOP)

    monkeypatch.setattr(Child, "_wait", silent_once)
    with running(opa_spec) as session:
        answer = session.evaluate(shard(thing))

    assert set(answer.checks) == {"1-a", "1-b"}
    assert len(begun) == 2


def test_a_rule_that_is_slow_without_input_costs_one_check(opa_spec, shard, thing, lay, rules, texts):
    lay(rules, {"2/2-b.rego": texts.always_endless})
    slow = replace(opa_spec, limits=Limits(ready_s=2, shard_s=1, check_s=1))

    with running(slow) as session:
        answer = session.evaluate(shard(thing))

    assert set(answer.checks) == {"1-a", "1-b"}
    assert answer.faults["2-b"].kind == "time_out"


def test_the_socket_is_private_and_the_environment_empty(opa_spec, monkeypatch):
    monkeypatch.setenv("A_SECRET", "in our environment")
    with running(opa_spec) as session:
        folder = session._engine._folder
        listening = next(folder.glob("*.sock"))
        modes = stat.S_IMODE(folder.stat().st_mode), stat.S_IMODE(listening.stat().st_mode)
        environment = Path(f"/proc/{child_of(session).pid}/environ").read_bytes()

    assert modes == (0o700, 0o600)
    assert environment.rstrip(b"\0").split(b"\0") == [b"GOGC=400", b"GOMEMLIMIT=256MiB"]
    assert not folder.exists()


@pytest.mark.parametrize(
    ("workers", "mebibytes", "told"),
    [(2, 0.5, "256MiB"), (1, 2, "256MiB"), (1, 10, "578MiB"), (2, 10, "1028MiB")],
)
def test_memory_goes_with_what_is_judged_at_a_time(workers, mebibytes, told):
    assert memory(workers, int(mebibytes * 2**20)) == {"GOGC": "400", "GOMEMLIMIT": told}


def test_no_child_outlives_the_session(opa_spec):
    with suppress(KeyboardInterrupt), running(opa_spec) as session:
        pid = child_of(session).pid
        raise KeyboardInterrupt

    assert not is_alive(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent has gone")
def test_no_child_outlives_us_even_if_we_are_killed(opa_spec, tmp_path):
    script = tmp_path / "run.py"
    script.write_text(
        textwrap.dedent("""\
            import pickle, sys, time
            from engine.opa import running
            with open(sys.argv[1], "rb") as file:
                spec = pickle.load(file)
            with running(spec) as session:
                print(session._engine._server._process.pid, flush=True)
                time.sleep(60)
            """)
    )
    pickled = tmp_path / "spec"
    pickled.write_bytes(pickle.dumps(opa_spec))
    with subprocess.Popen([sys.executable, str(script), str(pickled)], stdout=subprocess.PIPE) as run:
        pid = int(run.stdout.readline())
        assert is_alive(pid)
        run.kill()
    for _ in range(100):
        if not is_alive(pid):
            break
        time.sleep(0.05)

    assert not is_alive(pid)


def test_loopback_gives_the_same_answers_and_refuses_strangers(opa_spec, shard, thing):
    with running(opa_spec) as session:
        expected = session.evaluate(shard(thing))
    with running(replace(opa_spec, loopback=True)) as session:
        found = session.evaluate(shard(thing))
        client = session._engine._server.client
        client._session.headers.pop("Authorization")

        with pytest.raises(EngineError, match="refuses us"):
            client.query("audit/report", b"{}", 5)

    assert found == expected


def test_a_server_of_somebody_else_is_left_as_it_was(opa_spec, shard, thing):
    with running(opa_spec) as session:
        expected = session.evaluate(shard(thing))
    with remote_opa(opa_spec) as url:
        elsewhere = replace(opa_spec, url=url)
        with running(elsewhere) as session:
            found = session.evaluate(shard(thing))
        with running(elsewhere) as session:
            again = session.evaluate(shard(thing))

            with pytest.raises(EngineError, match=r"already holds data\.as_of"):
                Beginning(elsewhere).session()
        client = session._engine._server.client

        assert client.policies() == {}
        assert client.document("as_of") is None

    assert found == again == expected


def test_a_server_with_rules_of_others_is_not_touched(opa_spec):
    with remote_opa(opa_spec) as url:
        client = Client(url)
        client._session.put(f"{url}/v1/policies/theirs", data=b"package theirs", timeout=5)

        with (
            pytest.raises(EngineError, match="holds rules of others: theirs"),
            running(replace(opa_spec, url=url)),
        ):
            pass

        assert client.policies() == {"theirs": ("theirs",)}


def test_a_server_that_ends_meanwhile_ends_the_audit(opa_spec, shard, thing):
    remote = remote_opa(opa_spec)
    url = remote.__enter__()
    with running(replace(opa_spec, url=url)) as session:
        remote.__exit__()

        with pytest.raises(EngineError, match="no OPA answers there"):
            session.evaluate(shard(thing))


def test_whoever_stops_need_not_wait_for_a_server_of_somebody_else(opa_spec, shard, thing, lay, rules, texts):
    lay(rules, {"2/2-b.rego": texts.endless})
    endless = shard({**thing, "name": "endless"})
    with remote_opa(opa_spec) as url:
        elsewhere = replace(opa_spec, url=url)
        with running(elsewhere) as session:
            started = time.monotonic()
            with suppress(KeyboardInterrupt), asking(2, session) as pool:
                under_way = [pool.submit(session.evaluate, endless) for _ in range(4)]
                time.sleep(1)
                raise KeyboardInterrupt
            took = time.monotonic() - started
        client = Client(url)

        assert client.document("as_of") is None
        with running(elsewhere) as session:
            answer = session.evaluate(shard(thing))
        assert client.policies() == {}

    assert took < elsewhere.limits.shard_s / 2
    assert all(future.done() for future in under_way)
    assert set(answer.checks) == {"1-a", "1-b", "2-b"}


def test_rules_that_an_audit_left_behind_are_taken_away_by_the_next(opa_spec, shard, thing):
    with remote_opa(opa_spec) as url:
        client = Client(url)
        for name, text in (("lib/old.rego", "package lib.old\n\na := 1\n"), ("2/2-a.rego", USES_OLD)):
            assert client.put_policy(name, text) == ""
        with running(replace(opa_spec, url=url)) as session:
            kept = set(client.policies())
            answer = session.evaluate(shard(thing))

    assert kept == {
        f"clausewise/rego/{name}" for name in ("audit.rego", "lib/things.rego", "1/1-a.rego", "1/1-b.rego")
    }
    assert set(answer.checks) == {"1-a", "1-b"}


def test_rules_for_a_server_elsewhere_are_checked_without_a_program_too(
    opa_spec, shard, thing, lay, rules, texts
):
    if find_spec("regorus") is None:
        pytest.skip("the extra `embedded` is not installed")
    with remote_opa(opa_spec) as url:
        elsewhere = replace(opa_spec, url=url, program=None)
        with running(elsewhere) as session:
            answer = session.evaluate(shard(thing))
        lay(rules, {"2/2-a.rego": texts.named.replace("1-b", "2-a").replace("set()", "{time.now_ns()}")})

        with pytest.raises(RulesError, match=r"time\.now_ns may not be used"), running(elsewhere):
            pass

    assert set(answer.checks) == {"1-a", "1-b"}


def test_a_server_that_is_not_there_is_an_error(opa_spec):
    with (
        pytest.raises(EngineError, match="no OPA answers there"),
        running(replace(opa_spec, url="http://localhost:9")),
    ):
        pass


class remote_opa:  # noqa: N801  # reads as a sentence
    def __init__(self, spec):
        self.spec = spec

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("localhost", 0))
            port = probe.getsockname()[1]
        command = [
            str(self.spec.program),
            "run",
            "--server",
            "--addr",
            f"localhost:{port}",
            "--skip-version-check",
        ]
        self.process = subprocess.Popen(command, env={}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        client = Client(f"http://localhost:{port}")
        while not client.is_ready():
            time.sleep(0.02)
        client.close()
        return f"http://localhost:{port}"

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def test_documents_are_what_rules_see_under_data(opa_spec, shard, thing):
    opa_spec.documents.write_text(json.dumps({"as_of": "2020-01-01T00:00:00Z"}))
    with running(opa_spec) as session:
        answer = session.evaluate(shard(thing))

    assert answer.checks["1-a"]["violations"] == []
