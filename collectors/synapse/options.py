"""What stands under a source of the type `synapse`."""

from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from engine.facts import Tri

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class SynapseOptions(BaseModel):
    """Where the server is, and what its admin API cannot tell."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(description="address of the server: https://chat.corp.example")
    collector_user: str = Field(
        pattern=r"^@[^:]+:.+$", description="the account that the token belongs to: @audit:corp.example"
    )
    plain_http: bool = Field(default=False, description="allow http:// to a host that is not this machine")
    ca_file: Path | None = Field(
        default=None, description="the company's own certificate authority, as a PEM file"
    )
    time_limit_s: float = Field(default=30, gt=0, le=600, description="seconds to wait for one answer")
    auth_provider: str | None = Field(
        default=None,
        description="the identity provider whose external ids are employee numbers; none: no links",
    )
    auth_source: Literal["local", "directory", "sso", "unknown"] = Field(
        default="unknown", description="where sign-ins are checked; the admin API does not tell"
    )
    user_ips_max_age_days: int = Field(
        default=28,
        ge=1,
        le=3650,
        description="the server's user_ips_max_age: for how long it remembers a last use",
    )
    own_servers: tuple[str, ...] = Field(
        default=(), description="further server names whose users are no outsiders"
    )
    lets_outsiders_in: Tri = Field(
        default="unknown", description="whether the server takes guests or users of other servers at all"
    )
    retention_mode: Literal["days", "forever", "unset", "unknown"] = Field(
        default="unknown",
        description="the server's default retention, which only its configuration file holds",
    )
    retention_days: int | None = Field(
        default=None, ge=1, description="days of the default retention, in mode days"
    )

    message_index: bool = Field(
        default=False,
        description="keep of every message of the quarter its id, room, writer and time, never its text, so that samples can be drawn",
    )
    message_index_pages: int = Field(
        default=1000, ge=1, le=100_000, description="pages of 100 messages that are asked for of one room"
    )

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
            raise ValueError("an address like https://chat.corp.example, without a password in it")
        return url.rstrip("/")

    @model_validator(mode="after")
    def _guards_the_token(self) -> Self:
        parts = urlsplit(self.url)
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK and not self.plain_http:
            raise ValueError(
                "url: http:// would send the token in the clear; use https://, or say plain_http: true"
            )
        if (self.retention_mode == "days") != (self.retention_days is not None):
            raise ValueError("retention_days: goes with retention_mode: days, and only with that")
        return self

    @property
    def server(self) -> str:
        """Name of the server that is read."""
        return self.collector_user.partition(":")[2]

    @property
    def servers(self) -> frozenset[str]:
        """Names of the servers whose users are the company's own."""
        return frozenset((self.server, *self.own_servers))
