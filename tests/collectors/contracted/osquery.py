"""osquery under the contract."""

import json

from contract import TEXT, Contract, Files, Law, no_network

from collectors.inventory import InventoryOptions, OsqueryCollector


def _file(host: str, **tables: list) -> bytes:
    system = [{"name": "Windows 11", "version": "10.0", "platform": "windows", "build": TEXT}]
    usual = {"os_version": system, "programs": [{"name": "WeChat", "version": "3.9"}]}
    usual |= {
        "disk_encryption": [{"name": "C:", "encrypted": "1", "uid": TEXT}],
        "users": [{"username": TEXT}],
    }
    document = {"host": host, "collected_at": "2026-09-28T02:00:00Z", "tables": usual | tables}
    return json.dumps(document).encode()


_GOOD = Files({"inv/a.json": _file("PC-1"), "inv/b.json": _file("PC-2")})
_MIXED = [{"name": "C:", "encrypted": "1"}, {"name": "D:", "encrypted": "perhaps"}]

CONTRACT = Contract(
    name="osquery",
    collector=OsqueryCollector(),
    options=InventoryOptions(folder="inv", expected_hosts=2),
    good=_GOOD,
    stages=no_network("files of hosts")
    | {
        Law.CUT_SHORT: Files({**_GOOD.files, "inv/b.json": _file("PC-2")[:-20]}),
        Law.TOTAL_SMALLER: Files({**_GOOD.files, "inv/c.json": _file("PC-3")}),
        Law.TOTAL_LARGER: Files({"inv/a.json": _file("PC-1")}),
        Law.CHANGED: "each file is read once and whole",
        Law.UNKNOWN_WORD: Files({**_GOOD.files, "inv/b.json": _file("PC-2", disk_encryption=_MIXED)}),
    },
)
