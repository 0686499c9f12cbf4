"""GET over HTTP: allowed paths only, with time limits and bounded retries."""

import re
import ssl
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx

from collectors.transport.exchange import Request, Response, now
from engine.errors import SourceError

_AGAIN = frozenset({429, 502, 503, 504})
"""Statuses after which another try may help."""

_HEADERS_KEPT = ("content-type", "link")

_RESETS = ("x-ratelimit-reset", "x-ogw-ratelimit-reset")

_OF_AN_EPOCH = 1e8
"""Seconds from which a number cannot be a wait any more."""

_ATTEMPTS = 4

_LONGEST_WAIT_S = 60.0
"""A server that wants us to wait for longer is treated as one that does not answer."""


class HttpTransport:
    """GETs of one server. The secret is sent as a bearer token, and never written or shown."""

    def __init__(  # all but the first two have a default that is right
        self,
        base_url: str,
        allowed: tuple[str, ...],
        *,
        secret: str = "",
        time_limit_s: float = 30,
        ca_file: Path | None = None,
        sleep: Callable[[float], None] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """`allowed` are regular expressions for whole paths; `ca_file` holds the company's own certificate authority."""
        self._allowed = tuple(re.compile(pattern) for pattern in allowed)
        self._sleep = sleep
        self._client = httpx.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {secret}"} if secret else {},
            timeout=time_limit_s,
            verify=ssl.create_default_context(cafile=ca_file),
            # a proxy of the environment would get the token, and would make a run depend on who runs it
            trust_env=False,
            transport=transport,
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def fetch(self, request: Request) -> Response:
        """The response, whatever its status, after as many tries as are worth it.

        Raises:
            SourceError: the path is not allowed, or the server does not answer
        """
        if not any(pattern.fullmatch(request.key) for pattern in self._allowed):
            raise SourceError(
                f"{request.key}: not among the paths that this collector may read", "report this fault"
            )
        wait_s = 0.5
        for attempt in range(1, _ATTEMPTS + 1):
            last = attempt == _ATTEMPTS
            try:
                answer = self._ask(request)
            except httpx.RequestError as error:
                if last or _is_of_certificate(error):
                    raise self._unanswered(error) from error
            else:
                asked = _asked_to_wait_s(answer)
                if not self._may_help_again(answer) or last or asked > _LONGEST_WAIT_S:
                    return _response(answer)
                wait_s = max(wait_s, asked)
            self._sleep(wait_s)
            wait_s = min(2 * wait_s, _LONGEST_WAIT_S)
        raise AssertionError  # pragma: no cover  # the last attempt returns or raises

    def _ask(self, request: Request) -> httpx.Response:
        return self._client.get(request.key, params=list(request.query))

    def _may_help_again(self, answer: httpx.Response) -> bool:
        return answer.status_code in _AGAIN

    def _unanswered(self, error: httpx.RequestError) -> SourceError:
        place, kind = f"{self._client.base_url}: does not answer", type(error).__name__
        if _is_of_certificate(error):
            help_ = (
                "name the company's certificate authority under ca_file, or renew the server's certificate"
            )
            return SourceError(f"{place}: its certificate is not trusted ({_certificate(error)})", help_)
        if isinstance(error, httpx.TimeoutException):
            help_ = "see whether the server is overloaded, or raise time_limit_s"
            return SourceError(f"{place} in time ({kind})", help_)
        help_ = "see whether the address is right and the server can be reached from here"
        return SourceError(f"{place}: the connection was refused or cut ({kind})", help_)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _is_of_certificate(error: httpx.RequestError) -> bool:
    """Whether the server is there and shows a certificate that is not trusted: asking again does not help."""
    return any(isinstance(cause, ssl.SSLError) for cause in _causes(error)) or "CERTIFICATE" in str(error)


def _certificate(error: httpx.RequestError) -> str:
    return next((str(cause) for cause in _causes(error) if isinstance(cause, ssl.SSLError)), str(error))


def _response(answer: httpx.Response) -> Response:
    headers = {name: answer.headers[name] for name in _HEADERS_KEPT if name in answer.headers}
    return Response(body=answer.content, at=now(), status=answer.status_code, headers=headers)


def _asked_to_wait_s(answer: httpx.Response) -> float:
    """Seconds that `Retry-After` asks for, which gives them as a number or as a date; else those of the limit's reset."""
    stated = answer.headers.get("retry-after", "")
    if stated.isdecimal():
        return float(stated)
    resets = next((answer.headers[name] for name in _RESETS if name in answer.headers), "")
    if not stated and answer.status_code == httpx.codes.TOO_MANY_REQUESTS and resets.isdecimal():
        # some servers give the seconds that are left, others the instant since 1970
        seconds = float(resets)
        return seconds if seconds < _OF_AN_EPOCH else max(0.0, seconds - datetime.now(UTC).timestamp())
    try:
        until = parsedate_to_datetime(stated)
    except ValueError:
        return 0.0
    # a date with the zone -0000 says that it does not know its zone: HTTP's dates are UTC
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
