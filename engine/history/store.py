"""Where the history lies: a SQLite file, or PostgreSQL by URL. Opening it brings its tables up to date."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from engine.errors import HistoryError

_POSTGRESQL = "postgresql"


def located(where: str, beside: Path | None = None) -> URL:
    """The database that a path or URL means.

    Args:
        where: a path of a file, or a URL that begins with postgresql://
        beside: folder that a relative path counts from; none: the current one

    Raises:
        HistoryError: another kind of database, or a password in the URL
    """
    if "://" not in where:
        path = Path(where).expanduser()
        path = path if path.is_absolute() or beside is None else beside / path
        return URL.create("sqlite", database=str(path))
    try:
        url = make_url(where)
    except (ArgumentError, ValueError) as error:
        raise HistoryError(
            "history: found a URL that cannot be read", "name a file, or postgresql://user@host/database"
        ) from error
    if url.get_backend_name() != _POSTGRESQL:
        raise HistoryError(
            f"history: found a database of kind {url.get_backend_name()!r}, needs a file or postgresql",
            "name a file, or postgresql://user@host/database",
        )
    if url.password is not None:
        raise HistoryError(
            "history: found a password in the URL, which others could read",
            "leave it out; PostgreSQL's client takes it from the file that PGPASSFILE names, or from PGPASSWORD",
        )
    return url.set(drivername=f"{_POSTGRESQL}+psycopg")


@contextmanager
def opened(url: URL) -> Iterator[Connection]:
    """A connection within one transaction, over tables that are up to date; nothing is kept if the block fails.

    Raises:
        HistoryError: it cannot be opened, is no history, or was made by a newer version
    """
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            _up_to_date(connection, url)
            yield connection
    except SQLAlchemyError as error:
        raise HistoryError(
            f"{shown(url)}: cannot be used as a history: {_first_line(error)}",
            "check that it is a file of clausewise, or a database that this user may write",
        ) from error
    finally:
        engine.dispose()


def exists(url: URL) -> bool:
    """Whether there is one; a database that must be asked is taken to be there."""
    return url.get_backend_name() != "sqlite" or Path(str(url.database)).is_file()


def shown(url: URL) -> str:
    """What a message calls it."""
    if url.get_backend_name() == "sqlite":
        return Path(str(url.database)).name
    return url.set(drivername=_POSTGRESQL).render_as_string(hide_password=True)


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        try:
            return create_engine(url)
        except ImportError as error:
            raise HistoryError(
                f"{shown(url)}: the driver of PostgreSQL is not installed",
                "pip install 'clausewise[postgresql]'",
            ) from error
    path = Path(str(url.database))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise HistoryError(f"{path}: {error.strerror}", "name a file that can be written") from error
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def _begin(connection: object, _record: object) -> None:
        # NOTE: without this the driver commits before every change of a table, and a failed migration would stay half done
        connection.isolation_level = None  # type: ignore[attr-defined]
        connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[attr-defined]

    @event.listens_for(engine, "begin")
    def _immediately(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def migrations(connection: Connection | None = None) -> Config:
    """What Alembic needs to find the migrations that are shipped."""
    config = Config()
    config.set_main_option(
        "script_location", str(files("engine") / "history" / "migrations").replace("%", "%%")
    )
    config.attributes["connection"] = connection
    return config


def _up_to_date(connection: Connection, url: URL) -> None:
    config = migrations(connection)
    script = ScriptDirectory.from_config(config)
    found = MigrationContext.configure(connection).get_current_revision()
    known = {revision.revision for revision in script.walk_revisions()}
    if found is not None and found not in known:
        raise HistoryError(
            f"{shown(url)}: a newer clausewise made it (its tables are of version {found}, this one knows {max(known)})",
            "use that version, or name another history",
        )
    if found != script.get_current_head():
        command.upgrade(config, "head")


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
