"""What every collector keeps to, whatever it reads: the laws, once, and what a collector registers to be held to them.

A collector registers itself by a module below `contracted/` with a `CONTRACT`: for each law a *stage*, which is the system
as it answers in that case, or a sentence that says why there is no such case. Which laws there are, and what must come of
each, stands here alone: a collector chooses neither.
"""

import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from pydantic import BaseModel

from collectors import Collector, Moment, Source
from collectors.transport import CommandTransport, HttpTransport, Request, Response, Stripped, Transport
from engine.errors import SourceError
from engine.facts import Collected

AT = "2026-10-01T01:00:00Z"
MOMENT = Moment("2026-09-30T15:59:59Z", ZoneInfo("Asia/Shanghai"))
SECRET = "canary-secret-5d1e"  # noqa: S105  # planted to be searched for
TEXT = "canary-text-88c0"
"""Planted in every message, mail address and free text that is none of the audit's business."""


class Law(StrEnum):
    """What may happen to a source, and what must come of it."""

    CUT_SHORT = "pages cut short are not everything"
    TOTAL_SMALLER = "a total smaller than what came is not believed"
    TOTAL_LARGER = "a total larger than what came is not everything"
    LIMITED_SECONDS = "a limit that names seconds is waited for, then partial"
    LIMITED_DATE = "a limit that names a date is waited for, then partial"
    ERROR_IN_OK = "an error inside a good answer is a failure"
    UNKNOWN_WHO = "a secret that is not valid is a failure that says so"
    NOT_PERMITTED = "a refusal names the permission"
    TIME_OUT = "no answer in time is a failure that says so"
    RESET = "a connection that is cut is a failure that says so"
    TLS = "a certificate that is not trusted is a failure that says so"
    CHANGED = "what comes and goes while pages are read is noticed"
    UNKNOWN_WORD = "a word that no enumeration knows is unknown and reported"
    HIDDEN = "a field hidden by permission is unknown, never false"
    SAME_BYTES = "the same records give the same bytes"
    INSTANTS = "every instant has twenty characters"
    SECRETS = "no secret and no text is in anything written"
    OWN_ACCOUNT = "the collector's own account is marked"
    READS_ONLY = "only what is on the list is asked for, and only by reading"


WORDS = {Law.TIME_OUT: "in time|within", Law.RESET: "connection", Law.TLS: "certificate"}
"""What the failure must say: regular expressions."""

Stage = Callable[["Contract", Path], Transport]
"""The system as it answers in one case; it gets an empty folder to work in."""


CONDITIONS = re.compile(
    r"may( not)? (see|be seen)|paid|P1|AuditLog|administrator's token|system console|or later|activity_days|contacts: list"
)
"""What a declared condition says where an edition, a permission or a setting decides: such a field is tried without it."""


@dataclass(frozen=True)
class Without:
    """The system without the edition, permission or setting that a field needs, and what its facts say then."""

    stage: Stage
    reason: str
    """Why the field is unknown; empty: there is no such fact at all."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Settings of company.yaml that are others."""
    full: Stage | None = None
    """The system that has what the field needs, where `good` has not."""


@dataclass(frozen=True)
class Contract:
    """A collector under the laws."""

    name: str
    collector: Collector
    options: BaseModel
    good: Stage
    """The system when all is well, with the canaries in every secret and text."""
    stages: Mapping[Law, Stage | str]
    """The system in each other case; a sentence where there is no such case."""
    permission: str = ""
    """Regular expression: the permission that a refusal must name."""
    refuses: frozenset[Law] = frozenset()
    """Where the collector is stricter: nothing of such a source is taken."""
    without: Mapping[str, tuple[Without, ...]] = field(default_factory=dict)
    """`entity.field` that is declared on a condition -> the cases in which the condition does not hold."""
    departments: tuple[str, ...] | None = field(default=None)
    posts: frozenset[str] = frozenset()
    """Paths that the vendor reads by POST, and where it gives tokens; everything else must be a GET."""

    @property
    def source(self) -> Source:
        """The source, as company.yaml would declare it."""
        return Source("src", "Source", self.options, self.departments)

    def stage(self, law: Law) -> Stage | str:
        """What the law is tried on."""
        return self.stages.get(law, self.good)

    def opened(self, stage: Stage, folder: Path) -> Transport:
        """The stage as the collector sees it: without contents."""
        return Stripped(stage(self, folder), partial(self.collector.strip, self.source))

    def collect(self, transport: Transport) -> Collected:
        """What the collector makes of it."""
        return self.collector.collect(self.source, transport, MOMENT)


