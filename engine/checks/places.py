"""Where the nodes of a syntax tree stand in the text of their file, and the file with another text there."""

import base64
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Place:
    """Where a node stands."""

    row: int
    start: int
    """Offset in the bytes of the file."""
    text: str

    @property
    def end(self) -> int:
        """Offset of the first byte behind it."""
        return self.start + len(self.text.encode())


class Source:
    """The text of a file of rules, by places."""

    def __init__(self, body: bytes) -> None:
        """Find the rows.

        Args:
            body: the file, byte for byte as it was parsed
        """
        self._body = body
        self._starts = [0]
        for line in body.split(b"\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def place(self, node: dict[str, Any]) -> Place | None:
        """Where a node stands; nothing if the parser put it there itself."""
        location = node.get("location")
        if not location:
            return None
        text = base64.b64decode(location.get("text", ""))
        start = self._starts[location["row"] - 1] + location["col"] - 1
        if not text or self._body[start : start + len(text)] != text:
            return None
        return Place(location["row"], start, text.decode())

    def between(self, start: int, end: int) -> str:
        """What stands between two offsets."""
        return self._body[start:end].decode()

    def replaced(self, start: int, end: int, text: str) -> str:
        """The whole file with another text between two offsets."""
        return (self._body[:start] + text.encode() + self._body[end:]).decode()
