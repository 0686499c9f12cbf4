"""A SCIM server on a free port of this machine."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

_CORE = "urn:ietf:params:scim:schemas:core:2.0:"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


@dataclass(frozen=True)
class Scim:
    """A server that answers, and what is made on it."""

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
        if not answer.is_success:
            raise RuntimeError(answer.text)
        return str(answer.json()["id"])


@contextmanager
def serving(python: Path, folder: Path, token: str, env: Mapping[str, str] | None = None) -> Iterator[Scim]:
    """The server of an environment, empty, until the end.

    Args:
        python: that of the environment
        folder: where what it says goes
        token: the bearer token that it asks for
        env: further variables for it
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    out = folder / "out"
    words = ["--hostname", "127.0.0.1", "--port", str(port), "--bearer-token", token]
    environment = {"PATH": os.environ["PATH"], **(env or {})}
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/scim+json"}
    url = f"http://127.0.0.1:{port}/v2"
    with out.open("wb") as written, httpx.Client(headers=headers, trust_env=False, timeout=30) as client:
        process = subprocess.Popen(
            [python.with_name("scim2-server"), *words], env=environment, stdout=written, stderr=written
        )
        try:
            _wait(client, url, process, out)
            yield Scim(url, client)
        finally:
            process.terminate()
            process.wait(30)


def _wait(client: httpx.Client, url: str, process: subprocess.Popen[bytes], out: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            client.get(f"{url}/ServiceProviderConfig")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the SCIM server did not start: {out.read_text()[-2000:]}")
