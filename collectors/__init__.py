"""Collectors: what the company's systems and registers say, as facts.

`COLLECTORS` is the one table of them: the word that stands under `type:` in `company.yaml`, and what answers to it.
"""

from collectors.borg import BorgCollector
from collectors.directory import DirectoryCollector
from collectors.interface import Collector, Moment, Source, live
from collectors.inventory import CyclonedxCollector, DpkgCollector, OsqueryCollector
from collectors.lynis import LynisCollector
from collectors.nmap import NmapCollector
from collectors.pgbackrest import PgbackrestCollector
from collectors.rclone import RcloneCollector
from collectors.registers import RegisterCollector
from collectors.restic import ResticCollector
from collectors.roster import RosterCollector
from collectors.scim import ScimCollector
from collectors.sslyze import SslyzeCollector
from collectors.synapse import SynapseCollector
from collectors.trivy import TrivyCollector

COLLECTORS: dict[str, Collector] = {
    "borg": BorgCollector(),
    "cyclonedx": CyclonedxCollector(),
    "directory": DirectoryCollector(),
    "dpkg": DpkgCollector(),
    "lynis": LynisCollector(),
    "nmap": NmapCollector(),
    "osquery": OsqueryCollector(),
    "pgbackrest": PgbackrestCollector(),
    "rclone": RcloneCollector(),
    "register": RegisterCollector(),
    "restic": ResticCollector(),
    "roster": RosterCollector(),
    "scim": ScimCollector(),
    "sslyze": SslyzeCollector(),
    "synapse": SynapseCollector(),
    "trivy": TrivyCollector(),
}

__all__ = ["COLLECTORS", "Collector", "Moment", "Source", "live"]
