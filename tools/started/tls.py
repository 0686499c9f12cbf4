"""Servers with encryption, and their certificates."""

import socketserver
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_TRUSTED_FOR_A_SERVER = "basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:"
_NEW = ("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")

Openssl = Callable[..., object]
"""Calls the program openssl with these words, in the folder of the certificates."""


def authority(openssl: Openssl, title: str) -> None:
    """An authority that signs for servers: `ca.pem` with `ca.key`."""
    signs = ("-addext", "keyUsage=critical,keyCertSign", "-addext", "basicConstraints=critical,CA:TRUE")
    made = ("-x509", "-days", "400", "-subj", f"/CN={title}", "-keyout", "ca.key", "-out", "ca.pem")
    openssl(*_NEW, *signs, *made)


def certificate(openssl: Openssl, folder: Path, name: str, host: str, days: int) -> None:
    """What the authority signs for a host, from now on for so many days: `NAME.pem` with `NAME.key`."""
    (folder / f"{name}.ext").write_text(_TRUSTED_FOR_A_SERVER + host)
    openssl(*_NEW, "-subj", f"/CN={host}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
    signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", "7", "-days", str(days))
    openssl("x509", "-req", "-in", f"{name}.csr", *signed, "-extfile", f"{name}.ext", "-out", f"{name}.pem")


def context(folder: Path, name: str, *, old: bool = False) -> ssl.SSLContext:
    """How a server encrypts; an old one still speaks TLS 1.0."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
    if old:
        with warnings.catch_warnings(action="ignore"):
            made.minimum_version = ssl.TLSVersion.TLSv1
        made.set_ciphers("DEFAULT:@SECLEVEL=0")
    return made


@contextmanager
def served(encrypts: ssl.SSLContext | None, host: str = "127.0.0.1", port: int = 0) -> Iterator[int]:
    """A server that answers nothing of interest; its port. Without a context it does not encrypt."""
    with _Server((host, port), _Handler) as server:
        server.context = encrypts
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64
    context: ssl.SSLContext | None = None


class _Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        with suppress(OSError):  # most of what a scanner says is refused
            if self.server.context is None:
                self.request.recv(100)
                self.request.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")
            else:
                with self.server.context.wrap_socket(self.request, server_side=True) as encrypted:
                    encrypted.recv(100)
