"""The collector of DingTalk: accounts, and whose they are."""

from pathlib import Path
from typing import ClassVar

import httpx

from collectors.clocks import civil_date
from collectors.dingtalk.activity import last_uses
from collectors.dingtalk.facts import FIELDS, NEVER, add_user
from collectors.dingtalk.options import DingtalkOptions
from collectors.dingtalk.walk import BUSY, MANNERS, OVER, POSTS, Walk, shape
from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.transport import Request, Transport
from collectors.webapi import ApiTransport, Shape, WebCollector, exchanged, in_address, needs_secret
from engine.facts import Collected, LastActivity


class DingtalkCollector(WebCollector):
    """Reads DingTalk by its server API."""

    type: ClassVar[str] = "dingtalk"
    title: ClassVar[str] = "DingTalk 釘釘"
    delivers: ClassVar[tuple[str, ...]] = ("account", "identity_link")
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = DingtalkOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """A connection; the secret is exchanged for a token, which DingTalk wants in the address."""
        options = _options(source)
        needs_secret(source, secret, "secret of the app")
        exchange = httpx.Request(
            "GET",
            f"{options.url.rstrip('/')}/gettoken",
            params={"appkey": options.app_key, "appsecret": secret},
        )
        auth = exchanged(source.id, MANNERS, exchange, "access_token", in_address("access_token"), over=OVER)
        return ApiTransport(options, folder, (), auth, posts=POSTS, busy=BUSY)

    def shape(self, source: Source, request: Request) -> Shape:  # noqa: ARG002  # of the kind
        """The fields that are read."""
        return shape(request)

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """Everybody whom the app sees.

        Raises:
            AccessError: the secret is not valid, or sees no contacts
            SourceError: DingTalk does not answer
        """
        options = _options(source)
        harvest = Harvest(source, kind=self.type, delivers=self.delivers)
        for name in NEVER:
            harvest.limit(f"account.{name}", "not_supported")
        if not options.whole_company_visible:
            harvest.problem(
                "an app sees its range of contacts alone: make that the whole company, and say whole_company_visible: true"
            )
        walk = Walk(transport, harvest)
        users, names = walk.users(), walk.names
        uses: dict[str, LastActivity | str] = dict.fromkeys(users, "not_collected")
        if options.activity_days:
            last = civil_date(moment.as_of, moment.zone)
            uses = last_uses(walk, harvest, set(users), last, options.activity_days, moment.zone)
        for key, (user, at) in users.items():
            add_user(harvest, user, at, names, uses[key], options)
        walk.again(set(users))
        return harvest.collected()


def _options(source: Source) -> DingtalkOptions:
    return DingtalkOptions.model_validate(source.options.model_dump())
