"""What stands under a source of the type `sslyze`."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Address = Annotated[str, StringConstraints(pattern=r"^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9][\w.-]*):\d{1,5}$")]
"""Name and port; a name that begins with a dash would be an option of the program."""

Protocol = Literal["smtp", "xmpp", "xmpp_server", "pop3", "imap", "ftp", "ldap", "rdp", "postgres"]

_LOOKED_AT = (
    *("--certinfo", "--sslv2", "--sslv3", "--tlsv1", "--tlsv1_1", "--tlsv1_2", "--tlsv1_3"),
    "--mozilla_config=disable",
)
"""What a rule reads, and nothing else: the program can do more to a server than look at it."""


class SslyzeOptions(BaseModel):
    """Which endpoints to look at: only the company's own, by a written list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    endpoints: tuple[Address, ...] = Field(
        min_length=1, description="addresses as in the register of service endpoints: chat.corp.example:443"
    )
    starttls: dict[Address, Protocol] = Field(
        default={}, description="of those that begin in plain text: address -> protocol (smtp, xmpp, imap, …)"
    )
    ca_file: str | None = Field(
        default=None,
        min_length=1,
        description="certificates of the company's own authority, counted from here",
    )
    program: str = Field(default="sslyze", min_length=1, description="the program, if it is not on the path")
    time_limit_s: float = Field(default=600, gt=0, description="seconds that one command may take")

    @model_validator(mode="after")
    def _are_listed(self) -> Self:
        strange = sorted(set(self.starttls) - set(self.endpoints))
        if strange:
            message = f"starttls: found {', '.join(strange)}, which is not among the endpoints"
            raise ValueError(message)
        return self

    def commands(self, folder: Path) -> dict[str, tuple[str, ...]]:
        """All that may be run: a command for each way in which endpoints turn encryption on."""
        trusted = (f"--certinfo_ca_file={folder / self.ca_file}",) if self.ca_file else ()
        begin = (self.program, "--json_out=-", *_LOOKED_AT, *trusted)
        found = {}
        for protocol in sorted({self.starttls.get(address, "") for address in self.endpoints}):
            by = (f"--starttls={protocol}",) if protocol else ()
            found[f"scan-{protocol}" if protocol else "scan"] = (*begin, *by, *self.reached_by(protocol))
        return found

    def reached_by(self, protocol: str) -> tuple[str, ...]:
        """The endpoints that turn encryption on in one way; empty: at once."""
        return tuple(sorted(one for one in set(self.endpoints) if self.starttls.get(one, "") == protocol))
