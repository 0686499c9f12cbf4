"""A real SCIM server on loopback for the tests."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from contract import SECRET

_ROOT = Path(__file__).resolve().parents[2]
_CORE = "urn:ietf:params:scim:schemas:core:2.0:"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


@dataclass(frozen=True)
class Scim:
    """A running server, whose token is `SECRET`."""

    url: str
    client: httpx.Client

    def user(self, name: str, **fields: Any) -> str:
        """Make an account; its id. With `employeeNumber` or `department` it has the enterprise extension."""
        own = {key: fields.pop(key) for key in ("employeeNumber", "department") if key in fields}
        schemas = [f"{_CORE}User", *([ENTERPRISE] if own else [])]
        extended = {ENTERPRISE: own} if own else {}
        return self._make("Users", {"schemas": schemas, "userName": name, **fields, **extended})

    def group(self, name: str, *members: str) -> str:
        """Make a group of these accounts; its id."""
        listed = [{"value": key, "type": "User"} for key in members]
        return self._make("Groups", {"schemas": [f"{_CORE}Group"], "displayName": name, "members": listed})

    def _make(self, kind: str, body: Mapping[str, Any]) -> str:
        answer = self.client.post(f"{self.url}/{kind}", json=body)
        assert answer.status_code == 201, answer.text
        key: str = answer.json()["id"]
        return key


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Scim]:
    """A server of its own on a free port, with nothing in it."""
    script = _ROOT / "tools" / "servers.py"
    made = subprocess.run([sys.executable, script, "scim"], check=False, stdout=subprocess.PIPE, text=True)
    if made.returncode:
        pytest.fail("no SCIM server to test against: its packages could not be installed (see above)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    out = folder / "out"
    program = Path(made.stdout.strip()).with_name("scim2-server")
    words = ["--hostname", "127.0.0.1", "--port", str(port), "--bearer-token", SECRET]
    headers = {"Authorization": f"Bearer {SECRET}", "Content-Type": "application/scim+json"}
    with out.open("wb") as written, httpx.Client(headers=headers, trust_env=False, timeout=30) as client:
        process = subprocess.Popen(
            [program, *words], env={"PATH": os.environ["PATH"]}, stdout=written, stderr=written
        )
        try:
            it = Scim(f"http://127.0.0.1:{port}/v2", client)
            _wait(it, process, out)
            yield it
        finally:
            process.terminate()
            process.wait(30)


def _wait(it: Scim, process: subprocess.Popen[bytes], out: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, out.read_text()
        try:
            it.client.get(f"{it.url}/ServiceProviderConfig")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the SCIM server did not start: {out.read_text()[-2000:]}")
