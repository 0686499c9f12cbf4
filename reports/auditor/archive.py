"""A ZIP whose bytes depend on what is in it and on nothing else."""

import hashlib
import zipfile
from types import TracebackType
from typing import BinaryIO, Self

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a ZIP can state: no file has the time at which it was written."""

_MODE = 0o100600 << 16
"""A plain file that its owner alone can read, wherever it is unpacked."""

_UNIX = 3

LEVEL = 9


class Archive:
    """Files go in one by one, in the order in which they are given; digests of all are kept for the manifest."""

    def __init__(self, into: BinaryIO) -> None:
        """Begins an archive in an open file."""
        self._zip = zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
        self.files: dict[str, dict[str, int | str]] = {}

    def add(self, path: str, data: bytes) -> None:
        """One more file."""
        info = zipfile.ZipInfo(path, EPOCH)
        info.create_system = _UNIX
        info.external_attr = _MODE
        info.compress_type = zipfile.ZIP_DEFLATED
        self._zip.writestr(info, data, compresslevel=LEVEL)
        self.files[path] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
