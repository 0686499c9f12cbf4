"""pgBackRest under the contract."""

import json

from contract import TEXT, Contract, Law, Printed, Program

from collectors.pgbackrest import PgbackrestCollector, PgbackrestOptions

_OK = {"code": 0, "message": "ok"}
_FULL = {
    "label": "20260929-183000F",
    "type": "full",
    "timestamp": {"start": 1790706600, "stop": 1790707272},
    "error": False,
    "info": {"size": 22992350, "delta": 22992350, "repository": {"delta": 3527840, "size": 3527840}},
    "annotation": {"note": TEXT},
    "prior": None,
    "reference": None,
}
_LATER = _FULL | {
    "label": "20260929-183000F_20260930-003000I",
    "type": "incr",
    "timestamp": {"start": 1790728200, "stop": 1790728260},
    "prior": "20260929-183000F",
    "reference": ["20260929-183000F"],
}


def _info(*backups: dict, status: dict = _OK, cipher: str = "aes-256-cbc") -> Printed:
    repository = {"cipher": cipher, "key": 1, "status": status}
    stanza = {"name": "chat", "backup": backups, "repo": [repository], "db": [{"system-id": TEXT}]}
    return Printed(json.dumps([stanza]).encode())


def _then(first: Printed, second: Printed) -> Printed:
    return Printed(first.out, then=second.out)


def _failed(words: str) -> Printed:
    return _info(status={"code": 99, "message": f"{words} '/srv/{TEXT}'"})


_SOUND = """stanza: chat
status: ok
  archiveId: 15-1, total WAL checked: 5, total valid WAL: 5
    missing: 0, checksum invalid: 0, size invalid: 0, other: 0
"""
_GOOD = Program(
    {
        "version": Printed(b"pgBackRest 2.45\n"),
        "info": _info(_FULL, _LATER),
        "verify": Printed(_SOUND.encode(), said=TEXT.encode()),
    }
)
_ALONE = "a repository on this machine or behind the program: it answers for its own network"

CONTRACT = Contract(
    name="pgbackrest",
    collector=PgbackrestCollector(),
    options=PgbackrestOptions(
        stanza="chat", target="hq", plans={"*": "chat-daily"}, data_set="chat", verify=True
    ),
    good=_GOOD,
    stages={
        Law.CUT_SHORT: _GOOD.but(info=_then(_info(_FULL), _info(_FULL, _LATER))),
        Law.TOTAL_SMALLER: _GOOD.but(info=_then(_info(_FULL, _LATER), _info(_FULL))),
        Law.TOTAL_LARGER: _GOOD.but(info=_info(_LATER)),
        Law.LIMITED_SECONDS: f"{_ALONE}, and nobody limits it",
        Law.LIMITED_DATE: f"{_ALONE}, and nobody limits it",
        Law.ERROR_IN_OK: _GOOD.but(info=_failed("[HostConnectError] unable to connect to")),
        Law.UNKNOWN_WHO: _GOOD.but(info=_failed("[FormatError] unable to load info file")),
        Law.NOT_PERMITTED: _GOOD.but(info=_failed("[PathOpenError] [13] Permission denied")),
        Law.TIME_OUT: _GOOD.but(info=Printed(hangs=True)),
        Law.RESET: f"{_ALONE}; a failing one says so in its status",
        Law.TLS: f"{_ALONE}; a failing one says so in its status",
        Law.CHANGED: _GOOD.but(info=_then(_info(_FULL), _info(_LATER | {"reference": None}))),
        Law.UNKNOWN_WORD: _GOOD.but(info=_info(_FULL, _LATER, cipher="aes-of-tomorrow")),
        Law.HIDDEN: "a repository is read as a whole or not at all",
        Law.OWN_ACCOUNT: "a repository has a passphrase and no accounts",
    },
    permission="read the repository",
)
