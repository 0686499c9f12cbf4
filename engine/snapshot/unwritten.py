"""The files of a snapshot before they are written: small ones in memory, large ones in a nameless file of this process."""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import SpooledTemporaryFile
from weakref import finalize

from engine.snapshot.folder import private_file

_IN_MEMORY = 8 * 2**20
"""Bytes of all files together that are held in memory."""
_PIECE = 2**20


class Unwritten(Mapping[str, bytes]):
    """Path -> bytes; what is asked for is read again, and what is written goes from file to file."""

    def __init__(self) -> None:
        self._bytes = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # it lives as long as this
        finalize(self, self._bytes.close)
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def put(self, path: str, pieces: Iterable[bytes]) -> None:
        """A file, in pieces as they come."""
        start = self._end
        self._bytes.seek(start)
        for piece in pieces:
            self._end += self._bytes.write(piece)
        self._places[path] = start, self._end - start

    def put_lines(self, paths: Iterable[str], lines: Iterable[tuple[str, bytes]]) -> None:
        """Several files at once, whose lines come as they may: each line with the path of its file.

        Args:
            paths: all of the files; one without lines is empty
            lines: of any of them, in the order in which they are to stand there
        """
        places = {path: array("Q") for path in paths}
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as mixed:
            at = 0
            for path, line in lines:
                places[path].append(at)
                at += mixed.write(line + b"\n")
            for path, starts in places.items():
                self.put(path, (_line(mixed, start) for start in starts))

    def write(self, path: str, into: Path) -> None:
        """Write a file that only its owner can read."""
        start, length = self._places[path]
        self._bytes.seek(start)
        with private_file(into) as file:
            while length:
                piece = self._bytes.read(min(length, _PIECE))
                file.write(piece)
                length -= len(piece)

    def __getitem__(self, path: str) -> bytes:
        start, length = self._places[path]
        self._bytes.seek(start)
        return self._bytes.read(length)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _line(mixed: SpooledTemporaryFile[bytes], start: int) -> bytes:
    mixed.seek(start)
    return mixed.readline()
