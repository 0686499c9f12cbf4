"""Whether an encrypted connection can be had at all, and if not why: asked before the LDAP library is.

libldap waits for a server that accepts and says nothing without any limit, and has one word for all that can go wrong with
a connection. A handshake of our own takes as long as it may, and says which it was.
"""

import socket
import ssl
from pathlib import Path
from urllib.parse import urlsplit

from engine.errors import SourceError

_START_TLS = bytes.fromhex("301d02010177188016") + b"1.3.6.1.4.1.1466.20037"
"""The request of RFC 4511, section 4.14: message 1, extended request, the name of the operation."""

_SUCCESS = bytes.fromhex("0a0100")
"""The result code 0 of the answer."""


def check(url: str, ca_file: Path, time_limit_s: float) -> None:
    """Shake hands with the server, and hang up.

    Raises:
        SourceError: it is not there, too slow, or shows a certificate that is not trusted
    """
    parts = urlsplit(url)
    host, is_plain = parts.hostname or "", parts.scheme == "ldap"
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except ssl.SSLError as error:
        raise SourceError(
            f"{ca_file}: holds no certificate", "name the PEM file of the authority under ca_file"
        ) from error
    port = parts.port or (389 if is_plain else 636)
    try:
        with socket.create_connection((host, port), time_limit_s) as plain:
            if is_plain:
                plain.sendall(_START_TLS)
                if _SUCCESS not in plain.recv(4096):
                    raise SourceError(f"{url}: offers no StartTLS", "turn it on there, or use ldaps://")
            with context.wrap_socket(plain, server_hostname=host):
                return
    except TimeoutError as error:
        message = f"{url}: does not answer in time ({time_limit_s:g} s)"
        raise SourceError(message, "see whether the server is overloaded, or raise time_limit_s") from error
    except ssl.SSLCertVerificationError as error:
        message = f"{url}: its certificate is not trusted ({error.verify_message})"
        raise SourceError(
            message, "name who signed it under ca_file, and the server as the certificate names it"
        ) from error
    except OSError as error:
        message = f"{url}: the connection was refused or cut ({error.strerror or type(error).__name__})"
        raise SourceError(
            message, "see whether the address is right and the server can be reached from here"
        ) from error
