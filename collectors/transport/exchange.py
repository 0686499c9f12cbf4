"""One exchange with a source: what is asked, and what comes back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, Protocol


@dataclass(frozen=True)
class Request:
    """One thing to fetch: a GET of a path, a file, or a command that only reads.

    `key` names it in a recording: the path of a URL, a path below the source's folder, the name of a command. It holds
    no secret and no path of a machine.
    """

    kind: Literal["http", "file", "command", "ldap"]
    key: str
    query: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Response:
    """What came back, and when.

    `status` is the HTTP status, the exit code of a command, or 0 for a file. `headers` holds the few headers that
    matter, with small letters; of a command its last words on stderr, under that name.
    """

    body: bytes
    at: str
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)


Strip = Callable[[Request, Response], Response]
"""Drops message texts, secrets and personal contact data from a response; pure, and stripping twice changes nothing."""


class Transport(Protocol):
    """Fetches one request after the other."""

    def fetch(self, request: Request) -> Response:
        """The response, whatever its status.

        Raises:
            SourceError: nothing came back; the message says why
        """

    def close(self) -> None:
        """Let go of connections, and finish what is being written."""


@dataclass(frozen=True)
class Stripped:
    """A transport whose responses have lost their contents."""

    transport: Transport
    strip: Strip

    def fetch(self, request: Request) -> Response:
        """The response, without contents."""
        return self.strip(request, self.transport.fetch(request))

    def close(self) -> None:
        """Close the transport behind it."""
        self.transport.close()


def now() -> str:
    """The instant, for the time stamp of a response; nothing but a transport calls this."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
