"""A real SCIM server for the tests."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from contract import SECRET

from tools.started import scim
from tools.started.scim import Scim

__all__ = ["Scim", "serving"]

_ROOT = Path(__file__).resolve().parents[2]


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Scim]:
    """A server of its own on a free port, with nothing in it, whose token is `SECRET`."""
    script = _ROOT / "tools" / "servers.py"
    made = subprocess.run([sys.executable, script, "scim"], check=False, stdout=subprocess.PIPE, text=True)
    if made.returncode:
        pytest.fail("no SCIM server to test against: its packages could not be installed (see above)")
    with scim.serving(Path(made.stdout.strip()), folder, SECRET) as it:
        yield it
