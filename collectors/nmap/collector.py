"""The collector of a look at ports: which listed endpoints are open to the network, and which hosts answer."""

from pathlib import Path
from typing import ClassVar

from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.nmap.fields import FIELDS
from collectors.nmap.options import NmapOptions
from collectors.nmap.report import Seen, ports, stripped
from collectors.transport import CommandTransport, Request, Response, Transport
from engine.facts import Collected, Host, ServiceEndpoint

_OPEN = "open"
_ANSWERS = frozenset({_OPEN, "closed"})
"""Where somebody is there, who lets us in or turns us away."""

_STATES = {
    one: one for one in (_OPEN, "closed", "filtered", "unfiltered", "open|filtered", "closed|filtered")
}


class NmapCollector:
    """Looks at ports through the program."""

    type: ClassVar[str] = "nmap"
    title: ClassVar[str] = "nmap"
    delivers: ClassVar[tuple[str, ...]] = ("service_endpoint",)
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = NmapOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """The one command; nobody signs in anywhere."""
        del secret, folder
        options = _options(source)
        return CommandTransport(options.commands(), time_limit_s=options.time_limit_s)

    def strip(self, source: Source, request: Request, response: Response) -> Response:
        """The answer without the words of the command, and without what is not read."""
        del source, request
        return stripped(response)

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """The listed endpoints, and the hosts that answered.

        Raises:
            SourceError: the program cannot be run, or says nothing that is understood
        """
        del moment
        options = _options(source)
        harvest = Harvest(source, kind=self.type, delivers=self.delivers)
        harvest.expect("service_endpoint", len(set(options.endpoints)))
        response = harvest.saw(transport.fetch(Request("command", "scan")))
        harvest.source_version, seen = ports(source.id, response)
        listed = {address.lower(): address for address in options.endpoints}
        names = {name.lower() for name in options.names}
        for one in seen:
            if one.name.lower() not in names:
                harvest.problem(f"{one.address}: was looked at and is not on the list")
            elif one.address.lower() in listed:
                _add_endpoint(harvest, one, listed[one.address.lower()], response.at)
        for name, host in sorted(options.hosts.items()):
            answers = [one for one in seen if one.name.lower() == name.lower() and one.state in _ANSWERS]
            if answers:
                _add_host(harvest, host, max(one.at for one in answers), response.at)
        return harvest.collected()


def _add_endpoint(harvest: Harvest, seen: Seen, address: str, at: str) -> None:
    state = harvest.mapped("state", seen.state, _STATES)
    exposed = state == _OPEN and not seen.own_machine
    # closed to us is not closed to all, and open to the machine itself is open to nobody else
    why = {} if exposed else {"exposure": "unparsable" if state == "unknown" else "not_supported"}
    harvest.add(
        ServiceEndpoint,
        address,
        name=address,
        raw={"address": address, "state": seen.state, "own_machine": seen.own_machine},
        at=at,
        observed_at=seen.at,
        values={
            "address": address,
            "exposure": "network" if exposed else "unknown",
            "unknown": why,
            "otherwise": "not_collected",
        },
    )


def _add_host(harvest: Harvest, host: str, seen_at: str, at: str) -> None:
    harvest.add(
        Host,
        host,
        name=host,
        raw={"host": host, "seen_at": seen_at},
        at=at,
        observed_at=seen_at,
        values={
            "name": host,
            "last_seen_at": seen_at,
            "unknown": dict.fromkeys(("owner", "department_code"), "not_collected"),
            "otherwise": "not_supported",
        },
    )


def _options(source: Source) -> NmapOptions:
    return NmapOptions.model_validate(source.options.model_dump())
