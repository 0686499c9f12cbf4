"""nmap: which of the company's listed endpoints are open, seen from where the audit runs.

One command, `scan`, which is also its key in a recording: a plain connection to each port, no guess at what serves there.
"""

from collectors.nmap.collector import NmapCollector
from collectors.nmap.options import NmapOptions

__all__ = ["NmapCollector", "NmapOptions"]
