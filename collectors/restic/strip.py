"""What of restic's words may leave the transport: no paths, no names of users, no addresses of stores."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from collectors.parsing import only
from collectors.transport import Request, Response

_SNAPSHOT = ("id", "short_id", "time", "hostname", "tags", "parent", "program_version", "summary")
_SUMMARY = ("backup_start", "backup_end", "data_added", "data_added_packed", "total_bytes_processed")
_STATS = ("total_size", "snapshots_count")
_CHECK = ("message_type", "num_errors")

WRONG_KEY = "wrong password or no key found"
NO_STORE = "unable to open config file"
DAMAGED = "repository contains errors"

_PHRASES = (WRONG_KEY, NO_STORE, DAMAGED)
"""What older versions say on stderr instead of an exit code of its own."""


def strip(request: Request, response: Response) -> Response:
    """The answer with nothing but what the collector reads."""
    words = response.headers.get("stderr", "")
    said = next((phrase for phrase in _PHRASES if phrase in words), "")
    bare = replace(response, headers={"stderr": said} if said else {})
    match request.key:
        case "version":
            return replace(bare, body=b" ".join(response.body.split()[:2]))
        case "check":
            return replace(bare, body=_lines(only(record, _CHECK) for record in _records(response.body)))
        case _:
            return replace(bare, body=_answer(response.body))


def _answer(body: bytes) -> bytes:
    try:
        answer = json.loads(body)
    except ValueError:
        return b""
    if isinstance(answer, list):
        return _lines([[_snapshot(item) for item in answer if isinstance(item, dict)]])
    return _lines([only(answer, _STATS) if isinstance(answer, dict) else answer])


def _snapshot(record: dict[str, Any]) -> dict[str, Any]:
    kept = only(record, _SNAPSHOT)
    if isinstance(kept.get("summary"), dict):
        kept["summary"] = only(kept["summary"], _SUMMARY)
    return kept


def _records(body: bytes) -> Iterable[dict[str, Any]]:
    """The lines that are JSON: versions before 0.17 print text."""
    for line in body.splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict) and record.get("message_type") == "summary":
            yield record


def _lines(records: Iterable[Any]) -> bytes:
    texts = (json.dumps(record, ensure_ascii=False, sort_keys=True) for record in records)
    return "".join(f"{text}\n" for text in texts).encode()
