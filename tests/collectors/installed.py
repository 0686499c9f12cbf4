"""Environments of real servers, made once."""

import subprocess
import sys
from pathlib import Path

import pytest

_SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "servers.py"


def python_of(name: str, what: str) -> Path:
    """The Python of the environment that a server is installed in; without one the test fails and says why."""
    made = subprocess.run([sys.executable, _SCRIPT, name], check=False, stdout=subprocess.PIPE, text=True)
    if made.returncode:
        pytest.fail(f"no {what} to test against: its packages could not be installed (see above)")
    return Path(made.stdout.strip())
