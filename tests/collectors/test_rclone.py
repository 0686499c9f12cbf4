"""rclone: its own answers, and real stores, plain and enciphered."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from contract import MOMENT
from contracted.rclone import CONTRACT, listed
from pydantic import ValidationError

from collectors import Source, live
from collectors.rclone import RcloneCollector, RcloneOptions
from collectors.transport import Recorded, RecordingFolder, ReplayTransport, Response
from engine.errors import AccessError, SourceError, UnparsableError

_AT = "2026-09-30T13:30:00Z"
_FILE = {"Path": "chat-2026-09-29T183000Z.sql.gz", "Size": 700, "ModTime": "2026-09-30T01:00:00+08:00"}
_NO_TIMES = Response(b'{"Precision": 3153600000000000000}', _AT)


def _of(collected, entity: str) -> list[dict]:
    return [fact.record() for fact in collected.facts if fact.entity == entity]


def _collect(options: dict | None = None, *files: dict, **answers: Response):
    usual = {name: Response(printed.out, _AT) for name, printed in CONTRACT.good.answers.items()}
    if files:
        usual["list"] = Response(listed(*files), _AT)
        usual["size"] = Response(json.dumps({"count": len(files) + 1}).encode(), _AT)
    source = Source("store", "Store", RcloneOptions(**CONTRACT.options.model_dump() | (options or {})))
    collector = RcloneCollector()

    class Program:
        def fetch(self, request):
            return collector.strip(source, request, (usual | answers)[request.key])

    return collector.collect(source, Program(), MOMENT)


def test_a_file_that_is_a_backup_is_a_restore_point_and_another_one_is_only_counted():
    collected = _collect(None, _FILE)

    assert (collected.report.completeness, collected.report.problems) == ("complete", ())
    assert [fact.record() for fact in collected.facts] == [
        {
            "uid": "store/integrity_check/check",
            "unknown": {},
            "target": "key:hq",
            "checked_at": _AT,
            "result": "yes",
            "depth": "data",
        },
        {
            "uid": "store/restore_point/chat-2026-09-29T183000Z.sql.gz",
            "unknown": {"expires_at": "not_supported"},
            "data_set": "key:chat",
            "target": "key:hq",
            "created_at": "2026-09-29T17:00:00Z",
            "size_bytes": 700,
            "encrypted": "yes",
        },
    ]


@pytest.mark.parametrize(
    ("name", "made_at"),
    [
        ("chat-2026-09-29T183000Z.sql.gz", "2026-09-29T18:30:00Z"),
        ("chat-20260929.sql.gz", "2026-09-28T16:00:00Z"),
        ("chat-2026-09-29_02-30.sql.gz", "2026-09-28T18:30:00Z"),
        ("chat-2026-13-29.sql.gz", None),
        ("chat-latest.sql.gz", None),
    ],
)
def test_a_time_in_a_name_is_the_companys_and_of_a_day_its_beginning(name, made_at):
    (point,) = _of(_collect({"dated_by": "name"}, _FILE | {"Path": name}), "restore_point")

    assert point.get("created_at") == made_at
    assert point["unknown"].get("created_at") == (None if made_at else "unparsable")


def test_a_store_that_keeps_no_times_has_no_dates_but_those_in_names():
    (point,) = _of(_collect(None, _FILE, features=_NO_TIMES), "restore_point")
    assert point["unknown"]["created_at"] == "not_supported"

    (point,) = _of(_collect({"dated_by": "name"}, _FILE, features=_NO_TIMES), "restore_point")
    assert point["created_at"] == "2026-09-29T18:30:00Z"


def test_of_a_store_that_does_not_encipher_by_itself_it_is_not_known_whether_files_are_enciphered():
    (point,) = _of(_collect(None, _FILE, remotes=Response(b"hq: s3\n", _AT)), "restore_point")

    assert (point["encrypted"], point["unknown"]["encrypted"]) == ("unknown", "not_supported")


def test_what_a_file_is_of_may_be_unclear_and_its_size_unknown():
    both = {"data_sets": {"chat-*": "chat", "*.gz": "all"}}
    (point,) = _of(_collect(both, _FILE | {"Size": -1}), "restore_point")

    assert point["unknown"] | {"expires_at": ""} == {
        "data_set": "ambiguous",
        "size_bytes": "not_supported",
        "expires_at": "",
    }
    rest = _of(_collect({"data_sets": {"*": "all"}}, _FILE), "restore_point")
    assert {point["data_set"] for point in rest} == {"key:all"}
    assert len(rest) == 2


def test_a_path_too_long_for_a_key_is_known_by_its_digest():
    (point,) = _of(_collect(None, _FILE | {"Path": f"chat-{'x' * 300}"}), "restore_point")

    assert len(point["uid"]) == len("store/restore_point/") + 64


@pytest.mark.parametrize(
    ("out", "said", "code", "result"),
    [
        (b"= a\n= b\n", "", 0, "yes"),
        (b"= a\n+ b\n- c\n", "", 1, "yes"),
        (b"= a\n* b\n! c\n", "", 1, "no"),
        (b"= a\n! b\n", "failed to authenticate decrypted block - bad password?", 5, "no"),
        (b"= a\n! b\n", "failed to download: unexpected EOF", 5, "unknown"),
        (b"= a\n", "No common hash found - not using a hash for checks", 0, "unknown"),
        (b"+ a\n", "", 1, "unknown"),
        (b"", "directory not found", 3, "unknown"),
    ],
)
def test_a_difference_is_damage_and_what_was_not_compared_proves_nothing(out, said, code, result):
    collected = _collect(check=Response(out, _AT, code, {"stderr": said} if said else {}))

    assert [check["result"] for check in _of(collected, "integrity_check")] == [result]
    assert ("1 files of what was copied are not in the store" in collected.report.problems) == (b"+" in out)


@pytest.mark.parametrize(
    ("answers", "error", "said"),
    [
        ({"version": Response(b"rclone v1.53.0\n", _AT)}, UnparsableError, "needs 1.60 or later"),
        (
            {"list": Response(b"[\n", _AT, 3, {"stderr": "directory not found"})},
            SourceError,
            "no such folder",
        ),
        (
            {"features": Response(b"", _AT, 1, {"stderr": "didn't find section in config file"})},
            SourceError,
            "no such remote",
        ),
        ({"size": Response(b"", _AT, 7)}, SourceError, "rclone size ended with exit code 7"),
        ({"size": Response(b"[]", _AT)}, UnparsableError, "size: the answer is not JSON"),
        ({"list": Response(b"{}", _AT)}, UnparsableError, "list: the answer is not JSON"),
        ({"list": Response(b'[{"Path": "chat-1", "ModTime": "noon"}]', _AT)}, UnparsableError, "time 'noon'"),
        (
            {"remotes": Response(b"", _AT, 1, {"stderr": "Couldn't decrypt configuration"})},
            AccessError,
            "settings",
        ),
    ],
)
def test_what_is_wrong_is_said(answers, error, said):
    with pytest.raises(error, match=said):
        _collect(**answers)


@pytest.mark.parametrize(
    "remote", [":s3,secret_access_key=x:bucket", "hq,secret=x:bucket", "--config=x", "backups"]
)
def test_settings_of_a_remote_do_not_stand_in_arguments(remote):
    with pytest.raises(ValidationError):
        RcloneOptions(remote=remote, target="hq", data_sets={"*": "chat"})


_PASSWORD = "canary-password-51c0"  # noqa: S105  # of a store that lives as long as the test


@pytest.fixture(scope="module")
def stores(tmp_path_factory) -> Path:
    """A folder with rclone's settings and two stores of the same two files, one of them enciphered."""
    program = shutil.which("rclone")
    if program is None:
        pytest.skip("rclone is not installed on this machine: .ci/run installs rclone")
    home = tmp_path_factory.mktemp("rclone")
    (home / "dumps").mkdir()
    for day in (28, 29):
        file = home / "dumps" / f"chat-2026-09-{day}.sql"
        file.write_text(f"content of {day}\n" * 50)
        os.utime(file, (1790620200 + 86400 * (day - 28),) * 2)

    def call(*words: str) -> str:
        command = [program, "--config", home / "rclone.conf", *words]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.strip()

    (home / "rclone.conf").write_text("")
    sealed = f"[sealed]\ntype = crypt\nremote = {home}/sealed\npassword = {call('obscure', _PASSWORD)}\n"
    (home / "rclone.conf").write_text(f"[plain]\ntype = alias\nremote = {home}/plain\n{sealed}")
    for remote in ("plain", "sealed"):
        call("copy", str(home / "dumps"), f"{remote}:")
    return home


