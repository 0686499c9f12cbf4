"""A chat server as a company has one after some years: hundreds of accounts, some of them old, and rooms of every kind."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from chatserver import NAME, PASSWORD, Synapse
from installed import python_of

from tools.started import synapse

COLLEAGUES = 520
"""Accounts besides those with a story of their own: the server lists a hundred a page."""

DAY_S = 86_400

STORIES = (
    *("zhang.wei", "li.na", "wang.fang", "chen.jie", "liu.yang", "zhao.min", "sun.hao"),
    *("long.gone", "old.hand", "just.gone"),
)


@contextmanager
def crowded(home: Path, now: int) -> Iterator[Synapse]:
    """The server with everybody on it.

    Args:
        home: its folder
        now: seconds since 1970, from which the ages of accounts are counted
    """
    python = python_of("synapse", "chat server")
    url = synapse.configured(python, home, NAME, allow_guest_access=True)
    it = Synapse(url, NAME, PASSWORD)
    with synapse.running(python, home, url):
        synapse.administered(python, home, it, "audit.admin")
        _people(it)
        _rooms(it)
        _closed(it)
    # nobody can be asked to wait for months: the server's own database is told that they have passed
    with closing(sqlite3.connect(home / "homeserver.db")) as database, database:
        _colleagues(database, now)
        _years_go_by(database, now)
    with synapse.running(python, home, url):
        yield it


def _people(it: Synapse) -> None:
    for number, name in enumerate(STORIES, start=1):
        linked = [{"auth_provider": "hr", "external_id": f"E{number:04d}"}]
        it.user(name, password=PASSWORD, displayname=name, external_ids=linked)
        it.sign_in(name)
    it.user("colleague", displayname="Colleague")
    it.call("POST", "/_matrix/client/v3/register?kind=guest", body={})


def _rooms(it: Synapse) -> None:
    council = it.room(
        "zhang.wei",
        "Council",
        room_version="12",
        topic="Purpose: what the heads decide",
        creation_content={"additional_creators": [it.id_of("li.na")]},
        invite=[it.id_of(name) for name in ("li.na", "wang.fang", "liu.yang", "old.hand")],
        power_level_content_override={"users": {it.id_of("wang.fang"): 100, it.id_of("liu.yang"): 50}},
    )
    for name in ("li.na", "wang.fang", "liu.yang", "old.hand"):
        it.join(name, council)
    it.say("li.na", council)
    secret = {"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    brief = {"type": "m.room.retention", "content": {"max_lifetime": 30 * DAY_S * 1000}}
    it.room("wang.fang", "Sealed", room_version="10", initial_state=[secret])
    it.room("wang.fang", "Brief", room_version="11", initial_state=[brief])


def _closed(it: Synapse) -> None:
    """Those who were locked, suspended, closed and erased, and two who signed out everywhere."""
    it.user("chen.jie", locked=True)
    it.call("PUT", f"/_synapse/admin/v1/suspend/{quote(it.id_of('zhao.min'))}", body={"suspend": True})
    it.user("sun.hao", deactivated=True)
    it.user("to.forget", displayname="Forgotten")
    it.call("POST", f"/_synapse/admin/v1/deactivate/{quote(it.id_of('to.forget'))}", body={"erase": True})
    for name in ("long.gone", "just.gone"):
        it.call("POST", "/_matrix/client/v3/logout/all", it.users[name], {})


def _colleagues(database: sqlite3.Connection, now: int) -> None:
    """As many copies of an account that the server made itself, each two days older than the one before."""
    for table, key, named in (("users", "name", ()), ("profiles", "full_user_id", ("user_id",))):
        rows = database.execute(f"select * from {table} where {key} = ?", (_id("colleague"),))  # noqa: S608
        (made,) = (dict(zip([column[0] for column in rows.description], row, strict=True)) for row in rows)
        for number in range(1, COLLEAGUES):
            name = f"colleague.{number:03d}"
            copy = made | {key: _id(name)} | dict.fromkeys(named, name)
            if "creation_ts" in copy:
                copy["creation_ts"] = now - 2 * number * DAY_S
            marks = ", ".join("?" * len(copy))
            database.execute(f"insert into {table} values ({marks})", list(copy.values()))  # noqa: S608


def _years_go_by(database: sqlite3.Connection, now: int) -> None:
    """Seen 120 days ago; signed out and seen 10 days ago; and signed out for so long that the server forgot when it was.

    Accounts are made in seconds here, and seen in milliseconds.
    """
    for name in ("old.hand", "long.gone"):
        database.execute("update users set creation_ts = ? where name = ?", (now - 400 * DAY_S, _id(name)))
    seen, lately = ((now - days * DAY_S) * 1000 for days in (120, 10))
    database.execute("update devices set last_seen = ? where user_id = ?", (seen, _id("old.hand")))
    for name, at in (("old.hand", seen), ("just.gone", lately)):
        database.execute("update user_ips set last_seen = ? where user_id = ?", (at, _id(name)))
    # what the server does itself after 28 days, a minute after it starts
    database.execute("delete from user_ips where user_id = ?", (_id("long.gone"),))


def _id(name: str) -> str:
    return f"@{name}:{NAME}"


def seconds() -> int:
    """Seconds since 1970, whole."""
    return int(time.time())
