"""The XML that nmap prints: what of it may leave the transport, and its records.

It is hostile text: entities, which can grow beyond all bounds or name files, are refused by the parser.
"""

from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, ParseError  # names alone: what parses is defusedxml

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring, tostring

from collectors.clocks import from_s
from collectors.transport import Response
from engine.errors import SourceError, UnparsableError

_KEPT = {
    "nmaprun": ("scanner", "version"),
    "host": ("endtime",),
    "address": ("addr", "addrtype"),
    "hostnames": (),
    "hostname": ("name", "type"),
    "ports": (),
    "port": ("portid", "protocol"),
    "state": ("state",),
    "runstats": (),
    "finished": ("exit", "time"),
}
"""Elements and attributes that are read; all others are dropped, the words of the command among them."""

_HELP = "run the same command by hand to see why"


@dataclass(frozen=True)
class Seen:
    """A port of a machine."""

    name: str
    """The machine, as it was asked for."""
    port: str
    state: str
    own_machine: bool
    """Whether the address is one that only the machine itself can reach."""
    at: str

    @property
    def address(self) -> str:
        """Name and port, as in company.yaml."""
        return f"{self.name}:{self.port}"


def stripped(response: Response) -> Response:
    """The answer with nothing but what is read."""
    try:
        root = fromstring(response.body)
    except (ParseError, DefusedXmlException, ValueError):
        return replace(response, body=b"", headers={})
    _prune(root)
    return replace(response, body=tostring(root), headers={})


def _prune(element: Element) -> None:
    for name in set(element.attrib) - set(_KEPT.get(element.tag, ())):
        del element.attrib[name]
    element.text = element.tail = None
    for child in list(element):
        # names that others gave it, and its hardware, are nobody's business here
        foreign = child.attrib.get("type") == "PTR" or child.attrib.get("addrtype") == "mac"
        if child.tag in _KEPT and not foreign:
            _prune(child)
        else:
            element.remove(child)


def ports(source: str, response: Response) -> tuple[str, tuple[Seen, ...]]:
    """The version of nmap, and the ports that it saw.

    Raises:
        SourceError: it did not come to its end
        UnparsableError: it is no such document
    """
    if response.status:
        raise SourceError(f"{source}: nmap ended with exit code {response.status}", _HELP)
    try:
        root = fromstring(response.body)
        finished = root.find("runstats/finished")
        if root.tag != "nmaprun" or finished is None:
            raise ValueError(root.tag)  # noqa: TRY301  # one message for all that is no document
        if finished.attrib["exit"] != "success":
            raise SourceError(f"{source}: nmap says that it failed", _HELP)
        ended = finished.attrib["time"]
        found = tuple(one for host in root.findall("host") for one in _ports(host, ended))
        return root.attrib["version"], found
    except (ParseError, DefusedXmlException, ValueError, KeyError) as error:
        message = f"{source}: scan: found no whole document of nmap, needs its XML to the end"
        raise UnparsableError(message, _HELP) from error


def _ports(host: Element, ended: str) -> list[Seen]:
    address = next(one.attrib["addr"] for one in host.findall("address") if one.attrib["addrtype"] != "mac")
    asked = [one.attrib["name"] for one in host.findall("hostnames/hostname") if one.attrib["type"] == "user"]
    at = from_s(int(host.attrib.get("endtime", ended)))
    return [
        Seen(
            name=asked[0] if asked else address,
            port=port.attrib["portid"],
            state=state.attrib["state"],
            own_machine=address.startswith("127.") or address == "::1",
            at=at,
        )
        for port in host.findall("ports/port")
        for state in port.findall("state")
        if port.attrib["protocol"] == "tcp"
    ]
