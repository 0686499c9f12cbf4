"""The narrow port to an LDAP library: connect, search a page at a time, close. Nothing here can write."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from collectors.directory.handshake import check
from collectors.directory.searches import BINARY, PAGE, Search
from engine.errors import AccessError, ConfigurationError, SourceError

try:
    import bonsai
except ImportError:  # pragma: no cover  # replay and everything else work without the extra
    bonsai = None

SUCCESS, SIZE_LIMIT, ADMIN_LIMIT = 0, 4, 11
"""LDAP result codes."""


@dataclass(frozen=True)
class Page:
    """Entries as name -> values, distinguished name under `dn`; `status` is LDAP's result code."""

    entries: tuple[tuple[str, dict[str, tuple[bytes, ...]]], ...]
    references: tuple[str, ...] = ()
    status: int = SUCCESS


class Directory(Protocol):
    """A connection to a directory."""

    def pages(self, search: Search) -> Iterator[Page]:
        """The pages of a search, one after the other.

        Raises:
            AccessError: this account may not search there
            SourceError: nothing came back
        """

    def close(self) -> None:
        """End the connection."""


@dataclass(frozen=True)
class Sign:
    """Where to connect, and as whom."""

    url: str
    user: str
    password: str
    ca_file: Path
    time_limit_s: float


class Bonsai:
    """The directory through bonsai: encrypted, certificate demanded, referrals told and not followed."""

    def __init__(self, sign: Sign) -> None:
        if bonsai is None:  # pragma: no cover  # see above
            raise ConfigurationError("a directory needs the extra ldap", "install clausewise[ldap]")
        if not sign.ca_file.is_file():
            raise ConfigurationError(
                f"{sign.ca_file}: there is no such file", "name the PEM file under ca_file"
            )
        check(sign.url, sign.ca_file, sign.time_limit_s)
        client = bonsai.LDAPClient(sign.url, tls=sign.url.startswith("ldap://"))
        client.set_ca_cert(str(sign.ca_file))
        client.set_cert_policy("demand")
        client.set_credentials("SIMPLE", user=sign.user, password=sign.password)
        client.set_ignore_referrals(False)
        client.set_server_chase_referrals(False)
        self._client, self._sign = client, sign
        self._connection = self._connected()

    def pages(self, search: Search) -> Iterator[Page]:
        """The pages of a search."""
        self._client.set_raw_attributes(list(search.attributes))
        scope = bonsai.LDAPSearchScope.BASE if search.scope == "base" else bonsai.LDAPSearchScope.SUB
        asked = (search.base, scope, search.filter, list(search.attributes), self._sign.time_limit_s)
        try:
            if search.scope == "base":
                yield _page(self._connection.search(*asked))
                return
            found = self._connection.paged_search(*asked, page_size=PAGE)
            while True:
                yield _page(list(found))
                message = found.acquire_next_page()
                if message is None:
                    return
                found = self._connection.get_result(message)
        except bonsai.errors.SizeLimitError:
            yield Page((), status=SIZE_LIMIT)
        except bonsai.errors.InsufficientAccess as error:
            raise AccessError(
                f"{self._sign.url}: {self._sign.user} may not search below {search.base}", "let it read there"
            ) from error
        except bonsai.errors.TimeoutError as error:
            raise self._too_slow() from error
        except bonsai.errors.LDAPError as error:
            if error.code == ADMIN_LIMIT:
                yield Page((), status=ADMIN_LIMIT)
                return
            raise SourceError(
                f"{self._sign.url}: the search below {search.base} failed: {error}",
                "see the directory's log for the cause",
            ) from error

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _connected(self) -> "bonsai.LDAPConnection":
        place = self._sign.url
        try:
            return self._client.connect(timeout=self._sign.time_limit_s)
        except bonsai.errors.AuthenticationError as error:
            message = f"{place}: the password of {self._sign.user} is wrong, or the account is closed"
            raise AccessError(
                message, "see whether it can sign in, and put its password where company.yaml says"
            ) from error
        except bonsai.errors.TimeoutError as error:
            raise self._too_slow() from error
        except bonsai.errors.ConnectionError as error:
            raise SourceError(
                f"{place}: the connection was refused or cut ({error})",
                "see the directory's log for the cause",
            ) from error
        except bonsai.errors.LDAPError as error:
            raise AccessError(
                f"{place}: does not let {self._sign.user} in: {error}", "correct bind_dn"
            ) from error

    def _too_slow(self) -> SourceError:
        message = f"{self._sign.url}: does not answer in time ({self._sign.time_limit_s:g} s)"
        return SourceError(message, "see whether the server is overloaded, or raise time_limit_s")


def _page(found: "Sequence[bonsai.LDAPEntry | bonsai.LDAPReference]") -> Page:
    entries = tuple(
        (str(one.dn), {name: tuple(map(_bytes, one[name])) for name in one if name != "dn"})
        for one in found
        if isinstance(one, bonsai.LDAPEntry)
    )
    references = [
        str(url) for one in found if isinstance(one, bonsai.LDAPReference) for url in one.references
    ]
    return Page(entries, tuple(references))


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def text_of(name: str, value: bytes) -> str:
    """A value as text; the two binary attributes as hexadecimal digits."""
    return value.hex() if name in BINARY else value.decode("utf-8", "replace")
