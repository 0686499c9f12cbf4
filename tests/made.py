"""What is costly to make and the same each time: kept in `.cache`, until anything that it is made from changes."""

import hashlib
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: two processes may then make the same thing, and one of them wins
    fcntl = None

ROOT = Path(__file__).parents[1]
PLACE = ROOT / ".cache" / "made"
MADE_FROM = ("engine", "collectors", "reports", "policies", "fixtures", "requirements.lock")

KEPT = 16
"""Of each thing, so that two branches can share the folder."""


def made_once(name: str, make: Callable[[Path], object], *also: str) -> Path:
    """The folder that was made from these sources before, or is made now; whoever uses it changes nothing in it.

    Args:
        name: what it is called
        make: makes it in a folder that is not there yet
        also: what it rests on besides: files or folders, from the project's root
    """
    wanted = PLACE / f"{name}-{sources_digest(*also)}"
    PLACE.mkdir(parents=True, exist_ok=True)
    with _alone(name):
        if not wanted.is_dir():
            for old in sorted(PLACE.glob(f"{name}-*"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
                shutil.rmtree(old)
            begun = PLACE / f".{name}"
            shutil.rmtree(begun, ignore_errors=True)
            make(begun)
            begun.rename(wanted)
    return wanted


@contextmanager
def _alone(name: str) -> Iterator[None]:
    with (PLACE / f".{name}.lock").open("w") as lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@lru_cache
def sources_digest(*also: str) -> str:
    """Stands for all that the project's answers rest on, and for what is named besides: files or folders, from the project's root."""
    found = hashlib.sha256(sys.version.encode())
    for part in (*MADE_FROM, *also):
        place = ROOT / part
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]
