"""Any service that speaks SCIM 2.0.

What is asked, all of it GET below `url`:

    /Users?startIndex=1&count=100                        then from where the page ended …
    /Groups?startIndex=1&count=100                       if `groups` says so
    both lists again, `attributes=userName` or `displayName`: who came or went meanwhile
"""

from collectors.scim.collector import ScimCollector
from collectors.scim.options import ScimOptions

__all__ = ["ScimCollector", "ScimOptions"]
