"""A report of Lynis, `key=value` a line: what of it may leave the transport, and what it says of a host."""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from collectors.clocks import instant
from collectors.transport import Response
from engine.errors import UnparsableError

_SINGLE = (
    "finish",
    "firewall_active",
    "firewall_empty_ruleset",
    "hostname",
    "lynis_version",
    "report_datetime_end",
)
_LISTS = ("firewall_software[]", "ids_ips_tooling[]", "suggestion[]", "tests_executed")

_FOR_A_FIREWALL = frozenset({"FIRE-4502", "FIRE-4590"})
"""Tests that look whether there is a firewall at all: in the kernel of Linux, and by all the others that came before."""

_RULES = frozenset({"FIRE-4512", "FIRE-4540"})
"""Tests that count the rules, of iptables and of nftables; without root neither of them is run."""

_FOR_INTRUSION = "TOOL-5190"
_TESTS = _FOR_A_FIREWALL | _RULES | {_FOR_INTRUSION}
_RUNNING = frozenset({"ossec", "ossec-agentd", "ossec-analysisd"})
"""Tools that are named only while they run; the others are named where they are installed."""

_TRI = {"0": "no", "1": "yes"}
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


@dataclass(frozen=True)
class HostState:
    """What a report says of its host."""

    host: str
    seen_at: str
    version: str
    raw: dict[str, list[str]]
    known: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    odd: tuple[tuple[str, str], ...] = ()
    """Field and word where the word is one that nobody knows."""


def stripped(response: Response) -> Response:
    """The lines that are read: nothing else of a machine is kept."""
    kept = []
    for line in response.body.decode("utf-8", "replace").splitlines():
        key, _, value = line.partition("=")
        if key in {"tests_executed", "suggestion[]"}:
            value = "|".join(sorted(_TESTS.intersection(value.split("|"))))
        if key in _SINGLE or (key in _LISTS and value):
            kept.append(f"{key}={value}\n")
    return replace(response, body="".join(kept).encode())


def host_state(name: str, response: Response, zone: tzinfo) -> HostState:
    """What the report says.

    Raises:
        UnparsableError: it is no report, or ends before its end
    """
    lines: dict[str, list[str]] = defaultdict(list)
    for line in response.body.decode("utf-8", "replace").splitlines():
        key, _, value = line.partition("=")
        lines[key].append(value)
    host, ended = (next(iter(lines[key]), "") for key in ("hostname", "report_datetime_end"))
    if lines["finish"] != ["true"] or not host or not _TIME.fullmatch(ended):
        message = f"{name}: found no whole report, needs hostname, report_datetime_end and finish=true"
        raise UnparsableError(message, "let lynis audit system come to its end")
    try:
        seen_at = instant(datetime.fromisoformat(ended).replace(tzinfo=zone))
    except ValueError as error:
        message = f"{name}: report_datetime_end: found {ended!r}, needs a time like 2026-09-30 02:00:00"
        raise UnparsableError(message, "let lynis write the report anew") from error
    tests = {test for value in lines["tests_executed"] for test in value.split("|")}
    known: dict[str, str] = {}
    unknown: dict[str, str] = {}
    odd: list[tuple[str, str]] = []
    for field_, found in (
        ("firewall_active", _firewall(lines, tests)),
        ("firewall_rules_present", _rules(lines, tests)),
        ("intrusion_detection_active", _intrusion(lines, tests)),
    ):
        if found in {"yes", "no"}:
            known[field_] = found
        else:
            unknown[field_] = found
    for key, field_ in (
        ("firewall_active", "firewall_active"),
        ("firewall_empty_ruleset", "firewall_rules_present"),
    ):
        odd.extend((field_, word) for word in lines[key] if word not in _TRI)
    version = next(iter(lines["lynis_version"]), "")
    return HostState(host, seen_at, version, dict(lines), known, unknown, tuple(odd))


def _firewall(lines: dict[str, list[str]], tests: set[str]) -> str:
    """Whether a firewall is on, or why that is not known: a kernel that could filter is none yet."""
    stated = _stated(lines, "firewall_active")
    if stated == "no":
        return "no" if tests >= _FOR_A_FIREWALL else "not_collected"
    if stated == "yes" and (
        "macosx-app-fw" in lines["firewall_software[]"] or _counted(lines, tests) in {"yes", "no"}
    ):
        return "yes"
    return "not_collected" if stated == "yes" else stated


def _rules(lines: dict[str, list[str]], tests: set[str]) -> str:
    return _counted(lines, tests) if _stated(lines, "firewall_active") == "yes" else "not_collected"


def _counted(lines: dict[str, list[str]], tests: set[str]) -> str:
    """Whether the firewall has rules, or why that is not known: 0 stands there as well where nobody counted."""
    counted = tests & _RULES
    if not counted:
        return "not_collected"
    empty = _stated(lines, "firewall_empty_ruleset")
    if empty == "yes":
        # one of two that were counted has none, and nobody says which
        return "no" if len(counted) == 1 else "ambiguous"
    return "yes" if empty == "no" else empty


def _intrusion(lines: dict[str, list[str]], tests: set[str]) -> str:
    """Whether intrusion detection runs; of the many tools that Lynis does not know it says nothing."""
    tools = set(lines["ids_ips_tooling[]"])
    if tools & _RUNNING:
        return "yes"
    missed = any(_FOR_INTRUSION in value.split("|") for value in lines["suggestion[]"])
    return "yes" if tools == {"suricata"} and _FOR_INTRUSION in tests and not missed else "not_supported"


def _stated(lines: dict[str, list[str]], key: str) -> str:
    """What the report states: yes, no, or why that is not known."""
    words = lines[key]
    if len(words) != 1:
        return "not_collected"
    return _TRI.get(words[0], "unparsable")
