"""rclone under the contract."""

import json

from contract import TEXT, Contract, Law, Printed, Program

from collectors.rclone import RcloneCollector, RcloneOptions

_FILE = {
    "Path": "chat-2026-09-28.sql.gz",
    "Name": "chat-2026-09-28.sql.gz",
    "Size": 700,
    "ModTime": "2026-09-28T18:30:00.123456789Z",
    "IsDir": False,
}
_LATER = _FILE | {"Path": "chat-2026-09-29.sql.gz", "ModTime": "2026-09-29T18:30:00Z"}
_NO_BACKUP = _FILE | {"Path": f"letters/{TEXT}.pdf"}


def listed(*files: dict) -> bytes:
    """What lies in the store, beside one file that is no backup."""
    return json.dumps([*files, _NO_BACKUP]).encode()


def _size(count: int) -> Printed:
    return Printed(json.dumps({"count": count, "bytes": 2100, "sizeless": 0}).encode())


_GOOD = Program(
    {
        "version": Printed(b"rclone v1.60.1-DEV\n- os/version: debian 12.11\n"),
        "remotes": Printed(f"{TEXT}: s3\nhq: crypt\n".encode()),
        "features": Printed(json.dumps({"Name": TEXT, "Root": f"/{TEXT}", "Precision": 1}).encode()),
        "list": Printed(listed(_FILE, _LATER)),
        "size": _size(3),
        "check": Printed(b"= chat-2026-09-28.sql.gz\n= chat-2026-09-29.sql.gz\n", said=TEXT.encode()),
    }
)
_ALONE = "a store behind the program, which answers for its own network"

CONTRACT = Contract(
    name="rclone",
    collector=RcloneCollector(),
    options=RcloneOptions(
        remote="hq:backups",
        target="hq",
        data_sets={"chat-*": "chat"},
        compare_with="/srv/dumps",
        read_data=True,
    ),
    good=_GOOD,
    stages={
        Law.CUT_SHORT: _GOOD.but(list=Printed(listed(_FILE), then=listed(_FILE, _LATER))),
        Law.TOTAL_SMALLER: _GOOD.but(size=_size(2)),
        Law.TOTAL_LARGER: _GOOD.but(size=_size(4)),
        Law.LIMITED_SECONDS: f"{_ALONE}: it waits by itself",
        Law.LIMITED_DATE: f"{_ALONE}: it waits by itself",
        Law.ERROR_IN_OK: _GOOD.but(list=Printed(b"[\n")),
        Law.UNKNOWN_WHO: _GOOD.but(remotes=Printed(said=b"Couldn't decrypt configuration", code=1)),
        Law.NOT_PERMITTED: _GOOD.but(list=Printed(b"[\n]\n", said=b'open "x": permission denied', code=6)),
        Law.TIME_OUT: _GOOD.but(list=Printed(hangs=True)),
        Law.RESET: f"{_ALONE}; a failing one ends with an exit code",
        Law.TLS: f"{_ALONE}; a failing one ends with an exit code",
        Law.CHANGED: _GOOD.but(list=Printed(listed(_FILE), then=listed(_LATER)), size=_size(2)),
        Law.UNKNOWN_WORD: "it has no enumerations: the type of a remote that enciphers is a name, any other says nothing",
        Law.HIDDEN: "a store has no permissions of single fields",
        Law.OWN_ACCOUNT: "the accounts of a store are no facts",
    },
    permission="list and read the store",
)
