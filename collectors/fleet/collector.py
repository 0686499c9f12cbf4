"""The collector of Fleet: hosts, and their communication tools."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

from collectors.fleet.hosts import FIELDS, host_of
from collectors.fleet.options import FleetOptions
from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.inventory.installs import Inventory, add_inventory, add_products
from collectors.inventory.products import Catalogue, shipped
from collectors.transport import Request, Transport
from collectors.webapi import (
    SCALAR,
    Answers,
    ApiTransport,
    HeldToken,
    Manners,
    Shape,
    WebCollector,
    bearer,
    compare,
    needs_secret,
)
from engine.errors import SourceError, UnparsableError
from engine.facts import Collected

_COUNT, _HOSTS = "/api/v1/fleet/hosts/count", "/api/v1/fleet/hosts"

_PAGE = "100"

_NEEDS = "the role observer, for all teams"

_MANNERS = Manners(
    title="Fleet", renewal="make a new token of the API-only user and put it where company.yaml says"
)

_HOST = ("id", "hostname", "display_name", "platform", "os_version", "seen_time", "disk_encryption_enabled")
_SOFTWARE = ("name", "version", "source", "bundle_identifier")


class FleetCollector(WebCollector):
    """Reads a Fleet server by its REST API."""

    type: ClassVar[str] = "fleet"
    title: ClassVar[str] = "Fleet (osquery)"
    delivers: ClassVar[tuple[str, ...]] = ("host", "software_install")
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = FleetOptions

    def __init__(self, catalogue: Callable[[], Catalogue] = shipped) -> None:
        """`catalogue` gives the products to search for when it is needed."""
        self._catalogue = catalogue

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """A connection, with the token of an API-only user as the secret."""
        needs_secret(source, secret, "token")
        paths = (_COUNT, _HOSTS)
        return ApiTransport(_options(source), folder, paths, HeldToken(secret, bearer()))

    def shape(self, source: Source, request: Request) -> Shape:  # noqa: ARG002  # of the kind
        """The fields that are read: no user, address, serial number or label of a host."""
        if request.key == _COUNT:
            return {"count": SCALAR}
        software: Shape = [dict.fromkeys(_SOFTWARE, SCALAR)]
        return {"hosts": [{**dict.fromkeys(_HOST, SCALAR), "software": software}]}

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:  # noqa: ARG002  # of the Protocol
        """Every host that Fleet knows, and its communication tools.

        Raises:
            AccessError: the token is not valid, or may not read hosts
            SourceError: Fleet does not answer
        """
        harvest = Harvest(source, kind=self.type, delivers=self.delivers)
        answers, catalogue = Answers(transport, harvest, _MANNERS), self._catalogue()
        counted, at = answers.must(Request("http", _COUNT), _NEEDS)
        total = counted.get("count") if isinstance(counted, dict) else None
        if not isinstance(total, int) or isinstance(total, bool):
            raise UnparsableError(
                f"{_COUNT}: count: found no number", "see whether url is the address of Fleet"
            )
        harvest.expect("host", total)
        hosts: dict[str, Inventory] = {}
        keys: set[str] = set()
        for row, when in _rows(answers, (("populate_software", "true"),)):
            keys.add(str(row.get("id")))
            host = host_of(harvest, row, when, catalogue)
            if host is None:
                continue
            if host.host in hosts:
                harvest.problem(f"host {host.host}: two hosts have this name; the first one counts")
                continue
            hosts[host.host] = host
            add_inventory(harvest, host)
        add_products(harvest, catalogue, tuple(hosts.values()), at)
        missing = set(_options(source).expected_hosts) - set(hosts)
        if missing:
            harvest.problem(f"hosts that Fleet does not know: {', '.join(sorted(missing))}")
        try:
            compare(harvest, "host", keys, {str(row.get("id")) for row, _ in _rows(answers, ())})
        except SourceError as error:
            harvest.problem(f"could not be listed a second time: {error}")
        looked_at = sum(len(host.programs) for host in hosts.values())
        harvest.source_version = (
            f"{looked_at} programs of {len(hosts)} hosts looked at, products as of {catalogue.as_of}"
        )
        return harvest.collected()


def _rows(answers: Answers, asked: tuple[tuple[str, str], ...]) -> Iterator[tuple[dict[str, Any], str]]:
    def page_of(number: int) -> Request:
        return Request("http", _HOSTS, (*asked, ("page", str(number)), ("per_page", _PAGE)))

    def following(request: Request, page: Any) -> Request | None:
        # has_next_results has said no where there was more: only an empty page is the end
        rows = page.get("hosts") if isinstance(page, dict) else None
        return page_of(int(dict(request.query)["page"]) + 1) if rows else None

    for page, at in answers.pages(page_of(0), following, _NEEDS):
        yield from ((row, at) for row in answers.rows(page_of(0), page, "hosts"))


def _options(source: Source) -> FleetOptions:
    return FleetOptions.model_validate(source.options.model_dump())
