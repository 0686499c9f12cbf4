"""Lynis: whether hosts are protected, as the reports of its audits say, one file a host.

What a report states of firewalls is believed only as far as the tests went that it lists: without them its words are what it began with.
"""

from collectors.lynis.collector import LynisCollector
from collectors.lynis.options import LynisOptions

__all__ = ["LynisCollector", "LynisOptions"]
