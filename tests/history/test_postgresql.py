"""The history in a real PostgreSQL, started here on a socket of its own; skipped, visibly, where there is none."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from made_runs import chain

from engine.history.log import Entry, append, entries, wrong_in
from engine.history.recording import record
from engine.history.store import located, opened
from engine.history.tables import metadata
from engine.history.timeline import document, timeline

ACCOUNT = "postgres"
"""Whom Debian's package makes: the server refuses to run as root."""


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    on_path = shutil.which("pg_ctl")
    if not found and on_path is None:
        pytest.skip("PostgreSQL is not installed: `.ci/run` installs Debian's package")
    return (found[-1] if found else Path(str(on_path))).parent


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    programs = _programs()
    root = os.geteuid() == 0
    account = pwd.getpwnam(ACCOUNT) if root else None
    folder = Path(tempfile.mkdtemp(prefix="cw-pg-"))  # the path of a socket must be short
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)

    def call(program: str, *arguments: str) -> None:
        as_account = {"user": account.pw_uid, "group": account.pw_gid} if account else {}
        subprocess.run(
            [programs / program, *arguments], check=True, cwd=folder, stdout=subprocess.DEVNULL, timeout=60,
            **as_account,
        )  # fmt: skip

    data, log = str(folder / "data"), str(folder / "log")
    call("initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    call("pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
    try:
        user = ACCOUNT if root else getpass.getuser()
        yield f"postgresql://{user}@/postgres?host={folder}"
    finally:
        call("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


def test_postgresql_keeps_what_a_file_keeps(server: str, tmp_path: Path):
    folders = chain(tmp_path / "runs", 3, 3)
    entry = Entry(
        kind="signed", finding="2025Q1-IT-001", fingerprint="f" * 64, by="E0001", on_day="2025-04-02",
        recorded_at="2025-04-02T01:00:00Z",
    )  # fmt: skip
    kept = []
    for where in (server, str(tmp_path / "history.db")):
        with opened(located(where)) as connection:
            for folder in reversed(folders):
                record(connection, folder)
            append(connection, [entry])
        with opened(located(where)) as connection:
            assert wrong_in(connection) == []
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
            kept.append((document(timeline(connection)), entries(connection)))

    assert kept[0] == kept[1]
    assert len(kept[0][0]) == 3
