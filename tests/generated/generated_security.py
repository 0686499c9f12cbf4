"""Where tools serve the network and what looks at them showed, assessments, releases, and what was cleared away."""

from typing import Any

from generated_draw import NONE, UNKNOWN, Maker

from engine.facts import (
    DeletionRecord,
    Hold,
    RegisterEntry,
    Release,
    SecurityAssessment,
    ServiceEndpoint,
    SoftwareUpdate,
    TlsCheck,
)

_ELEMENT = "applications/application/element"
_TRI = ("yes", "no", UNKNOWN)


def make_security(make: Maker, hosts: list[str], people: list[str]) -> None:
    """Endpoints with checks, assessments of tools, and filters before hosts."""
    for number in range(make.pick(1, 2, 0)):
        endpoint = make.varied(ServiceEndpoint, str(number), "endpoints", {
            "address": f"chat{number}.test:443", "application": _ELEMENT, "exposure": "network", "hosted": "self",
            "department_code": make.pick(NONE, "FIN"), "owner": make.pick(NONE, *people), "retired": "no", "private_ca": "no",
        }, {
            "application": (UNKNOWN, "applications/application/qq"), "exposure": ("loopback", UNKNOWN), "hosted": ("provider", UNKNOWN),
            "retired": ("yes", UNKNOWN), "private_ca": ("yes", UNKNOWN), "owner": (UNKNOWN,),
        })  # fmt: skip
        for step in range(make.pick(1, 2, 0)):
            _check(make, f"{number}-{step}", endpoint)
    for number in range(make.pick(1, 0)):
        make.varied(SecurityAssessment, str(number), "assessments", {
            "number": f"A{number}", "application": _ELEMENT, "performed_at": make.at(100), "performed_by": NONE, "assessor": "乙公司",
            "independent": "yes", "report_sha256": "0" * 64,
        }, {
            "performed_at": (UNKNOWN, make.at(-1), *make.edges(365)), "performed_by": (make.pick(*people), UNKNOWN),
            "assessor": ("", UNKNOWN), "independent": ("no", UNKNOWN), "report_sha256": (NONE, UNKNOWN),
        })  # fmt: skip
    if make.now_and_then():
        host = make.pick(*hosts)
        make.varied(RegisterEntry, "1", "protection", {
            "kind": "protection", "subject": host, "subject_key": host, "owner": make.pick(*people), "purpose": "前置防火牆",
            "reviewed_at": make.at(30),
        }, {"subject": (UNKNOWN,), "owner": (NONE, UNKNOWN), "reviewed_at": (NONE, UNKNOWN, *make.edges(365))})  # fmt: skip


def _check(make: Maker, uid: str, endpoint: str) -> None:
    usual: dict[str, Any] = {
        "endpoint": endpoint, "machine": NONE, "checked_at": make.at(make.pick(2, 10)), "reachable": "yes", "plain_text_offered": "no",
        "ssl2": "no", "ssl3": "no", "tls10": "no", "tls11": "no", "tls12": "yes", "tls13": "yes", "chain_trusted": "yes",
        "trust_store": "public", "name_matches": "yes", "not_after": make.at(-100),
    }  # fmt: skip
    make.varied(TlsCheck, uid, "endpoints", usual, {
        "machine": ("乙",), "ssl2": ("yes",), "checked_at": (UNKNOWN, make.at(60), make.at(-1)), "reachable": ("no", UNKNOWN),
        "plain_text_offered": ("yes", UNKNOWN), "ssl3": ("yes", UNKNOWN), "tls10": ("yes", UNKNOWN), "tls11": ("yes", UNKNOWN),
        "tls12": ("no", UNKNOWN), "tls13": ("no", UNKNOWN), "chain_trusted": ("no", UNKNOWN), "trust_store": ("company", UNKNOWN),
        "name_matches": ("no", UNKNOWN), "not_after": (UNKNOWN, make.at(1), *make.edges(-21)),
    })  # fmt: skip


def make_releases(make: Maker, installs: list[str]) -> None:
    """Releases of the company's tool, and updates that programs lack."""
    for version, days in (("1.0", 400), ("1.1", 40), ("1.2", 10)):
        if version == "1.0" or make.pick("no", "yes") == "yes":
            make.varied(Release, version, "releases", {
                "application": _ELEMENT, "version": version, "branch": NONE, "released_at": make.at(days), "security": make.pick("no", "yes"),
                "end_of_support_on": NONE, "support_ends_at": NONE, "lists_as_of": make.at(1),
            }, {
                "branch": ("1", UNKNOWN), "released_at": (UNKNOWN, *make.edges(30, 7)), "security": (UNKNOWN,),
                "support_ends_at": (UNKNOWN, *make.edges(0)), "lists_as_of": (UNKNOWN, make.at(100)),
            })  # fmt: skip
    for number in range(make.pick(0, 1) if installs else 0):
        make.varied(SoftwareUpdate, str(number), "updates", {
            "install": make.pick(*installs), "candidate_version": "1.2", "released_at": make.at(make.pick(40, 10)),
            "security": make.pick("no", "yes"), "first_seen_at": make.at(9), "lists_as_of": make.at(1),
        }, {
            "released_at": (UNKNOWN, *make.edges(30, 7)), "security": (UNKNOWN,), "first_seen_at": (UNKNOWN,),
            "lists_as_of": (UNKNOWN, make.at(60)),
        })  # fmt: skip


def make_disposals(make: Maker, data_sets: list[str], people: list[str]) -> None:
    """Records that were cleared away, and orders to keep some."""
    for number in range(make.pick(1, 2, 0)):
        executed = make.pick(20, 40)
        make.varied(DeletionRecord, str(number), "disposals", {
            "number": f"X{number}", "data_set": make.pick(*data_sets), "department_code": make.pick(NONE, "FIN"),
            "classification": make.pick("internal", "confidential"), "customer_data": "no", "media_kind": make.pick("ssd", "paper", "cloud"),
            "method": make.pick("crypto_erase", "physical", "logical_delete"), "reviewed_at": make.at(executed + 5),
            "reviewed_by": people[0], "executed_at": make.at(executed), "executed_by": people[1], "routine": "no", "approval": NONE,
            "certificate_sha256": make.pick("0" * 64, NONE), "certificate_on": NONE, "certificate_on_ends_at": make.at(executed),
            "witness": make.pick(*people, NONE),
        }, {
            "data_set": (UNKNOWN,), "classification": ("public", "secret", UNKNOWN), "customer_data": ("yes", UNKNOWN),
            "media_kind": ("hdd", "tape", UNKNOWN), "method": ("overwrite", "degauss", UNKNOWN),
            "reviewed_at": (NONE, UNKNOWN, *make.edges(executed, executed + 90)), "reviewed_by": (NONE, UNKNOWN, people[1]),
            "executed_at": (UNKNOWN, make.at(95), make.at(-1)), "executed_by": (UNKNOWN,), "routine": ("yes", UNKNOWN),
            "certificate_sha256": (UNKNOWN,), "certificate_on_ends_at": (UNKNOWN, make.at(executed + 3)), "witness": (UNKNOWN,),
        })  # fmt: skip
    for number in range(make.pick(0, 1)):
        make.varied(Hold, str(number), "disposals", {
            "number": f"K{number}", "data_set": make.pick(*data_sets), "from_at": make.at(50), "until_at": NONE,
            "ordered_by": make.pick(*people), "reason": "訴訟",
        }, {"from_at": (UNKNOWN, make.at(10)), "until_at": (UNKNOWN, *make.edges(20, 0)), "ordered_by": (NONE,)})  # fmt: skip
