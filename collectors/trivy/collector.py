"""The collector of Trivy's reports: scans of hosts, and the vulnerabilities that the newest of them shows."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.inventory.options import fetched, host_files, missing_hosts
from collectors.inventory.products import Catalogue, shipped
from collectors.transport import FileTransport, Request, Response, Transport
from collectors.trivy.fields import FIELDS
from collectors.trivy.options import TrivyOptions
from collectors.trivy.report import Flaw, Scan, Suppressed, scan, stripped
from engine.errors import UnparsableError
from engine.facts import KEY, Collected, Host, VulnFinding, VulnScan

_ENDINGS = (".json",)

_SEVERITIES = {"CRITICAL": "critical", "HIGH": "high", "MEDIUM": "medium", "LOW": "low"}
_UNGRADED = "UNKNOWN"

_OPEN = dict.fromkeys(
    (
        "",
        "unknown",
        "affected",
        "fixed",
        "under_investigation",
        "will_not_fix",
        "fix_deferred",
        "end_of_life",
    ),
    "open",
)
"""What a vulnerability that is listed is called: `fixed` means that there is a repair, not that it was made."""

_SUPPRESSED = {"ignored": "accepted", "not_affected": "false_positive", "fixed": "false_positive"}


class TrivyCollector:
    """Reads one file a scan."""

    type: ClassVar[str] = "trivy"
    title: ClassVar[str] = "Trivy"
    delivers: ClassVar[tuple[str, ...]] = ("host", "vuln_finding", "vuln_scan")
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = TrivyOptions

    def __init__(self, catalogue: Callable[[], Catalogue] = shipped) -> None:
        """`catalogue` gives the communication products, whose vulnerabilities are those of a program and not of its host."""
        self._catalogue = catalogue

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """The files beside `company.yaml`."""
        del source, secret
        return FileTransport(folder)

    def strip(self, source: Source, request: Request, response: Response) -> Response:
        """The file without what is not read; the listing of a folder holds nothing of that kind."""
        del source
        return response if request.key.endswith("/") else stripped(response)

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """All scans, and what is open by the newest one of each host.

        Raises:
            SourceError: no report can be read
        """
        options = TrivyOptions.model_validate(source.options.model_dump())
        harvest = Harvest(source, kind=self.type, delivers=self.delivers)
        scans: dict[str, dict[str, tuple[Scan, str]]] = defaultdict(dict)
        for name, response in fetched(harvest, transport, host_files(options, transport, _ENDINGS)):
            try:
                found = scan(name, response)
            except UnparsableError as error:
                harvest.problem(str(error))
                continue
            if found.made_at in scans[found.host]:
                harvest.problem(f"{name}: there is another report of {found.host} of {found.made_at}")
                continue
            scans[found.host][found.made_at] = found, response.at
        if not scans:
            message = f"{source.id}: no report of any host can be read"
            raise UnparsableError(message, "write one file a scan, as clausewise init shows")
        catalogue = self._catalogue()
        for host, by_time in sorted(scans.items()):
            in_order = [by_time[made_at] for made_at in sorted(by_time)]
            _add_host(harvest, host, *in_order[-1])
            for one, at in in_order:
                _add_scan(harvest, one, at)
            _add_findings(harvest, in_order, moment.as_of, catalogue, all_kept=options.all_kept)
        missing_hosts(harvest, options, set(scans))
        return harvest.collected()


def _add_host(harvest: Harvest, host: str, newest: Scan, at: str) -> None:
    harvest.add(
        Host,
        host,
        name=host,
        raw={"host": host, "seen_at": newest.made_at},
        at=at,
        observed_at=newest.made_at,
        values={
            "name": host,
            "last_seen_at": newest.made_at,
            "unknown": dict.fromkeys(("owner", "department_code"), "not_collected"),
            "otherwise": "not_supported",
        },
    )


def _number(scan: Scan) -> str:
    return f"{scan.host}@{scan.made_at}"


def _add_scan(harvest: Harvest, scan: Scan, at: str) -> None:
    if scan.result == "failed":
        harvest.problem(f"{scan.host}: the scan of {scan.made_at} recognised no packages", "complete")
    unknown = {} if scan.database_built_at else {"db_built_at": "not_collected"}
    if scan.result == "unknown":
        unknown["result"] = "not_supported"
    harvest.add(
        VulnScan,
        _number(scan),
        name=_number(scan),
        raw={"host": scan.host, "made_at": scan.made_at, "result": scan.result},
        at=at,
        observed_at=scan.made_at,
        values={
            "number": _number(scan),
            "tool": f"Trivy {scan.version.Version}".strip(),
            "scope": (harvest.uid("host", scan.host),),
            # it takes a minute or two, and tells its end alone
            "started_at": scan.made_at,
            "finished_at": scan.made_at,
            "result": scan.result,
            "db_built_at": scan.database_built_at,
            # it reads the host's own files
            "authenticated": "yes",
            "unknown": unknown,
        },
    )


def _add_findings(
    harvest: Harvest,
    scans: Sequence[tuple[Scan, str]],
    as_of: str,
    catalogue: Catalogue,
    *,
    all_kept: bool,
) -> None:
    """What the newest scan of a host shows that came to something, and was made by the snapshot's day if one was."""
    told = [one for one in scans if one[0].result != "failed"]
    in_time = [one for one in told if one[0].made_at <= as_of] or told
    if not in_time:
        return
    newest, at = in_time[-1]
    for key, (flaw, hidden) in sorted(newest.flaws.items()):
        shown_by = _last_in_a_row([key in one.flaws for one, _ in in_time])
        first = in_time[shown_by][0].made_at if shown_by or all_kept else None
        _add_finding(harvest, newest, at, flaw, hidden, first, catalogue)


