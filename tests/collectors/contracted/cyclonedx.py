"""CycloneDX under the contract."""

import json

from contract import TEXT, Contract, Files, Law, no_network

from collectors.inventory import CyclonedxCollector, InventoryOptions

SYNAPSE = {
    "type": "library",
    "name": "matrix-synapse",
    "version": "1.163.2",
    "purl": "pkg:pypi/matrix-synapse@1.163.2",
}
_OTHER = {
    "name": "attrs",
    "version": "25.4.0",
    "purl": "pkg:pypi/attrs@25.4.0",
    "description": TEXT,
    "author": TEXT,
}


def document(*parts: dict, **more: object) -> bytes:
    """A bill of materials."""
    usual = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": TEXT,
        "metadata": {"timestamp": "2026-09-28T02:00:00.5+00:00", "component": {"name": TEXT}},
        "components": list(parts),
    }
    return json.dumps(usual | more).encode()


_GOOD = Files({"inv/srv-01.cdx.json": document(SYNAPSE, _OTHER), "inv/srv-02.cdx.json": document(_OTHER)})

CONTRACT = Contract(
    name="cyclonedx",
    collector=CyclonedxCollector(),
    options=InventoryOptions(folder="inv", expected_hosts=2),
    good=_GOOD,
    stages=no_network("files of hosts")
    | {
        Law.CUT_SHORT: Files({**_GOOD.files, "inv/srv-02.cdx.json": document(_OTHER)[:-20]}),
        Law.TOTAL_SMALLER: Files({**_GOOD.files, "inv/srv-03.cdx.json": document(_OTHER)}),
        Law.TOTAL_LARGER: Files({"inv/srv-01.cdx.json": document(SYNAPSE)}),
        Law.CHANGED: "each file is read once and whole",
        Law.UNKNOWN_WORD: "the only words are kinds of packages, and what is none of ours is of another ecosystem",
    },
)
