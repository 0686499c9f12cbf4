"""How raw responses are fetched: over HTTP, from a file, from a command, or from a folder of recordings."""

from dataclasses import dataclass, field
from typing import Literal, Protocol


@dataclass(frozen=True)
class Request:
    """One thing to fetch: a GET of a path, a file, or a command that only reads.

    `key` names it in a recording: it holds no secret and no path of a machine.
    """

    kind: Literal["http", "file", "command"]
    key: str
    query: tuple[tuple[str, str], ...] = ()
    argv: tuple[str, ...] = ()


@dataclass(frozen=True)
class Response:
    """What came back, and when."""

    body: bytes
    at: str
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)


class Transport(Protocol):
    """Fetches one request after the other."""

    def fetch(self, request: Request) -> Response:
        """The response, stripped of contents.

        Raises:
            SourceError: it cannot be had; the message says why
        """
