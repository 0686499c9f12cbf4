"""What stands under a source of the type `slack`."""

from typing import Literal

from pydantic import Field

from collectors.webapi import WebOptions


class SlackOptions(WebOptions):
    """What the token may see. The secret is a token of a bot or of an administrator."""

    url: str = Field(default="https://slack.com", description="address of the Web API")
    groups: Literal["none", "seen", "all"] = Field(
        default="none",
        description="channels; all: the company sees to it that the token's user is in every private one",
    )
    access_logs: bool = Field(
        default=False, description="whether the log of access is read for the last use; paid plans have it"
    )
