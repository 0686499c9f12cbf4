"""A real pgBackRest repository of a real PostgreSQL: collected live, recorded, and replayed to the same bytes."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from contract import MOMENT

from collectors import Source, live
from collectors.pgbackrest import PgbackrestCollector, PgbackrestOptions
from collectors.transport import Recorded, RecordingFolder, ReplayTransport
from engine.errors import AccessError, SourceError
from tools.started.pgbackrest import Database, programs


def _of(collected, entity: str) -> list[dict]:
    return [fact.record() for fact in collected.facts if fact.entity == entity]


_PASSPHRASE = "canary-passphrase-37ab"  # noqa: S105  # of a repository that lives as long as the test


@pytest.fixture(scope="module")
def repository() -> Iterator[Path]:
    """A folder with the settings and the encrypted repository of a small database: a full backup and an incremental one."""
    found = programs()
    if found is None:
        pytest.skip("pgBackRest or PostgreSQL is not installed: .ci/run installs pgbackrest and postgresql")
    # in memory, if there is such a place: a backup of a thousand small files waits for each to be on disk
    shared = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it
    folder = Path(tempfile.mkdtemp(prefix="cw-pgbr-", dir=shared if os.access(shared, os.W_OK) else None))
    try:
        chat = Database(found, folder, "chat", _PASSPHRASE)
        with chat.running():
            chat.create()
            chat.backup("full")
            chat.backup("incr")
        yield folder
    finally:
        shutil.rmtree(folder)


def _source(folder: Path, **more) -> Source:
    given = {"stanza": "chat", "config": f"{folder}/pgbackrest.conf", "target": "hq", "verify": True} | more
    return Source("db", "Db", PgbackrestOptions(**given, plans={"*": "daily"}, data_set="chat"))


def test_a_real_repository_is_read_recorded_and_replayed_to_the_same_bytes(repository, tmp_path):
    source, collector = _source(repository), PgbackrestCollector()
    with (
        live(collector, source, _PASSPHRASE, tmp_path) as transport,
        RecordingFolder(tmp_path / "db") as folder,
    ):
        collected = collector.collect(source, Recorded(transport, folder), MOMENT)

    replayed = collector.collect(source, ReplayTransport(tmp_path / "db"), MOMENT)
    assert replayed.model_dump_json() == collected.model_dump_json()
    assert (collected.report.completeness, collected.report.expected) == ("complete", {"backup_run": 2})
    runs = _of(collected, "backup_run")
    assert [(run["method"], run["result"]) for run in runs] == [
        ("full", "success"),
        ("incremental", "success"),
    ]
    assert runs[0]["size_bytes"] > runs[0]["added_bytes"] > runs[1]["added_bytes"]
    assert [point["encrypted"] for point in _of(collected, "restore_point")] == ["yes", "yes"]
    assert [(check["result"], check["depth"]) for check in _of(collected, "integrity_check")] == [
        ("yes", "data")
    ]
    files = "".join(path.read_text() for path in sorted((tmp_path / "db").iterdir()))
    assert [word for word in (_PASSPHRASE, str(repository), "/data") if word in files] == []


def test_a_wrong_passphrase_none_and_another_stanza_are_refused_though_the_program_ends_well(
    repository, tmp_path
):
    collector = PgbackrestCollector()
    for more, secret, error, said in (
        ({}, "wrong", AccessError, "wrong passphrase"),
        ({}, "", AccessError, "no passphrase of the repository"),
        ({"stanza": "mail"}, _PASSPHRASE, SourceError, "finds no stanza mail"),
        ({"config": f"{repository}/none"}, _PASSPHRASE, SourceError, "finds no file of settings"),
    ):
        source = _source(repository, **more)
        with live(collector, source, secret, tmp_path) as transport, pytest.raises(error, match=said):
            collector.collect(source, transport, MOMENT)


def test_a_damaged_repository_is_found(repository, tmp_path):
    shutil.copytree(repository / "repo", tmp_path / "repo", symlinks=True)
    settings = (repository / "pgbackrest.conf").read_text().replace(f"{repository}/repo", f"{tmp_path}/repo")
    (tmp_path / "pgbackrest.conf").write_text(settings)
    pages = (tmp_path / "repo" / "backup" / "chat").glob("*F/pg_data/base/**/*.gz")
    page = max(pages, key=lambda path: path.stat().st_size)
    body = bytearray(page.read_bytes())
    body[len(body) // 2] ^= 0xFF
    page.write_bytes(body)

    source, collector = _source(tmp_path), PgbackrestCollector()
    with live(collector, source, _PASSPHRASE, tmp_path) as transport:
        (check,) = _of(collector.collect(source, transport, MOMENT), "integrity_check")
    assert check["result"] == "no"
