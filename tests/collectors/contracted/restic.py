"""restic under the contract."""

import json

from contract import TEXT, Contract, Law, Printed, Program, Without

from collectors.restic import ResticCollector, ResticOptions

_SNAPSHOT = {
    "time": "2026-09-30T02:30:00.270698841+08:00",
    "paths": [f"/srv/{TEXT}"],
    "hostname": "chat01",
    "username": TEXT,
    "tags": ["chat-db"],
    "id": "5ec6" * 16,
    "short_id": "5ec65ec6",
    "program_version": "restic 0.18.1",
}
_OTHER = _SNAPSHOT | {"id": "77aa" * 16, "short_id": "77aa77aa", "time": "2026-09-29T02:30:00.5+08:00"}


def _listed(*snapshots: dict) -> Printed:
    return Printed(json.dumps(snapshots).encode())


def _stats(count: int) -> Printed:
    return Printed(json.dumps({"total_size": 901648, "snapshots_count": count}).encode())


_GOOD = Program(
    {
        "version": Printed(b"restic 0.18.1 compiled with go1.25.1 on linux/amd64\n"),
        "snapshots": _listed(_SNAPSHOT, _OTHER),
        "stats": _stats(2),
        "check": Printed(b'{"message_type":"summary","num_errors":0}\n', said=TEXT.encode()),
    }
)
_SUMMED = [
    one
    | {
        "summary": {
            "backup_start": one["time"],
            "backup_end": "2026-09-30T02:41:00.5+08:00",
            "data_added": 4096,
            "data_added_packed": 2048,
            "total_bytes_processed": 901648,
        }
    }
    for one in (_SNAPSHOT, _OTHER)
]
_NEWER = _GOOD.but(snapshots=_listed(*_SUMMED))
"""A store that restic 0.17 and later has written: earlier ones sum nothing up."""
_WRONG_KEY = Printed(said=b"Fatal: wrong password or no key found", code=12)
_ALONE = "a store on this machine or behind the program: it answers for its own network"

CONTRACT = Contract(
    name="restic",
    collector=ResticCollector(),
    options=ResticOptions(
        repository="/srv/backup", target="hq", plans={"*": "chat-daily"}, data_sets={"*": "chat"}
    ),
    good=_GOOD,
    stages={
        Law.CUT_SHORT: _GOOD.but(snapshots=_listed(_SNAPSHOT)),
        Law.TOTAL_SMALLER: _GOOD.but(stats=_stats(1)),
        Law.TOTAL_LARGER: _GOOD.but(stats=_stats(3)),
        Law.LIMITED_SECONDS: f"{_ALONE}, and nobody limits it",
        Law.LIMITED_DATE: f"{_ALONE}, and nobody limits it",
        Law.ERROR_IN_OK: _GOOD.but(snapshots=Printed(b'{"message_type":"exit_error","code":1}\n')),
        Law.UNKNOWN_WHO: _GOOD.but(snapshots=_WRONG_KEY),
        Law.NOT_PERMITTED: "whoever has the password may read: there is no other permission",
        Law.TIME_OUT: _GOOD.but(snapshots=Printed(hangs=True)),
        Law.RESET: f"{_ALONE}; a failing one ends with an exit code",
        Law.TLS: f"{_ALONE}; a failing one ends with an exit code",
        Law.CHANGED: _GOOD.but(stats=_stats(4)),
        Law.UNKNOWN_WORD: "the store has no enumeration: what a tag means stands in company.yaml",
        Law.HIDDEN: "a store is read as a whole or not at all",
        Law.OWN_ACCOUNT: "a store has a password and no accounts",
    },
    without={
        place: (Without(_GOOD, "not_supported", full=_NEWER),)
        for place in (
            *(
                "backup_run.added_bytes",
                "backup_run.finished_at",
                "backup_run.result",
                "backup_run.size_bytes",
            ),
            "restore_point.size_bytes",
        )
    },
)
