"""restic: its own answers of two generations, and a real store."""

import json
import random
import shutil
import subprocess
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from collectors import Moment, Source, live
from collectors.restic import ResticCollector, ResticOptions
from collectors.transport import Recorded, RecordingFolder, ReplayTransport, Request, Response
from engine.errors import AccessError, ConfigurationError, SourceError, UnparsableError

_MOMENT = Moment("2026-09-30T15:59:59Z", ZoneInfo("Asia/Shanghai"))
_AT = "2026-09-30T13:30:00Z"
_SNAPSHOT = {
    "time": "2026-09-30T02:30:00.270698841+08:00",
    "paths": ["/srv/secret-path"],
    "hostname": "chat01",
    "username": "root",
    "tags": ["chat-db"],
    "id": "5ec6" * 16,
    "short_id": "5ec6fc6e",
    "program_version": "restic 0.18.1",
    "summary": {
        "backup_start": "2026-09-30T02:30:00.270698841+08:00",
        "backup_end": "2026-09-30T02:41:12.000000001+08:00",
        "files_new": 1,
        "data_added": 900,
        "data_added_packed": 700,
        "total_files_processed": 12,
        "total_bytes_processed": 41_000,
    },
}


class _Restic:
    """Answers like the program, by the key of the command."""

    def __init__(self, collector, source, **answers: Response) -> None:
        self._strip = lambda request, response: collector.strip(source, request, response)
        self._answers = {
            "version": Response(b"restic 0.18.1 compiled with go1.25.1 on linux/amd64\n", _AT),
            "snapshots": Response(json.dumps([_SNAPSHOT]).encode(), _AT),
            "stats": Response(b'{"total_size":901648,"total_blob_count":9,"snapshots_count":1}', _AT),
            "check": Response(b'{"message_type":"summary","num_errors":0,"broken_packs":null}\n', _AT),
            **answers,
        }

    def fetch(self, request: Request) -> Response:
        return self._strip(request, self._answers[request.key])

    def close(self) -> None:
        pass


def _collect(options: dict | None = None, **answers: Response):
    given = {"repository": "/srv/backup", "target": "hq", "plans": {"chat-db": "chat-daily"}} | (
        options or {}
    )
    source = Source("store", "Store", ResticOptions(**{"data_sets": {"*": "chat"}} | given))
    collector = ResticCollector()
    return collector.collect(source, _Restic(collector, source, **answers), _MOMENT)


def _only(collected, entity: str) -> dict:
    (fact,) = [fact.record() for fact in collected.facts if fact.entity == entity]
    return fact


def test_a_snapshot_with_a_summary_is_a_run_that_succeeded_and_a_restore_point():
    collected = _collect()

    assert collected.report.completeness == "complete"
    assert _only(collected, "backup_run") == {
        "uid": f"store/backup_run/{'5ec6' * 16}",
        "unknown": {"verified_at": "not_supported", "verify_result": "not_supported"},
        "plan": "key:chat-daily",
        "data_set": "key:chat",
        "target": "key:hq",
        "started_at": "2026-09-29T18:30:00Z",
        "finished_at": "2026-09-29T18:41:12Z",
        "result": "success",
        "method": "snapshot",
        "size_bytes": 41_000,
        "added_bytes": 700,
        "verify_result": "unknown",
    }
    assert _only(collected, "restore_point") == {
        "uid": f"store/restore_point/{'5ec6' * 16}",
        "unknown": {"expires_at": "not_supported"},
        "data_set": "key:chat",
        "target": "key:hq",
        "created_at": "2026-09-29T18:30:00Z",
        "size_bytes": 41_000,
        "encrypted": "yes",
    }


def test_without_a_summary_neither_size_nor_result_is_known():
    old = {name: value for name, value in _SNAPSHOT.items() if name != "summary"}
    collected = _collect(snapshots=Response(json.dumps([old]).encode(), _AT))

    run = _only(collected, "backup_run")
    assert (run["result"], "size_bytes" in run) == ("unknown", False)
    assert run["unknown"]["result"] == run["unknown"]["size_bytes"] == "not_supported"
    assert run["started_at"] == "2026-09-29T18:30:00Z"


def test_an_empty_store_is_an_answer_and_no_failure():
    empty = Response(b"[]", _AT)
    collected = _collect(snapshots=empty, stats=Response(b'{"total_size":0,"snapshots_count":0}', _AT))

    assert collected.report.completeness == "complete"
    assert [fact.entity for fact in collected.facts] == ["integrity_check"]


def test_fewer_snapshots_than_the_store_states_make_the_source_partial():
    collected = _collect(stats=Response(b'{"total_size":0,"snapshots_count":7}', _AT))

    assert collected.report.completeness == "partial"
    assert collected.report.problems == ("restore_point: the source states 7 records, 1 came",)


