"""What stands under a source of the type `nmap`."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Address = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][\w.-]*:\d{1,5}$")]
"""Name and port; a name that begins with a dash would be an option of the program, one with a slash a whole network."""


class NmapOptions(BaseModel):
    """Which endpoints to look at: only the company's own, by a written list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    endpoints: tuple[Address, ...] = Field(
        min_length=1, description="addresses as in the register of service endpoints: chat.corp.example:443"
    )
    hosts: dict[str, str] = Field(
        default={},
        description="name in an address -> name of the host in the register of hosts, which it is heard of by",
    )
    program: str = Field(default="nmap", min_length=1, description="the program, if it is not on the path")
    time_limit_s: float = Field(default=600, gt=0, description="seconds that the command may take")

    @model_validator(mode="after")
    def _are_listed(self) -> Self:
        strange = sorted(set(self.hosts) - set(self.names))
        if strange:
            message = f"hosts: found {', '.join(strange)}, which is in no address of the endpoints"
            raise ValueError(message)
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the addresses, in order."""
        return tuple(sorted({address.rpartition(":")[0] for address in self.endpoints}))

    def commands(self) -> dict[str, tuple[str, ...]]:
        """All that may be run: a connection to each port, which is closed again at once."""
        ports = ",".join(sorted({address.rpartition(":")[2] for address in self.endpoints}, key=int))
        how = ("-sT", "-Pn", "-n", "--no-stylesheet", "-oX", "-")
        return {"scan": (self.program, *how, "-p", ports, *self.names)}
