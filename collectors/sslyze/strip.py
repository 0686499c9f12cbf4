"""What of sslyze's words may leave the transport: no traces of its insides, no paths, no keys, and of a chain its first certificate."""

import json
from dataclasses import replace
from typing import Any

from collectors.parsing import only
from collectors.transport import Response

VERSIONS = {
    "ssl2": "ssl_2_0_cipher_suites",
    "ssl3": "ssl_3_0_cipher_suites",
    "tls10": "tls_1_0_cipher_suites",
    "tls11": "tls_1_1_cipher_suites",
    "tls12": "tls_1_2_cipher_suites",
    "tls13": "tls_1_3_cipher_suites",
}
"""Field of the fact -> what sslyze calls it."""

CERTIFICATES = "certificate_info"

REJECTED = "ServerRejectedConnection"
TIMED_OUT = "ConnectionToServerTimedOut"
NO_STARTTLS = "ServerRejectedOpportunisticTlsNegotiation"
NO_TLS = ("ServerTlsConfigurationNotSupported", "ServerRejectedTlsHandshake", "TlsHandshakeTimedOut")
"""Why there was no connection: the last words of a trace."""

UNTRUSTED = "no interior errors"
OTHER_NAME = "subjectAltName"
ENDED = "not valid at validation time"
_UNTRUSTED_FOR_OTHER_REASONS = "candidates exhausted"

PUBLIC, OWN = "Mozilla", "Supplied CA file"
"""Whose authorities are believed: the public ones that Mozilla believes, and the file that company.yaml names."""

_CAUSES = (REJECTED, TIMED_OUT, NO_STARTTLS, *NO_TLS)
_FAULTS = (UNTRUSTED, _UNTRUSTED_FOR_OTHER_REASONS, OTHER_NAME, ENDED)
"""In this order: what is wrong with a certificate further up is told together with the words of it."""


def strip(response: Response) -> Response:
    """The answer with nothing but what the collector reads."""
    bare = replace(response, headers={})
    try:
        found = json.loads(response.body)
    except ValueError:
        return replace(bare, body=b"")
    if not isinstance(found, dict):
        return replace(bare, body=b"")
    kept = only(found, ("sslyze_version", "date_scans_completed"))
    kept["invalid_server_strings"] = [
        only(one, ("server_string",)) for one in _dicts(found.get("invalid_server_strings"))
    ]
    kept["server_scan_results"] = [_server(one) for one in _dicts(found.get("server_scan_results"))]
    return replace(bare, body=json.dumps(kept, ensure_ascii=False, sort_keys=True).encode())


def _server(server: dict[str, Any]) -> dict[str, Any]:
    kept = only(server, ("connectivity_status", "scan_status"))
    if isinstance(server.get("server_location"), dict):
        kept["server_location"] = only(server["server_location"], ("hostname", "port"))
    trace = str(server.get("connectivity_error_trace") or "")
    kept["connectivity_error_trace"] = next((cause for cause in _CAUSES if cause in trace), "")
    scans = server.get("scan_result")
    if isinstance(scans, dict):
        kept["scan_result"] = {name: _scan(scans[name]) for name in VERSIONS.values() if name in scans}
        if CERTIFICATES in scans:
            kept["scan_result"][CERTIFICATES] = _certificates(scans[CERTIFICATES])
    return kept


def _scan(scan: Any) -> dict[str, Any]:
    scan = scan if isinstance(scan, dict) else {}
    kept = only(scan, ("status",))
    if isinstance(scan.get("result"), dict):
        kept["result"] = only(scan["result"], ("is_tls_version_supported",))
    return kept


def _certificates(scan: Any) -> dict[str, Any]:
    scan = scan if isinstance(scan, dict) else {}
    kept = only(scan, ("status",))
    if isinstance(scan.get("result"), dict):
        shown = _dicts(scan["result"].get("certificate_deployments"))
        kept["result"] = {"certificate_deployments": [_shown(one) for one in shown]}
    return kept


def _shown(deployment: dict[str, Any]) -> dict[str, Any]:
    chain = _dicts(deployment.get("received_certificate_chain"))[:1]
    return {
        "received_certificate_chain": [
            only(one, ("not_valid_after",))
            | {
                part: only(one[part], ("rfc4514_string",))
                for part in ("issuer", "subject")
                if isinstance(one.get(part), dict)
            }
            for one in chain
        ],
        "path_validation_results": [
            only(one, ("was_validation_successful",))
            | {
                "trust_store": only(one["trust_store"], ("name",)),
                "validation_error": _fault(one.get("validation_error")),
            }
            for one in _dicts(deployment.get("path_validation_results"))
            if isinstance(one.get("trust_store"), dict) and one["trust_store"].get("name") in {PUBLIC, OWN}
        ],
    }


def _fault(words: Any) -> str:
    return next((fault for fault in _FAULTS if fault in str(words or "")), "")


def _dicts(found: Any) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
