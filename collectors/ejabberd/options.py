"""What stands under a source of the type `ejabberd`."""

from typing import Literal

from pydantic import Field

from collectors.webapi import WebOptions


class EjabberdOptions(WebOptions):
    """Where the server is, and what is read. The secret is the password of `collector_user`."""

    host: str = Field(description="the virtual host whose accounts are read: corp.example")
    collector_user: str = Field(
        pattern=r"^[^@/\s]+@[^@/\s]+$", description="the account that reads: audit@corp.example"
    )
    service_accounts: tuple[str, ...] = Field(
        default=(), description="login names, without the host, of accounts that programs use"
    )
    company_domains: tuple[str, ...] = Field(
        default=(), description="other domains of the company: their members are no outsiders"
    )
    sessions: bool = Field(default=False, description="whether it is read who is signed in")
    groups: Literal["none", "all"] = Field(default="all", description="whether rooms are read")
