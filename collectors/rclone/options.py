"""What stands under a source of the type `rclone`."""

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from collectors.backups import variables

_VARIABLE = re.compile(r"(RCLONE_[A-Z0-9_]+)=(.*)")

Place = Annotated[str, StringConstraints(pattern=r"^(/|[A-Za-z0-9_][\w .+@-]*:).*$")]
"""A folder, or a remote by its name: settings of a remote do not belong into arguments, which others can read."""


class RcloneOptions(BaseModel):
    """Which store it is, and what its files are called. The secret is the password of rclone's settings, if they have one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    remote: Place = Field(description="the store, as rclone writes it: hq:backups/chat, or /srv/backups")
    config: str | None = Field(
        default=None, min_length=1, description="rclone's file of settings, if it is not where it usually is"
    )
    program: str = Field(default="rclone", min_length=1, description="the program, if it is not on the path")
    target: str = Field(min_length=1, description="name of the store in the register of storage locations")
    data_sets: dict[str, str] = Field(
        min_length=1,
        description="pattern of paths (chat-*.sql.gz) -> name of the data set; `*`: all other files",
    )
    dated_by: Literal["file", "name"] = Field(
        default="file",
        description="where the time of a backup stands: that of the file, or a date in its name",
    )
    compare_with: Place | None = Field(
        default=None, description="what was copied there: let rclone compare the two; none: it is not checked"
    )
    read_data: bool = Field(default=False, description="let it read all data for that, not only compare sums")
    time_limit_s: float = Field(default=3600, gt=0, description="seconds that one command may take")

    def environment(self, secret: str) -> dict[str, str]:
        """What the command gets to know, and no file or argument holds: the password, or lines `RCLONE_…=value`."""
        return variables(secret, _VARIABLE, "RCLONE_CONFIG_PASS")

    def commands(self) -> dict[str, tuple[str, ...]]:
        """All that may be run."""
        where = (f"--config={self.config}",) if self.config else ()
        begin = (self.program, *where, "--ask-password=false")
        found = {
            "version": (self.program, "version"),
            "remotes": (*begin, "listremotes", "--long"),
            "features": (*begin, "backend", "features", self.remote),
            "list": (*begin, "lsjson", "--recursive", "--files-only", "--no-mimetype", self.remote),
            "size": (*begin, "size", "--json", self.remote),
        }
        if self.compare_with is not None:
            deep = ("--download",) if self.read_data else ()
            compare = ("check", "--one-way", "--combined=-", *deep, self.compare_with, self.remote)
            found["check"] = (*begin, *compare)
        return found
