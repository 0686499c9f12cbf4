"""What stands under every source that is a web service."""

from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class WebOptions(BaseModel):
    """Where the service is, and how long it may take."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(description="address of the service, without a path")
    plain_http: bool = Field(default=False, description="allow http:// to a host that is not this machine")
    ca_file: Path | None = Field(
        default=None, description="the company's own certificate authority, as a PEM file"
    )
    time_limit_s: float = Field(default=30, gt=0, le=600, description="seconds to wait for one answer")

    @model_validator(mode="after")
    def _guards_the_secret(self) -> Self:
        for name, value in self.addresses().items():
            parts = urlsplit(value)
            if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query:
                raise ValueError(
                    f"{name}: an address like https://chat.corp.example, without a password in it"
                )
            if parts.scheme == "http" and parts.hostname not in _LOOPBACK and not self.plain_http:
                raise ValueError(
                    f"{name}: http:// would send the secret in the clear; use https://, or say plain_http: true"
                )
        return self

    def addresses(self) -> dict[str, str]:
        """The addresses that a secret is sent to, by the name of the option."""
        return {"url": self.url}
