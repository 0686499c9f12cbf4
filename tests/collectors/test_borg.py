"""borg: its own answers, and a real store that jobs in two time zones write to."""

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from collectors import Moment, Source, live
from collectors.borg import BorgCollector, BorgOptions
from collectors.transport import Recorded, RecordingFolder, ReplayTransport, Request, Response
from engine.errors import AccessError, SourceError, UnparsableError

_MOMENT = Moment("2026-09-30T15:59:59Z", ZoneInfo("Asia/Shanghai"))
_AT = "2026-09-30T13:30:00Z"
_ID = "34c9" * 16
_ARCHIVE = {
    "name": "chat01-0929",
    "archive": "chat01-0929",
    "id": _ID,
    "hostname": "chat01",
    "username": "root",
    "comment": "canary-comment",
    "command_line": ["borg", "create", "/srv/secret-path"],
    "start": "2026-09-29T18:30:00.000000",
    "end": "2026-09-29T18:41:12.500000",
}


def _listing(*archives: dict, mode: str = "repokey-blake2") -> Response:
    found = {
        "archives": list(archives),
        "encryption": {"mode": mode},
        "repository": {"location": "/srv/secret-path"},
    }
    return Response(json.dumps(found).encode(), _AT)


class _Borg:
    """Answers like the program, by the key of the command; a list of answers is given one after the other."""

    def __init__(self, collector, source, **answers: Response | list[Response]) -> None:
        self._strip = lambda request, response: collector.strip(source, request, response)
        self._answers = {
            "version": Response(b"borg 1.2.4\n", _AT),
            "list": _listing(_ARCHIVE),
            "check": Response(b"", _AT),
            **answers,
        }

    def fetch(self, request: Request) -> Response:
        given = self._answers[request.key]
        return self._strip(request, given.pop(0) if isinstance(given, list) else given)

    def close(self) -> None:
        pass


def _collect(options: dict | None = None, **answers: Response | list[Response]):
    given = {"repository": "/srv/borg", "target": "hq", "plans": {"chat01-*": "chat-daily"}} | (options or {})
    source = Source("store", "Store", BorgOptions(**{"data_sets": {"*": "chat"}} | given))
    collector = BorgCollector()
    return collector.collect(source, _Borg(collector, source, **answers), _MOMENT)


def _only(collected, entity: str) -> dict:
    (fact,) = [fact.record() for fact in collected.facts if fact.entity == entity]
    return fact


def test_an_archive_is_a_run_that_came_to_its_end_and_a_restore_point():
    collected = _collect()

    assert (collected.report.completeness, collected.report.problems) == ("complete", ())
    assert collected.report.delivers == ("backup_run", "restore_point")
    assert collected.report.limits["integrity_check.result"] == "not_collected"
    assert _only(collected, "backup_run") == {
        "uid": f"store/backup_run/{_ID}",
        "unknown": {
            "size_bytes": "not_supported",
            "added_bytes": "not_supported",
            "verified_at": "not_supported",
            "verify_result": "not_supported",
        },
        "plan": "key:chat-daily",
        "data_set": "key:chat",
        "target": "key:hq",
        "started_at": "2026-09-29T18:30:00Z",
        "finished_at": "2026-09-29T18:41:12Z",
        "result": "success",
        "method": "snapshot",
        "verify_result": "unknown",
    }
    assert _only(collected, "restore_point") == {
        "uid": f"store/restore_point/{_ID}",
        "unknown": {"expires_at": "not_supported", "size_bytes": "not_supported"},
        "data_set": "key:chat",
        "target": "key:hq",
        "created_at": "2026-09-29T18:30:00Z",
        "encrypted": "yes",
    }
    assert not [record for record in collected.raw if "canary" in record.body or "secret" in record.body]


