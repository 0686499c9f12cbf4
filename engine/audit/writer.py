"""The files of a run, written line by line."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import orjson
from pydantic import BaseModel

from engine.canonical import canonical, canonical_model
from engine.snapshot.folder import MANIFEST, digest_of, files_below, write_private

_LINES = ("attestations", "ended", "findings", "results", "subjects", "undecided", "waivers")


class RunWriter:
    """Opens every list of a run at once, so that an empty one is there too, and seals them at the end."""

    def __init__(self, work: Path) -> None:
        self._work = work
        self._files: dict[str, BinaryIO] = {}
        for name in _LINES:
            write_private(self._path(name), b"")
            self._files[name] = self._path(name).open("ab")

    def _path(self, name: str) -> Path:
        return self._work / f"{name}.jsonl"

    def line(self, name: str, row: BaseModel) -> None:
        """Adds a row to a list."""
        self._files[name].write(canonical_model(row) + b"\n")

    def document(self, name: str, body: dict[str, Any]) -> None:
        """Writes a document."""
        write_private(self._work / f"{name}.json", canonical(body) + b"\n")

    def written(self, name: str, key: str, wanted: Iterable[str]) -> set[str]:
        """Which of the keys a list holds already."""
        self._files[name].flush()
        looked_for = set(wanted)
        with self._path(name).open("rb") as lines:
            return {value for line in lines if (value := orjson.loads(line)[key]) in looked_for}

    def close(self) -> None:
        """Closes all lists and writes the manifest."""
        for file in self._files.values():
            file.close()
        files = files_below(self._work)
        manifest = {"schema": "run/1", "files": files, "digest": digest_of(files)}
        write_private(self._work / MANIFEST, canonical(manifest) + b"\n")