def test_a_tag_that_nobody_declared_leaves_the_plan_unknown_and_is_told():
    collected = _collect({"plans": {}})

    assert _only(collected, "backup_run")["unknown"]["plan"] == "not_collected"
    assert collected.report.problems == ("tags chat-db: no plan is named for them",)
    assert collected.report.completeness == "complete"


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (Response(b'{"message_type":"summary","num_errors":0}', _AT), "yes"),
        (Response(b'{"message_type":"summary","num_errors":2}', _AT, 1), "no"),
        (Response(b"load indexes\nno errors were found\n", _AT), "yes"),
        (
            Response(
                b"load indexes\n", _AT, 1, {"stderr": "pack 9: gone\nFatal: repository contains errors"}
            ),
            "no",
        ),
        (Response(b"", _AT, 1, {"stderr": "Fatal: unable to create lock"}), "unknown"),
        (Response(b"", _AT, 11), "unknown"),
        (Response(b'{"message_type":"summary"}', _AT), "unknown"),
        (Response(b'{"message_type":"status"}\n{"message_type":"summary","num_errors":0}', _AT), "yes"),
    ],
)
def test_what_a_check_says_of_the_store(answer, result):
    collected = _collect(check=answer)

    assert _only(collected, "integrity_check")["result"] == result
    assert collected.report.completeness == ("partial" if result == "unknown" else "complete")


@pytest.mark.parametrize(
    ("answer", "error", "text"),
    [
        (Response(b"", _AT, 12), AccessError, "wrong password"),
        (
            Response(b"", _AT, 1, {"stderr": "Fatal: wrong password or no key found"}),
            AccessError,
            "wrong password",
        ),
        (Response(b"", _AT, 10), SourceError, "no store"),
        (Response(b"", _AT, 11), SourceError, "locked"),
        (Response(b"", _AT, 77), SourceError, "exit code 77"),
        (Response(b"text", _AT), UnparsableError, "another shape"),
    ],
)
def test_a_store_that_cannot_be_read_is_an_error_and_never_an_empty_store(answer, error, text):
    with pytest.raises(error, match=text):
        _collect(snapshots=answer)


def test_a_store_that_does_not_count_its_snapshots_is_believed_and_one_that_cannot_is_partial():
    uncounted = _collect(stats=Response(b'{"total_size":1}', _AT)).report
    failed = _collect(stats=Response(b"", _AT, 1)).report
    odd = _collect(stats=Response(b"[]", _AT)).report

    assert (uncounted.completeness, uncounted.expected) == ("complete", {})
    assert (failed.completeness, odd.completeness) == ("partial", "partial")


def test_a_check_that_was_not_recorded_makes_the_source_partial(tmp_path):
    source, collector = (
        Source("store", "Store", ResticOptions(repository="/srv", target="hq")),
        ResticCollector(),
    )
    answers = _Restic(collector, source)
    with RecordingFolder(tmp_path) as folder:
        for key in ("version", "snapshots", "stats"):
            folder.add(Request("command", key), answers.fetch(Request("command", key)))

    report = collector.collect(source, ReplayTransport(tmp_path), _MOMENT).report

    assert report.completeness == "partial"
    assert report.problems[-1].startswith("the store could not be checked: ")


def test_two_tags_that_mean_two_plans_leave_the_plan_ambiguous():
    both = _SNAPSHOT | {"tags": ["chat-db", "media"]}
    collected = _collect(
        {"plans": {"chat-db": "a", "media": "b"}}, snapshots=Response(json.dumps([both]).encode(), _AT)
    )

    assert _only(collected, "backup_run")["unknown"]["plan"] == "ambiguous"
    assert collected.report.problems == ("tags chat-db, media: mean more than one plan",)


def test_a_snapshot_listed_twice_counts_once_and_is_told():
    collected = _collect(snapshots=Response(json.dumps([_SNAPSHOT, _SNAPSHOT]).encode(), _AT))

    assert collected.report.received["restore_point"] == 1
    assert collected.report.completeness == "partial"


def test_a_time_without_its_offset_is_refused_and_not_guessed():
    naive = _SNAPSHOT | {"time": "2026-09-30T02:30:00"}

    with pytest.raises(UnparsableError, match="needs one with its offset"):
        _collect(snapshots=Response(json.dumps([naive]).encode(), _AT))


def test_a_program_that_is_no_restic_is_refused():
    with pytest.raises(UnparsableError, match="does not say that it is restic"):
        _collect(version=Response(b"borg 1.4.5", _AT))


