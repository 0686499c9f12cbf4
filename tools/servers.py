"""Sets up the servers that tests run against: `python tools/servers.py synapse` prints the Python that has it.

The environment lies in the ignored folder `.cache` and is made once for each content of `requirements-servers.lock`.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_LOCK = _ROOT / "requirements-servers.lock"
_STAMP = "made-from"


def synapse() -> Path:
    """The Python of an environment with Matrix Synapse, made if it is not there."""
    home = _ROOT / ".cache" / "synapse-venv"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = hashlib.sha256(_LOCK.read_bytes()).hexdigest()
    stamp = home / _STAMP
    if not (stamp.exists() and stamp.read_text() == wanted and python.exists()):
        print("setting up the chat server for the tests, once (a minute)", file=sys.stderr)
        venv.create(home, with_pip=True, clear=True)
        install = [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
        ]
        subprocess.run([*install, "-r", _LOCK], check=True, stdout=sys.stderr)
        stamp.write_text(wanted)
    return python


_SERVERS = {"synapse": synapse}

if __name__ == "__main__":
    wanted_servers = [name for name in sys.argv[1:] if name in _SERVERS]
    if not wanted_servers or len(wanted_servers) != len(sys.argv) - 1:
        sys.exit(f"usage: python tools/servers.py {'|'.join(_SERVERS)}")
    for name in wanted_servers:
        print(_SERVERS[name]())
