"""The collector of WeCom: accounts, and whose they are."""

from pathlib import Path
from typing import Any, ClassVar

import httpx

from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.transport import Request, Transport
from collectors.webapi import ApiTransport, Shape, WebCollector, exchanged, in_address, needs_secret
from collectors.wecom.facts import FIELDS, NEVER, add_user
from collectors.wecom.options import WecomOptions
from collectors.wecom.walk import BUSY, GETS, MANNERS, OVER, POSTS, Walk, shape
from engine.facts import Collected


class WecomCollector(WebCollector):
    """Reads WeCom by its server API."""

    type: ClassVar[str] = "wecom"
    title: ClassVar[str] = "WeCom 企業微信"
    delivers: ClassVar[tuple[str, ...]] = ("account", "identity_link")
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = WecomOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """A connection; the secret is exchanged for a token, which WeCom wants in the address."""
        options = _options(source)
        needs_secret(source, secret, "secret of the app")
        exchange = httpx.Request(
            "GET",
            f"{options.url.rstrip('/')}/cgi-bin/gettoken",
            params={"corpid": options.corp_id, "corpsecret": secret},
        )
        auth = exchanged(source.id, MANNERS, exchange, "access_token", in_address("access_token"), over=OVER)
        return ApiTransport(options, folder, GETS, auth, posts=POSTS, busy=BUSY)

    def shape(self, source: Source, request: Request) -> Shape:  # noqa: ARG002  # one shape for all
        """The fields that are read."""
        return shape(_options(source))

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:  # noqa: ARG002  # of the Protocol
        """Everybody whom the secret sees.

        Raises:
            AccessError: the secret is not valid, or sees no contacts
            SourceError: WeCom does not answer
        """
        options = _options(source)
        delivers = self.delivers if options.employee_field else ("account",)
        harvest = Harvest(source, kind=self.type, delivers=delivers)
        for name in NEVER:
            harvest.limit(f"account.{name}", "not_supported")
        walk = Walk(transport, harvest, options)
        users: dict[str, tuple[dict[str, Any], str]] = walk.users()
        for user, at in users.values():
            add_user(harvest, user, at, walk.names, options)
        walk.again(set(users))
        return harvest.collected()


def _options(source: Source) -> WecomOptions:
    return WecomOptions.model_validate(source.options.model_dump())
