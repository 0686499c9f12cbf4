"""Environments of real servers, made once."""

import subprocess
from pathlib import Path

import pytest

from tools.servers import environment


def python_of(name: str, what: str) -> Path:
    """The Python of the environment that a server is installed in; without one the test fails and says why."""
    try:
        return environment(name)
    except (OSError, subprocess.SubprocessError):
        pytest.fail(f"no {what} to test with: its packages could not be installed (see above)")
