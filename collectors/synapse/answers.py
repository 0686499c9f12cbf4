"""Answers of a Synapse server, judged: what must be there, and what the walk can go on without."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from collectors.harvest import Harvest
from collectors.parsing import parsed
from collectors.synapse.records import AnyRecord, RoomPage, UserPage, error_code
from collectors.transport import Request, Transport
from engine.errors import AccessError, SourceError

_HELP = "see whether the address is that of a Synapse server, and its version supported"

AnyPage = TypeVar("AnyPage", UserPage, RoomPage)


class Answers:
    """The answers to requests, parsed; what is missing becomes a problem of the harvest."""

    def __init__(self, transport: Transport, harvest: Harvest) -> None:
        self._transport = transport
        self._harvest = harvest

    def must(self, model: type[AnyRecord], request: Request) -> tuple[AnyRecord, str]:
        """The answer, and when it came.

        Raises:
            AccessError: the token is not valid, or not that of an administrator
            SourceError: there is no answer
            UnparsableError: it has another shape than this collector knows
        """
        response = self._harvest.saw(self._transport.fetch(request))
        source = self._harvest.source.id
        match response.status:
            case 200:
                return parsed(model, request, response, _HELP), response.at
            case 401:
                raise AccessError(
                    f"{source}: the access token is not valid ({error_code(response)})",
                    "sign in as the collecting user again and put the new token where company.yaml says",
                )
            case 403:
                raise AccessError(
                    f"{source}: the user of the token is no server administrator ({error_code(response)})",
                    "the admin API needs a user with admin: true",
                )
            case status:
                message = f"{source}: {request.key} answered {status} {error_code(response)}".rstrip()
                raise SourceError(message, "see the server's log for the cause, then collect again")

    def maybe(self, model: type[AnyRecord], request: Request) -> AnyRecord | None:
        """The answer, or none with a problem noted; a refusal still ends the walk."""
        try:
            return self.must(model, request)[0]
        except AccessError:
            raise
        except SourceError as error:
            self._harvest.problem(str(error))
            return None

    def pages(self, ask: Callable[[str], Request], model: type[AnyPage]) -> Iterator[tuple[AnyPage, str]]:
        """All pages of a list with their times; the first one must be there."""
        start, seen = "0", set[str]()
        while start and start not in seen:
            seen.add(start)
            try:
                page, at = self.must(model, ask(start))
            except AccessError:
                raise
            except SourceError as error:
                if start == "0":
                    raise
                self._harvest.problem(f"the list ends early: {error}")
                return
            yield page, at
            start = page.following
