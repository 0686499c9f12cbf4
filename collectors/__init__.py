"""Collectors: what the company's systems and registers say, as facts.

`COLLECTORS` is the one table of them: the word that stands under `type:` in `company.yaml`, and what answers to it.
"""

from collectors.borg import BorgCollector
from collectors.dingtalk import DingtalkCollector
from collectors.directory import DirectoryCollector
from collectors.feishu import FeishuCollector
from collectors.fleet import FleetCollector
from collectors.graph import GraphCollector
from collectors.interface import Collector, Moment, Source, live
from collectors.inventory import DpkgCollector, OsqueryCollector
from collectors.jira import JiraCollector
from collectors.mattermost import MattermostCollector
from collectors.registers import RegisterCollector
from collectors.restic import ResticCollector
from collectors.roster import RosterCollector
from collectors.scim import ScimCollector
from collectors.slack import SlackCollector
from collectors.synapse import SynapseCollector
from collectors.wecom import WecomCollector

COLLECTORS: dict[str, Collector] = {
    "borg": BorgCollector(),
    "dingtalk": DingtalkCollector(),
    "directory": DirectoryCollector(),
    "dpkg": DpkgCollector(),
    "feishu": FeishuCollector(),
    "fleet": FleetCollector(),
    "graph": GraphCollector(),
    "jira": JiraCollector(),
    "mattermost": MattermostCollector(),
    "osquery": OsqueryCollector(),
    "register": RegisterCollector(),
    "restic": ResticCollector(),
    "roster": RosterCollector(),
    "scim": ScimCollector(),
    "slack": SlackCollector(),
    "synapse": SynapseCollector(),
    "wecom": WecomCollector(),
}

__all__ = ["COLLECTORS", "Collector", "Moment", "Source", "live"]
