"""The collector of SCIM services: accounts, whose they are, and groups where people talk in them."""

from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.scim.facts import GROUP_LIMITS, LIMITS, add_account, add_group
from collectors.scim.fields import FIELDS
from collectors.scim.options import ScimOptions
from collectors.scim.records import stripped
from collectors.scim.walk import ALLOWED, Walk
from collectors.transport import HttpTransport, Request, Response, Transport
from engine.errors import ConfigurationError
from engine.facts import Collected


class ScimCollector:
    """Reads a service by SCIM 2.0."""

    type: ClassVar[str] = "scim"
    title: ClassVar[str] = "SCIM 2.0"
    delivers: ClassVar[tuple[str, ...]] = ("account", "group", "identity_link", "membership")
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = ScimOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """A connection to the service, with the token as the secret."""
        options = _options(source)
        if not secret:
            message = f"{source.id}: no token"
            raise ConfigurationError(message, "name the variable or the file that holds it under secret:")
        ca_file = None if options.ca_file is None else folder / options.ca_file
        return HttpTransport(
            options.url, ALLOWED, secret=secret, time_limit_s=options.time_limit_s, ca_file=ca_file
        )

    def strip(self, source: Source, request: Request, response: Response) -> Response:
        """The page without addresses, names and pictures of people."""
        del source, request
        return replace(response, body=stripped(response.body), headers={})

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """Everything that the service shows to the token.

        Raises:
            AccessError: the token is not valid, or may not read
            SourceError: the service does not answer
            UnparsableError: it answers in another shape
        """
        del moment
        options = _options(source)
        left_out = {"group", "membership"} if options.groups == "none" else set[str]()
        if options.employee_attribute is None:
            left_out.add("identity_link")
        delivers = tuple(entity for entity in self.delivers if entity not in left_out)
        harvest = Harvest(source, kind=self.type, delivers=delivers)
        for field, reason in (LIMITS | ({} if options.groups == "none" else GROUP_LIMITS)).items():
            harvest.limit(field, reason)
        walk = Walk(transport, harvest)
        keys: set[str] = set()
        for user, at in walk.users():
            keys.add(user.id)
            add_account(harvest, user, at, options)
        if options.groups == "all":
            groups = walk.groups()
            names = {group.id for group, _ in groups}
            for group, at in groups:
                add_group(harvest, group, at, keys, names)
            walk.again("/Groups", "group", names)
        walk.again("/Users", "account", keys)
        return harvest.collected()


def _options(source: Source) -> ScimOptions:
    return ScimOptions.model_validate(source.options.model_dump())
