"""Trivy under the contract."""

import json

from contract import TEXT, Contract, Files, Law, no_network

from collectors.trivy import TrivyCollector, TrivyOptions

FLAW = {
    "VulnerabilityID": "CVE-2026-0001",
    "PkgName": "openssl",
    "InstalledVersion": "3.0.17-1",
    "FixedVersion": "3.0.19-1",
    "Status": "fixed",
    "Severity": "HIGH",
    "Title": TEXT,
}


def scanned(host: str, *flaws: dict, at: str = "2026-09-28T02:00:00.5Z", **result: object) -> bytes:
    """The file of a scan."""
    usual = {"Class": "os-pkgs", "Packages": [{"Name": TEXT}], "Vulnerabilities": list(flaws)}
    secrets = {"Class": "secret", "Secrets": [{"Match": TEXT}]}
    report = {"CreatedAt": at, "ArtifactName": TEXT, "ReportID": TEXT, "Results": [usual | result, secrets]}
    version = {"Version": "0.74.0", "VulnerabilityDB": {"Version": 2, "UpdatedAt": "2026-09-27T00:00:00Z"}}
    return json.dumps({"host": host, "version": version, "report": report}).encode()


_HIDDEN = {"Type": "vulnerability", "Status": "ignored", "Statement": "AP-0042", "Finding": FLAW}
_GOOD = Files(
    {
        "scans/srv-01.json": scanned("srv-01", FLAW),
        "scans/srv-02.json": scanned("srv-02", ExperimentalModifiedFindings=[_HIDDEN]),
    }
)


def _with(body: bytes) -> Files:
    return Files({**_GOOD.files, "scans/srv-02.json": body})


CONTRACT = Contract(
    name="trivy",
    collector=TrivyCollector(),
    options=TrivyOptions(folder="scans", expected_hosts=2, all_kept=True),
    good=_GOOD,
    stages=no_network("files of scans")
    | {
        Law.CUT_SHORT: _with(scanned("srv-02", FLAW)[:-20]),
        Law.TOTAL_SMALLER: Files({**_GOOD.files, "scans/srv-03.json": scanned("srv-03")}),
        Law.TOTAL_LARGER: Files({"scans/srv-01.json": scanned("srv-01")}),
        Law.CHANGED: "each file is read once and whole",
        Law.UNKNOWN_WORD: _with(scanned("srv-02", FLAW | {"Severity": "TERRIBLE"})),
    },
)
