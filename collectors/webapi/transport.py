"""The connection to a web service: allowed paths only, read with GET or with the POSTs that the vendor reads by."""

import json
import logging
import re
from pathlib import Path
from typing import Any

import httpx

from collectors.interface import Source
from collectors.transport import HttpTransport, Request
from collectors.webapi.options import WebOptions
from engine.errors import ConfigurationError

_BODY = "json"

for _name in ("httpx", "httpcore"):
    # they tell each address that is asked, and some vendors want the token in it
    logging.getLogger(_name).setLevel(logging.WARNING)


def posted(path: str, **body: Any) -> Request:
    """A request that is read by POST; its body stands in the query, so that a recording tells two of them apart."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Request("http", path, ((_BODY, text),))


def needs_secret(source: Source, secret: str, what: str) -> str:
    """The secret.

    Raises:
        ConfigurationError: there is none
    """
    if not secret:
        raise ConfigurationError(
            f"{source.id}: no {what}", "name the variable or the file that holds it under secret:"
        )
    return secret


class ApiTransport(HttpTransport):
    """Reads a web service; what authorises it is put into each request as it leaves, and nowhere else."""

    def __init__(  # the parts of a connection
        self,
        options: WebOptions,
        folder: Path,
        allowed: tuple[str, ...],
        auth: httpx.Auth,
        *,
        posts: tuple[str, ...] = (),
        busy: frozenset[int] = frozenset(),
    ) -> None:
        """`posts` are the paths that are read by POST; `busy` the codes inside a 200 that say: too many requests."""
        ca_file = None if options.ca_file is None else folder / options.ca_file
        super().__init__(options.url, (*allowed, *posts), time_limit_s=options.time_limit_s, ca_file=ca_file)
        self._client.auth = auth
        self._posts = tuple(re.compile(pattern) for pattern in posts)
        self._busy = busy

    def _ask(self, request: Request) -> httpx.Response:
        if not any(pattern.fullmatch(request.key) for pattern in self._posts):
            return super()._ask(request)
        body = dict(request.query)[_BODY]
        return self._client.post(request.key, content=body, headers={"Content-Type": "application/json"})

    def _may_help_again(self, answer: httpx.Response) -> bool:
        return super()._may_help_again(answer) or (bool(self._busy) and self._is_busy(answer))

    def _is_busy(self, answer: httpx.Response) -> bool:
        try:
            stated = answer.json()
        except ValueError:
            return False
        return isinstance(stated, dict) and stated.get("errcode", stated.get("code")) in self._busy
