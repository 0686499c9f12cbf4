"""All that may be asked of a directory."""

from dataclasses import dataclass
from typing import Literal

from collectors.directory.options import DirectoryOptions
from collectors.transport import Request

PAGE = 500
"""Entries a page: half of what Active Directory gives at most."""

KEYS = ("objectGUID", "entryUUID")
"""The immutable key of an entry: of Active Directory, of OpenLDAP."""

BINARY = frozenset({"objectGUID", "objectSid"})

ACCOUNT = (
    *KEYS, "objectSid", "sAMAccountName", "userPrincipalName", "uid", "cn", "displayName", "employeeID", "employeeNumber",
    "department", "title", "userAccountControl", "msDS-User-Account-Control-Computed", "pwdLastSet", "pwdChangedTime",
    "pwdAccountLockedTime", "pwdLastSuccess", "lastLogonTimestamp", "accountExpires", "whenCreated", "createTimestamp",
    "servicePrincipalName", "isCriticalSystemObject", "primaryGroupID",
)  # fmt: skip
"""No mail, no telephone, no address, no picture, no password."""

GROUP = (
    *KEYS, "objectSid", "sAMAccountName", "cn", "description", "groupType", "managedBy", "owner", "member", "whenCreated",
    "createTimestamp", "mail",
)  # fmt: skip

DOMAIN = (
    "defaultNamingContext",
    "domainFunctionality",
    "vendorName",
    "vendorVersion",
    "supportedCapabilities",
)


@dataclass(frozen=True)
class Search:
    """One search: a page at a time if it goes below its base."""

    base: str
    scope: Literal["base", "subtree"]
    filter: str
    attributes: tuple[str, ...]


def searches(options: DirectoryOptions) -> dict[str, Search]:
    """The table; `members` has the entry that it is asked for as its base."""
    everything = "(objectClass=*)"
    return {
        "domain": Search("", "base", everything, DOMAIN),
        "accounts": Search(options.base, "subtree", options.account_filter, ACCOUNT),
        "groups": Search(options.base, "subtree", options.group_filter, GROUP),
        "members": Search("", "base", everything, ()),
        "account_ids": Search(options.base, "subtree", options.account_filter, KEYS),
        "group_ids": Search(options.base, "subtree", options.group_filter, KEYS),
    }


def page(search: str, number: int) -> Request:
    """A page of a list."""
    return Request("ldap", search, (("page", str(number)),))


def domain() -> Request:
    """What the directory says of itself."""
    return page("domain", 0)


def members(dn: str, start: int) -> Request:
    """The members of one group from a place in their list on."""
    return Request("ldap", "members", (("dn", dn), ("from", str(start))))
