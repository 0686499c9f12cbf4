"""OPA's unix socket, as the library that the client speaks through can use it."""

import socket
from pathlib import Path
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection


class _UnixConnection(HTTPConnection):
    path = ""
    connect_s = 0.0

    def _new_conn(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(self.connect_s)
        try:
            connection.connect(self.path)
        except OSError:
            connection.close()
            raise
        connection.settimeout(self.timeout if isinstance(self.timeout, int | float) else None)
        return connection


class UnixAdapter(HTTPAdapter):
    """Lets `requests` talk to a unix socket, over a fixed number of connections."""

    def __init__(self, path: Path, connections: int, connect_s: float) -> None:
        super().__init__(max_retries=0)
        self._unix_pool = HTTPConnectionPool("localhost", maxsize=connections, block=True)
        self._unix_pool.ConnectionCls = type(
            "_Bound", (_UnixConnection,), {"path": str(path), "connect_s": connect_s}
        )

    def get_connection_with_tls_context(self, *_: Any, **__: Any) -> HTTPConnectionPool:
        """Whatever the address says: our socket."""
        return self._unix_pool

    def close(self) -> None:
        """Close its connections."""
        self._unix_pool.close()
        super().close()
