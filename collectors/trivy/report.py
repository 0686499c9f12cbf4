"""A report of Trivy: what of it may leave the transport, and its own shape, checked once, here."""

import json
import re
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ConfigDict

from collectors.clocks import from_rfc3339
from collectors.parsing import only, parsed
from collectors.transport import Request, Response
from engine.errors import UnparsableError

_FLAW = ("VulnerabilityID", "PkgName", "InstalledVersion", "FixedVersion", "Severity", "Status")
_OF_PACKAGES = frozenset({"os-pkgs", "lang-pkgs"})
_NUMBER = re.compile(r"[\w./#-]{1,40}")
"""What a statement must look like to be kept: the number of an approval, and no sentence."""

_HELP = "write files as the commands in the company.yaml do that `clausewise init` writes"


class Record(BaseModel):
    """A record of the tool; fields that a later version adds are of no interest."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Flaw(Record):
    """A vulnerability of a package."""

    VulnerabilityID: str
    PkgName: str
    InstalledVersion: str = ""
    FixedVersion: str = ""
    Severity: str = ""
    Status: str = ""


class Suppressed(Record):
    """A vulnerability that somebody does not want to see."""

    Type: str = ""
    Status: str = ""
    Statement: str = ""
    Finding: Flaw


class Result(Record):
    """What was found in one place of the host."""

    Class: str = ""
    Packages: tuple[dict[str, Any], ...] = ()
    Vulnerabilities: tuple[Flaw, ...] = ()
    ExperimentalModifiedFindings: tuple[Suppressed, ...] = ()


class Report(Record):
    """What one scan found."""

    CreatedAt: str
    Results: tuple[Result, ...] = ()


class _Database(Record):
    UpdatedAt: str = ""


class _Version(Record):
    Version: str = ""
    VulnerabilityDB: _Database = _Database()


class Scan(Record):
    """One file: whose host, by what, and what was found."""

    host: str
    version: _Version = _Version()
    report: Report

    @property
    def made_at(self) -> str:
        """When the report was made."""
        return from_rfc3339(self.report.CreatedAt)

    @property
    def database_built_at(self) -> str | None:
        """When the database of vulnerabilities was built, if it says so."""
        text = self.version.VulnerabilityDB.UpdatedAt
        return from_rfc3339(text) if text else None

    @property
    def result(self) -> str:
        """How it went: a report without packages looked at nothing, and one that lists none may be of an old Trivy."""
        looked_at = [result for result in self.report.Results if result.Class in _OF_PACKAGES]
        if any(result.Packages for result in looked_at):
            return "success"
        return "unknown" if looked_at else "failed"

    @property
    def flaws(self) -> dict[tuple[str, str], tuple[Flaw, Suppressed | None]]:
        """Package and vulnerability -> what is said of it; what is open in one place of a host is open."""
        found: dict[tuple[str, str], tuple[Flaw, Suppressed | None]] = {}
        for result in self.report.Results:
            for hidden in result.ExperimentalModifiedFindings:
                if hidden.Type == "vulnerability":
                    flaw = hidden.Finding
                    found.setdefault((flaw.PkgName, flaw.VulnerabilityID), (flaw, hidden))
        for result in self.report.Results:
            for flaw in result.Vulnerabilities:
                key = flaw.PkgName, flaw.VulnerabilityID
                if key not in found or found[key][1] is not None:
                    found[key] = flaw, None
        return found


def scan(name: str, response: Response) -> Scan:
    """What the file says.

    Raises:
        UnparsableError: it is no such file
    """
    found = parsed(Scan, Request("file", name), response, _HELP)
    try:
        _ = (found.made_at, found.database_built_at)
    except ValueError as error:
        message = f"{name}: found a time that is none, needs 2026-11-23T18:54:13Z in CreatedAt and UpdatedAt"
        raise UnparsableError(message, _HELP) from error
    return found


def stripped(response: Response) -> Response:
    """The file with nothing but what is read: of packages that there are some, of statements the number of an approval."""
    try:
        found = json.loads(response.body)
    except ValueError:
        return replace(response, body=b"")
    if not isinstance(found, dict):
        return replace(response, body=b"")
    kept = only(found, ("host",))
    version, report = found.get("version"), found.get("report")
    if isinstance(version, dict):
        kept["version"] = only(version, ("Version",))
        if isinstance(version.get("VulnerabilityDB"), dict):
            kept["version"]["VulnerabilityDB"] = only(version["VulnerabilityDB"], ("UpdatedAt",))
    if isinstance(report, dict):
        kept["report"] = only(report, ("CreatedAt",))
        kept["report"]["Results"] = [_result(one) for one in _dicts(report.get("Results"))]
    return replace(response, body=json.dumps(kept, ensure_ascii=False, sort_keys=True).encode())


def _result(result: dict[str, Any]) -> dict[str, Any]:
    return only(result, ("Class",)) | {
        "Packages": [{}] if _dicts(result.get("Packages")) else [],
        "Vulnerabilities": [only(one, _FLAW) for one in _dicts(result.get("Vulnerabilities"))],
        "ExperimentalModifiedFindings": [
            _suppressed(one) for one in _dicts(result.get("ExperimentalModifiedFindings"))
            if one.get("Type") == "vulnerability"
        ],
    }  # fmt: skip


def _suppressed(record: dict[str, Any]) -> dict[str, Any]:
    statement, finding = record.get("Statement"), record.get("Finding")
    kept = only(record, ("Type", "Status"))
    if isinstance(statement, str) and _NUMBER.fullmatch(statement):
        kept["Statement"] = statement
    if isinstance(finding, dict):
        kept["Finding"] = only(finding, _FLAW)
    return kept


def _dicts(found: Any) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
