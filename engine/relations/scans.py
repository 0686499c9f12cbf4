"""What scans for vulnerabilities say of each host that has communication tools."""

from engine.facts import HostScan
from engine.relations.workspace import Workspace

_SAID = ("started_at", "result", "db_built_at", "authenticated")


def add_host_scans(space: Workspace) -> None:
    """One fact for each scan and host with communication tools: of the whole scan no department has to know."""
    hosts = {install["uid"]: install["host"] for install in space.all("software_install")}
    with_tools = set(hosts.values())
    for scan in space.all("vuln_scan"):
        covered = {hosts.get(uid, uid) for uid in scan.get("scope", ())} & with_tools
        for uid in sorted(covered):
            name = (
                f"{scan['uid'].replace('/vuln_scan/', '/host_scan/', 1)}|{space.records['host'][uid]['name']}"
            )
            said = {field: scan[field] for field in _SAID if field in scan}
            why = {field: reason for field, reason in scan["unknown"].items() if field in _SAID}
            fact = HostScan.make(uid=name, host=uid, number=scan["number"], unknown=why, **said)
            space.records["host_scan"][fact.uid] = fact.record()
            space.derived[fact.uid] = scan["uid"]
