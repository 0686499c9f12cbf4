"""Which engine is used, and where it comes from.

OPA: the configured program, then `PATH`, then our cache; asked to, also the official release and a build. Else the embedded engine,
and whoever asked is told so. Nothing here reads the environment: places are arguments.
"""

import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from engine.errors import EngineError
from engine.opa.acquire import Progress, Release, build, download

PINNED = "1.19.1"
"""The version that answers are compared with."""

FLOOR = "1.18.2"
"""Older versions lack `future.keywords.not`, or leak memory as a server."""

OPA = Release(
    name="OPA",
    version=PINNED,
    address=f"https://github.com/open-policy-agent/opa/releases/download/v{PINNED}",
    files={
        ("linux", "x86_64"): (
            "opa_linux_amd64_static",
            "c9f985ce0d345f5484006ade2c695ed9e3f308e4441139e46695c5c182ac0839",
        ),
        ("linux", "aarch64"): (
            "opa_linux_arm64_static",
            "19dcb5186fd394c32023918c53eaacda55f835abb05e13e0f9a766dd1429494f",
        ),
        ("darwin", "x86_64"): (
            "opa_darwin_amd64",
            "80a9e2bce1a44fd81dc4b5415439918786b4685f0709d533d0005abea7e10e02",
        ),
        ("darwin", "arm64"): (
            "opa_darwin_arm64_static",
            "805ce3f336154150bef73bafa2dab8806631851bccc7cae95bef46ffabdf8fc3",
        ),
    },
    module="github.com/open-policy-agent/opa",
)

_VERSION_LINE = re.compile(r"^Version:\s*v?(\d+\.\d+\.\d+\S*)", re.MULTILINE)
_ASK_S = 10


@dataclass(frozen=True)
class Places:
    """Where OPA may be found, and what a build may see."""

    cache: Path
    """Folder of ours where a downloaded or built OPA is kept."""
    configured: Path | None = None
    search_path: str = ""
    """The value of `PATH`."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """For `go install`: HOME, PATH, GO…; handed on as it is."""
    connect_s: float = 5

    @property
    def kept(self) -> Path:
        """Where our own OPA lies, or would lie."""
        return self.cache / f"opa-{PINNED}" / ("opa.exe" if sys.platform == "win32" else "opa")


@dataclass(frozen=True)
class Program:
    """An OPA that can be used."""

    path: Path
    version: str
    origin: Literal["configured", "path", "cache", "download", "build"]


@dataclass(frozen=True)
class Choice:
    """The engine that an audit will use."""

    engine: Literal["opa", "embedded"]
    version: str
    program: Program | None = None
    notes: tuple[str, ...] = ()
    """What was passed over, and why: to be said in the terminal, and with `fallback` in run and reports too."""
    fallback: bool = False
    """Whether the embedded engine is used because OPA could not be had."""


def find(places: Places) -> tuple[Program | None, tuple[str, ...]]:
    """An OPA that is already on this machine, and what was passed over.

    Raises:
        EngineError: the configured program is missing, is no OPA or is too old
    """
    if places.configured is not None:
        return _configured(places.configured), ()
    notes = []
    on_path = shutil.which("opa", path=places.search_path) if places.search_path else None
    for path, origin in ((Path(on_path) if on_path else None, "path"), (places.kept, "cache")):
        if path is None or not path.is_file():
            continue
        version = version_of(path)
        if not version:
            notes.append(f"{path}: passed over, it does not say that it is OPA")
        elif is_older(version, FLOOR):
            notes.append(
                f"{path}: OPA {version} passed over, needs {FLOOR} or later: upgrade it, or run: clausewise engine install"
            )
        else:
            return Program(path, version, "path" if origin == "path" else "cache"), tuple(notes)
    return None, tuple(notes)


def obtain(places: Places, progress: Progress = lambda *_: None) -> tuple[Program | None, tuple[str, ...]]:
    """An OPA: found, else downloaded, else built; and what was passed over.

    Raises:
        EngineError: the configured program cannot be used, or a download is not what was pinned
    """
    found, notes = find(places)
    if found is not None:
        return found, notes
    return install(places, progress, notes)


def install(
    places: Places, progress: Progress = lambda *_: None, notes: tuple[str, ...] = ()
) -> tuple[Program | None, tuple[str, ...]]:
    """Our own OPA in the cache: downloaded, else built, whatever else there is on the machine."""
    target = places.kept
    problem = download(OPA, (sys.platform, platform.machine()), target, progress, places.connect_s)
    origin: Literal["download", "build"] = "download"
    if problem:
        notes = (*notes, f"download: {problem}")
        origin = "build"
        problem = build(OPA, target, places.environment, progress)
    if problem:
        return None, (*notes, f"build: {problem}")
    version = version_of(target)
    if version != PINNED:
        return None, (*notes, f"{target}: says that it is {version or 'nothing we know'}, expected {PINNED}")
    return Program(target, version, origin), notes


def choose(  # each is an option of the command
    wanted: Literal["auto", "opa", "embedded"],
    places: Places,
    embedded: str,
    *,
    url: str = "",
    fetch: bool = True,
    progress: Progress = lambda *_: None,
) -> Choice:
    """The engine to use.

    Args:
        wanted: what the user asked for
        places: where OPA may be
        embedded: version of the embedded engine; empty if it is not installed
        url: a server that somebody else runs; OPA is then used whatever else there is
        fetch: whether OPA may be downloaded or built
        progress: told how far that is

    Raises:
        EngineError: what was asked for cannot be had
    """
    if wanted == "embedded":
        if not embedded:
            raise EngineError("the embedded engine is not installed", "pip install 'clausewise[embedded]'")
        return Choice("embedded", embedded)
    if url:
        found, notes = find(places)
        return Choice("opa", "", found, notes)
    found, notes = obtain(places, progress) if fetch else find(places)
    if found is not None:
        return Choice("opa", found.version, found, notes)
    if wanted == "auto" and embedded:
        return Choice(
            "embedded",
            embedded,
            None,
            notes,
            fallback=True,
        )
    raise EngineError(
        f"no OPA can be had: {'; '.join(notes) or 'none is installed'}",
        f"install OPA {FLOOR} or later, or Go, or pip install 'clausewise[embedded]'",
    )


def version_of(program: Path) -> str:
    """Version that an OPA program states; empty if it is none. A program that stays as it is is asked once."""
    try:
        about = program.stat()
    except OSError:
        return ""
    return _stated(program, about.st_ino, about.st_size, about.st_mtime_ns)


@lru_cache(maxsize=64)
def _stated(program: Path, *_about: int) -> str:
    try:
        done = subprocess.run(  # noqa: S603  # the program that the user chose
            [str(program), "version"],
            env={},
            capture_output=True,
            timeout=_ASK_S,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = _VERSION_LINE.search(done.stdout.decode("utf-8", "replace"))
    return found[1] if found and done.returncode == 0 else ""


def is_older(version: str, than: str) -> bool:
    """Whether a version comes before another.

    >>> is_older("1.9.0", "1.18.2"), is_older("1.19.1", "1.18.2")
    (True, False)
    """
    return _numbers(version) < _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _configured(path: Path) -> Program:
    if not path.is_file():
        raise EngineError(f"{path}: no such program", "mend the path to OPA")
    version = version_of(path)
    if not version:
        raise EngineError(f"{path}: does not say that it is OPA", "mend the path to OPA")
    if is_older(version, FLOOR):
        raise EngineError(
            f"{path}: OPA {version} is too old, needs {FLOOR} or later",
            "upgrade it, or leave the path out and run: clausewise engine install",
        )
    return Program(path, version, "configured")
