"""What sslyze answers becomes checks of endpoints, or an error in words."""

from pathlib import Path

import pytest
from contract import MOMENT
from contracted.sslyze import VERSIONS, certificate, printed, refused, server, silent
from pydantic import ValidationError

from collectors import Source
from collectors.sslyze import SslyzeCollector, SslyzeOptions
from collectors.transport import Response
from engine.errors import UnparsableError

_AT = "2026-09-29T03:00:30Z"
_ADDRESS = "chat.corp.test:443"
_ENDS = "2027-02-27T02:58:03Z"
_SEEN = {"ssl2": "no", "ssl3": "no", "tls10": "no", "tls11": "no", "tls12": "yes", "tls13": "yes"}
_UNTRUSTED = "candidates exhausted: all candidates exhausted with no interior errors"


def _collect(*servers: dict, body: bytes | None = None, **options):
    source = Source("tls", "Tls", SslyzeOptions(**{"endpoints": (_ADDRESS,)} | options))
    collector = SslyzeCollector()

    class Program:
        def fetch(self, request):
            return collector.strip(source, request, Response(body or printed(*servers), _AT))

    return collector.collect(source, Program(), MOMENT)


def _check(*servers: dict, **options) -> dict:
    (fact,) = _collect(*servers, **options).facts
    return fact.record()


def _worth(*validations: dict, ends: str = _ENDS, issuer: str = "CN=Ca", **options) -> tuple:
    check = _check(server("chat.corp.test", certificate(ends, *validations, issuer=issuer)), **options)
    return check["chain_trusted"], check["name_matches"], check["unknown"].get("chain_trusted", "")


def test_a_good_endpoint_is_known_in_every_field():
    collected = _collect(server("chat.corp.test"))

    assert (collected.report.completeness, collected.report.problems) == ("complete", ())
    assert collected.report.source_version == "6.3.1"
    assert [fact.record() for fact in collected.facts] == [
        {
            "uid": "tls/tls_check/chat.corp.test:443",
            "unknown": {},
            "endpoint": "key:chat.corp.test:443",
            "checked_at": "2026-09-29T03:00:24Z",
            "reachable": "yes",
            "plain_text_offered": "no",
            **_SEEN,
            "chain_trusted": "yes",
            "trust_store": "public",
            "name_matches": "yes",
            "not_after": _ENDS,
        }
    ]


def test_an_old_version_that_is_accepted_is_seen():
    check = _check(server("chat.corp.test", accepts=("tls_1_0", "tls_1_2")))

    assert {field: check[field] for field in _SEEN} == _SEEN | {"tls10": "yes", "tls13": "no"}


@pytest.mark.parametrize(
    ("words", "worth"),
    [
        (_UNTRUSTED, ("no", "yes", "")),
        ("leaf certificate has no matching subjectAltName", ("unknown", "no", "ambiguous")),
        ("cert is not valid at validation time", ("unknown", "unknown", "ambiguous")),
        ("candidates exhausted: cert is not valid at validation time", ("unknown", "unknown", "unparsable")),
        ("invalid extension of tomorrow", ("unknown", "unknown", "unparsable")),
    ],
)
def test_a_certificate_is_blamed_for_what_the_program_looked_at_and_no_further(words, worth):
    assert _worth(refused(words)) == worth


def test_a_certificate_that_signs_itself_has_no_authority_unless_the_company_has_named_it():
    itself = "CN=chat.corp.test"

    assert _worth(refused("of its own kind"), issuer=itself) == ("no", "unknown", "")
    assert _worth(refused("of its own kind"), issuer=itself, ca_file="ca.pem")[0] == "unknown"


def test_the_companys_own_authority_counts_where_it_is_named():
    own = {"trust_store": {"name": "Supplied CA file"}, "was_validation_successful": True}

    assert _worth(refused(_UNTRUSTED), own, ca_file="ca.pem") == ("yes", "yes", "")
    assert _worth(refused(_UNTRUSTED), own) == ("no", "yes", "")
    both = (refused(_UNTRUSTED), refused(_UNTRUSTED, "Supplied CA file"))
    assert _worth(*both, ca_file="ca.pem") == ("no", "yes", "")
    assert _check(server("chat.corp.test"), ca_file="ca.pem")["trust_store"] == "both"


