"""What stands under a source of the type `mattermost`."""

from typing import Literal

from pydantic import Field

from collectors.webapi import WebOptions


class MattermostOptions(WebOptions):
    """Where the server is, and what is read. The secret is a personal access token."""

    employee_field: Literal["username", "auth_data"] | None = Field(
        default=None, description="what holds the employee number; none: no links"
    )
    report: bool = Field(
        default=True,
        description="whether the report of users is read for the last use; it needs the system console",
    )
    sessions: bool = Field(default=False, description="whether the sessions of each open account are read")
    groups: Literal["none", "all"] = Field(default="all", description="whether channels are read")
