"""Get a pinned program: as an official release whose digest we know, or built from its source by Go.

Nothing is made executable before its bytes are the ones that were pinned here, and nothing appears under its name before it is whole.
"""

import hashlib
import os
import subprocess
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import EngineError

Progress = Callable[[str, float], None]
"""What is going on, and how much of it is done, 0 to 1."""

_BUILD_S = 900
_SOURCE_S = 20
"""Until Go must have found the source: what does not connect is passed over."""


@dataclass(frozen=True)
class Release:
    """One version of a program, and where it officially comes from."""

    name: str
    version: str
    address: str
    """Folder of the release."""
    files: Mapping[tuple[str, str], tuple[str, str]]
    """System and machine, as Python calls them -> file and its SHA-256."""
    module: str
    """What Go builds it from."""


@dataclass
class _Transfer:
    connected: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)
    given_up: bool = False
    problem: str = ""


def download(
    release: Release, machine: tuple[str, str], target: Path, progress: Progress, connect_s: float = 5
) -> str:
    """Fetch the release for this machine; empty, or why it could not be had.

    Args:
        release: what to fetch
        machine: `sys.platform` and `platform.machine()`
        target: where the program shall lie
        progress: told how far it is
        connect_s: what does not answer within so many seconds is passed over

    Raises:
        EngineError: the bytes are not the pinned ones; nothing was kept
    """
    known = release.files.get((machine[0], machine[1].lower()))
    if known is None:
        return f"no release of {release.name} for {machine[0]} on {machine[1]}"
    name, sha256 = known
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    transfer = _Transfer()
    # NOTE: a thread, because no library limits looking up a name and trying each address of it together
    threading.Thread(
        target=_fetch, args=(f"{release.address}/{name}", part, transfer, progress), daemon=True
    ).start()
    try:
        if not transfer.connected.wait(connect_s) and not transfer.done.is_set():
            transfer.given_up = True
            return f"{release.address} does not answer within {connect_s:g} s"
        transfer.done.wait()
        if transfer.problem:
            return transfer.problem
        found = _digest(part)
        if found != sha256:
            raise EngineError(
                f"{release.name}: downloaded file has SHA-256 {found}, expected {sha256}",
                "do not use it; look whether something on the way replaces downloads",
            )
        part.chmod(0o755)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return ""


def build(
    release: Release,
    target: Path,
    environment: Mapping[str, str],
    progress: Progress,
    folder: Path | None = None,
) -> str:
    """Build the pinned version with Go; empty, or why it could not be had.

    Args:
        release: what to build
        target: where the program shall lie
        environment: what Go may see: where its modules come from is the machine's business
        progress: told what is going on
        folder: of a `go.mod` that pins the sources; without it, the module at its version
    """
    known = {**environment, "GOBIN": str(target.parent.resolve()), "CGO_ENABLED": "0"}
    asked = release.module if folder else f"{release.module}@v{release.version}"
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    search = ["go", "list", "-m", f"{release.module}@v{release.version}"] if not folder else ["go", "version"]
    for command, limit_s in ((search, _SOURCE_S), (["go", "install", asked], _BUILD_S)):
        progress(f"{release.name} {release.version}: {' '.join(command)}", 0)
        try:
            done = subprocess.run(  # noqa: S603  # our own arguments
                command,
                env=known,
                cwd=folder,
                capture_output=True,
                timeout=limit_s,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except FileNotFoundError:
            return "Go is not installed"
        except subprocess.TimeoutExpired:
            return f"{' '.join(command)} takes longer than {limit_s} s"
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            return f"{' '.join(command)}: {said[-1] if said else 'failed'}"
    built = target.parent / release.module.rpartition("/")[2]
    if built != target:
        built.replace(target)
    return ""


def _fetch(address: str, part: Path, transfer: _Transfer, progress: Progress) -> None:
    import httpx  # noqa: PLC0415  # whoever has OPA should not wait for what fetches it

    def answered(_: httpx.Response) -> None:
        transfer.connected.set()

    try:
        with (
            httpx.Client(follow_redirects=True, timeout=30, event_hooks={"response": [answered]}) as client,
            client.stream("GET", address) as response,
        ):
            response.raise_for_status()
            size = int(response.headers.get("content-length", 0))
            got = 0
            with part.open("wb") as file:
                for piece in response.iter_bytes(1 << 18):
                    if transfer.given_up:
                        return
                    file.write(piece)
                    got += len(piece)
                    progress(f"downloading {address}", got / size if size else 0)
    except (httpx.HTTPError, OSError, ValueError) as error:
        transfer.problem = f"{address}: {str(error) or type(error).__name__}"
    finally:
        if transfer.given_up:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        transfer.done.set()
        transfer.connected.set()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
