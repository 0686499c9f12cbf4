"""The collector of Feishu and Lark: accounts, whose they are, and the groups that its bot is in."""

from pathlib import Path
from typing import ClassVar

import httpx

from collectors.clocks import civil_date
from collectors.feishu.activity import last_uses
from collectors.feishu.facts import NEVER, NEVER_OF_GROUPS, add_chat, add_user
from collectors.feishu.fields import FIELDS
from collectors.feishu.options import FeishuOptions
from collectors.feishu.walk import BUSY, GETS, MANNERS, OVER, Walk, shape
from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.transport import Request, Transport
from collectors.webapi import ApiTransport, Shape, WebCollector, bearer, compare, exchanged, needs_secret
from engine.errors import SourceError
from engine.facts import Collected, LastActivity


class FeishuCollector(WebCollector):
    """Reads Feishu or Lark by the open API."""

    type: ClassVar[str] = "feishu"
    title: ClassVar[str] = "Feishu 飛書 / Lark"
    delivers: ClassVar[tuple[str, ...]] = ("account", "group", "identity_link", "membership")
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = FeishuOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """A connection; the secret is exchanged for the tenant's token."""
        options = _options(source)
        needs_secret(source, secret, "secret of the app")
        exchange = httpx.Request(
            "POST",
            f"{options.url.rstrip('/')}/open-apis/auth/v3/tenant_access_token/internal",
            json={"app_id": options.app_id, "app_secret": secret},
        )
        auth = exchanged(source.id, MANNERS, exchange, "tenant_access_token", bearer(), over=OVER)
        return ApiTransport(options, folder, GETS, auth, busy=BUSY)

    def shape(self, source: Source, request: Request) -> Shape:  # noqa: ARG002  # of the kind
        """The fields that are read."""
        return shape(request)

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """Everything that the app sees.

        Raises:
            AccessError: the secret is not valid, or sees no contacts
            SourceError: Feishu does not answer
        """
        options = _options(source)
        with_groups = options.groups != "none"
        delivers = self.delivers if with_groups else ("account", "identity_link")
        harvest = Harvest(source, kind=self.type, delivers=delivers)
        for name in NEVER:
            harvest.limit(f"account.{name}", "not_supported")
        for name in NEVER_OF_GROUPS if with_groups else ():
            harvest.limit(f"group.{name}", "not_supported")
        if not options.whole_company_visible:
            harvest.problem(
                "an app sees its range of contacts alone: make that the whole company, and say whole_company_visible: true"
            )
        walk = Walk(transport, harvest)
        users = walk.users()
        uses = self._uses(walk, harvest, set(users), moment, options)
        for key, (user, at) in users.items():
            add_user(harvest, user, at, walk.names, uses[key], options)
        if with_groups:
            self._groups(walk, harvest, set(users), options)
        walk.again(set(users))
        return harvest.collected()

    def _uses(
        self, walk: Walk, harvest: Harvest, accounts: set[str], moment: Moment, options: FeishuOptions
    ) -> dict[str, LastActivity | str]:
        if not options.activity_days:
            return dict.fromkeys(accounts, "not_collected")
        last = civil_date(moment.as_of, moment.zone)
        rows, reason = walk.statistics(last, options.activity_days)
        if reason:
            return dict.fromkeys(accounts, reason)
        return last_uses(harvest, rows, accounts, last, options.activity_days, moment.zone)

    def _groups(self, walk: Walk, harvest: Harvest, accounts: set[str], options: FeishuOptions) -> None:
        if options.groups == "seen":
            harvest.problem("a bot sees the groups that it is in: add it to every one, and say groups: all")
        try:
            chats = walk.chats()
            outsiders: set[str] = set()
            for key, (data, members, at) in sorted(chats.items()):
                add_chat(harvest, key, data, members, at, accounts, outsiders)
            compare(harvest, "group", set(chats), walk.chat_ids())
        except SourceError as error:
            # accounts without groups are still worth having
            harvest.problem(f"groups: {error}")


def _options(source: Source) -> FeishuOptions:
    return FeishuOptions.model_validate(source.options.model_dump())
