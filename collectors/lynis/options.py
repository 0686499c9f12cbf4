"""What stands under a source of the type `lynis`."""

from datetime import tzinfo
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from collectors.inventory.options import HostFiles


class LynisOptions(HostFiles):
    """Where the reports lie, and in which zone their hosts keep time."""

    timezone: str | None = Field(
        default=None,
        description="zone of the hosts' clocks, which a report does not name; none: the company's",
    )

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, name: str | None) -> str | None:
        if name is not None:
            try:
                ZoneInfo(name)
            except (KeyError, ValueError, OSError) as error:
                message = f"found {name!r}, needs a zone like Asia/Shanghai or UTC"
                raise ValueError(message) from error
        return name

    def zone(self, companys: tzinfo) -> tzinfo:
        """The zone that times in a report are of."""
        return ZoneInfo(self.timezone) if self.timezone else companys
