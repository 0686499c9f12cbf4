"""What of rclone's words may leave the transport: no addresses of stores, and of files that are no backups nothing but that they are there."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from collectors.backups import OTHERS, by_pattern
from collectors.parsing import only
from collectors.rclone.options import RcloneOptions
from collectors.transport import Request, Response

_FILE = ("Path", "Size", "ModTime")

NO_PASSWORD = "decrypt configuration"  # noqa: S105  # words of an error
NO_REMOTE = "didn't find section in config file"
NO_FOLDER = "directory not found"
NO_SUMS = "No common hash found"
BROKEN_SEAL = "failed to authenticate decrypted block"
NOT_PERMITTED = ("permission denied", "AccessDenied", "Forbidden", "Unauthorized", "InvalidAccessKeyId")

_PHRASES = (NO_PASSWORD, NO_REMOTE, NO_FOLDER, *NOT_PERMITTED, BROKEN_SEAL, NO_SUMS)


def strip(request: Request, response: Response, options: RcloneOptions) -> Response:
    """The answer with nothing but what the collector reads."""
    words = response.headers.get("stderr", "")
    said = next((phrase for phrase in _PHRASES if phrase in words), "")
    bare = replace(response, headers={"stderr": said} if said else {})
    match request.key:
        case "version":
            return replace(bare, body=b" ".join(response.body.split()[:2]))
        case "remotes":
            return replace(bare, body=_remote(response.body, options))
        case "check":
            return replace(bare, body=_compared(response.body))
        case "list":
            files = _json(response.body)
            return replace(
                bare, body=_bytes([_file(one, options) for one in files]) if files is not None else b""
            )
        case _:
            return replace(bare, body=_object(response.body, ("Precision", "count")))


def _remote(body: bytes, options: RcloneOptions) -> bytes:
    """The line of the remote that is read; the others are no business of the audit."""
    name = options.remote.partition(":")[0]
    lines = (line.split() for line in body.decode("utf-8", "replace").splitlines())
    return "".join(f"{' '.join(line)}\n" for line in lines if line and line[0] == f"{name}:").encode()


def _compared(body: bytes) -> bytes:
    """How each file came out, without its name."""
    lines = body.decode("utf-8", "replace").splitlines()
    return "".join(f"{line[0]}\n" for line in lines if line[:1] in {"=", "*", "+", "-", "!"}).encode()


def _file(record: dict[str, Any], options: RcloneOptions) -> dict[str, Any]:
    path = record.get("Path")
    if isinstance(path, str) and (OTHERS in options.data_sets or by_pattern(path, options.data_sets)):
        return only(record, _FILE)
    return {}


def _json(body: bytes) -> list[dict[str, Any]] | None:
    try:
        found = json.loads(body)
    except ValueError:
        return None
    if not isinstance(found, list):
        return None
    return [one for one in found if isinstance(one, dict)]


def _object(body: bytes, names: tuple[str, ...]) -> bytes:
    try:
        found = json.loads(body)
    except ValueError:
        return b""
    return _bytes(only(found, names)) if isinstance(found, dict) else b""


def _bytes(found: dict[str, Any] | Iterable[Any]) -> bytes:
    return json.dumps(found, ensure_ascii=False, sort_keys=True).encode()
