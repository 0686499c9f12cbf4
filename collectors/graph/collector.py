"""The collector of Microsoft Graph: accounts, whose they are, and the teams that people talk in."""

from collections.abc import Generator
from pathlib import Path
from typing import ClassVar

import httpx

from collectors.graph.facts import GROUP, NEVER, NEVER_OF_GROUPS, USER, add_team, add_user, is_team
from collectors.graph.fields import FIELDS
from collectors.graph.options import GraphOptions
from collectors.graph.walk import COUNT, GETS, MANNERS, Walk, shape
from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.transport import Request, Transport
from collectors.webapi import (
    SCALAR,
    ApiTransport,
    ExchangedToken,
    Shape,
    WebCollector,
    bearer,
    exchanged,
    needs_secret,
)
from engine.errors import SourceError
from engine.facts import Collected


class _Counting(httpx.Auth):
    """The token, and the header without which Graph counts nothing."""

    requires_response_body = True

    def __init__(self, token: ExchangedToken) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request as Graph wants it."""
        if request.url.path.endswith("/$count"):
            request.headers["ConsistencyLevel"] = "eventual"
        yield from self._token.auth_flow(request)


class GraphCollector(WebCollector):
    """Reads Entra and Teams by Microsoft Graph."""

    type: ClassVar[str] = "graph"
    title: ClassVar[str] = "Microsoft Graph (Entra, Teams)"
    delivers: ClassVar[tuple[str, ...]] = ("account", "group", "identity_link", "membership")
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = GraphOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """A connection; the client secret is exchanged for a token."""
        options = _options(source)
        needs_secret(source, secret, "client secret")
        exchange = httpx.Request(
            "POST",
            f"{options.login_url.rstrip('/')}/{options.tenant}/oauth2/v2.0/token",
            data={
                "grant_type": "client_credentials",
                "client_id": options.client_id,
                "client_secret": secret,
                "scope": f"{options.url.rstrip('/')}/.default",
            },
        )
        token = exchanged(source.id, MANNERS, exchange, "access_token", bearer(), over=frozenset())
        return ApiTransport(options, folder, GETS, _Counting(token))

    def shape(self, source: Source, request: Request) -> Shape:  # noqa: ARG002  # of the kind
        """The fields that are read; the total is a bare number."""
        return SCALAR if request.key == COUNT else shape(request)

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:  # noqa: ARG002  # of the Protocol
        """Everything that the app registration may read.

        Raises:
            AccessError: the secret is not valid, or may not read users
            SourceError: Graph does not answer
        """
        options = _options(source)
        with_groups = options.groups != "none"
        delivers = self.delivers if with_groups else ("account", "identity_link")
        harvest = Harvest(source, kind=self.type, delivers=delivers)
        for name in NEVER:
            harvest.limit(f"account.{name}", "not_supported")
        for name in NEVER_OF_GROUPS if with_groups else ():
            harvest.limit(f"group.{name}", "not_supported")
        walk = Walk(transport, harvest, options.url)
        users = walk.users()
        factors, no_factors = walk.factors()
        missing = {"last_activity": walk.no_sign_ins, "mfa_enrolled": no_factors}
        missing = {field: reason for field, reason in missing.items() if reason}
        for field, reason in missing.items():
            harvest.limit(f"account.{field}", reason)
        if "last_activity" not in missing and not any(
            user.get("signInActivity") for user, _ in users.values()
        ):
            # nobody has ever signed in, or the edition leaves the field out without a word
            missing["last_activity"] = "ambiguous"
        for user, at in users.values():
            add_user(harvest, user, at, factors, missing, options)
        if with_groups:
            self._groups(
                walk, harvest, {key: str(user.get("userType")) for key, (user, _) in users.items()}, options
            )
        walk.again(set(users))
        return harvest.collected()

    def _groups(self, walk: Walk, harvest: Harvest, accounts: dict[str, str], options: GraphOptions) -> None:
        try:
            groups = walk.groups()
            for key, (group, at) in groups.items():
                if options.groups == "all" or is_team(group):
                    owners = walk.of_group(key, "owners")
                    add_team(
                        harvest, group, at, owners, self._members(walk, harvest, key, accounts), accounts
                    )
        except SourceError as error:
            # accounts without groups are still worth having
            harvest.problem(f"groups: {error}")

    def _members(
        self, walk: Walk, harvest: Harvest, group: str, accounts: dict[str, str]
    ) -> dict[str, str] | None:
        """Account -> how it got in; none if a list cannot be had."""
        direct = walk.of_group(group, "members")
        nested = (
            walk.of_group(group, "transitiveMembers")
            if any(kind == GROUP for _, kind in direct or ())
            else []
        )
        if direct is None or nested is None:
            return None
        found = {one: "nested" for one, kind in nested if kind in {"", USER}}
        found |= {one: "direct" for one, kind in direct if kind in {"", USER}}
        for stranger in sorted(set(found) - set(accounts)):
            harvest.problem(f"group {group}: its member {stranger} is none of the accounts")
        return {one: via for one, via in found.items() if one in accounts}


def _options(source: Source) -> GraphOptions:
    return GraphOptions.model_validate(source.options.model_dump())
