"""Fleet, which manages osquery on many hosts, by its REST API.

What is asked, all of it GET:

    /api/v1/fleet/hosts/count                                       the control total
    /api/v1/fleet/hosts?page=0&per_page=100&populate_software=true  page by page, to an empty one
    /api/v1/fleet/hosts?page=0&per_page=100                         once more: which came or went meanwhile
"""

from collectors.fleet.collector import FleetCollector
from collectors.fleet.options import FleetOptions

__all__ = ["FleetCollector", "FleetOptions"]
