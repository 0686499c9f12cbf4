"""Searches of the table, a page at a time, as JSON: what a recording holds."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

from collectors.directory.port import Directory, Page, text_of
from collectors.directory.searches import Search
from collectors.transport import Request, Response
from collectors.transport.exchange import now
from engine.errors import SourceError


class LdapTransport:
    """Asks a directory. It connects with the first question, so that a refusal is that of the source."""

    def __init__(self, connect: Callable[[], Directory], table: dict[str, Search]) -> None:
        self._connect = connect
        self._table = table
        self._directory: Directory | None = None
        self._begun: dict[str, tuple[int, Iterator[Page]]] = {}

    def fetch(self, request: Request) -> Response:
        """A page of a search; the status is LDAP's result code.

        Raises:
            AccessError: the directory refuses us
            SourceError: the search is none of the table, or nothing came back
        """
        if request.key not in self._table or request.kind != "ldap":
            raise SourceError(f"{request.key}: no search of this source", f"one of {', '.join(self._table)}")
        self._directory = self._directory or self._connect()
        query = dict(request.query)
        if request.key == "members":
            attributes = (f"member;range={int(query['from'])}-*",)
            search = replace(self._table["members"], base=query["dn"], attributes=attributes)
            return _response(next(self._directory.pages(search)), is_last=True)
        number = int(query["page"])
        if number == 0:
            self._begun[request.key] = (0, self._directory.pages(self._table[request.key]))
        awaited, pages = self._begun.get(request.key, (-1, iter(())))
        if awaited != number:
            raise SourceError(f"{request.key}: page {number} does not follow", "report this fault")
        found = next(pages, None)
        self._begun[request.key] = (number + 1, pages)
        return _response(found or Page(()), is_last=found is None)

    def close(self) -> None:
        """End the connection, if there is one."""
        if self._directory is not None:
            self._directory.close()


def _response(page: Page, *, is_last: bool) -> Response:
    answer = {
        "entries": [
            {
                "dn": dn,
                "values": {
                    name: [text_of(name, value) for value in values] for name, values in found.items()
                },
            }
            for dn, found in page.entries
        ],
        "last": is_last,
        "references": list(page.references),
    }
    return Response(json.dumps(answer, ensure_ascii=False, sort_keys=True).encode(), now(), page.status)
