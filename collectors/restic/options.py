"""What stands under a source of the type `restic`."""

import re

from pydantic import BaseModel, ConfigDict, Field

from collectors.backups import variables

_VARIABLE = re.compile(r"((?:RESTIC|AWS|AZURE|B2|GOOGLE|OS|ST|RCLONE)_[A-Z0-9_]+)=(.*)")
"""Variables that restic reads: a store in a cloud needs more than a password."""


class ResticOptions(BaseModel):
    """Which store it is, and what its tags mean. The secret is the store's password, or lines `VARIABLE=value`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    repository: str = Field(
        min_length=1, description="the store, as restic writes it: /srv/backup, sftp:host:/path, s3:…"
    )
    program: str = Field(default="restic", min_length=1, description="the program, if it is not on the path")
    target: str = Field(min_length=1, description="name of the store in the register of storage locations")
    plans: dict[str, str] = Field(
        default={}, description="tag -> name of the backup plan; `*`: all other snapshots"
    )
    data_sets: dict[str, str] = Field(
        default={}, description="tag -> name of the data set; `*`: all other snapshots"
    )
    read_data: bool = Field(
        default=False, description="let check read all data: slow, and sees more than the structure"
    )
    time_limit_s: float = Field(default=3600, gt=0, description="seconds that one command may take")

    def environment(self, secret: str) -> dict[str, str]:
        """What the command gets to know, and no file or argument holds."""
        secrets = variables(secret, _VARIABLE, "RESTIC_PASSWORD")
        return {**secrets, "RESTIC_REPOSITORY": self.repository}

    def commands(self) -> dict[str, tuple[str, ...]]:
        """All that may be run."""
        begin, read_only = (self.program,), ("--no-lock", "--no-cache")
        deep = ("--read-data",) if self.read_data else ()
        return {
            "version": (*begin, "version"),
            "snapshots": (*begin, "snapshots", "--json", *read_only),
            "stats": (*begin, "stats", "--mode", "raw-data", "--json", *read_only),
            "check": (*begin, "check", "--json", *deep, *read_only),
        }
