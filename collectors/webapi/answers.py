"""Answers of a web service, judged: a status of 200 is not success, and a list is whole only at its end."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from collectors.harvest import Harvest
from collectors.transport import Request, Response, Transport
from engine.errors import AccessError, SourceError, UnparsableError

_OK = 200


def _nothing(_answer: Any) -> str | None:
    return None


@dataclass(frozen=True)
class Manners:
    """How a vendor says no."""

    title: str
    """The vendor's service, for messages."""
    error: Callable[[Any], str | None] = _nothing
    """The code of an error inside an answer; none if all is well. It raises KeyError for an answer without the word."""
    not_valid: frozenset[str] = frozenset()
    """Codes that say: this secret or token is not valid."""
    refused: frozenset[str] = frozenset()
    """Codes that say: a permission is missing."""
    renewal: str = "make a new secret and put it where company.yaml says"
    """What to do about a secret that is not valid."""


class Answers:
    """The answers to requests; what is missing becomes a problem of the harvest."""

    def __init__(self, transport: Transport, harvest: Harvest, manners: Manners) -> None:
        self._transport = transport
        self._harvest = harvest
        self._manners = manners

    def must(self, request: Request, needs: str) -> tuple[Any, str]:
        """The answer, and when it came.

        Args:
            request: what is asked
            needs: the permission that it takes, by the vendor's name for it

        Raises:
            AccessError: the secret is not valid, or has no such permission
            SourceError: there is no answer, or one that says that it is none
            UnparsableError: it has another shape
        """
        response = self._harvest.saw(self._transport.fetch(request))
        answer = self._parsed(request, response)
        code = self._code(request, response, answer)
        source, said = self._harvest.source.id, f" ({code})" if code else ""
        if response.status == 401 or code in self._manners.not_valid:  # noqa: PLR2004  # unauthorised
            raise AccessError(
                f"{source}: the secret is not valid for {self._manners.title}{said}", self._manners.renewal
            )
        if response.status == 403 or code in self._manners.refused:  # noqa: PLR2004  # forbidden
            raise AccessError(
                f"{source}: may not read {request.key}{said}; it needs {needs}", f"grant it {needs}"
            )
        if response.status != _OK or code is not None:
            raise SourceError(
                f"{source}: {request.key} answered {response.status}{said}",
                f"look the code up in the documents of {self._manners.title}, then collect again",
            )
        return answer, response.at

    def maybe(self, request: Request, needs: str) -> Any | None:
        """The answer, or none with a problem noted; a refusal still ends the walk."""
        try:
            return self.must(request, needs)[0]
        except AccessError:
            raise
        except SourceError as error:
            self._harvest.problem(str(error))
            return None

    def pages(
        self, first: Request, following: Callable[[Request, Any], Request | None], needs: str
    ) -> Iterator[tuple[Any, str]]:
        """All pages of a list with their times; the first one must be there, a later one that fails is a problem."""
        request: Request | None = first
        seen = {first}
        while request is not None:
            try:
                page, at = self.must(request, needs)
                after = following(request, page)
            except AccessError:
                raise
            except SourceError as error:
                if request == first:
                    raise
                self._harvest.problem(f"{first.key}: the list ends early: {error}")
                return
            yield page, at
            if after in seen:
                self._harvest.problem(f"{first.key}: the list leads back to where it was")
                return
            if after is not None:
                seen.add(after)
            request = after

    def rows(self, request: Request, page: Any, *path: str) -> list[dict[str, Any]]:
        """The records of a page, which lie at a path of names; one that is none is a problem.

        Raises:
            UnparsableError: there is no list at that place
        """
        found = page
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        if not isinstance(found, list):
            place = ".".join(path) or "answer"
            raise UnparsableError(
                f"{request.key}: {place}: found no list",
                f"see whether the address is that of {self._manners.title}",
            )
        rows = [row for row in found if isinstance(row, dict)]
        if len(rows) != len(found):
            self._harvest.problem(f"{request.key}: {len(found) - len(rows)} entries are no records")
        return rows

    def _parsed(self, request: Request, response: Response) -> Any:
        try:
            return json.loads(response.body)
        except ValueError as error:
            if response.status != _OK:
                return {}
            raise UnparsableError(
                f"{request.key}: the answer is not JSON",
                f"see whether the address is that of {self._manners.title}",
            ) from error

    def _code(self, request: Request, response: Response, answer: Any) -> str | None:
        try:
            return self._manners.error(answer)
        except (KeyError, TypeError, AttributeError) as error:
            if response.status != _OK:
                return None
            raise UnparsableError(
                f"{request.key}: the answer does not say whether it is one",
                f"see whether the address is that of {self._manners.title}",
            ) from error


Rows = list[tuple[dict[str, Any], str]]
"""Records, each with the instant at which its page came."""


def by_id(harvest: Harvest, what: str, rows: Rows) -> dict[str, tuple[dict[str, Any], str]]:
    """Records by their `id`; one without, or listed twice, is told and left out."""
    found: dict[str, tuple[dict[str, Any], str]] = {}
    for row, at in rows:
        key = row.get("id")
        if not isinstance(key, str) or not key or key in found:
            harvest.problem(f"{what}: a record without id, or on two pages")
            continue
        found[key] = (row, at)
    return found


def listed_again(harvest: Harvest, before: set[str], listing: Callable[[], set[str]]) -> bool:
    """List accounts once more and say who came or went; whether that could be done."""
    try:
        after = listing()
    except SourceError as error:
        harvest.problem(f"could not be listed a second time: {error}")
        return False
    compare(harvest, "account", before, after)
    return True


def compare(harvest: Harvest, what: str, before: set[str], after: set[str]) -> None:
    """Hold two listings against each other: who came or went while pages were read."""
    for key in sorted(after - before):
        harvest.problem(f"{what} {key}: came while the service was being read")
    for key in sorted(before - after):
        harvest.problem(f"{what} {key}: went while the service was being read")
