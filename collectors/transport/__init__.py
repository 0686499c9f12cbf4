"""How raw responses are fetched, recorded and replayed: the only layer of a collector with a network.

A `Transport` answers a `Request` with a `Response`, which carries the status (HTTP status, exit code of a command, 0 of
a file) and the time of the answer: a collector never looks at a clock. It is the collector that judges the status;
a transport raises `SourceError` only if nothing came back at all.

    HttpTransport(base_url, allowed=..., secret=...)      GET of allowed paths, bounded retries
    FileTransport(folder)                                 files below a folder; a key that ends with "/" lists a folder
    CommandTransport(commands, secrets=...)               fixed commands that only read
    Stripped(transport, strip)                            drops contents before anybody else sees them
    Recorded(transport, RecordingFolder(folder))          writes what came back
    ReplayTransport(folder)                               reads it again

A recording of one source is a folder with `index.json` and one file for each body:

    [{"at": "2026-10-01T01:00:00Z", "file": "users.from-0.json", "headers": {}, "key": "/users", "kind": "http",
      "query": [["from", "0"]], "status": 200}, ...]

Entries stand in the order of fetching. A request that was made twice stands there twice and is replayed in that
order. To write a recording without a system, call `RecordingFolder(folder).add(request, response)` for each, then
`close()`, or use it in a `with` statement.
"""

from collectors.transport.command import CommandTransport
from collectors.transport.exchange import Request, Response, Strip, Stripped, Transport
from collectors.transport.files import FileTransport
from collectors.transport.http import HttpTransport
from collectors.transport.recording import Recorded, RecordingFolder, ReplayTransport

__all__ = [
    "CommandTransport",
    "FileTransport",
    "HttpTransport",
    "Recorded",
    "RecordingFolder",
    "ReplayTransport",
    "Request",
    "Response",
    "Strip",
    "Stripped",
    "Transport",
]