def _source(home: Path, **more) -> Source:
    given = {
        "remote": "plain:",
        "config": str(home / "rclone.conf"),
        "target": "hq",
        "data_sets": {"chat-*": "chat"},
    }
    return Source("store", "Store", RcloneOptions(**given | more))


def _live(home: Path, folder: Path, **more):
    source, collector = _source(home, **more), RcloneCollector()
    with live(collector, source, "", folder) as transport:
        return collector.collect(source, transport, MOMENT)


def test_a_real_store_is_read_recorded_and_replayed_to_the_same_bytes(stores, tmp_path):
    source, collector = _source(stores, compare_with=str(stores / "dumps")), RcloneCollector()
    with live(collector, source, "", tmp_path) as transport, RecordingFolder(tmp_path / "store") as folder:
        collected = collector.collect(source, Recorded(transport, folder), MOMENT)

    replayed = collector.collect(source, ReplayTransport(tmp_path / "store"), MOMENT)
    assert replayed.model_dump_json() == collected.model_dump_json()
    assert (collected.report.completeness, collected.report.expected) == ("complete", {"restore_point": 2})
    points = _of(collected, "restore_point")
    assert [point["created_at"] for point in points] == ["2026-09-28T18:30:00Z", "2026-09-29T18:30:00Z"]
    assert [(point["encrypted"], point["size_bytes"]) for point in points] == [("unknown", 700)] * 2
    checks = _of(collected, "integrity_check")
    assert [(check["result"], check["depth"]) for check in checks] == [("yes", "structure")]
    files = "".join(path.read_text() for path in sorted((tmp_path / "store").iterdir()))
    assert [word for word in (_PASSWORD, str(stores), "dumps") if word in files] == []


def test_an_enciphered_store_says_so_and_is_sound_only_where_its_data_were_read(stores, tmp_path):
    sums = _live(stores, tmp_path, remote="sealed:", compare_with=str(stores / "dumps"))
    data = _live(stores, tmp_path, remote="sealed:", compare_with=str(stores / "dumps"), read_data=True)

    assert {point["encrypted"] for point in _of(sums, "restore_point")} == {"yes"}
    assert [check["result"] for check in _of(sums, "integrity_check")] == ["unknown"]
    assert [check["result"] for check in _of(data, "integrity_check")] == ["yes"]


def test_damage_is_found_and_what_is_not_there_refused(stores, tmp_path):
    shutil.copytree(stores / "plain", tmp_path / "plain")
    file = tmp_path / "plain" / "chat-2026-09-28.sql"
    file.write_text(file.read_text().replace("28", "27", 1))
    collected = _live(stores, tmp_path, remote=str(tmp_path / "plain"), compare_with=str(stores / "dumps"))
    assert [check["result"] for check in _of(collected, "integrity_check")] == ["no"]

    for remote, said in (("plain:none", "no such folder"), ("other:", "no such remote")):
        with pytest.raises(SourceError, match=said):
            _live(stores, tmp_path, remote=remote)
