"""Instants as people of the company read them: in its time zone, in ISO order."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.errors import SnapshotError

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")

ENDS = ("ends_at", "until")
"""How keys end that hold the end of a day, which is 24:00 to people and the next day's 00:00 to machines."""


class Clock:
    """The company's wall clock; it tells the time of instants that it is given and never the time of now."""

    def __init__(self, zone: str) -> None:
        try:
            self._zone = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as e:
            raise SnapshotError(
                f"run.json: no time zone is called {zone!r}", help="audit the snapshot again"
            ) from e

    def moment(self, instant: str) -> str:
        """`2026-09-30 23:59`; what is not an instant is handed back as it is."""
        return f"{self._local(instant):%Y-%m-%d %H:%M}" if _INSTANT.fullmatch(instant) else instant

    def end(self, instant: str) -> str:
        """The end of a day as people say it: `2026-09-30 24:00`, not the next day's `00:00`; else as `moment`."""
        said = self.moment(instant)
        if said == instant or not said.endswith(" 00:00"):
            return said
        return f"{days_after(said[:10], -1)} 24:00"

    def said(self, key: str, instant: str) -> str:
        """The instant under a key of the evidence: an `end` or a `moment`, as the key's name says."""
        return self.end(instant) if key.endswith(ENDS) else self.moment(instant)

    def day(self, instant: str) -> str:
        """`2026-09-30`; what is not an instant is handed back as it is."""
        return f"{self._local(instant):%Y-%m-%d}" if _INSTANT.fullmatch(instant) else instant

    def ends_at(self, day: str) -> str:
        """The instant at which a civil day is over, 24:00 of it; empty for an empty day."""
        if not day:
            return ""
        end = datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), self._zone)
        return f"{end.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

    def has_ended(self, day: str, as_of: str) -> bool:
        """Whether the day was over at the instant, its last second included; an empty day never ends."""
        if not day:
            return False
        last = datetime.combine(date.fromisoformat(day), time(23, 59, 59), self._zone)
        return last <= _parsed(as_of)

    def _local(self, instant: str) -> datetime:
        return _parsed(instant).astimezone(self._zone)


def days_after(day: str, days: int) -> str:
    """The civil day so many days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def seconds(instant: str) -> int:
    """Seconds of an instant since 1970, as formats for machines count them."""
    return int(_parsed(instant).timestamp())


def _parsed(instant: str) -> datetime:
    return datetime.strptime(instant, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
