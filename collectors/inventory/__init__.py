"""Software inventories: hosts, and which of their programs are communication tools.

`products` is the catalogue of such tools, `cyclonedx`, `dpkg` and `osquery` read the file of one host, `installs` makes facts,
`collector` holds the sources. Only communication tools become facts; the report says how many programs were
looked at.
"""

from collectors.inventory.collector import CyclonedxCollector, DpkgCollector, OsqueryCollector
from collectors.inventory.options import InventoryOptions
from collectors.inventory.products import Catalogue, Product, shipped

__all__ = [
    "Catalogue",
    "CyclonedxCollector",
    "DpkgCollector",
    "InventoryOptions",
    "OsqueryCollector",
    "Product",
    "shipped",
]
