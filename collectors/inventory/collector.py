"""Inventories as sources: which communication tools are installed on which hosts."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.inventory import cyclonedx, dpkg, osquery
from collectors.inventory.fields import CYCLONEDX, DPKG, OSQUERY
from collectors.inventory.installs import Inventory, add_inventory, add_products
from collectors.inventory.options import InventoryOptions, catalogue_of, fetched, host_files, missing_hosts
from collectors.inventory.products import Catalogue, shipped
from collectors.transport import FileTransport, Request, Response, Transport
from engine.errors import UnparsableError
from engine.facts import Collected

Parse = Callable[[str, Response, Catalogue], tuple[Inventory, list[str], int]]


class _InventoryCollector:
    """What they have in common; the file of a host is all that tells them apart."""

    type: ClassVar[str]
    title: ClassVar[str]
    delivers: ClassVar[tuple[str, ...]] = ("host", "software_install")
    fields: ClassVar[Fields]
    options: ClassVar[Options] = InventoryOptions

    def __init__(self, catalogue: Callable[[], Catalogue] = shipped) -> None:
        """`catalogue` gives the products to search for when it is needed."""
        self._catalogue = catalogue

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:  # noqa: ARG002  # of the Protocol
        """The files beside `company.yaml`."""
        return FileTransport(folder)

    def _collected(self, source: Source, transport: Transport, parse: Parse) -> Collected:
        options = source.options
        assert isinstance(options, InventoryOptions)  # noqa: S101  # the table of collectors pairs them
        harvest = Harvest(source, kind=self.type, delivers=self.delivers)
        catalogue = catalogue_of(options, transport, self._catalogue())
        hosts: dict[str, Inventory] = {}
        looked_at = 0
        for name, response in fetched(harvest, transport, host_files(options, transport)):
            try:
                inventory, problems, count = parse(name, response, catalogue)
            except UnparsableError as error:
                harvest.problem(str(error))
                continue
            for problem in problems:
                harvest.problem(problem)
            looked_at += count
            if inventory.host in hosts:
                harvest.problem(f"{name}: host {inventory.host} has a file already; the first one counts")
                continue
            hosts[inventory.host] = inventory
            add_inventory(harvest, inventory)
        if not hosts:
            raise UnparsableError(
                f"{source.id}: no file of any host can be read", "see whether they are of this kind of source"
            )
        missing_hosts(harvest, options, set(hosts))
        add_products(harvest, catalogue, tuple(hosts.values()), min(one.at for one in hosts.values()))
        harvest.source_version = (
            f"{looked_at} packages of {len(hosts)} hosts looked at, products as of {catalogue.as_of}"
        )
        return harvest.collected()


class DpkgCollector(_InventoryCollector):
    """Packages of Debian hosts."""

    type: ClassVar[str] = "dpkg"
    title: ClassVar[str] = "Debian packages"
    fields: ClassVar[Fields] = DPKG

    def strip(self, source: Source, request: Request, response: Response) -> Response:  # noqa: ARG002  # of the Protocol
        """The file without what is no package; listings and catalogues hold nothing of that kind."""
        return dpkg.stripped(response) if _is_of_host(request, response) else response

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:  # noqa: ARG002  # of the Protocol
        """Hosts and their communication tools.

        Raises:
            SourceError: no file of any host can be read
        """
        return self._collected(source, transport, dpkg.inventory)


class CyclonedxCollector(_InventoryCollector):
    """Parts of software, from its bills of materials."""

    type: ClassVar[str] = "cyclonedx"
    title: ClassVar[str] = "CycloneDX"
    fields: ClassVar[Fields] = CYCLONEDX

    def strip(self, source: Source, request: Request, response: Response) -> Response:  # noqa: ARG002  # of the Protocol
        """The document without what is not read; listings and catalogues hold nothing of that kind."""
        return cyclonedx.stripped(response) if _is_of_host(request, response) else response

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:  # noqa: ARG002  # of the Protocol
        """Hosts and their communication tools.

        Raises:
            SourceError: no document of any host can be read
        """
        return self._collected(source, transport, cyclonedx.inventory)


class OsqueryCollector(_InventoryCollector):
    """Programs of hosts that osquery runs on."""

    type: ClassVar[str] = "osquery"
    title: ClassVar[str] = "osquery"
    fields: ClassVar[Fields] = OSQUERY

    def strip(self, source: Source, request: Request, response: Response) -> Response:  # noqa: ARG002  # of the Protocol
        """The file without tables and columns that are not read."""
        return osquery.stripped(response) if _is_of_host(request, response) else response

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """Hosts and their communication tools.

        Raises:
            SourceError: no file of any host can be read
        """

        def parse(name: str, response: Response, catalogue: Catalogue) -> tuple[Inventory, list[str], int]:
            return osquery.inventory(name, response, catalogue, moment.zone)

        return self._collected(source, transport, parse)


def _is_of_host(request: Request, response: Response) -> bool:
    """Whether it is the file of a host, and neither the listing of a folder nor a catalogue of products."""
    return response.status == 0 and not request.key.endswith(("/", ".yaml", ".yml"))
