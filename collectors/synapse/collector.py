"""The collector of Matrix Synapse: accounts, sessions, links to people, rooms and their members."""

from pathlib import Path
from typing import ClassVar

from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.synapse import accounts, rooms
from collectors.synapse.answers import Answers
from collectors.synapse.fields import FIELDS
from collectors.synapse.index import add_index
from collectors.synapse.options import SynapseOptions
from collectors.synapse.requests import ALLOWED
from collectors.synapse.strip import strip
from collectors.synapse.walk import Chat, User, Walk
from collectors.transport import HttpTransport, Request, Response, Transport
from engine.errors import AccessError, ConfigurationError, SourceError
from engine.facts import Collected


class SynapseCollector:
    """Reads a Synapse server by its admin API."""

    type: ClassVar[str] = "synapse"
    title: ClassVar[str] = "Matrix Synapse"
    delivers: ClassVar[tuple[str, ...]] = ("account", "group", "identity_link", "membership", "session")
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = SynapseOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """A connection to the server, with the token as the secret."""
        options = _options(source)
        if not secret:
            message = f"{source.id}: no access token"
            raise ConfigurationError(message, "name the variable or the file that holds it under secret:")
        ca_file = None if options.ca_file is None else folder / options.ca_file
        return HttpTransport(
            options.url, ALLOWED, secret=secret, time_limit_s=options.time_limit_s, ca_file=ca_file
        )

    def strip(self, source: Source, request: Request, response: Response) -> Response:
        """The answer without texts of messages, addresses of people and of machines, and pictures."""
        del source
        return strip(request, response)

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """Everything that the server shows to an administrator."""
        options = _options(source)
        links = options.auth_provider is not None
        delivers = tuple(entity for entity in self.delivers if links or entity != "identity_link")
        harvest = Harvest(source, kind=self.type, delivers=delivers)
        for field, reason in (accounts.LIMITS | rooms.LIMITS).items():
            harvest.limit(field, reason)
        if not links:
            harvest.limit("identity_link.person", "not_collected")
        walk = Walk(Answers(transport, harvest), harvest)
        harvest.source_version = walk.version()
        users, chats = walk.users(), walk.chats()
        if options.message_index:
            add_index(harvest, walk, chats, moment, options.message_index_pages)
        _list_again(walk, harvest, users, chats)

        accounts.add_accounts(harvest, users, options)
        guests = {user.row.name: user.row.is_guest for user in users}
        for name in sorted({name for chat in chats for name in chat.joinings} - set(guests)):
            guests[name] = accounts.add_unlisted(harvest, name, chats[-1].at, options)
        rooms.add_rooms(harvest, chats, guests, options)
        return harvest.collected()


def _list_again(walk: Walk, harvest: Harvest, users: tuple[User, ...], chats: tuple[Chat, ...]) -> None:
    try:
        walk.again(users, chats)
    except AccessError:
        raise
    except SourceError as error:
        harvest.problem(f"could not be listed a second time: {error}")


def _options(source: Source) -> SynapseOptions:
    return SynapseOptions.model_validate(source.options.model_dump())