ON_GOOD = frozenset({Law.SAME_BYTES, Law.INSTANTS, Law.SECRETS, Law.OWN_ACCOUNT, Law.READS_ONLY})
"""Laws that are tried on the system when all is well, and need no stage of their own."""


@dataclass
class Asked:
    """A transport that remembers what it was asked, and what it answered."""

    transport: Transport
    requests: list[Request] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)

    def fetch(self, request: Request) -> Response:
        """The answer of the transport behind it."""
        self.requests.append(request)
        response = self.transport.fetch(request)
        self.responses.append(response)
        return response

    def close(self) -> None:
        """Close the transport behind it."""
        self.transport.close()


@dataclass(frozen=True)
class Printed:
    """What one run of a program leaves: its words, its complaints, its exit code, and whether it hangs."""

    out: bytes = b""
    said: bytes = b""
    code: int = 0
    hangs: bool = False
    then: bytes = b""
    """Its words the next time, if they are others."""


_PROGRAM = """
cat "$1"; cat "$2" >&2
[ ! -f "$1.then" ] || mv "$1.then" "$1"
[ "$4" = no ] || exec sleep 60
exit "$3"
"""


@dataclass(frozen=True)
class Program:
    """A program that answers to fixed commands, behind the real transport: its table of commands is tried too."""

    answers: Mapping[str, Printed]

    def __call__(self, contract: Contract, folder: Path) -> Transport:
        """The transport that `connect` makes, with a program of ours in place of each command."""
        transport = contract.collector.connect(contract.source, SECRET, folder)
        assert isinstance(transport, CommandTransport)
        assert set(self.answers) == set(transport._commands)
        for key, printed in self.answers.items():
            out, said = folder / f"{key}.out", folder / f"{key}.said"
            out.write_bytes(printed.out)
            said.write_bytes(printed.said)
            if printed.then:
                out.with_name(f"{out.name}.then").write_bytes(printed.then)
            words = (str(out), str(said), str(printed.code), "yes" if printed.hangs else "no")
            transport._commands[key] = ("/bin/sh", "-c", _PROGRAM, "program", *words)
        if any(printed.hangs for printed in self.answers.values()):
            transport._time_limit_s = 0.2
        return transport

    def but(self, **changed: Printed) -> "Program":
        """The same program with other answers in their place."""
        return Program(dict(self.answers) | changed)


@dataclass(frozen=True)
class Files:
    """A folder that holds these files."""

    files: Mapping[str, bytes]

    def __call__(self, contract: Contract, folder: Path) -> Transport:
        """The real transport of the collector, on a real folder."""
        for name, body in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        return contract.collector.connect(contract.source, "", folder)

    def but(self, **changed: bytes | None) -> "Files":
        """The same folder with other files in their place; `None` takes one away. `a__b` is the file `a.b`."""
        named = {name.replace("__", "."): body for name, body in changed.items()}
        return Files({name: body for name, body in (dict(self.files) | named).items() if body is not None})


Handler = Callable[[httpx.Request], httpx.Response]


