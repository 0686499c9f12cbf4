"""What tests of real servers need on this machine: environments made once, and packages of the system."""

import os
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

from tools.servers import environment


def python_of(name: str, what: str) -> Path:
    """The Python of the environment that a server is installed in; without one the test is skipped and says why."""
    try:
        return environment(name)
    except (OSError, subprocess.SubprocessError):
        absent(f"no {what} to test with: its packages could not be installed (see above)")


def absent(why: str) -> NoReturn:
    """Skips the test for what this machine lacks; where everything has to be there, it fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)
