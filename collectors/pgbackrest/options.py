"""What stands under a source of the type `pgbackrest`."""

import re

from pydantic import BaseModel, ConfigDict, Field

from collectors.backups import variables

_VARIABLE = re.compile(r"(PGBACKREST_[A-Z0-9_]+)=(.*)")


class PgbackrestOptions(BaseModel):
    """Which stanza in which repository. The secret, if there is one, is the repository's passphrase."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stanza: str = Field(pattern=r"^[\w.-]+$", description="the stanza: what pgBackRest calls the database")
    repo: int = Field(default=1, ge=1, description="number of the repository, if there are several")
    config: str | None = Field(
        default=None,
        min_length=1,
        description="pgBackRest's file of settings, if it is not where it usually is",
    )
    program: str = Field(default="pgbackrest", min_length=1, description="the program, if not on the path")
    target: str = Field(min_length=1, description="name of the store in the register of storage locations")
    plans: dict[str, str] = Field(
        default={},
        description="full, diff or incr -> name of the backup plan; `*`: backups of all other types",
    )
    data_set: str | None = Field(default=None, description="name of the data set that the database is")
    verify: bool = Field(
        default=False, description="let pgBackRest read all that is there and check it: slow"
    )
    time_limit_s: float = Field(default=3600, gt=0, description="seconds that one command may take")

    def environment(self, secret: str) -> dict[str, str]:
        """What the command gets to know, and no file or argument holds: the passphrase, or lines `PGBACKREST_…=value`."""
        return variables(secret, _VARIABLE, f"PGBACKREST_REPO{self.repo}_CIPHER_PASS")

    def commands(self) -> dict[str, tuple[str, ...]]:
        """All that may be run; none of them writes a log."""
        where = (f"--config={self.config}",) if self.config else ()
        what = (f"--stanza={self.stanza}", f"--repo={self.repo}", "--log-level-file=off")
        begin = (self.program, *where, *what)
        verify = {"verify": (*begin, "verify", "--output=text", "--verbose")} if self.verify else {}
        return {"version": (self.program, "version"), "info": (*begin, "info", "--output=json"), **verify}
