"""Lynis under the contract."""

from contract import TEXT, Contract, Files, Law, no_network

from collectors.lynis import LynisCollector, LynisOptions

_REPORT = f"""# Lynis Report
report_datetime_start=2026-09-28 10:00:00
auditor={TEXT}
hostname=HOST
lynis_version=3.0.8
firewall_software[]=iptables
firewall_active=1
firewall_empty_ruleset=0
ids_ips_tooling[]=ossec
suggestion[]=AUTH-9286|{TEXT}|-|-|
tests_executed=FIRE-4590|FIRE-4512|FIRE-4502|AUTH-9286|
real_user[]={TEXT},1000
report_datetime_end=2026-09-28 10:02:28
finish=true
"""


def report(host: str, *changes: tuple[str, str]) -> bytes:
    """A report of the host, with other words in some places."""
    found = _REPORT.replace("HOST", host)
    for old, new in changes:
        assert old in found
        found = found.replace(old, new)
    return found.encode()


_GOOD = Files({"lynis/a.dat": report("srv-01"), "lynis/b.dat": report("srv-02")})


def _with(body: bytes) -> Files:
    return Files({**_GOOD.files, "lynis/b.dat": body})


CONTRACT = Contract(
    name="lynis",
    collector=LynisCollector(),
    options=LynisOptions(folder="lynis", expected_hosts=2),
    good=_GOOD,
    stages=no_network("files of hosts")
    | {
        Law.CUT_SHORT: _with(report("srv-02")[:-30]),
        Law.TOTAL_SMALLER: Files({**_GOOD.files, "lynis/c.dat": report("srv-03")}),
        Law.TOTAL_LARGER: Files({"lynis/a.dat": report("srv-01")}),
        Law.CHANGED: "each file is read once and whole",
        Law.UNKNOWN_WORD: _with(report("srv-02", ("firewall_active=1", "firewall_active=perhaps"))),
    },
)
