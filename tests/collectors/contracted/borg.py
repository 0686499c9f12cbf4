"""BorgBackup under the contract."""

import json

from contract import TEXT, Contract, Law, Printed, Program

from collectors.borg import BorgCollector, BorgOptions

_ARCHIVE = {
    "name": "chat01-0929",
    "archive": "chat01-0929",
    "id": "34c9" * 16,
    "hostname": "chat01",
    "username": TEXT,
    "comment": TEXT,
    "command_line": ["borg", "create", f"/srv/{TEXT}"],
    "start": "2026-09-29T18:30:00.000000",
    "end": "2026-09-29T18:41:12.500000",
}
_OTHER = _ARCHIVE | {"name": "chat01-0930", "archive": "chat01-0930", "id": "77aa" * 16}


def _listing(*archives: dict, mode: str = "repokey-blake2") -> bytes:
    store = {"location": f"/srv/{TEXT}"}
    return json.dumps({"archives": archives, "encryption": {"mode": mode}, "repository": store}).encode()


_GOOD = Program(
    {
        "version": Printed(b"borg 1.2.4\n"),
        "list": Printed(_listing(_ARCHIVE, _OTHER)),
        "check": Printed(said=TEXT.encode()),
    }
)
_WRONG_KEY = Printed(said=b"passphrase supplied in BORG_PASSPHRASE is incorrect.", code=2)
_ALONE = "a store on this machine or behind the program: it answers for its own network"

CONTRACT = Contract(
    name="borg",
    collector=BorgCollector(),
    options=BorgOptions(
        repository="/srv/borg", target="hq", plans={"*": "chat-daily"}, data_sets={"*": "chat"}, check=True
    ),
    good=_GOOD,
    stages={
        Law.CUT_SHORT: _GOOD.but(list=Printed(_listing(_ARCHIVE), then=_listing(_ARCHIVE, _OTHER))),
        Law.TOTAL_SMALLER: _GOOD.but(list=Printed(_listing(_ARCHIVE, _OTHER), then=_listing(_ARCHIVE))),
        Law.TOTAL_LARGER: _GOOD.but(list=Printed(_listing(_OTHER), then=_listing(_ARCHIVE, _OTHER))),
        Law.LIMITED_SECONDS: f"{_ALONE}, and nobody limits it",
        Law.LIMITED_DATE: f"{_ALONE}, and nobody limits it",
        Law.ERROR_IN_OK: _GOOD.but(list=Printed(b'{"type":"log_message","levelname":"ERROR"}\n')),
        Law.UNKNOWN_WHO: _GOOD.but(list=_WRONG_KEY),
        Law.NOT_PERMITTED: "whoever has the passphrase may read: there is no other permission",
        Law.TIME_OUT: _GOOD.but(list=Printed(hangs=True)),
        Law.RESET: f"{_ALONE}; a failing one ends with an exit code",
        Law.TLS: f"{_ALONE}; a failing one ends with an exit code",
        Law.CHANGED: _GOOD.but(list=Printed(_listing(_ARCHIVE), then=_listing(_OTHER))),
        Law.UNKNOWN_WORD: _GOOD.but(list=Printed(_listing(_ARCHIVE, _OTHER, mode="repokey-of-tomorrow"))),
        Law.HIDDEN: "a store is read as a whole or not at all",
        Law.OWN_ACCOUNT: "a store has a passphrase and no accounts",
    },
)