def _last_in_a_row(shown: list[bool]) -> int:
    """The place of the first of those at the end that are all true."""
    place = len(shown) - 1
    while place and shown[place - 1]:
        place -= 1
    return place


def _add_finding(
    harvest: Harvest,
    scan: Scan,
    at: str,
    flaw: Flaw,
    hidden: Suppressed | None,
    first: str | None,
    catalogue: Catalogue,
) -> None:
    severity = "unknown"
    if flaw.Severity != _UNGRADED:
        severity = harvest.mapped("severity", flaw.Severity, _SEVERITIES)
    said, words = (hidden.Status, _SUPPRESSED) if hidden else (flaw.Status, _OPEN)
    status = harvest.mapped("status", said, words)
    unknown: dict[str, str] = {} if first else {"first_seen_at": "not_collected"}
    if severity == "unknown":
        unknown["severity"] = "not_collected" if flaw.Severity == _UNGRADED else "unparsable"
    if status == "unknown":
        unknown["status"] = "unparsable"
    raw: dict[str, Any] = flaw.model_dump() | {"host": scan.host, "suppressed": hidden is not None}
    harvest.add(
        VulnFinding,
        f"{scan.host}/{flaw.PkgName}/{flaw.VulnerabilityID}",
        name=f"{flaw.VulnerabilityID} {flaw.PkgName} @ {scan.host}",
        raw=raw,
        at=at,
        observed_at=scan.made_at,
        values={
            "scan": harvest.uid("vuln_scan", _number(scan)),
            **_target(harvest, scan.host, flaw, catalogue),
            "vuln_id": flaw.VulnerabilityID,
            "component": flaw.PkgName,
            "severity": severity,
            "fixed_version": flaw.FixedVersion or None,
            "first_seen_at": first,
            "last_seen_at": scan.made_at,
            "status": status,
            "acceptance": KEY + hidden.Statement if hidden and hidden.Statement else None,
            "unknown": unknown,
        },
    )


def _target(harvest: Harvest, host: str, flaw: Flaw, catalogue: Catalogue) -> dict[str, str]:
    """A communication tool is judged by itself, as its inventory knows it; all other programs are their host's."""
    if catalogue.of_package(flaw.PkgName) is None:
        return {"target": harvest.uid("host", host), "target_kind": "host"}
    return {"target": f"{KEY}{host}/{flaw.PkgName}", "target_kind": "install"}
