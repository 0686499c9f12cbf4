"""Connections to a server over the network that another thread can break off: only the process of our own OPA can simply be ended."""

import socket
from contextlib import suppress
from typing import Any
from weakref import WeakSet

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection


class NetworkAdapter(HTTPAdapter):
    """What `requests` speaks through by itself, and knows its connections."""

    def __init__(self, connections: int) -> None:
        super().__init__(max_retries=0, pool_maxsize=connections)
        self._living: WeakSet[HTTPConnection] = WeakSet()

    def get_connection_with_tls_context(self, *given: Any, **named: Any) -> Any:
        """The usual pool, whose connections are noted as they are made."""
        pool: Any = super().get_connection_with_tls_context(*given, **named)
        usual, living = pool.ConnectionCls, self._living
        if not getattr(usual, "noted", False):

            def connect(connection: Any) -> None:
                living.add(connection)
                usual.connect(connection)

            pool.ConnectionCls = type("_Noted", (usual,), {"connect": connect, "noted": True})
        return pool

    def hang_up(self) -> None:
        """End every connection, those that wait for an answer included."""
        for connection in list(self._living):
            known = getattr(connection, "sock", None)
            if known is not None:
                with suppress(OSError):
                    # NOTE: past the TLS layer, which may be in use by the thread that waits
                    socket.socket.shutdown(known, socket.SHUT_RDWR)
