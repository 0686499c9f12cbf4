"""sslyze, as a program of its own: how endpoints encrypt, and what their certificates are worth.

One command for all endpoints that speak TLS at once, `scan`, and one for each protocol that turns it on later, `scan-smtp`; in a recording these
are the keys. The program stands under the AGPL: it is started, never imported.
"""

from collectors.sslyze.collector import SslyzeCollector
from collectors.sslyze.options import SslyzeOptions

__all__ = ["SslyzeCollector", "SslyzeOptions"]
