"""Secrets that are exchanged for a token: it is renewed when the vendor says that it is over, and is never recorded."""

from collections.abc import Callable, Generator

import httpx

Placed = Callable[[httpx.Request, str], None]
"""Puts a token where the vendor wants it."""


def bearer(name: str = "Authorization", before: str = "Bearer ") -> Placed:
    """The token in a header."""

    def placed(request: httpx.Request, token: str) -> None:
        request.headers[name] = before + token

    return placed


def in_address(name: str) -> Placed:
    """The token in the query of the address, which only the connection sees: requests are recorded without it."""

    def placed(request: httpx.Request, token: str) -> None:
        request.url = request.url.copy_merge_params({name: token})

    return placed


class ExchangedToken(httpx.Auth):
    """Asks for a token before the first request, and once more where an answer says that it is over."""

    requires_response_body = True

    def __init__(
        self,
        exchange: httpx.Request,
        read: Callable[[httpx.Response], str],
        placed: Placed,
        is_over: Callable[[httpx.Response], bool],
    ) -> None:
        """How to ask for a token, how to read it, where it goes, and how an answer says that it is over.

        Args:
            exchange: the request that holds the secret
            read: the token of the answer; it raises AccessError if the vendor refuses
            placed: puts the token into a request
            is_over: whether an answer says that the token is not valid any more
        """
        self._exchange = exchange
        self._read = read
        self._placed = placed
        self._is_over = is_over
        self._token = ""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request with a token that is valid, as far as one exchange can help."""
        if not self._token:
            self._token = self._read((yield self._exchange))
        self._placed(request, self._token)
        response = yield request
        if self._is_over(response):
            self._token = self._read((yield self._exchange))
            self._placed(request, self._token)
            yield request


class HeldToken(httpx.Auth):
    """A secret that is the token itself."""

    def __init__(self, token: str, placed: Placed) -> None:
        self._token = token
        self._placed = placed

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request with the token."""
        self._placed(request, self._token)
        yield request