def test_of_several_certificates_the_worst_counts():
    shown = (certificate(), certificate("2026-12-01T00:00:00Z", refused(_UNTRUSTED)))
    check = _check(server("chat.corp.test", *shown))

    assert (check["chain_trusted"], check["not_after"]) == ("no", "2026-12-01T00:00:00Z")


@pytest.mark.parametrize(
    ("trace", "reachable", "completeness"),
    [
        ("ServerRejectedConnection", "no", "complete"),
        ("ConnectionToServerTimedOut", "no", "complete"),
        ("ServerTlsConfigurationNotSupported", "yes", "complete"),
        ("ErrorOfTomorrow", "unknown", "partial"),
    ],
)
def test_what_does_not_speak_tls_with_us_shows_nothing(trace, reachable, completeness):
    collected = _collect(silent("chat.corp.test", trace))
    check = collected.facts[0].record()

    assert (check["reachable"], collected.report.completeness) == (reachable, completeness)
    assert len(collected.report.problems) == 1
    fields = (*_SEEN, "plain_text_offered", "chain_trusted", "name_matches", "not_after")
    assert {check["unknown"][field] for field in fields} == {"source_failed"}


def test_a_look_that_failed_is_not_known_and_says_so():
    broken = server("chat.corp.test")
    broken["scan_result"]["tls_1_0_cipher_suites"] = {"status": "ERROR", "result": None}
    broken["scan_result"]["certificate_info"] = {"status": "ERROR", "result": None}
    collected = _collect(broken)

    check = collected.facts[0].record()
    assert check["unknown"] == dict.fromkeys(
        ("chain_trusted", "name_matches", "not_after", "tls10"), "source_partial"
    )
    assert collected.report.completeness == "partial"


def test_an_endpoint_that_begins_in_plain_text_has_a_command_of_its_own_and_may_stay_plain():
    options = SslyzeOptions(
        endpoints=(_ADDRESS, "mail.corp.test:587"), starttls={"mail.corp.test:587": "smtp"}
    )
    commands = options.commands(Path("/etc"))

    assert [(key, words[-2:]) for key, words in commands.items()] == [
        ("scan", ("--mozilla_config=disable", _ADDRESS)),
        ("scan-smtp", ("--starttls=smtp", "mail.corp.test:587")),
    ]
    check = _check(server("chat.corp.test"), starttls={_ADDRESS: "xmpp"})
    assert check["unknown"] == {"plain_text_offered": "not_supported"}


@pytest.mark.parametrize(
    "options",
    [
        {"endpoints": ("--update_trust_stores",)},
        {"endpoints": ("-x:443",)},
        {"endpoints": ("chat.corp.test",)},
        {"endpoints": ()},
        {"starttls": {"other.corp.test:25": "smtp"}},
    ],
)
def test_only_addresses_on_the_list_can_stand_there(options):
    with pytest.raises(ValidationError):
        SslyzeOptions(**{"endpoints": (_ADDRESS,)} | options)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (printed(version="5.2.0"), "found sslyze 5.2.0, needs 6 or later"),
        (b"[]", "not JSON"),
        (b'{"server_scan_results": [{}]}', "scan: sslyze_version: field required"),
        (printed(server("chat.corp.test", certificate("noon"))), "found the time 'noon'"),
    ],
)
def test_what_is_not_understood_is_said(body, said):
    with pytest.raises(UnparsableError, match=said):
        _collect(body=body)


def test_all_versions_are_asked_for():
    words = SslyzeOptions(endpoints=(_ADDRESS,)).commands(Path())["scan"]

    assert {"--sslv2", "--sslv3", "--tlsv1", "--tlsv1_1", "--tlsv1_2", "--tlsv1_3"} <= set(words)
    assert len(VERSIONS) == 6