def test_a_store_without_a_password_is_refused_before_anything_runs(tmp_path):
    source = Source("store", "Store", ResticOptions(repository="/srv", target="hq"))

    with (
        pytest.raises(ConfigurationError, match="no password"),
        live(ResticCollector(), source, "", tmp_path),
    ):
        pass


def test_a_version_that_was_never_tried_is_refused():
    with pytest.raises(UnparsableError, match=r"found restic 0\.9\.6, needs 0\.14 or later"):
        _collect(version=Response(b"restic 0.9.6 compiled with go1.12", _AT))


def test_secrets_for_a_store_in_a_cloud_are_variables_and_a_password_is_one():
    options = ResticOptions(repository="s3:x", target="hq")

    assert options.environment("RESTIC_PASSWORD=a\nAWS_SECRET_ACCESS_KEY=b\n") == {
        "RESTIC_PASSWORD": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "RESTIC_REPOSITORY": "s3:x",
    }
    assert options.environment("pass=word") == {"RESTIC_PASSWORD": "pass=word", "RESTIC_REPOSITORY": "s3:x"}


_PASSWORD = "canary-password-91bc"  # noqa: S105  # of a store that lives as long as the test


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    program = shutil.which("restic")
    if program is None:
        pytest.skip("restic is not installed on this machine: .ci/run installs it")
    home = tmp_path_factory.mktemp("store")
    (home / "data").mkdir()
    (home / "data" / "file").write_bytes(random.Random(0).randbytes(100_000))
    environment = {"RESTIC_PASSWORD": _PASSWORD, "RESTIC_REPOSITORY": str(home / "repo"), "HOME": str(home)}
    backup = ["backup", "-q", "--host", "chat01"]
    for arguments in (
        ["init", "-q"],
        [*backup, "--tag", "chat-db", "data"],
        [*backup, "--tag", "chat-db", "data"],
        [*backup, "data"],
    ):
        subprocess.run([program, *arguments], cwd=home, env=environment, check=True, capture_output=True)
    return home


def _source(store: Path) -> Source:
    options = ResticOptions(repository=str(store / "repo"), target="hq", plans={"chat-db": "chat-daily"})
    return Source("store", "Store", options)


def _tells_results() -> bool:
    """Whether the restic of this machine keeps a summary of each backup, as it does from 0.17 on."""
    said = subprocess.run(
        [shutil.which("restic") or "", "version"], capture_output=True, text=True, check=True
    ).stdout
    major, minor = said.split()[1].split(".")[:2]
    return (int(major), int(minor)) >= (0, 17)


def test_a_real_store_is_read_recorded_and_replayed_to_the_same_bytes(store, tmp_path):
    source, collector = _source(store), ResticCollector()
    with (
        live(collector, source, _PASSWORD, tmp_path) as transport,
        RecordingFolder(tmp_path / "store") as folder,
    ):
        collected = collector.collect(source, Recorded(transport, folder), _MOMENT)

    replayed = collector.collect(source, ReplayTransport(tmp_path / "store"), _MOMENT)
    assert replayed.model_dump_json() == collected.model_dump_json()
    assert collected.report.completeness == "complete"
    assert collected.report.expected == {"restore_point": 3}
    assert sorted({fact.entity for fact in collected.facts}) == [
        "backup_run",
        "integrity_check",
        "restore_point",
    ]
    assert _only(collected, "integrity_check")["result"] == "yes"
    runs = [fact.record() for fact in collected.facts if fact.entity == "backup_run"]
    wanted = {("success", True)} if _tells_results() else {("unknown", False)}
    assert {(run["result"], run.get("size_bytes", 0) > 0) for run in runs} == wanted
    files = "".join(path.read_text() for path in sorted((tmp_path / "store").iterdir()))
    assert [word for word in (_PASSWORD, str(store), "root") if word in files] == []


def test_a_damaged_store_is_found_and_a_wrong_password_refused(store, tmp_path):
    source, collector = _source(store), ResticCollector()
    with (
        live(collector, source, "wrong", tmp_path) as transport,
        pytest.raises(AccessError, match="wrong password"),
    ):
        collector.collect(source, transport, _MOMENT)

    shutil.copytree(store / "repo", tmp_path / "repo")
    # the largest holds the content: restic asks again and again for one that holds the names, for a minute
    packs = [path for path in (tmp_path / "repo" / "data").rglob("*") if path.is_file()]
    max(packs, key=lambda path: path.stat().st_size).unlink()
    damaged = _source(tmp_path)
    with live(collector, damaged, _PASSWORD, tmp_path) as transport:
        collected = collector.collect(damaged, transport, _MOMENT)
    assert _only(collected, "integrity_check")["result"] == "no"
