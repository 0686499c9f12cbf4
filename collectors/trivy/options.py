"""What stands under a source of the type `trivy`."""

from pydantic import Field

from collectors.inventory.options import HostFiles


class TrivyOptions(HostFiles):
    """Where the reports lie: one file a scan, several of a host if there are."""

    all_kept: bool = Field(
        default=False,
        description="all reports since the first scan lie there: what they show was first seen when they first show it",
    )
