"""The collector of directories: accounts, whose they are, lists for mail and who is in them."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from collectors.directory import accounts, groups, searches
from collectors.directory.fields import FIELDS
from collectors.directory.options import DirectoryOptions
from collectors.directory.port import Bonsai, Sign
from collectors.directory.transport import LdapTransport
from collectors.directory.walk import Found, Walk
from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.transport import Request, Response, Transport
from engine.errors import AccessError, ConfigurationError, SourceError
from engine.facts import Collected


class DirectoryCollector:
    """Reads a directory over LDAP."""

    type: ClassVar[str] = "directory"
    title: ClassVar[str] = "Active Directory, LDAP"
    delivers: ClassVar[tuple[str, ...]] = ("account", "group", "identity_link", "membership")
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = DirectoryOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """A connection to the directory, with the password as the secret."""
        options = _options(source)
        if not secret:
            # a bind with a name and no password succeeds as nobody, and sees next to nothing
            message = f"{source.id}: no password of {options.bind_dn}"
            raise ConfigurationError(message, "name the variable or the file that holds it under secret:")
        sign = Sign(options.url, options.bind_dn, secret, folder / options.ca_file, options.time_limit_s)
        return LdapTransport(partial(Bonsai, sign), searches.searches(options))

    def strip(self, source: Source, request: Request, response: Response) -> Response:
        """The entries with the attributes that are read, and no other."""
        table = searches.searches(_options(source))
        kept = (
            {name.lower() for name in table[request.key].attributes} if request.key in table else set[str]()
        )
        ranges = request.key in {"groups", "members"}
        try:
            answer = json.loads(response.body)
            answer["entries"] = [
                {
                    "dn": one["dn"],
                    "values": {
                        name: values
                        for name, values in one["values"].items()
                        if name.lower() in kept or (ranges and name.lower().startswith("member;range="))
                    },
                }
                for one in answer["entries"]
            ]
        except (ValueError, KeyError, TypeError, AttributeError):
            return replace(response, body=b"{}", headers={})
        return replace(
            response, body=json.dumps(answer, ensure_ascii=False, sort_keys=True).encode(), headers={}
        )

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """Everything that the directory shows to this account.

        Raises:
            AccessError: the account may not sign in, or not search
            SourceError: the directory does not answer
        """
        options = _options(source)
        left_out = {"group", "membership"} if options.groups == "none" else set[str]()
        delivers = tuple(entity for entity in self.delivers if entity not in left_out)
        harvest = Harvest(source, kind=self.type, delivers=delivers)
        limits = accounts.LIMITS | (groups.LIMITS if options.groups != "none" else {})
        for field, reason in limits.items():
            harvest.limit(field, reason)
        walk = Walk(transport, harvest)
        domain = walk.domain()
        harvest.source_version = domain.first("vendorVersion", "vendorName")
        found = walk.listed("accounts")
        if not found:
            harvest.problem(
                f"no account is seen below {options.base}: see base, account_filter and what {options.bind_dn} may read"
            )
        listed, all_groups = _groups(walk, harvest)
        nesting = groups.Nesting(listed)
        admins = groups.administrators(nesting, found, options, is_whole=all_groups)
        if admins["*"] == "unknown":
            harvest.limit("account.privileged", "not_collected" if all_groups else "source_partial")
        accounts.add_accounts(harvest, found, admins, options, moment)
        counted = groups.add_groups(harvest, nesting, found, options) if options.groups != "none" else 0
        _list_again(walk, harvest, found, listed, counted if options.groups != "none" else None)
        return harvest.collected()


def _groups(walk: Walk, harvest: Harvest) -> tuple[tuple[Found, ...], bool]:
    """All groups with their members, and whether the list of them could be read: accounts alone are worth having."""
    try:
        found = tuple(walk.with_members(group) for group in walk.listed("groups"))
    except AccessError:
        raise
    except SourceError as error:
        harvest.problem(str(error))
        return (), False
    return found, "groups" not in walk.cut


def _list_again(
    walk: Walk, harvest: Harvest, found: tuple[Found, ...], listed: tuple[Found, ...], counted: int | None
) -> None:
    """A directory states no totals: a second list, of keys alone, is what the first one is held against."""
    try:
        harvest.expect("account", walk.again("account", "account", found))
        came = walk.again("group", "group", listed) - len(listed)
        if counted is not None:
            harvest.expect("group", counted + came)
    except AccessError:
        raise
    except SourceError as error:
        harvest.problem(f"could not be listed a second time: {error}")


def _options(source: Source) -> DirectoryOptions:
    return DirectoryOptions.model_validate(source.options.model_dump())
