"""Exchanges of a secret for a token, as vendors with a code inside each answer do them."""

from collections.abc import Callable

import httpx

from collectors.webapi.answers import Manners
from collectors.webapi.token import ExchangedToken, Placed
from engine.errors import AccessError, SourceError


def exchanged(
    source: str, manners: Manners, exchange: httpx.Request, name: str, placed: Placed, *, over: frozenset[str]
) -> ExchangedToken:
    """A token that the answer to `exchange` holds under `name`; `over` are the codes of a token that has expired.

    Neither the request nor what the vendor says of it is ever repeated: both may hold the secret.
    """
    code = _code_by(manners)

    def read(answer: httpx.Response) -> str:
        found = code(answer)
        token = _body(answer).get(name)
        if answer.status_code == httpx.codes.OK and found is None and isinstance(token, str) and token:
            return token
        said = f"{answer.status_code} {found or ''}".rstrip()
        refusals = {httpx.codes.BAD_REQUEST, httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}
        if answer.status_code in refusals or found in manners.not_valid | manners.refused:
            raise AccessError(
                f"{source}: {manners.title} gives no token for this secret ({said})", manners.renewal
            )
        raise SourceError(
            f"{source}: {manners.title} gives no token ({said})",
            "see whether the address is right, then collect again",
        )

    def is_over(answer: httpx.Response) -> bool:
        return answer.status_code == httpx.codes.UNAUTHORIZED or code(answer) in over

    return ExchangedToken(exchange, read, placed, is_over)


def _code_by(manners: Manners) -> Callable[[httpx.Response], str | None]:
    def code(answer: httpx.Response) -> str | None:
        try:
            return manners.error(_body(answer))
        except (KeyError, TypeError, AttributeError):
            return None

    return code


def _body(answer: httpx.Response) -> dict[str, object]:
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
