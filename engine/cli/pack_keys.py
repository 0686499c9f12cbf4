"""The key of pseudonyms: a file of its own, that never lies in a pack and that only its owner can read."""

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

from engine.canonical import canonical, digest, load
from engine.errors import ConfigurationError

SCHEMA = "pseudonyms/1"

_BYTES = 32

_HELP = "name the key of earlier packs, or a new file"


class Key:
    """A secret, and what was put under pseudonyms with it."""

    def __init__(self, path: Path, secret: bytes, body: dict[str, Any]) -> None:
        """Where it is kept, the secret itself, and what the file says besides."""
        self.path = path
        self.secret = secret
        self._body = body

    @property
    def mark(self) -> str:
        """Says which key it is, without giving it away."""
        return digest(b"mark of the key " + self.secret)[:12]

    def write(self, pseudonyms: dict[str, str], digests: dict[str, str]) -> None:
        """Keeps the secret, and what each pseudonym of this pack and of earlier ones stands for."""
        body = {
            "schema": SCHEMA,
            "secret": self.secret.hex(),
            "pseudonyms": {**self._body.get("pseudonyms", {}), **pseudonyms},
            "digests": {**self._body.get("digests", {}), **digests},
        }
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{self.path.name}.", dir=self.path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(canonical(body) + b"\n")
            Path(name).replace(self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def read_key(path: Path) -> Key:
    """The key that a file holds; a new one if there is no such file.

    Raises:
        ConfigurationError: the file is something else, or cannot be read
    """
    if not path.exists():
        return Key(path, secrets.token_bytes(_BYTES), {})
    try:
        body = load(path)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path.name}: cannot be read as a key of pseudonyms", _HELP) from error
    if not isinstance(body, dict) or body.get("schema") != SCHEMA:
        raise ConfigurationError(f"{path.name}: found no key of pseudonyms ({SCHEMA})", _HELP)
    try:
        secret = bytes.fromhex(str(body["secret"]))
    except (KeyError, ValueError) as error:
        raise ConfigurationError(f"{path.name}: its secret is damaged", _HELP) from error
    if len(secret) != _BYTES:
        raise ConfigurationError(f"{path.name}: its secret is damaged", _HELP)
    return Key(path, secret, body)
