"""Both engines answer alike, and one broken check costs one check."""

import multiprocessing
import pickle
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from engine.cli.starting import asking
from engine.errors import EngineError
from engine.opa import Answer, Fault, Limits, evaluate, running

OPEN = {"population": 1, "violations": [{"subject": "a", "evidence": {}}], "unknown": []}
CLOSED = {"population": 1, "violations": [], "unknown": []}


def test_every_check_answers_in_one_query(spec, shard, thing):
    with running(spec) as session:
        answer = session.evaluate(shard(thing))

    assert answer == Answer({"1-a": OPEN, "1-b": CLOSED}, {})


def test_a_shard_is_judged_by_itself(spec, shard, thing):
    with running(spec) as session:
        session.evaluate(shard(thing))
        answer = session.evaluate(shard({**thing, "state": "closed"}))

    assert answer == Answer({"1-a": CLOSED, "1-b": CLOSED}, {})


def test_a_session_names_its_engine_and_its_checks(spec):
    with running(spec) as session:
        assert session.info.name == spec.engine
        assert session.info.version
        assert session.checks == ("1-a", "1-b")


def test_a_rule_that_fails_on_one_shard_costs_one_check(spec, shard, thing, lay, rules, texts):
    lay(rules, {"2/2-a.rego": texts.conflict})

    with running(spec) as session:
        answer = session.evaluate(shard(thing, {**thing, "uid": "b"}))
        after = session.evaluate(shard(thing))

    assert set(answer.checks) == {"1-a", "1-b"}
    assert list(answer.faults) == ["2-a"]
    assert answer.faults["2-a"].kind == "rule_error"
    assert "rego/2/2-a.rego:9" in answer.faults["2-a"].message
    assert after == Answer({"1-a": OPEN, "1-b": CLOSED, "2-a": CLOSED}, {})


def test_a_rule_that_takes_too_long_costs_one_check(spec, shard, thing, lay, rules, texts):
    lay(rules, {"2/2-b.rego": texts.endless})

    with running(replace(spec, limits=Limits(shard_s=1, check_s=1))) as session:
        answer = session.evaluate(shard({**thing, "name": "endless"}))
        after = session.evaluate(shard(thing))

    assert answer == Answer({"1-a": OPEN, "1-b": CLOSED}, {"2-b": Fault("time_out", "no answer within 1 s")})
    assert after == Answer({"1-a": OPEN, "1-b": CLOSED, "2-b": CLOSED}, {})


def test_tables_that_nobody_finishes_cost_no_answer(spec, shard, thing, lay, rules, texts, monkeypatch):
    with running(spec) as session:
        expected = session.evaluate(shard(thing))
    monkeypatch.setattr("engine.opa.client._ADMIN_S", 1)
    lay(rules, {"lib/prepared.rego": texts.endless_tables})

    with running(replace(spec, limits=replace(spec.limits, ready_s=3))) as session:
        found = session.evaluate(shard(thing))

    assert found == expected


def test_a_check_without_an_answer_is_a_fault_and_never_a_pass(spec, shard, thing, lay, rules, texts):
    lay(rules, {"2/2-a.rego": texts.named.replace("1-b", "2-a").replace("input.things)", "input.missing)")})

    with running(spec) as session:
        answer = session.evaluate(shard(thing))

    assert set(answer.checks) == {"1-a", "1-b"}
    assert answer.faults["2-a"].kind == "undefined"


def test_a_check_that_failed_on_three_shards_is_not_asked_again(spec, shard, thing, lay, rules, texts):
    lay(rules, {"2/2-a.rego": texts.conflict})
    bad, good = shard(thing, {**thing, "uid": "b"}), shard(thing)

    with running(spec) as session:
        first = [session.evaluate(bad).faults["2-a"].message for _ in range(3)]
        fourth = session.evaluate(good)

    assert all("2-a.rego" in message for message in first)
    assert fourth.checks == {"1-a": OPEN, "1-b": CLOSED}
    assert fourth.faults["2-a"].message == "not asked again after it had failed on several shards"


def test_any_executor_can_ask(spec, shard, thing, tmp_path):
    paths = [tmp_path / f"{number}.json" for number in range(8)]
    for number, path in enumerate(paths):
        path.write_bytes(shard(*[{**thing, "uid": str(uid)} for uid in range(number)]))

    with running(spec), ThreadPoolExecutor(4) as pool:
        populations = [
            answer.checks["1-a"]["population"] for answer in pool.map(partial(evaluate, spec), paths)
        ]

    assert populations == list(range(8))


def test_whoever_stops_need_not_wait_for_a_slow_rule(spec, shard, thing, lay, rules, texts, tmp_path):
    lay(rules, {"2/2-b.rego": texts.endless})
    (tmp_path / "endless.json").write_bytes(shard({**thing, "name": "endless"}))
    under_way = []

    with running(spec) as session:
        started = time.monotonic()
        with suppress(KeyboardInterrupt), asking(spec.workers, session) as pool:
            under_way += [pool.submit(evaluate, spec, tmp_path / "endless.json") for _ in range(4)]
            time.sleep(1)
            raise KeyboardInterrupt
        took = time.monotonic() - started

    assert took < spec.limits.shard_s / 2
    assert all(future.done() for future in under_way)


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_an_executor_of_other_processes_starts_engines_of_its_own(
    opa_spec, shard, thing, tmp_path, method, monkeypatch
):
    if method not in multiprocessing.get_all_start_methods() or (
        method == "fork" and sys.platform != "linux"
    ):
        pytest.skip(f"no {method} here")
    path = tmp_path / "shard.json"
    path.write_bytes(shard(thing))
    short = tempfile.mkdtemp()
    monkeypatch.setenv("TMPDIR", short)
    monkeypatch.setattr(tempfile, "tempdir", short)

    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(method)) as pool:
        answer = pool.submit(evaluate, opa_spec, path).result()

    assert answer == Answer({"1-a": OPEN, "1-b": CLOSED}, {})
    assert list(Path(short).glob("clausewise-*")) == []


def test_a_spec_can_be_sent_to_another_process_and_hides_its_token(spec):
    secret = replace(spec, token="secret-token")  # noqa: S106  # it is not one

    assert pickle.loads(pickle.dumps(secret)) == secret  # noqa: S301  # our own
    assert "secret-token" not in repr(secret)


@pytest.mark.parametrize("broken", ["", "[]", '{"things": '])
def test_a_shard_that_is_no_shard_is_no_pass(spec, broken):
    with running(spec) as session:
        checks = {}
        with suppress(EngineError):
            checks = session.evaluate(broken.encode()).checks

    assert checks == {}


def test_a_large_shard_is_given_time_in_proportion():
    limits = Limits(shard_s=120, check_s=20)

    assert [limits.shard_of(size) for size in (0, 2**22, 2**23, 13 * 2**22)] == [120, 120, 240, 1560]
    assert [limits.check_of(size) for size in (0, 2**22, 2**23, 13 * 2**22)] == [20, 20, 40, 260]
