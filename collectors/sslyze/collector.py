"""The collector of scans of encryption: one check for each endpoint of a written list."""

from pathlib import Path
from typing import Any, ClassVar

from collectors.clocks import from_rfc3339
from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.sslyze import records
from collectors.sslyze.fields import FIELDS
from collectors.sslyze.options import SslyzeOptions
from collectors.sslyze.strip import NO_STARTTLS, NO_TLS, REJECTED, TIMED_OUT, VERSIONS, strip
from collectors.transport import CommandTransport, Request, Response, Transport
from engine.errors import UnparsableError
from engine.facts import KEY, Collected, TlsCheck

_UNREACHED = {REJECTED: "refuses the connection", TIMED_OUT: "does not answer in time"}
_SILENT = {
    NO_STARTTLS: "answers, and does not turn encryption on when asked",
    **dict.fromkeys(NO_TLS, "answers, and not in a TLS that the scanner knows"),
}
"""Words of the tool -> what is said of the endpoint."""


class SslyzeCollector:
    """Looks at the encryption of endpoints through the program."""

    type: ClassVar[str] = "sslyze"
    title: ClassVar[str] = "sslyze"
    delivers: ClassVar[tuple[str, ...]] = ("tls_check",)
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = SslyzeOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """The commands that look at the listed endpoints; nobody signs in anywhere."""
        del secret
        options = _options(source)
        return CommandTransport(options.commands(folder), time_limit_s=options.time_limit_s)

    def strip(self, source: Source, request: Request, response: Response) -> Response:
        """The answer without traces, paths and keys."""
        del source, request
        return strip(response)

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """A check of each endpoint.

        Raises:
            SourceError: the program cannot be run, or says nothing that is understood
        """
        del moment
        options = _options(source)
        harvest = Harvest(source, kind=self.type, delivers=self.delivers)
        harvest.expect("tls_check", len(set(options.endpoints)))
        for key in options.commands(Path()):
            request = Request("command", key)
            response = harvest.saw(transport.fetch(request))
            found = records.scan(source.id, request, response)
            harvest.source_version = found.sslyze_version
            _add_scan(harvest, found, options, key.partition("-")[2], response.at)
        return harvest.collected()


def _add_scan(harvest: Harvest, scan: records.Scan, options: SslyzeOptions, protocol: str, at: str) -> None:
    wanted = {address.lower(): address for address in options.reached_by(protocol)}
    for one in scan.invalid_server_strings:
        harvest.problem(f"{one.server_string}: no such name is known here")
    for server in scan.server_scan_results:
        address = wanted.get(server.server_location.address.lower())
        if address is None:
            harvest.problem(f"{server.server_location.address}: was looked at and is not on the list")
            continue
        checked_at = _instant(harvest, scan.date_scans_completed)
        values = _values(harvest, server, address, options)
        if server.answered and not protocol:
            values["plain_text_offered"] = "no"
        else:
            values["unknown"]["plain_text_offered"] = "not_supported" if server.answered else "source_failed"
        harvest.add(
            TlsCheck,
            address,
            name=address,
            raw=server.model_dump(mode="json"),
            at=at,
            observed_at=checked_at,
            values={"endpoint": KEY + address, "checked_at": checked_at, **values},
        )


def _values(harvest: Harvest, server: records.Server, address: str, options: SslyzeOptions) -> dict[str, Any]:
    store = "both" if options.ca_file else "public"
    if not server.answered:
        cause = server.connectivity_error_trace
        words = _UNREACHED.get(cause) or _SILENT.get(cause) or "could not be looked at"
        # that nobody answers is known, and no fault of the source
        harvest.problem(
            f"{address}: {words}", "complete" if cause in _UNREACHED or cause in _SILENT else "partial"
        )
        reachable = "no" if cause in _UNREACHED else "yes" if cause in _SILENT else "unknown"
        not_seen = (*VERSIONS, "chain_trusted", "name_matches", "not_after")
        unknown = dict.fromkeys(not_seen, "source_failed")
        if reachable == "unknown":
            unknown["reachable"] = "source_failed"
        return {"reachable": reachable, "trust_store": store, "unknown": unknown}
    unknown = {}
    versions = {field: server.version(name) for field, name in VERSIONS.items()}
    for field in sorted(field for field, answer in versions.items() if answer == "unknown"):
        harvest.problem(f"{address}: {field}: could not be looked at")
        unknown[field] = "source_partial"
    certificates, reasons = _certificates(harvest, server, address, options)
    return {
        "reachable": "yes",
        "trust_store": store,
        **versions,
        **certificates,
        "unknown": unknown | reasons,
    }


def _certificates(
    harvest: Harvest, server: records.Server, address: str, options: SslyzeOptions
) -> tuple[dict[str, str], dict[str, str]]:
    """What all certificates of a server come to: the worst of them counts."""
    if not server.certificates:
        harvest.problem(f"{address}: its certificate could not be looked at")
        return {}, dict.fromkeys(("chain_trusted", "name_matches", "not_after"), "source_partial")
    worth = [one.worth(own_authority=options.ca_file is not None) for one in server.certificates]
    found: dict[str, str] = {}
    unknown: dict[str, str] = {}
    for place, field in enumerate(("chain_trusted", "name_matches")):
        answers = {one[place] for one in worth}
        found[field] = next(answer for answer in ("no", "unknown", "yes") if answer in answers)
        if found[field] == "unknown":
            unknown[field] = max(reason for *_, reason in worth)
    if "unparsable" in unknown.values():
        harvest.problem(
            f"{address}: its certificate is refused for a reason that is not known here", "complete"
        )
    ends = (one.received_certificate_chain[0].not_valid_after for one in server.certificates)
    found["not_after"] = min(_instant(harvest, end) for end in ends)
    return found, unknown


def _instant(harvest: Harvest, text: str) -> str:
    try:
        return from_rfc3339(text)
    except ValueError as error:
        message = f"{harvest.source.id}: found the time {text!r}, needs one like 2026-11-23T18:54:13Z"
        raise UnparsableError(message, "see whether this version of sslyze is supported") from error


def _options(source: Source) -> SslyzeOptions:
    return SslyzeOptions.model_validate(source.options.model_dump())
