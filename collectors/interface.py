"""What a collector is: a source in, facts and an honest report out.

Three layers. A transport fetches raw responses (the only layer with a network; a folder of recordings replaces it), a
parser makes source-shaped records of them, a normaliser makes facts. The last two are pure.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import ClassVar, Protocol

from pydantic import BaseModel

from collectors.transport import Request, Response, Stripped, Transport
from engine.facts import Collected

Options = type[BaseModel]
"""The model of what may stand under a source of one kind in `company.yaml`."""

Fields = Mapping[str, Mapping[str, str]]
"""Entity -> field that this kind of source can fill -> on what condition, in words; empty: always."""


@dataclass(frozen=True)
class Source:
    """A source as `company.yaml` declares it."""

    id: str
    title: str
    options: BaseModel
    departments: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Moment:
    """The instant that a snapshot is taken for, and the zone in which the company counts its days."""

    as_of: str
    zone: tzinfo


class Collector(Protocol):
    """A kind of source, by the name that `type:` has in `company.yaml`."""

    type: ClassVar[str]
    title: ClassVar[str]
    delivers: ClassVar[tuple[str, ...]]
    fields: ClassVar[Fields]
    options: ClassVar[Options]

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """The live transport, not stripped yet: see `live`; `secret` is the value itself, `folder` what relative paths count from."""

    def strip(self, source: Source, request: Request, response: Response) -> Response:
        """The response without contents, secrets and personal contact data; see `Strip`."""

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """Everything the source has; partial with the problems named if it is not everything.

        Raises:
            SourceError: nothing could be read at all
        """


@contextmanager
def live(collector: Collector, source: Source, secret: str, folder: Path) -> Iterator[Transport]:
    """The live transport of a source, whose responses have lost their contents: the only way to open one."""
    transport = collector.connect(source, secret, folder)
    try:
        yield Stripped(transport, partial(collector.strip, source))
    finally:
        transport.close()
