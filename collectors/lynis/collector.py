"""The collector of Lynis's reports: which hosts are protected, and which are not."""

from pathlib import Path
from typing import ClassVar

from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.inventory.options import fetched, host_files, missing_hosts
from collectors.lynis.fields import FIELDS
from collectors.lynis.options import LynisOptions
from collectors.lynis.report import HostState, host_state, stripped
from collectors.transport import FileTransport, Request, Response, Transport
from engine.errors import UnparsableError
from engine.facts import Collected, Host

_ENDINGS = (".dat",)
"""What Lynis calls its reports."""


class LynisCollector:
    """Reads one report a host."""

    type: ClassVar[str] = "lynis"
    title: ClassVar[str] = "Lynis"
    delivers: ClassVar[tuple[str, ...]] = ("host",)
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = LynisOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """The files beside `company.yaml`."""
        del source, secret
        return FileTransport(folder)

    def strip(self, source: Source, request: Request, response: Response) -> Response:
        """The report without what is not read; the listing of a folder holds nothing of that kind."""
        del source
        return response if request.key.endswith("/") else stripped(response)

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """Hosts, and whether they are protected.

        Raises:
            SourceError: no report of any host can be read
        """
        options = LynisOptions.model_validate(source.options.model_dump())
        harvest = Harvest(source, kind=self.type, delivers=self.delivers)
        hosts: set[str] = set()
        versions: set[str] = set()
        for name, response in fetched(harvest, transport, host_files(options, transport, _ENDINGS)):
            try:
                found = host_state(name, response, options.zone(moment.zone))
            except UnparsableError as error:
                harvest.problem(str(error))
                continue
            if found.host in hosts:
                harvest.problem(f"{name}: host {found.host} has a report already; the first one counts")
                continue
            hosts.add(found.host)
            versions.add(found.version)
            _add_host(harvest, found, response.at)
        if not hosts:
            message = f"{source.id}: no report of any host can be read"
            raise UnparsableError(message, "put the files there that lynis audit system --report-file writes")
        missing_hosts(harvest, options, hosts)
        harvest.source_version = ", ".join(sorted(versions - {""})) or None
        return harvest.collected()


def _add_host(harvest: Harvest, found: HostState, at: str) -> None:
    for name, word in found.odd:
        harvest.mapped(f"host.{name}", word, {})
    harvest.add(
        Host,
        found.host,
        name=found.host,
        raw=found.raw,
        at=at,
        observed_at=found.seen_at,
        values={
            "name": found.host,
            "last_seen_at": found.seen_at,
            "unknown": {**dict.fromkeys(("owner", "department_code"), "not_collected"), **found.unknown},
            "otherwise": "not_supported",
            **found.known,
        },
    )
