"""Debian packages under the contract."""

import json

from contract import TEXT, Contract, Files, Law, no_network

from collectors.inventory import DpkgCollector, InventoryOptions

_HEADER = {"host": "srv-01", "collected_at": "2026-09-28T02:00:00Z", "os": "Debian", "os_version": "12"}


def _package(name: str, **more: object) -> dict:
    usual = {"name": name, "version": "1.2-3", "arch": "amd64", "status": "ii ", "modified": "1767225600"}
    return usual | {"maintainer": f"{TEXT}@corp.test"} | more


def _file(*packages: dict, total: int | None = None) -> bytes:
    header = _HEADER | {"packages": len(packages) if total is None else total, "root_password": TEXT}
    return "".join(json.dumps(record) + "\n" for record in (header, *packages)).encode()


_BOTH = (_package("wechat"), _package("bash"))
_GOOD = Files({"inv/srv-01.jsonl": _file(*_BOTH)})


def _with(body: bytes) -> Files:
    return Files({"inv/srv-01.jsonl": body})


CONTRACT = Contract(
    name="dpkg",
    collector=DpkgCollector(),
    options=InventoryOptions(folder="inv", expected_hosts=("srv-01",)),
    good=_GOOD,
    stages=no_network("files of hosts")
    | {
        Law.CUT_SHORT: _with(_file(_BOTH[0], total=2)),
        Law.TOTAL_SMALLER: _with(_file(*_BOTH, total=1)),
        Law.TOTAL_LARGER: _with(_file(*_BOTH, total=3)),
        Law.CHANGED: "each file is read once and whole",
        Law.UNKNOWN_WORD: "the only words are those of a package's state, and all but one mean not installed",
    },
)
