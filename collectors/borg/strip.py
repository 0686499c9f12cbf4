"""What of borg's words may leave the transport: no paths, no names of users, no comments, no addresses of stores."""

import json
from dataclasses import replace
from typing import Any

from collectors.parsing import only
from collectors.transport import Request, Response

_ARCHIVE = ("name", "archive", "id", "hostname", "start", "end")

WRONG_KEY = "is incorrect"
NO_STORE = "does not exist"
NOT_A_STORE = "is not a valid repository"
LOCKED = "Failed to create/acquire the lock"
DAMAGED = "errors found."
DAMAGED_ARCHIVES = "problems found."

_PHRASES = (WRONG_KEY, NO_STORE, NOT_A_STORE, LOCKED, DAMAGED_ARCHIVES, DAMAGED)
"""What versions before 1.4 say on stderr instead of an exit code of its own."""


def strip(request: Request, response: Response) -> Response:
    """The answer with nothing but what the collector reads."""
    words = response.headers.get("stderr", "")
    said = next((phrase for phrase in _PHRASES if phrase in words), "")
    bare = replace(response, headers={"stderr": said} if said else {})
    if request.key == "version":
        return replace(bare, body=b" ".join(response.body.split()[:2]))
    if request.key == "list":
        return replace(bare, body=_listing(response.body))
    return replace(bare, body=b"")


def _listing(body: bytes) -> bytes:
    try:
        found = json.loads(body)
    except ValueError:
        return b""
    if not isinstance(found, dict):
        return b""
    archives, encryption = found.get("archives"), found.get("encryption")
    kept: dict[str, Any] = {}
    if isinstance(archives, list):
        kept["archives"] = [only(one, _ARCHIVE) for one in archives if isinstance(one, dict)]
    if isinstance(encryption, dict):
        kept["encryption"] = only(encryption, ("mode",))
    return json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()
