"""A SCIM server on a free port of this machine."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tools.started.ports import free_port

_CORE = "urn:ietf:params:scim:schemas:core:2.0"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


class Service:
    """A server that answers, and what is made on it."""

    def __init__(self, url: str, client: httpx.Client) -> None:
        self.url = url
        self._client = client

    def user(self, name: str, **fields: Any) -> str:
        """Make an account; its id."""
        schemas = [f"{_CORE}:User", *([ENTERPRISE] if ENTERPRISE in fields else [])]
        return self._made("Users", {"schemas": schemas, "userName": name} | fields)

    def group(self, name: str, members: list[str]) -> str:
        """Make a group of accounts; its id."""
        listed = [{"value": key, "type": "User"} for key in members]
        return self._made("Groups", {"schemas": [f"{_CORE}:Group"], "displayName": name, "members": listed})

    def _made(self, kind: str, body: dict[str, Any]) -> str:
        answer = self._client.post(f"{self.url}/{kind}", json=body)
        if answer.status_code != 201:  # noqa: PLR2004  # created
            raise RuntimeError(answer.text)
        return str(answer.json()["id"])


@contextmanager
def service(
    python: Path, folder: Path, token: str, env: Mapping[str, str] | None = None
) -> Iterator[Service]:
    """The server of an environment, empty, until the end.

    Args:
        python: that of the environment
        folder: where what it says goes
        token: the bearer token that it asks for
        env: further variables for it
    """
    port = free_port()
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
            yield Service(url, client)
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