@pytest.mark.parametrize(
    ("mode", "encrypted", "unmapped"),
    [
        ("none", "no", ()),
        ("authenticated-blake2", "no", ()),
        ("keyfile", "yes", ()),
        ("tomorrow", "unknown", ("encryption.mode: tomorrow",)),
    ],
)
def test_whether_a_store_is_encrypted_is_its_mode_and_a_new_mode_is_not_known(mode, encrypted, unmapped):
    collected = _collect(list=_listing(_ARCHIVE, mode=mode))

    assert _only(collected, "restore_point")["encrypted"] == encrypted
    assert collected.report.unmapped == unmapped


@pytest.mark.parametrize("ending", [".checkpoint", ".checkpoint.1"])
def test_what_an_interrupted_backup_left_is_a_failed_run_and_nothing_to_restore(ending):
    collected = _collect(list=_listing(_ARCHIVE | {"name": f"chat01-0929{ending}"}))

    assert [fact.entity for fact in collected.facts] == ["backup_run"]
    run = _only(collected, "backup_run")
    assert (run["result"], run["plan"], "finished_at" in run) == ("failed", "key:chat-daily", False)


def test_archives_that_come_or_go_meanwhile_are_noticed():
    other = _ARCHIVE | {"id": "77" * 32}
    for first, second in (
        ([_ARCHIVE], [_ARCHIVE, other]),
        ([_ARCHIVE, other], [_ARCHIVE]),
        ([_ARCHIVE], [other]),
    ):
        collected = _collect(list=[_listing(*first), _listing(*second)])

        assert collected.report.completeness == "partial"
        assert "archives came or went while they were read" in collected.report.problems[0]


def test_an_empty_store_is_complete_and_one_that_cannot_be_listed_again_is_not():
    assert _collect(list=_listing()).report.completeness == "complete"

    collected = _collect(list=[_listing(_ARCHIVE), Response(b"", _AT, 2, {"stderr": "x"})])
    assert collected.report.problems == (
        "could not be listed a second time: store: borg list ended with exit code 2",
    )


def test_a_name_that_fits_no_pattern_or_several_has_no_plan():
    none = _only(_collect({"plans": {"db-*": "db"}}), "backup_run")
    two = _only(_collect({"plans": {"chat*": "a", "*0929": "b", "*": "c"}}), "backup_run")

    assert (none["unknown"]["plan"], two["unknown"]["plan"]) == ("not_collected", "ambiguous")


@pytest.mark.parametrize(
    ("answers", "error", "said"),
    [
        ({"version": Response(b"borg 2.0.0\n", _AT)}, UnparsableError, "found borg 2.0.0, needs 1.2 or 1.4"),
        ({"version": Response(b"restic 1\n", _AT)}, UnparsableError, "does not say that it is borg"),
        ({"list": Response(b"", _AT, 52)}, AccessError, "wrong passphrase"),
        ({"list": Response(b"", _AT, 13)}, SourceError, "finds no store there"),
        ({"list": Response(b"", _AT, 73)}, SourceError, "the store is locked"),
        ({"list": Response(b"", _AT, 2)}, SourceError, "ended with exit code 2"),
        ({"list": Response(b"[]", _AT)}, UnparsableError, "another shape"),
        ({"list": Response(b"no", _AT)}, UnparsableError, "another shape"),
        ({"list": _listing(_ARCHIVE | {"start": "noon"})}, UnparsableError, "found the time 'noon'"),
    ],
)
def test_what_is_wrong_is_said(answers, error, said):
    with pytest.raises(error, match=said):
        _collect(**answers)


def test_a_check_that_fails_itself_says_nothing_of_the_store():
    collected = _collect({"check": True}, check=Response(b"", _AT, 2, {"stderr": "no room"}))

    assert _only(collected, "integrity_check")["unknown"] == {"result": "source_partial"}
    assert collected.report.problems == ("the store could not be checked: borg check ended with exit code 2",)


def test_every_field_that_is_filled_is_declared_and_every_declared_one_is_filled():
    filled: dict[str, set[str]] = {}
    for fact in _collect({"check": True}).facts:
        record = fact.record()
        names = {name for name in record if name not in {"uid", "unknown"} and record[name] != "unknown"}
        filled.setdefault(fact.entity, set()).update(names)

    assert filled == {entity: set(fields) for entity, fields in BorgCollector.fields.items()}


