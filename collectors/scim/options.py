"""What stands under a source of the type `scim`."""

from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class ScimOptions(BaseModel):
    """Where the service is, and what its records mean. The secret is a bearer token that may read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(description="base of the service: https://id.corp.example/scim/v2")
    plain_http: bool = Field(default=False, description="allow http:// to a host that is not this machine")
    ca_file: Path | None = Field(
        default=None, description="the company's own certificate authority, as a PEM file"
    )
    time_limit_s: float = Field(default=30, gt=0, le=600, description="seconds to wait for one answer")
    employee_attribute: Literal["employeeNumber", "externalId"] | None = Field(
        default="employeeNumber", description="what holds the employee number; none: no links"
    )
    department_codes: dict[str, str] = Field(
        default={},
        description="what the service calls a department -> its code: 財務部: FIN; none: as it stands",
    )
    service_user_types: tuple[str, ...] = Field(
        default=(), description="words of userType that mean an account of a service"
    )
    groups: Literal["all", "none"] = Field(
        default="none",
        description="whether people talk in its groups; most are groups of rights, which is none",
    )
    collector_user: str | None = Field(
        default=None,
        description="userName of the account that the token belongs to, if it is one of the list",
    )

    @model_validator(mode="after")
    def _guards_the_token(self) -> Self:
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query:
            raise ValueError("url: an address like https://id.corp.example/scim/v2, without a password in it")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK and not self.plain_http:
            raise ValueError(
                "url: http:// would send the token in the clear; use https://, or say plain_http: true"
            )
        return self
