"""sslyze under the contract."""

import json

from contract import TEXT, Contract, Law, Printed, Program

from collectors.sslyze import SslyzeCollector, SslyzeOptions

_NAME = {"rfc4514_string": "CN=chat.corp.test"}
_TRUSTED = {"trust_store": {"name": "Mozilla", "path": f"/srv/{TEXT}"}, "was_validation_successful": True}
VERSIONS = ("ssl_2_0", "ssl_3_0", "tls_1_0", "tls_1_1", "tls_1_2", "tls_1_3")


def certificate(ends: str = "2027-02-27T02:58:03Z", *validations: dict, issuer: str = "CN=Ca") -> dict:
    """A certificate as the program shows it."""
    own = {
        "not_valid_after": ends,
        "subject": _NAME,
        "issuer": {"rfc4514_string": issuer},
        "serial_number": 7,
    }
    return {
        "received_certificate_chain": [own, {"subject": {"rfc4514_string": TEXT}}],
        "path_validation_results": list(validations or (_TRUSTED,)),
    }


def refused(words: str, store: str = "Mozilla") -> dict:
    """What the program says of a chain that does not hold."""
    return {
        "trust_store": {"name": store},
        "was_validation_successful": False,
        "validation_error": f"validation failed: {words} ({TEXT})",
    }


def server(host: str, *shown: dict, accepts: tuple[str, ...] = ("tls_1_2", "tls_1_3")) -> dict:
    """A server as the program shows it."""
    scans = {
        f"{name}_cipher_suites": {
            "status": "COMPLETED",
            "result": {"is_tls_version_supported": name in accepts},
        }
        for name in VERSIONS
    }
    found = {"certificate_deployments": list(shown or (certificate(),))}
    return {
        "server_location": {"hostname": host, "port": 443, "ip_address": TEXT},
        "connectivity_status": "COMPLETED",
        "connectivity_error_trace": None,
        "scan_status": "COMPLETED",
        "scan_result": {**scans, "certificate_info": {"status": "COMPLETED", "result": found}},
    }


def silent(host: str, trace: str) -> dict:
    """A server that could not be talked with."""
    return server(host) | {
        "connectivity_status": "ERROR",
        "connectivity_error_trace": f"{TEXT}\nsslyze.errors.{trace}: {TEXT}",
        "scan_result": None,
    }


def printed(*servers: dict, version: str = "6.3.1", unknown: tuple[str, ...] = ()) -> bytes:
    """What the program prints."""
    return json.dumps(
        {
            "sslyze_version": version,
            "date_scans_completed": "2026-09-29T03:00:24.978749Z",
            "invalid_server_strings": [{"server_string": one, "error_message": TEXT} for one in unknown],
            "server_scan_results": list(servers),
        }
    ).encode()


_CHAT, _MAIL = server("chat.corp.test"), server("mail.corp.test")
_GOOD = Program({"scan": Printed(printed(_CHAT, _MAIL), said=TEXT.encode())})


def _with(*servers: dict) -> Program:
    return _GOOD.but(scan=Printed(printed(*servers)))


_ALONE = "the program talks with many servers and answers for each of them"

CONTRACT = Contract(
    name="sslyze",
    collector=SslyzeCollector(),
    options=SslyzeOptions(endpoints=("chat.corp.test:443", "mail.corp.test:443")),
    good=_GOOD,
    stages={
        Law.CUT_SHORT: _with(_CHAT),
        Law.TOTAL_SMALLER: _with(_CHAT, _MAIL, server("other.corp.test")),
        Law.TOTAL_LARGER: _GOOD.but(scan=Printed(printed(_CHAT, unknown=("mail.corp.test:443",)))),
        Law.LIMITED_SECONDS: f"{_ALONE}: none limits it",
        Law.LIMITED_DATE: f"{_ALONE}: none limits it",
        Law.ERROR_IN_OK: _GOOD.but(scan=Printed(b"  Command line error: no such option.\n")),
        Law.UNKNOWN_WHO: "nobody signs in to look at an encryption",
        Law.NOT_PERMITTED: "whoever reaches an endpoint may look at its encryption",
        Law.TIME_OUT: _GOOD.but(scan=Printed(hangs=True)),
        Law.RESET: f"{_ALONE}: one that cuts the connection is a finding, or unknown",
        Law.TLS: f"{_ALONE}: a certificate that is not trusted is what it is to find",
        Law.CHANGED: "each endpoint is looked at once",
        Law.UNKNOWN_WORD: _with(
            _CHAT, server("mail.corp.test", certificate("2027-02-27T02:58:03Z", refused("of tomorrow")))
        ),
        Law.HIDDEN: "an endpoint shows the same to everybody",
        Law.OWN_ACCOUNT: "nobody signs in to look at an encryption",
    },
)
