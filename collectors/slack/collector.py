"""The collector of Slack: accounts, channels and who is in them."""

from pathlib import Path
from typing import ClassVar

from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.slack.facts import NEVER, NEVER_OF_GROUPS, add_channel, add_user, last_uses
from collectors.slack.fields import FIELDS
from collectors.slack.options import SlackOptions
from collectors.slack.walk import GETS, Walk, shape
from collectors.transport import Request, Transport
from collectors.webapi import ApiTransport, HeldToken, Shape, WebCollector, bearer, compare, needs_secret
from engine.errors import SourceError
from engine.facts import Collected, LastActivity


class SlackCollector(WebCollector):
    """Reads a Slack workspace by the Web API."""

    type: ClassVar[str] = "slack"
    title: ClassVar[str] = "Slack"
    delivers: ClassVar[tuple[str, ...]] = ("account", "group", "membership")
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = SlackOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """A connection, with the token as the secret."""
        needs_secret(source, secret, "token")
        return ApiTransport(_options(source), folder, GETS, HeldToken(secret, bearer()))

    def shape(self, source: Source, request: Request) -> Shape:  # noqa: ARG002  # of the kind
        """The fields that are read."""
        return shape(request)

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:  # noqa: ARG002  # of the Protocol
        """Everything that the token sees.

        Raises:
            AccessError: the token is not valid, or may not read users
            SourceError: Slack does not answer
        """
        options = _options(source)
        with_groups = options.groups != "none"
        harvest = Harvest(source, kind=self.type, delivers=self.delivers if with_groups else ("account",))
        for name in NEVER:
            harvest.limit(f"account.{name}", "not_supported")
        for name in NEVER_OF_GROUPS if with_groups else ():
            harvest.limit(f"group.{name}", "not_supported")
        walk = Walk(transport, harvest)
        own, users = walk.who(), walk.users()
        if own[1] not in {user.get("team_id") for user, _ in users.values()}:
            harvest.problem(
                f"the token is of the workspace {own[1] or 'of no name'}, and no member's team_id is that: who is a guest is not known"
            )
            own = own[0], None
        uses: dict[str, LastActivity | str] = dict.fromkeys(users, "not_collected")
        if options.access_logs:
            rows, reason = walk.logins()
            uses = dict.fromkeys(users, reason) if reason else last_uses(harvest, rows, set(users))
            if reason:
                harvest.limit("account.last_activity", reason)
        kinds = {key: add_user(harvest, user, at, own, uses[key]) for key, (user, at) in users.items()}
        if with_groups:
            self._groups(walk, harvest, kinds, options)
        walk.again(set(users))
        return harvest.collected()

    def _groups(self, walk: Walk, harvest: Harvest, kinds: dict[str, str], options: SlackOptions) -> None:
        if options.groups == "seen":
            harvest.problem(
                "a token sees the private channels that its user is in: add it to every one, and say groups: all"
            )
        outsiders: set[str] = set()
        try:
            channels = walk.channels()
            for key, (channel, at) in channels.items():
                add_channel(harvest, channel, at, walk.members(key), kinds, outsiders)
            compare(harvest, "group", set(channels), set(walk.channels()))
        except SourceError as error:
            # accounts without channels are still worth having
            harvest.problem(f"groups: {error}")


def _options(source: Source) -> SlackOptions:
    return SlackOptions.model_validate(source.options.model_dump())
