"""A chat server on this machine."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import yaml

from tools.started.ports import free_port


@dataclass
class Synapse:
    """A running server, and what was made on it."""

    url: str
    server: str
    """Its name in the ids of users and rooms."""
    password: str = field(repr=False)
    """Of every account that signs in."""
    token: str = field(default="", repr=False)
    users: dict[str, str] = field(default_factory=dict)
    """Localpart -> access token of a signed-in device."""
    rooms: dict[str, str] = field(default_factory=dict)

    def call(self, method: str, path: str, token: str = "", body: Any = None) -> dict[str, Any]:
        """What the server answers; an error is a fault of the test."""
        bearer = token or self.token
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        answer = httpx.request(
            method, self.url + path, json=body, headers=headers, timeout=30, trust_env=False
        )
        if answer.status_code != 200:  # noqa: PLR2004  # all went well
            raise RuntimeError(f"{path}: {answer.text}")
        result: dict[str, Any] = answer.json()
        return result

    def id_of(self, name: str) -> str:
        """The id of an account."""
        return f"@{name}:{self.server}"

    def user(self, name: str, **fields: Any) -> str:
        """Make or change an account; its id."""
        user = self.id_of(name)
        path = f"/_synapse/admin/v2/users/{quote(user)}"
        headers = {"Authorization": f"Bearer {self.token}"}
        httpx.put(
            self.url + path, json=fields, headers=headers, timeout=30, trust_env=False
        ).raise_for_status()
        return user

    def sign_in(self, name: str) -> str:
        """A token of the user, whose device has then been seen."""
        body = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": name},
            "password": self.password,
            "initial_device_display_name": "Element Desktop",
        }
        token: str = self.call("POST", "/_matrix/client/v3/login", body=body)["access_token"]
        self.call("GET", "/_matrix/client/v3/account/whoami", token)
        self.users[name] = token
        return token

    def room(self, creator: str, name: str | None = None, **fields: Any) -> str:
        """Make a room; its id."""
        body = {**({"name": name} if name else {}), "preset": "private_chat", **fields}
        room: str = self.call("POST", "/_matrix/client/v3/createRoom", self.users[creator], body)["room_id"]
        self.rooms[name or f"{creator} alone"] = room
        return room

    def join(self, name: str, room: str) -> None:
        """Follow an invitation."""
        self.call("POST", f"/_matrix/client/v3/join/{quote(room)}", self.users[name], {})

    def say(self, name: str, room: str, text: str) -> None:
        """Send a message."""
        path = f"/_matrix/client/v3/rooms/{quote(room)}/send/m.room.message/{time.monotonic_ns()}"
        self.call("PUT", path, self.users[name], {"msgtype": "m.text", "body": text})


@contextmanager
def running(python: Path, home: Path, url: str, env: Mapping[str, str] | None = None) -> Iterator[None]:
    """The server that was configured in a folder, until the end."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with (home / "out").open("wb") as out:
        server = subprocess.Popen(
            [python, "-m", "synapse.app.homeserver", "-c", "hs.yaml"],
            cwd=home,
            env={**environment, **(env or {})},
            stdout=out,
            stderr=out,
        )
        try:
            _wait(url, server, home / "out")
            yield
        finally:
            server.terminate()
            server.wait(30)


def administered(python: Path, home: Path, it: Synapse, name: str) -> Synapse:
    """The running server with the token of an administrator, who is its first account."""
    program = python.parent / "register_new_matrix_user"
    words = [program, "-c", "hs.yaml", "-u", name, "-p", it.password, "-a", it.url]
    subprocess.run(words, cwd=home, check=True, capture_output=True)
    it.token = it.sign_in(name)
    return it


def configured(python: Path, home: Path, server: str, **changed: Any) -> str:
    """Write the settings of a server that keeps to this machine, those of its own too; its address."""
    subprocess.run(
        [
            *(python, "-m", "synapse.app.homeserver", "--server-name", server, "--config-path", "hs.yaml"),
            *("--generate-config", "--report-stats=no", "--data-directory", str(home)),
        ],
        cwd=home,
        check=True,
        capture_output=True,
    )
    port = free_port()
    path = home / "hs.yaml"
    config = yaml.safe_load(path.read_text())
    plenty = {"per_second": 1000, "burst_count": 1000}
    config |= {
        # the generated listener serves other servers too, on all addresses
        "listeners": [
            {
                "port": port,
                "bind_addresses": ["127.0.0.1"],
                "type": "http",
                "tls": False,
                "resources": [{"names": ["client"], "compress": False}],
            }
        ],
        "trusted_key_servers": [],
        "federation_domain_whitelist": [],
        "push": {"enabled": False},
        "url_preview_enabled": False,
        "bcrypt_rounds": 4,
        "retention": {"enabled": True, "default_policy": {"max_lifetime": "365d"}},
        "rc_message": plenty,
        "rc_registration": plenty,
        "rc_room_creation": plenty,
        "rc_login": {"address": plenty, "account": plenty, "failed_attempts": plenty},
        "rc_joins": {"local": plenty, "remote": plenty},
        "rc_invites": {"per_room": plenty, "per_user": plenty, "per_issuer": plenty},
        **changed,
    }
    path.write_text(yaml.safe_dump(config))
    return f"http://127.0.0.1:{port}"


def _wait(url: str, server: subprocess.Popen[bytes], out: Path) -> None:
    for _ in range(600):
        try:
            if httpx.get(f"{url}/health", trust_env=False).is_success:
                return
        except httpx.TransportError:
            if server.poll() is not None:
                break
        time.sleep(0.1)
    raise RuntimeError(f"the chat server did not start: {out.read_text()[-2000:]}")
