"""The collector of ejabberd: accounts, their last use, sessions, rooms and who is in them."""

from pathlib import Path
from typing import ClassVar

import httpx

from collectors.ejabberd.facts import NEVER, NEVER_OF_GROUPS, Known, add_room, add_session, add_user
from collectors.ejabberd.fields import FIELDS
from collectors.ejabberd.options import EjabberdOptions
from collectors.ejabberd.walk import GETS, Walk, strip
from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.transport import Request, Response, Transport
from collectors.webapi import ApiTransport, needs_secret
from engine.errors import SourceError
from engine.facts import Collected


class EjabberdCollector:
    """Reads one virtual host of an ejabberd server by its JSON API."""

    type: ClassVar[str] = "ejabberd"
    title: ClassVar[str] = "ejabberd"
    delivers: ClassVar[tuple[str, ...]] = ("account", "group", "membership", "session")
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = EjabberdOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """A connection, signed in as `collector_user` with each request."""
        options = _options(source)
        password = needs_secret(source, secret, "password of collector_user")
        return ApiTransport(options, folder, GETS, httpx.BasicAuth(options.collector_user, password))

    def strip(self, source: Source, request: Request, response: Response) -> Response:  # noqa: ARG002  # of the Protocol
        """The answer with nothing but the fields that are read, and of statuses only the server's own words."""
        return strip(request, response)

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:  # noqa: ARG002  # of the Protocol
        """Everything of the host that the account may read.

        Raises:
            AccessError: the password is wrong, or the account may not list accounts
            SourceError: the server does not answer
        """
        options = _options(source)
        left_out = set() if options.groups == "all" else {"group", "membership"}
        left_out |= set() if options.sessions else {"session"}
        harvest = Harvest(
            source, kind=self.type, delivers=tuple(one for one in self.delivers if one not in left_out)
        )
        for name in NEVER:
            harvest.limit(f"account.{name}", "not_supported")
        for name in NEVER_OF_GROUPS if options.groups == "all" else ():
            harvest.limit(f"group.{name}", "not_supported")
        walk = Walk(transport, harvest, options.host)
        hosts = walk.hosts()
        users = walk.users()
        for user, at in users.items():
            last = walk.last(user)
            if last == "not_permitted":
                harvest.limit("account.last_activity", last)
            add_user(harvest, user, last, at, options)
        if options.sessions:
            for row, at in walk.sessions():
                add_session(harvest, row, at, options.host, set(users))
        ours = frozenset(hosts) | frozenset(options.company_domains)
        known = Known(options.host, frozenset(users), ours - {options.host})
        rooms = self._rooms(walk, harvest, hosts, known) if options.groups == "all" else None
        walk.again(set(users), rooms, hosts)
        return harvest.collected()

    def _rooms(self, walk: Walk, harvest: Harvest, hosts: set[str], known: Known) -> set[str] | None:
        try:
            rooms = walk.rooms(hosts)
            for key in sorted(rooms):
                room = walk.room(key)
                if room is not None:
                    add_room(harvest, key, room, known)
        except SourceError as error:
            # accounts without rooms are still worth having
            harvest.problem(f"groups: {error}")
            return None
        return rooms


def _options(source: Source) -> EjabberdOptions:
    return EjabberdOptions.model_validate(source.options.model_dump())
