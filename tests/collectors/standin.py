"""Stand-ins of vendors' services: small servers that page, limit, refuse and hide as the vendors do."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import httpx
from contract import SECRET, Handler, Served

TOKEN = "canary-token-0f3b"  # noqa: S105  # what the stand-ins give for the secret
WRONG = "canary-wrong-77aa"

Route = Callable[[str, dict[str, Any]], Any]
"""Path, parameters (of the address, or of the body of a POST) -> the answer; a response, or what becomes its JSON."""

Change = Callable[[str, dict[str, Any], int, Any], Any]
"""Path, parameters, how many times this was asked, the good answer -> the answer."""


def same(_path: str, _asked: dict[str, Any], _times: int, answer: Any) -> Any:
    """The good answer."""
    return answer


def stand_in(
    route: Route, admit: Callable[[httpx.Request], httpx.Response | None], change: Change = same
) -> Served:
    """A vendor's service.

    Args:
        route: what it answers when all is well
        admit: gives tokens, and refuses who has none; none: the request may go on
        change: what is not well
    """

    def handler() -> Handler:
        times: Counter[str] = Counter()

        def answer(request: httpx.Request) -> httpx.Response:
            said = admit(request)
            if said is not None:
                return said
            asked = asked_of(request)
            key = f"{request.url.path} {sorted(asked.items(), key=str)}"
            times[key] += 1
            found = change(request.url.path, asked, times[key], route(request.url.path, asked))
            return found if isinstance(found, httpx.Response) else httpx.Response(200, json=found)

        return answer

    return Served(handler)


def asked_of(request: httpx.Request) -> dict[str, Any]:
    """The parameters of a request, without the token."""
    if request.method == "POST" and request.content:
        return dict(json.loads(request.content))
    return {name: value for name, value in request.url.params.items() if name != "access_token"}


def with_bearer(refusal: Callable[[], httpx.Response]) -> Callable[[httpx.Request], httpx.Response | None]:
    """A service whose token is the secret itself, in the header that most have."""

    def admit(request: httpx.Request) -> httpx.Response | None:
        return None if request.headers.get("Authorization") == f"Bearer {SECRET}" else refusal()

    return admit


def always_after(admit: Callable[[httpx.Request], httpx.Response | None], status: int, body: Any) -> Served:
    """A service that gives tokens, and answers the same to everything else."""

    def answer(request: httpx.Request) -> httpx.Response:
        return admit(request) or httpx.Response(status, json=body)

    return Served(lambda: answer)
