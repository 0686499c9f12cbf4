"""Files below one folder."""

import json
from pathlib import Path

from collectors.transport.exchange import Request, Response, now
from engine.errors import SourceError


class FileTransport:
    """Reads files below a folder, and nothing above it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fetch(self, request: Request) -> Response:
        """The bytes of the file that the key names; for a key that ends with `/`, the names in that folder as JSON.

        Raises:
            SourceError: there is no such file, it cannot be read, or the key leads out of the folder
        """
        root = self._folder.resolve()
        path = (root / request.key).resolve()
        if not path.is_relative_to(root):
            raise SourceError(
                f"{request.key}: lies outside the folder of the source", "name files below that folder"
            )
        try:
            body = _listing(path) if request.key.endswith("/") else path.read_bytes()
        except FileNotFoundError as error:
            wanted = "put the file there, or correct its name in company.yaml"
            raise SourceError(f"{request.key}: there is no such file in {self._folder}", wanted) from error
        except OSError as error:
            message = f"{request.key}: cannot be read ({error.strerror})"
            raise SourceError(message, "let this user read it") from error
        return Response(body=body, at=now())

    def close(self) -> None:
        """Nothing is open."""


def _listing(folder: Path) -> bytes:
    names = sorted(
        entry.name for entry in folder.iterdir() if entry.is_file() and not entry.name.startswith(".")
    )
    return json.dumps(names, ensure_ascii=False).encode()
