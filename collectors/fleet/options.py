"""What stands under a source of the type `fleet`."""

from pydantic import Field

from collectors.webapi import WebOptions


class FleetOptions(WebOptions):
    """Where the server is. The secret is the token of an API-only user."""

    expected_hosts: tuple[str, ...] = Field(
        default=(),
        description="names of hosts that there must be; none: those that Fleet knows are taken for all",
    )
