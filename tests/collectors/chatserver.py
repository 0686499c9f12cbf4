"""A real chat server on loopback for the tests: Synapse, with an administrator and nobody else."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tools.started import synapse
from tools.started.synapse import Synapse

__all__ = ["MAIL", "MESSAGE", "NAME", "PASSWORD", "Synapse", "running"]

_ROOT = Path(__file__).resolve().parents[2]

NAME = "corp.test"

MESSAGE = "canary-message-7f3a"
PASSWORD = "canary-password-91bc"  # noqa: S105  # of accounts that live as long as the test
MAIL = "canary.mail@corp.test"
"""What must be in no recording and in no fact."""


@contextlib.contextmanager
def running(home: Path, **changed: Any) -> Iterator[Synapse]:
    """A server of its own, whose administrator `audit.admin` is signed in; `changed` are settings of its own."""
    script = _ROOT / "tools" / "servers.py"
    made = subprocess.run([sys.executable, script, "synapse"], check=False, stdout=subprocess.PIPE, text=True)
    if made.returncode:
        pytest.fail("no chat server to test against: its packages could not be installed (see above)")
    python = Path(made.stdout.strip())
    url = synapse.configured(python, home, NAME, **changed)
    with synapse.running(python, home, url):
        yield synapse.administered(python, home, Synapse(url, NAME, PASSWORD), "audit.admin")
