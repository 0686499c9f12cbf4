"""A small PostgreSQL with an encrypted repository of pgBackRest."""

import getpass
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_SETTINGS = """[global]
repo1-path={folder}/repo
repo1-cipher-type=aes-256-cbc
repo1-retention-full={kept}
log-level-file=off
lock-path={folder}/lock
start-fast=y
compress-level=1
[{stanza}]
pg1-path={folder}/data
pg1-socket-path={folder}
pg1-user={user}
"""


def programs() -> Path | None:
    """Where the programs of PostgreSQL lie; none if something is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return found[-1].parent if found and shutil.which("pgbackrest") else None


@dataclass
class Database:
    """A database and its repository, below a folder of its own."""

    programs: Path
    folder: Path
    stanza: str
    passphrase: str = field(repr=False)
    kept: int = 2
    """Full backups that are kept."""

    def __post_init__(self) -> None:
        # the server refuses to run as root
        self._account = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
        user = "postgres" if self._account else getpass.getuser()
        written = _SETTINGS.format(folder=self.folder, stanza=self.stanza, user=user, kept=self.kept)
        (self.folder / "pgbackrest.conf").write_text(written)
        if self._account:
            os.chown(self.folder, self._account.pw_uid, self._account.pw_gid)
        self._backrest = ("pgbackrest", f"--config={self.folder}/pgbackrest.conf", f"--stanza={self.stanza}")
        settings = ("-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        self._call(self.programs / "initdb", "-D", self.folder / "data", *settings, env={})

    @contextmanager
    def running(self, env: Mapping[str, str] | None = None) -> Iterator[None]:
        """Started, and stopped at the end."""
        control = (self.programs / "pg_ctl", "-D", self.folder / "data", "-w")
        archive = f"archive_command='{' '.join(self._backrest)} archive-push %p'"
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c archive_mode=on -c {archive}"
        self._call(*control, "-l", self.folder / "log", "-o", options, "start", env=env)
        try:
            yield
        finally:
            self._call(*control, "-m", "immediate", "stop", env=env)

    def create(self, env: Mapping[str, str] | None = None) -> None:
        """Make the repository, while the database runs."""
        self._call(*self._backrest, "stanza-create", env=env)

    def backup(self, kind: str, env: Mapping[str, str] | None = None) -> None:
        """Back up, while the database runs: full, diff or incr."""
        self._call(*self._backrest, f"--type={kind}", "backup", env=env)

    def _call(self, *words: str | Path, env: Mapping[str, str] | None) -> None:
        own = {"HOME": str(self.folder), "PGBACKREST_REPO1_CIPHER_PASS": self.passphrase}
        who = self._account
        as_account = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if who else {}
        done = subprocess.run(
            words, check=False, cwd=self.folder, env={**os.environ, **own, **(env or {})}, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE if words[-1] != "start" else None, timeout=120, **as_account,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{words[0]} {words[-1]}: {(done.stderr or b'').decode()[-2000:]}")
