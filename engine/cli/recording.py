"""What `--record` writes: the recordings of one collection, put in their place when all sources have ended."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from collectors.transport import RecordingFolder
from engine.errors import SourceError
from engine.facts import Collected
from engine.snapshot.folder import fresh_folder


class Recordings:
    """One folder a source. A source that was given up lives on as a thread, and must not write into what is done or gone."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._open: dict[str, RecordingFolder] = {}
        self._guard = threading.Lock()
        self._over = False

    @contextmanager
    def of(self, source: str) -> Iterator[RecordingFolder]:
        """Where to record a source; it is kept only if the block ends well: half a recording tells of a company that never was.

        Raises:
            SourceError: the collection is over
        """
        with self._guard:
            if self._over:
                raise SourceError(f"{source}: asked for when the time was over")
            folder = self._open[source] = RecordingFolder(self._root / source)
        try:
            with folder:
                yield folder
        except BaseException:
            self.drop(source)
            raise

    def drop(self, source: str) -> None:
        """Takes away what was recorded of a source, and writes nothing more of it."""
        with self._guard:
            folder = self._open.pop(source, None)
        if folder is not None:
            folder.end()
            shutil.rmtree(self._root / source, ignore_errors=True)

    def end(self) -> None:
        """Writes nothing more of any source."""
        with self._guard:
            self._over = True
            for folder in self._open.values():
                folder.end()


@dataclass(frozen=True)
class Reading:
    """Where raw responses come from and go to while sources are being read."""

    kept: Recordings | None = None
    replay: Path | None = None

    def dropped(self, outcome: Collected) -> Collected:
        """What a source came to that failed: what was recorded of it until then goes."""
        if self.kept is not None:
            self.kept.drop(outcome.report.id)
        return outcome


@contextmanager
def recordings(into: Path | None) -> Iterator[Recordings | None]:
    """The recordings of a collection, there whole when the block ends well and not at all when it does not.

    Args:
        into: their folder, new or empty; none: nothing is recorded

    Raises:
        UsageError: the folder holds something, or another run is writing it
    """
    if into is None:
        yield None
        return
    with fresh_folder(into) as work:
        kept = Recordings(work)
        try:
            yield kept
        finally:
            # before the folder moves or vanishes: what a thread writes meanwhile would stay behind
            kept.end()
