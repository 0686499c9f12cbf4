"""Walks through a directory: both lists to their end, long lists of members to theirs, and both lists again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from collectors.directory import searches
from collectors.directory.port import ADMIN_LIMIT, SIZE_LIMIT
from collectors.directory.records import Entry, Listing, listing
from collectors.harvest import Harvest
from collectors.transport import Request, Response, Transport
from engine.errors import AccessError, SourceError

_MOST_PAGES = 100_000
_RANGE = re.compile(r"member;range=(\d+)-(\d+|\*)")
_NOT_COMPANY = ("dc=domaindnszones,", "dc=forestdnszones,", "cn=configuration,", "cn=schema,")
"""Partitions that a domain always refers to, and that hold no accounts."""


@dataclass(frozen=True)
class Found:
    """An entry with when it came; `members` are none if the list of them could not be read to its end."""

    entry: Entry
    at: str
    members: tuple[str, ...] | None = ()


class Walk:
    """One walk. What goes wrong with a part of it is a problem of the harvest, and the walk goes on."""

    def __init__(self, transport: Transport, harvest: Harvest) -> None:
        self._transport = transport
        self._harvest = harvest
        self.cut: set[str] = set()
        """Lists that did not come to their end."""

    def domain(self) -> Entry:
        """What the directory says of itself: the first question, so that a refusal ends the walk at once."""
        found = self._page("domain", searches.domain())[0].entries
        return found[0] if found else Entry("", {})

    def listed(self, what: str) -> tuple[Found, ...]:
        """The entries of a list by key; each page must be there for the list to be whole."""
        found: dict[str, Found] = {}
        for page, response in self._pages(what):
            for entry in page.entries:
                key = entry.key
                if key is None:
                    self._harvest.problem(
                        f"{entry.dn}: shows neither objectGUID nor entryUUID, and has no other key"
                    )
                else:
                    found.setdefault(key, Found(entry, response.at))
        return tuple(found[key] for key in sorted(found))

    def with_members(self, group: Found) -> Found:
        """The group with all its members, however many ranges they come in."""
        values, members = group.entry.values, list(group.entry.values.get("member", ()))
        while (cut := _range(values)) is not None:
            members += values[cut.group()]
            if cut[2] == "*":
                break
            request = searches.members(group.entry.dn, int(cut[2]) + 1)
            try:
                (rest,) = self._page("members", request)[0].entries
            except AccessError:
                raise
            except (SourceError, ValueError) as error:
                self._harvest.problem(
                    f"group {group.entry.dn}: its members could not be read to the end: {error}"
                )
                return Found(group.entry, group.at, None)
            values = rest.values
        return Found(group.entry, group.at, tuple(dict.fromkeys(members)))

    def again(self, what: str, entity: str, before: tuple[Found, ...]) -> int:
        """List a second time, keys alone; say who came or went, and how many there are."""
        after = {entry.key for page, _ in self._pages(f"{what}_ids") for entry in page.entries if entry.key}
        names = {found.entry.key: found.entry.dn for found in before}
        for key in sorted(after - set(names)):
            self._harvest.problem(f"{entity} {key}: came while the directory was being read")
        for key, dn in sorted((key, dn) for key, dn in names.items() if key and key not in after):
            self._harvest.problem(f"{entity} {key} ({dn}): went while the directory was being read")
        return len(after)

    def _pages(self, what: str) -> list[tuple[Listing, Response]]:
        found: list[tuple[Listing, Response]] = []
        for number in range(_MOST_PAGES):
            try:
                page, response = self._page(what, searches.page(what, number))
            except AccessError:
                raise
            except SourceError as error:
                if number == 0:
                    raise
                self._harvest.problem(f"{what}: the list ends early: {error}")
                self.cut.add(what)
                return found
            found.append((page, response))
            for url in page.references:
                if not any(part in url.lower() for part in _NOT_COMPANY):
                    self._harvest.problem(f"{what}: {url} holds more, and is another source")
            if response.status in {SIZE_LIMIT, ADMIN_LIMIT}:
                limit = "size" if response.status == SIZE_LIMIT else "administrative"
                self._harvest.problem(f"{what}: the directory's {limit} limit cut the list short")
                self.cut.add(what)
                return found
            if page.is_last:
                return found
        raise AssertionError  # pragma: no cover  # fifty million entries

    def _page(self, what: str, request: Request) -> tuple[Listing, Response]:
        response = self._harvest.saw(self._transport.fetch(request))
        return listing(f"{self._harvest.source.id}: {what}", response), response


def _range(values: Mapping[str, tuple[str, ...]]) -> re.Match[str] | None:
    return next((match for name in values if (match := _RANGE.fullmatch(name))), None)