@dataclass(frozen=True)
class Served:
    """A server over HTTP, behind the real transport of the collector: its list of paths and its retries are tried too."""

    handler: Callable[[], Handler]
    """A fresh server each time, for it may remember what it was asked."""

    def __call__(self, contract: Contract, folder: Path) -> Transport:
        """The transport that `connect` makes, with the server in place of the network."""
        transport = contract.collector.connect(contract.source, SECRET, folder)
        assert isinstance(transport, HttpTransport)
        asked: list[httpx.Request] = []
        answers = self.handler()

        def answer(request: httpx.Request) -> httpx.Response:
            asked.append(request)
            return answers(request)

        transport._client._transport = httpx.MockTransport(answer)  # type: ignore[attr-defined]
        transport.asked = asked  # type: ignore[attr-defined]
        transport.slept = []  # type: ignore[attr-defined]
        transport._sleep = transport.slept.append  # type: ignore[attr-defined]
        return transport

    def always(self, status: int, body: object, **headers: str) -> "Served":
        """The server when it answers the same to everything."""
        return Served(lambda: lambda _request: httpx.Response(status, json=body, headers=headers))

    def broken(self, error: Callable[[httpx.Request], Exception]) -> "Served":
        """The server when nothing comes back."""

        def raises(request: httpx.Request) -> httpx.Response:
            raise error(request)

        return Served(lambda: raises)

    def limited(
        self, second_page: Callable[[httpx.Request], bool], retry_after: Callable[[], str]
    ) -> "Served":
        """The server when it has enough of us on the second page, and stays so."""
        whole = self.handler

        def handler() -> Handler:
            answers = whole()

            def answer(request: httpx.Request) -> httpx.Response:
                if second_page(request):
                    return httpx.Response(429, json={}, headers={"Retry-After": retry_after()})
                return answers(request)

            return answer

        return Served(handler)


def _untrusted(request: httpx.Request) -> Exception:
    error = httpx.ConnectError("handshake failed", request=request)
    error.__cause__ = ssl.SSLCertVerificationError(1, "certificate verify failed: self-signed certificate")
    return error


AWAY_S = 20
"""How far ahead the date lies until which a server wants us to wait."""


def _soon() -> str:
    """The date as it is when the server answers: one that is written down beforehand is over, and waited for like none."""
    return format_datetime(datetime.now(UTC) + timedelta(seconds=AWAY_S), usegmt=True)


def over_http(
    server: Served, second_page: Callable[[httpx.Request], bool], seconds: str
) -> dict[Law, Stage | str]:
    """The cases that every server over HTTP has."""
    return {
        Law.LIMITED_SECONDS: server.limited(second_page, lambda: seconds),
        Law.LIMITED_DATE: server.limited(second_page, _soon),
        Law.TIME_OUT: server.broken(lambda request: httpx.ReadTimeout("slow", request=request)),
        Law.RESET: server.broken(lambda request: httpx.ReadError("reset by peer", request=request)),
        Law.TLS: server.broken(_untrusted),
    }


def no_network(what: str) -> dict[Law, Stage | str]:
    """Why the laws of a network do not bind a source that has none."""
    return {
        Law.LIMITED_SECONDS: f"{what}: nobody limits us",
        Law.LIMITED_DATE: f"{what}: nobody limits us",
        Law.ERROR_IN_OK: f"{what}: no status that could hide an error",
        Law.UNKNOWN_WHO: f"{what}: nobody signs in",
        Law.NOT_PERMITTED: f"{what}: what this user may not read fails like a missing file",
        Law.TIME_OUT: f"{what}: is there or is not",
        Law.RESET: f"{what}: no connection",
        Law.TLS: f"{what}: no connection",
        Law.HIDDEN: f"{what}: has no permissions of single fields",
        Law.OWN_ACCOUNT: f"{what}: the collector has no account in it",
    }


def outcome(contract: Contract, stage: Stage, folder: Path) -> Collected | SourceError:
    """What comes of a stage: facts with an honest report, or a failure in words. Anything else is a fault."""
    try:
        return contract.collect(contract.opened(stage, folder))
    except SourceError as error:
        return error
