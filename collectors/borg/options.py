"""What stands under a source of the type `borg`."""

from pydantic import BaseModel, ConfigDict, Field

_FORMAT = "{archive}{id}{hostname}{start}{end}"
"""What `list` is asked for: everything else about an archive may hold paths, users and secrets."""


class BorgOptions(BaseModel):
    """Which store it is, and what its archives are called. The secret is the store's passphrase."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    repository: str = Field(
        min_length=1, description="the store, as borg writes it: /srv/borg, ssh://user@host/./borg"
    )
    program: str = Field(default="borg", min_length=1, description="the program, if it is not on the path")
    target: str = Field(min_length=1, description="name of the store in the register of storage locations")
    plans: dict[str, str] = Field(
        default={}, description="pattern of archive names (chat01-*) -> name of the backup plan"
    )
    data_sets: dict[str, str] = Field(
        default={}, description="pattern of archive names (chat01-*) -> name of the data set"
    )
    check: bool = Field(
        default=False, description="let borg check the store as well: no backup can run while it does"
    )
    read_data: bool = Field(default=False, description="let check read all data too: slow, and sees more")
    time_limit_s: float = Field(default=3600, gt=0, description="seconds that one command may take")

    def environment(self, secret: str) -> dict[str, str]:
        """What the command gets to know, and no file or argument holds; it never asks a question."""
        return {
            "BORG_REPO": self.repository,
            "BORG_PASSPHRASE": secret,
            "BORG_EXIT_CODES": "modern",
            "BORG_RSH": "ssh -oBatchMode=yes",
            "BORG_RELOCATED_REPO_ACCESS_IS_OK": "yes",
            "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK": "yes",
        }

    def commands(self) -> dict[str, tuple[str, ...]]:
        """All that may be run."""
        listing = (
            self.program,
            "list",
            "--bypass-lock",
            "--consider-checkpoints",
            "--json",
            "--format",
            _FORMAT,
        )
        deep = ("--verify-data",) if self.read_data else ()
        return {
            "version": (self.program, "--version"),
            "list": listing,
            "check": (self.program, "check", *deep),
        }
