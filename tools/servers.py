"""Sets up the servers and readers of others that tests use: `python tools/servers.py synapse` prints the Python that has it.

Each environment lies in the ignored folder `.cache` and is made once for each content of its lock.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_STAMP = "made-from"

_SERVERS = {
    "synapse": ("requirements-servers.lock", "the chat server for the tests, once (a minute)"),
    "scim": ("requirements-scim.lock", "the SCIM server for the tests, once (some seconds)"),
    # a program of its own, under a licence of its own: it is run, and no part of this project imports it
    "sslyze": ("requirements-sslyze.lock", "the scanner of encryption for the tests, once (some seconds)"),
    "trestle": ("requirements-trestle.lock", "what reads OSCAL 1.2.1 for the tests, once (some seconds)"),
    "cyclonedx": ("requirements-cyclonedx.lock", "what lists the parts of software for the tests, once"),
}
"""Name -> its lock, and what is said while it is set up."""


def environment(name: str) -> Path:
    """The Python of an environment with the server, made if it is not there."""
    lock_name, words = _SERVERS[name]
    lock, place = _ROOT / lock_name, _ROOT / ".cache" / f"{name}-venv"
    # a link to an environment that another checkout has made is as good as one's own
    home = place.resolve()
    if not _fits(home, lock):
        # what another checkout made is never cleared from here
        if place.is_symlink():
            place.unlink()
        home = place
        print(f"setting up {words}", file=sys.stderr)
        venv.create(home, with_pip=True, clear=True)
        install = ("install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", lock)
        subprocess.run([_python(home), "-m", "pip", *install], check=True, stdout=sys.stderr)
        (home / _STAMP).write_text(_stamp(home, lock))
    return _python(home)


def _fits(home: Path, lock: Path) -> bool:
    stamp = home / _STAMP
    return stamp.exists() and stamp.read_text() == _stamp(home, lock) and _python(home).exists()


def _stamp(home: Path, lock: Path) -> str:
    """What an environment is made from; programs in it name the place it is in: a checkout that was moved has none."""
    return hashlib.sha256(str(home).encode() + b"\0" + lock.read_bytes()).hexdigest()


def _python(home: Path) -> Path:
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


if __name__ == "__main__":
    wanted_servers = [name for name in sys.argv[1:] if name in _SERVERS]
    if not wanted_servers or len(wanted_servers) != len(sys.argv) - 1:
        sys.exit(f"usage: python tools/servers.py {'|'.join(_SERVERS)}")
    for name in wanted_servers:
        print(environment(name))
