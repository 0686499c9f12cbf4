"""Collectors: what the company's systems and registers say, as facts.

`COLLECTORS` is the one table of them: the word that stands under `type:` in `company.yaml`, and what answers to it.
"""

from collectors.borg import BorgCollector
from collectors.dingtalk import DingtalkCollector
from collectors.directory import DirectoryCollector
from collectors.ejabberd import EjabberdCollector
from collectors.feishu import FeishuCollector
from collectors.fleet import FleetCollector
from collectors.graph import GraphCollector
from collectors.interface import Collector, Moment, Source, live
from collectors.inventory import CyclonedxCollector, DpkgCollector, OsqueryCollector
from collectors.jira import JiraCollector
from collectors.lynis import LynisCollector
from collectors.mattermost import MattermostCollector
from collectors.nmap import NmapCollector
from collectors.pgbackrest import PgbackrestCollector
from collectors.rclone import RcloneCollector
from collectors.registers import RegisterCollector
from collectors.restic import ResticCollector
from collectors.roster import RosterCollector
from collectors.scim import ScimCollector
from collectors.slack import SlackCollector
from collectors.sslyze import SslyzeCollector
from collectors.synapse import SynapseCollector
from collectors.trivy import TrivyCollector
from collectors.wecom import WecomCollector

COLLECTORS: dict[str, Collector] = {
    "borg": BorgCollector(),
    "cyclonedx": CyclonedxCollector(),
    "dingtalk": DingtalkCollector(),
    "directory": DirectoryCollector(),
    "dpkg": DpkgCollector(),
    "ejabberd": EjabberdCollector(),
    "feishu": FeishuCollector(),
    "fleet": FleetCollector(),
    "graph": GraphCollector(),
    "jira": JiraCollector(),
    "lynis": LynisCollector(),
    "mattermost": MattermostCollector(),
    "nmap": NmapCollector(),
    "osquery": OsqueryCollector(),
    "pgbackrest": PgbackrestCollector(),
    "rclone": RcloneCollector(),
    "register": RegisterCollector(),
    "restic": ResticCollector(),
    "roster": RosterCollector(),
    "scim": ScimCollector(),
    "slack": SlackCollector(),
    "sslyze": SslyzeCollector(),
    "synapse": SynapseCollector(),
    "trivy": TrivyCollector(),
    "wecom": WecomCollector(),
}

__all__ = ["COLLECTORS", "Collector", "Moment", "Source", "live"]
