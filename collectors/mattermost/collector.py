"""The collector of Mattermost: accounts, sessions, channels and who is in them."""

from pathlib import Path
from typing import ClassVar

from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.mattermost.facts import NEVER, NEVER_OF_GROUPS, add_channel, add_session, add_user
from collectors.mattermost.fields import FIELDS
from collectors.mattermost.options import MattermostOptions
from collectors.mattermost.walk import GETS, Walk, shape
from collectors.transport import Request, Transport
from collectors.webapi import ApiTransport, HeldToken, Shape, WebCollector, bearer, needs_secret
from engine.errors import SourceError
from engine.facts import Collected


class MattermostCollector(WebCollector):
    """Reads a Mattermost server by its REST API."""

    type: ClassVar[str] = "mattermost"
    title: ClassVar[str] = "Mattermost"
    delivers: ClassVar[tuple[str, ...]] = ("account", "group", "identity_link", "membership", "session")
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = MattermostOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """A connection, with the personal access token as the secret."""
        needs_secret(source, secret, "personal access token")
        return ApiTransport(_options(source), folder, GETS, HeldToken(secret, bearer()))

    def shape(self, source: Source, request: Request) -> Shape:  # noqa: ARG002  # of the kind
        """The fields that are read."""
        return shape(request)

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:  # noqa: ARG002  # of the Protocol
        """Everything that the token sees.

        Raises:
            AccessError: the token is not valid, or may not list users
            SourceError: the server does not answer
        """
        options = _options(source)
        left_out = set() if options.groups == "all" else {"group", "membership"}
        left_out |= set() if options.sessions else {"session"}
        left_out |= set() if options.employee_field else {"identity_link"}
        harvest = Harvest(
            source, kind=self.type, delivers=tuple(one for one in self.delivers if one not in left_out)
        )
        for name in NEVER:
            harvest.limit(f"account.{name}", "not_supported")
        for name in NEVER_OF_GROUPS if options.groups == "all" else ():
            harvest.limit(f"group.{name}", "not_supported")
        walk = Walk(transport, harvest)
        own, users = walk.me(), walk.users()
        report, missing = walk.report() if options.report else ({}, "not_collected")
        if missing:
            harvest.limit("account.last_activity", missing)
        kinds = {
            key: add_user(harvest, user, at, own, missing or report.get(key, "not_supported"), options)
            for key, (user, at) in users.items()
        }
        for key, (user, _) in users.items() if options.sessions else ():
            for session, at in walk.sessions(key) if user.get("delete_at") == 0 else ():
                add_session(harvest, session, key, at)
        if options.groups == "all":
            self._groups(walk, harvest, kinds)
        walk.again(set(users))
        return harvest.collected()

    def _groups(self, walk: Walk, harvest: Harvest, kinds: dict[str, str]) -> None:
        try:
            for key, (channel, at) in walk.channels().items():
                add_channel(harvest, channel, at, walk.members(key), kinds)
        except SourceError as error:
            # accounts without channels are still worth having
            harvest.problem(f"groups: {error}")


def _options(source: Source) -> MattermostOptions:
    return MattermostOptions.model_validate(source.options.model_dump())
