"""nmap under the contract."""

from contract import TEXT, Contract, Law, Printed, Program

from collectors.nmap import NmapCollector, NmapOptions


def host(name: str, *ports: tuple[int, str], address: str = "192.0.2.7") -> str:
    """A machine as the program shows it."""
    shown = "".join(
        f'<port protocol="tcp" portid="{port}"><state state="{state}" reason="{TEXT}"/>'
        f'<service name="{TEXT}"/></port>'
        for port, state in ports
    )
    names = (
        f'<hostnames><hostname name="{name}" type="user"/><hostname name="{TEXT}" type="PTR"/></hostnames>'
    )
    own = f'<address addr="{TEXT}" addrtype="mac"/><address addr="{address}" addrtype="ipv4"/>'
    times = 'starttime="1790560800" endtime="1790560801"'
    return f'<host {times}><status state="up" reason="user-set"/>{own}{names}<ports>{shown}</ports></host>\n'


def document(*hosts: str, exit_: str = "success", entities: str = "") -> bytes:
    """What the program prints."""
    begin = f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nmaprun{entities}>\n<!-- {TEXT} -->\n'
    run = f'<nmaprun scanner="nmap" args="nmap {TEXT}" start="1790560800" version="7.93">\n'
    end = f'<runstats><finished time="1790560802" summary="{TEXT}" exit="{exit_}"/><hosts up="1"/></runstats>'
    return f"{begin}{run}{''.join(hosts)}{end}\n</nmaprun>\n".encode()


_CHAT, _MAIL = (
    host("chat.corp.test", (443, "open"), (25, "closed")),
    host("mail.corp.test", (25, "open"), (443, "filtered")),
)
_GOOD = Program({"scan": Printed(document(_CHAT, _MAIL), said=TEXT.encode())})


def _with(body: bytes) -> Program:
    return _GOOD.but(scan=Printed(body))


_ALONE = "the program talks with many machines and answers for each of them"

CONTRACT = Contract(
    name="nmap",
    collector=NmapCollector(),
    options=NmapOptions(
        endpoints=("chat.corp.test:443", "mail.corp.test:25"), hosts={"chat.corp.test": "srv-01"}
    ),
    good=_GOOD,
    stages={
        Law.CUT_SHORT: _with(document(_CHAT)),
        Law.TOTAL_SMALLER: _with(document(_CHAT, _MAIL, host("other.corp.test", (443, "open")))),
        Law.TOTAL_LARGER: _with(document(_CHAT, host("mail.corp.test", (443, "open")))),
        Law.LIMITED_SECONDS: f"{_ALONE}: none limits it",
        Law.LIMITED_DATE: f"{_ALONE}: none limits it",
        Law.ERROR_IN_OK: _with(document(_CHAT, _MAIL, exit_="error")),
        Law.UNKNOWN_WHO: "nobody signs in to look at a port",
        Law.NOT_PERMITTED: "whoever reaches a port may look at it",
        Law.TIME_OUT: _GOOD.but(scan=Printed(hangs=True)),
        Law.RESET: f"{_ALONE}: a port that cuts the connection is closed",
        Law.TLS: f"{_ALONE}: it speaks no TLS",
        Law.CHANGED: "each port is looked at once",
        Law.UNKNOWN_WORD: _with(document(_CHAT, host("mail.corp.test", (25, "ajar")))),
        Law.HIDDEN: "a port shows the same to everybody",
        Law.OWN_ACCOUNT: "nobody signs in to look at a port",
    },
)
