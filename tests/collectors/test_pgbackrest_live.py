"""A real pgBackRest repository of a real PostgreSQL: collected live, recorded, and replayed to the same bytes."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from contract import MOMENT

from collectors import Source, live
from collectors.pgbackrest import PgbackrestCollector, PgbackrestOptions
from collectors.transport import Recorded, RecordingFolder, ReplayTransport
from engine.errors import AccessError, SourceError


def _of(collected, entity: str) -> list[dict]:
    return [fact.record() for fact in collected.facts if fact.entity == entity]


_PASSPHRASE = "canary-passphrase-37ab"  # noqa: S105  # of a repository that lives as long as the test
_SETTINGS = """[global]
repo1-path={repo}
repo1-cipher-type=aes-256-cbc
repo1-retention-full=2
log-level-file=off
lock-path={folder}/lock
start-fast=y
compress-level=1
[chat]
pg1-path={folder}/data
pg1-socket-path={folder}
pg1-user={user}
"""


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if not found or shutil.which("pgbackrest") is None:
        pytest.skip("pgBackRest or PostgreSQL is not installed: .ci/run installs pgbackrest and postgresql")
    return found[-1].parent


@pytest.fixture(scope="module")
def repository() -> Iterator[Path]:
    """A folder with the settings and the encrypted repository of a small database: a full backup and an incremental one."""
    programs = _programs()
    # the server refuses to run as root
    account = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    # in memory, if there is such a place: a backup of a thousand small files waits for each to be on disk
    shared = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it
    within = shared if os.access(shared, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="cw-pgbr-", dir=within))
    user = "postgres" if account else getpass.getuser()
    settings = _SETTINGS.format(folder=folder, repo=folder / "repo", user=user)
    (folder / "pgbackrest.conf").write_text(settings)
    environment = {**os.environ, "HOME": str(folder), "PGBACKREST_REPO1_CIPHER_PASS": _PASSPHRASE}
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)

    def call(*words: str | Path) -> None:
        as_account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
        subprocess.run(
            words, check=True, cwd=folder, env=environment, stdout=subprocess.DEVNULL, timeout=60, **as_account
        )  # fmt: skip

    backrest = ("pgbackrest", f"--config={folder}/pgbackrest.conf", "--stanza=chat")
    archive = f"archive_command='{' '.join(backrest)} archive-push %p'"
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c archive_mode=on -c {archive}"
    data = folder / "data"
    try:
        call(programs / "initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        call(programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
        try:
            call(*backrest, "stanza-create")
            call(*backrest, "--type=full", "backup")
            call(*backrest, "--type=incr", "backup")
        finally:
            call(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
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
