"""Walks through a SCIM service: each list to its end, and once more."""

from collections.abc import Iterator
from typing import Literal

from collectors.harvest import Harvest
from collectors.parsing import parsed
from collectors.scim.records import AnyRecord, Group, Key, Page, User
from collectors.transport import Request, Response, Transport
from engine.errors import AccessError, SourceError

COUNT = 100
"""Records a page: services give as many or fewer."""

ALLOWED = ("/Users", "/Groups")
"""Paths below `url` that are read."""

_HELP = "see whether url is the base of a SCIM 2.0 service"

_NAMES = {"/Users": "userName", "/Groups": "displayName"}


class Walk:
    """One walk. A list that breaks off is a problem of the harvest; one that never began is a failure."""

    def __init__(self, transport: Transport, harvest: Harvest) -> None:
        self._transport = transport
        self._harvest = harvest

    def users(self) -> Iterator[tuple[User, str]]:
        """Every account with when it came, page by page, so that no page is kept; the stated total is noted."""
        return self._records(Page[User], "/Users", "account")

    def groups(self) -> tuple[tuple[Group, str], ...]:
        """Every group by key with when it came; the stated total is noted."""
        try:
            found = tuple(self._records(Page[Group], "/Groups", "group"))
        except AccessError:
            raise
        except SourceError as error:
            # accounts without groups are still worth having
            self._harvest.problem(str(error))
            return ()
        return tuple(sorted(found, key=lambda one: one[0].id))

    def again(self, path: Literal["/Users", "/Groups"], entity: str, before: set[str]) -> None:
        """List a second time and say who came or went: pages by number lose or double records meanwhile."""
        try:
            pages = self._pages(Page[Key], path, (("attributes", _NAMES[path]),))
            after = {one.id for page, _ in pages for one in page.resources}
        except AccessError:
            raise
        except SourceError as error:
            self._harvest.problem(f"could not be listed a second time: {error}")
            return
        for key in sorted(after - before):
            self._harvest.problem(f"{entity} {key}: came while the service was being read")
        for key in sorted(before - after):
            self._harvest.problem(f"{entity} {key}: went while the service was being read")

    def _records(
        self, model: type[Page[AnyRecord]], path: str, entity: str
    ) -> Iterator[tuple[AnyRecord, str]]:
        found: set[str] = set()
        for page, response in self._pages(model, path, ()):
            self._harvest.expect(entity, page.total)
            for one in page.resources:
                key = str(one.model_dump()["id"])
                if key in found:
                    self._harvest.problem(f"{entity} {key}: stands on two pages")
                    continue
                found.add(key)
                yield one, response.at

    def _pages(
        self, model: type[Page[AnyRecord]], path: str, more: tuple[tuple[str, str], ...]
    ) -> Iterator[tuple[Page[AnyRecord], Response]]:
        start = 1
        while True:
            request = Request("http", path, (("startIndex", str(start)), ("count", str(COUNT)), *more))
            try:
                page, response = self._page(model, request)
            except AccessError:
                raise
            except SourceError as error:
                if start == 1:
                    raise
                self._harvest.problem(f"{path}: the list ends early: {error}")
                return
            yield page, response
            start += len(page.resources)
            if not page.resources or start > page.total:
                return

    def _page(self, model: type[Page[AnyRecord]], request: Request) -> tuple[Page[AnyRecord], Response]:
        response = self._harvest.saw(self._transport.fetch(request))
        source = self._harvest.source.id
        match response.status:
            case 200:
                return parsed(model, request, response, _HELP), response
            case 401:
                message = f"{source}: the token is not valid"
                raise AccessError(message, "make a new one and put it where company.yaml says")
            case 403:
                message = f"{source}: the token may not read {request.key}"
                raise AccessError(message, "grant it reading of users and groups, and nothing else")
            case status:
                message = f"{source}: {request.key} answered {status}"
                raise SourceError(message, "see the service's log for the cause, then collect again")
