"""Lynis: what its reports say, how far they are to be believed, and a report of the real program."""

import re
import shutil
import subprocess
from datetime import UTC
from pathlib import Path

import pytest
from contract import MOMENT, outcome
from contracted.lynis import CONTRACT, report
from pydantic import ValidationError

from collectors import Source, live
from collectors.lynis import LynisCollector, LynisOptions
from collectors.lynis.report import host_state, stripped
from collectors.transport import Response
from engine.errors import SourceError, UnparsableError

_AT = "2026-09-30T13:30:00Z"
_ROOT = Path(__file__).resolve().parents[2]
_NOT_COUNTED = ("FIRE-4512|", "")
_EMPTY = ("empty_ruleset=0", "empty_ruleset=1")
_OFF = ("firewall_active=1", "firewall_active=0")
_NOT_RUNNING = ("tooling[]=ossec", "tooling[]=fail2ban")


def _state(*changes: tuple[str, str]) -> dict[str, str]:
    """Field -> yes, no, or why it is not known."""
    found = host_state("a.dat", stripped(Response(report("srv-01", *changes), _AT)), UTC)
    return found.known | found.unknown


def test_a_report_is_a_host_as_of_its_end_in_the_companys_time(tmp_path):
    collected = outcome(CONTRACT, CONTRACT.good, tmp_path)

    assert collected.report.source_version == "3.0.8"
    host = collected.facts[0].record()
    assert {name: host[name] for name in host if name != "unknown" and host[name] != "unknown"} == {
        "uid": "src/host/srv-01",
        "name": "srv-01",
        "last_seen_at": "2026-09-28T02:02:28Z",
        "firewall_active": "yes",
        "firewall_rules_present": "yes",
        "intrusion_detection_active": "yes",
    }
    assert host["unknown"]["os"] == "not_supported"
    utc = LynisOptions(folder="lynis", timezone="UTC").zone(MOMENT.zone)
    assert host_state("a.dat", Response(report("srv-01"), _AT), utc).seen_at == "2026-09-28T10:02:28Z"


@pytest.mark.parametrize(
    ("changes", "active", "rules"),
    [
        ((), "yes", "yes"),
        ((_EMPTY,), "yes", "no"),
        ((_NOT_COUNTED,), "not_collected", "not_collected"),
        ((_NOT_COUNTED, _EMPTY), "not_collected", "not_collected"),
        ((_EMPTY, ("FIRE-4512|", "FIRE-4512|FIRE-4540|")), "not_collected", "ambiguous"),
        ((_OFF,), "no", "not_collected"),
        ((_OFF, ("FIRE-4502|", "")), "not_collected", "not_collected"),
        ((_NOT_COUNTED, ("software[]=iptables", "software[]=macosx-app-fw")), "yes", "not_collected"),
        ((("firewall_active=1", "firewall_active=perhaps"),), "unparsable", "not_collected"),
        ((("firewall_active=1\n", ""),), "not_collected", "not_collected"),
    ],
)
def test_a_firewall_is_on_where_its_rules_were_counted_and_off_where_it_was_looked_for(
    changes, active, rules
):
    found = _state(*changes)

    assert (found["firewall_active"], found["firewall_rules_present"]) == (active, rules)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ((), "yes"),
        ((_NOT_RUNNING,), "not_supported"),
        ((("tooling[]=ossec", "tooling[]=suricata"),), "not_supported"),
        ((("tooling[]=ossec", "tooling[]=suricata"), ("AUTH-9286|\n", "TOOL-5190|\n")), "yes"),
        (
            (
                ("tooling[]=ossec", "tooling[]=suricata"),
                ("AUTH-9286|\n", "TOOL-5190|\n"),
                ("suggestion[]=AUTH-9286", "suggestion[]=TOOL-5190"),
            ),
            "not_supported",
        ),
    ],
)
def test_what_is_installed_does_not_run_yet(changes, found):
    assert _state(*changes)["intrusion_detection_active"] == found


@pytest.mark.parametrize(
    "change",
    [("finish=true\n", ""), ("hostname=srv-01\n", ""), ("end=2026-09-28", "end=28.9.2026"), ("end=2026-09-28", "end=2026-09-31")],
)  # fmt: skip
def test_a_report_that_is_not_whole_says_nothing(change):
    with pytest.raises(UnparsableError, match=r"a\.dat: "):
        _state(change)


def test_a_second_report_of_a_host_does_not_count_and_no_report_at_all_is_a_failure(tmp_path):
    twice = outcome(CONTRACT, CONTRACT.good.but(**{"lynis/b__dat": report("srv-01", _OFF)}), tmp_path)
    assert "host srv-01 has a report already" in twice.report.problems[0]
    assert [fact.record()["firewall_active"] for fact in twice.facts] == ["yes"]

    (tmp_path / "none").mkdir()
    none = outcome(CONTRACT, type(CONTRACT.good)({"lynis/a.dat": b"hello"}), tmp_path / "none")
    assert isinstance(none, SourceError)
    with pytest.raises(ValidationError, match="needs a zone like"):
        LynisOptions(folder="lynis", timezone="Mars/Olympus")


@pytest.fixture(scope="module")
def real_report() -> Path:
    """The folder of a report of this machine, made once for each version of Lynis: it takes a quarter of a minute."""
    program = shutil.which("lynis")
    if program is None:
        pytest.skip("lynis is not installed on this machine: .ci/run installs lynis")
    version = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    home = _ROOT / ".cache" / f"lynis-{version}"
    if not (home / "host.dat").exists():
        home.mkdir(parents=True, exist_ok=True)
        tests = "FIRE-4502 FIRE-4512 FIRE-4536 FIRE-4540 FIRE-4590 TOOL-5126 TOOL-5130 TOOL-5190"
        quiet = ("--quick", "--quiet", "--no-colors", "--skip-plugins", "--tests", tests)
        kept = ("--logfile", "/dev/null", "--report-file", str(home / "new.dat"))
        subprocess.run(
            [program, "audit", "system", *quiet, *kept], check=False, capture_output=True, timeout=120
        )
        (home / "new.dat").rename(home / "host.dat")
    return home


def test_a_real_report_is_read_and_nothing_else_of_the_machine_is_kept(real_report):
    source, collector = Source("state", "State", LynisOptions(folder=".")), LynisCollector()
    with live(collector, source, "", real_report) as transport:
        collected = collector.collect(source, transport, MOMENT)

    assert (collected.report.completeness, len(collected.facts)) == ("complete", 1)
    assert re.fullmatch(r"\d+\.\d+\.\d+", collected.report.source_version)
    host = collected.facts[0].record()
    for field in ("firewall_active", "firewall_rules_present", "intrusion_detection_active"):
        assert host[field] in {"yes", "no"} or host["unknown"][field] in {
            "not_collected",
            "not_supported",
            "ambiguous",
        }
    assert "hostid" in (real_report / "host.dat").read_text()
    assert not [
        record for record in collected.raw if "hostid" in record.body or "binary_paths" in record.body
    ]
