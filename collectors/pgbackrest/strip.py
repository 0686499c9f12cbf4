"""What of pgBackRest's words may leave the transport: no paths, no addresses, and nothing of a file that it could not read."""

import json
import re
from dataclasses import replace
from typing import Any

from collectors.parsing import only
from collectors.transport import Request, Response

_BACKUP = ("label", "type", "timestamp", "error", "reference")
_OF_BACKUP = {"info": ("size", "delta"), "repository": ("delta",), "timestamp": ("start", "stop")}

NO_PASSPHRASE = "cipher-pass"  # noqa: S105  # the name of a setting
NOT_READABLE = "Permission denied"
NOT_DECIPHERED = "FormatError"
CORRUPT = "CryptoError"
NO_FILE = "missing file"

_PHRASES = (NOT_READABLE, NO_PASSPHRASE, CORRUPT, NOT_DECIPHERED, NO_FILE)
"""What is kept of errors, whose words quote paths and bytes of files."""

_VERIFIED = re.compile(
    r"stanza: \S+|status: (?:ok|error)|archiveId: \S+, total WAL checked: \d+, total valid WAL: \d+"
    r"|backup: \S+, status: [\w-]+, total files checked: \d+, total valid files: \d+"
    r"|(?:(?:missing|checksum invalid|size invalid|other): \d+(?:, )?)+"
    r"|No usable (?:backup|archive)\.info file"
)
"""Lines of `verify` that are read."""


def strip(request: Request, response: Response) -> Response:
    """The answer with nothing but what the collector reads."""
    said = _phrase(response.headers.get("stderr", ""))
    bare = replace(response, headers={"stderr": said} if said else {})
    match request.key:
        case "version":
            return replace(bare, body=b" ".join(response.body.split()[:2]))
        case "verify":
            lines = (line.strip() for line in response.body.decode("utf-8", "replace").splitlines())
            kept = "".join(f"{line}\n" for line in lines if _VERIFIED.fullmatch(line))
            return replace(bare, body=kept.encode())
        case _:
            return replace(bare, body=_stanzas(response.body))


def _stanzas(body: bytes) -> bytes:
    try:
        # words of errors quote bytes of files as they are: no text, and full of control characters
        found = json.loads(body.decode("utf-8", "replace"), strict=False)
    except ValueError:
        return b""
    if not isinstance(found, list):
        return b""
    kept = [_stanza(stanza) for stanza in found if isinstance(stanza, dict)]
    return json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()


def _stanza(stanza: dict[str, Any]) -> dict[str, Any]:
    kept = only(stanza, ("name",))
    if isinstance(stanza.get("backup"), list):
        kept["backup"] = [_backup(one) for one in stanza["backup"] if isinstance(one, dict)]
    if isinstance(stanza.get("repo"), list):
        kept["repo"] = [_repository(one) for one in stanza["repo"] if isinstance(one, dict)]
    return kept


def _backup(backup: dict[str, Any]) -> dict[str, Any]:
    kept = only(backup, _BACKUP)
    for place, names in (("info", _OF_BACKUP["info"]), ("timestamp", _OF_BACKUP["timestamp"])):
        if isinstance(backup.get(place), dict):
            kept[place] = only(backup[place], names)
    repository = backup["info"].get("repository") if "info" in kept else None
    if isinstance(repository, dict):
        kept["info"]["repository"] = only(repository, _OF_BACKUP["repository"])
    return kept


def _repository(repository: dict[str, Any]) -> dict[str, Any]:
    kept = only(repository, ("cipher", "key"))
    status = repository.get("status")
    if isinstance(status, dict):
        # the words of an error quote bytes of the file that could not be read
        kept["status"] = only(status, ("code",)) | {"message": _phrase(str(status.get("message", "")))}
    return kept


def _phrase(words: str) -> str:
    return next((phrase for phrase in _PHRASES if phrase in words), "")
