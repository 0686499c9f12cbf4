"""Recordings: a folder of raw responses that replaces the network."""

import json
import re
import threading
from collections import defaultdict, deque
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from collectors.transport.exchange import Request, Response, Transport
from engine.errors import SourceError

_INDEX = "index.json"

_LONGEST_NAME = 100
"""Characters of a file name: readable, and short enough for every file system."""


class RecordingFolder:
    """Writes responses into a folder. What is added must have been stripped of contents before."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._entries: list[dict[str, Any]] = []
        self._names: set[str] = set()
        self._writing = threading.Lock()
        self._over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, request: Request, response: Response) -> None:
        """Write the body at once; the index follows with `close`."""
        with self._writing:
            if not self._over:
                self._add(request, response)

    def _add(self, request: Request, response: Response) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = self._free_name(request, response)
        _write(self._folder / name, response.body)
        self._entries.append(
            {
                "at": response.at,
                "file": name,
                "headers": response.headers,
                "key": request.key,
                "kind": request.kind,
                "query": [list(pair) for pair in request.query],
                "status": response.status,
            }
        )

    def close(self) -> None:
        """Write the index: one line an entry, so that two recordings can be compared by eye."""
        with self._writing:
            if not self._over:
                self._index()

    def end(self) -> None:
        """Write nothing more, whoever still holds this; what is being written is written when this returns."""
        with self._writing:
            self._over = True

    def _index(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lines = [json.dumps(entry, ensure_ascii=False, sort_keys=True) for entry in self._entries]
        body = "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"
        _write(self._folder / _INDEX, body.encode())

    def _free_name(self, request: Request, response: Response) -> str:
        parts = [request.key, *(f"{name}-{value}" for name, value in request.query)]
        stem = ".".join(
            part for part in (re.sub(r"[^\w.]+", "-", part).strip("-.") for part in parts) if part
        )
        stem, ending = _ending(stem[-_LONGEST_NAME:] or "response", response)
        name, number = f"{stem}{ending}", 1
        # file systems that do not tell capitals apart must not lose a body
        while name.lower() in self._names or name == _INDEX:
            number += 1
            name = f"{stem}~{number}{ending}"
        self._names.add(name.lower())
        return name


@dataclass(frozen=True)
class Recorded:
    """A transport that writes down what it fetches."""

    transport: Transport
    folder: RecordingFolder

    def fetch(self, request: Request) -> Response:
        """The response, which lies in the recording when this returns."""
        response = self.transport.fetch(request)
        self.folder.add(request, response)
        return response

    def close(self) -> None:
        """Close the transport behind it, and write the index."""
        self.transport.close()
        self.folder.close()


class ReplayTransport:
    """Answers from a recording, in the order in which it was made; the last answer to a request is kept."""

    def __init__(self, folder: Path) -> None:
        """Read the index.

        Raises:
            SourceError: there is no recording in the folder, or its index is damaged
        """
        self._folder = folder
        self._answers: dict[Request, deque[dict[str, Any]]] = defaultdict(deque)
        wanted = "name a folder that was written with --record"
        try:
            entries = json.loads((folder / _INDEX).read_bytes())
            for entry in entries:
                query = tuple((name, value) for name, value in entry["query"])
                self._answers[Request(entry["kind"], entry["key"], query)].append(entry)
        except FileNotFoundError as error:
            raise SourceError(f"{folder.name}: no recording of this source", wanted) from error
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(f"{folder.name}/{_INDEX}: not the index of a recording", wanted) from error

    def fetch(self, request: Request) -> Response:
        """What was recorded for the request.

        Raises:
            SourceError: the request was never made when the recording was written
        """
        answers = self._answers.get(request)
        if not answers:
            asked = "&".join(f"{name}={value}" for name, value in request.query)
            message = (
                f"{self._folder.name}: the recording has no answer to {request.kind} {request.key} {asked}"
            )
            raise SourceError(message.rstrip(), "record the source again with this version")
        entry = answers.popleft() if len(answers) > 1 else answers[0]
        try:
            body = (self._folder / entry["file"]).read_bytes()
        except OSError as error:
            message = f"{self._folder.name}/{entry['file']}: named in the index, but not there"
            raise SourceError(message, "record the source again") from error
        return Response(body=body, at=entry["at"], status=entry["status"], headers=entry["headers"])

    def close(self) -> None:
        """Nothing is open."""


def _ending(stem: str, response: Response) -> tuple[str, str]:
    found = re.search(r"\.(csv|xlsx|json|ya?ml|txt|tsv)$", stem, re.IGNORECASE)
    if found:
        return stem[: found.start()], found.group()
    return stem, ".json" if response.body[:1] in {b"{", b"["} else ".txt"


def _write(path: Path, body: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(body)