_PASSPHRASE = "canary-passphrase-37ab"  # noqa: S105  # of a store that lives as long as the test


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    """Two archives made by jobs in two zones, and what an interrupted one left."""
    program = shutil.which("borg")
    if program is None:
        pytest.skip("borg is not installed on this machine: .ci/run installs borgbackup")
    home = tmp_path_factory.mktemp("borg")
    (home / "data").mkdir()
    (home / "data" / "file").write_text("content")
    environment = {"BORG_PASSPHRASE": _PASSPHRASE, "BORG_REPO": str(home / "repo"), "HOME": str(home)}
    for zone, *arguments in (
        ("UTC", "init", "-e", "repokey-blake2"),
        ("UTC", "create", "::chat01-a", "data"),
        ("Asia/Shanghai", "create", "::chat01-b", "data"),
        ("UTC", "create", "::chat01-c.checkpoint", "data"),
    ):
        subprocess.run(
            [program, *arguments],
            cwd=home,
            env={**os.environ, **environment, "TZ": zone},
            check=True,
            capture_output=True,
        )
    return home


def _source(repository: Path) -> Source:
    plans = {"chat01-*": "chat-daily"}
    return Source(
        "store", "Store", BorgOptions(repository=str(repository), target="hq", plans=plans, check=True)
    )


def test_a_real_store_is_read_recorded_and_replayed_to_the_same_bytes(store, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    monkeypatch.setenv("HOME", str(store))
    source, collector = _source(store / "repo"), BorgCollector()
    with (
        live(collector, source, _PASSPHRASE, tmp_path) as transport,
        RecordingFolder(tmp_path / "store") as folder,
    ):
        collected = collector.collect(source, Recorded(transport, folder), _MOMENT)

    replayed = collector.collect(source, ReplayTransport(tmp_path / "store"), _MOMENT)
    assert replayed.model_dump_json() == collected.model_dump_json()
    assert (collected.report.completeness, collected.report.expected) == ("complete", {"restore_point": 2})
    assert _only(collected, "integrity_check")["result"] == "yes"
    runs = [fact.record() for fact in collected.facts if fact.entity == "backup_run"]
    assert sorted(run["result"] for run in runs) == ["failed", "success", "success"]
    began = [datetime.fromisoformat(run["started_at"]) for run in runs]
    assert max(began) - min(began) < (apart := datetime.now(UTC) - min(began))
    assert apart.total_seconds() < 7 * 3600, "a time of one zone was read as one of another, eight hours away"
    files = "".join(path.read_text() for path in sorted((tmp_path / "store").iterdir()))
    assert [word for word in (_PASSPHRASE, str(store), "root") if word in files] == []


def test_a_damaged_store_is_found_and_a_wrong_passphrase_and_no_store_refused(store, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(store))
    collector = BorgCollector()
    for repository, secret, error, said in (
        (store / "repo", "wrong", AccessError, "wrong passphrase"),
        (store / "none", _PASSPHRASE, SourceError, "finds no store there"),
        (store / "data", _PASSPHRASE, SourceError, "finds no store there"),
    ):
        source = _source(repository)
        with live(collector, source, secret, tmp_path) as transport, pytest.raises(error, match=said):
            collector.collect(source, transport, _MOMENT)

    shutil.copytree(store / "repo", tmp_path / "repo")
    segment = tmp_path / "repo" / "data" / "0" / "0"  # the list of archives lies in later ones
    body = bytearray(segment.read_bytes())
    body[len(body) // 2] ^= 0xFF
    segment.write_bytes(body)
    source = _source(tmp_path / "repo")
    with live(collector, source, _PASSPHRASE, tmp_path) as transport:
        collected = collector.collect(source, transport, _MOMENT)
    assert _only(collected, "integrity_check")["result"] == "no"
