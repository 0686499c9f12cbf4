"""Working days: which days count, and how far a number of them reaches."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from engine.errors import ConfigurationError

INSTANT = "%Y-%m-%dT%H:%M:%SZ"
_SATURDAY = 5


def to_instant(moment: datetime) -> str:
    """The moment in UTC, 20 characters."""
    return moment.astimezone(UTC).strftime(INSTANT)


def from_instant(text: str) -> datetime:
    """The moment that 20 characters stand for."""
    return datetime.strptime(text, INSTANT).replace(tzinfo=UTC)


def day_start(day: date, zone: ZoneInfo) -> str:
    """00:00 local of the day."""
    return to_instant(datetime.combine(day, time(), zone))


def day_end(day: date, zone: ZoneInfo) -> str:
    """24:00 local of the day."""
    return day_start(day + timedelta(days=1), zone)


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of a company between two days: weekends and holidays off, make-up days on."""

    first: date
    last: date
    working: frozenset[date]

    @classmethod
    def of(cls, document: dict[str, Any]) -> "WorkCalendar":
        """From a calendar document: first and last day, holidays, and weekend days that are worked.

        Raises:
            ConfigurationError: the document is no calendar
        """
        try:
            first, last = (
                date.fromisoformat(str(document["first"])),
                date.fromisoformat(str(document["last"])),
            )
            holidays = {date.fromisoformat(str(day)) for day in document["holidays"]}
            make_up = {date.fromisoformat(str(day)) for day in document["make_up_days"]}
        except (KeyError, TypeError, ValueError) as error:
            raise ConfigurationError(
                f"calendar: {error}", "needs first, last, holidays and make_up_days, all ISO dates"
            ) from error
        days = _days(first, last)
        return cls(
            first,
            last,
            frozenset(
                day for day in days if day in make_up or (day.weekday() < _SATURDAY and day not in holidays)
            ),
        )  # Saturday is 5

    def source(self) -> dict[str, Any]:
        """The document that `of` reads: what a snapshot keeps, so that a run can be repeated."""
        days = _days(self.first, self.last)
        weekdays = {day for day in days if day.weekday() < _SATURDAY}
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "holidays": [day.isoformat() for day in sorted(weekdays - self.working)],
            "make_up_days": [day.isoformat() for day in sorted(self.working - weekdays)],
        }

    @cached_property
    def _ordered(self) -> list[date]:
        return sorted(self.working)

    def document(self, around: Iterable[date] = ()) -> dict[str, Any]:
        """What rules read: for each day its ordinal among the working days, and whether it is one.

        Args:
            around: if given, the days from three years before the first of them to one year after the last
        """
        wanted = sorted(around)
        first = max(self.first, wanted[0] - timedelta(days=3 * 366)) if wanted else self.first
        last = min(self.last, wanted[-1] + timedelta(days=366)) if wanted else self.last
        days: dict[str, dict[str, Any]] = {}
        ordinal = 0
        for day in _days(first, last):
            ordinal += day in self.working
            days[day.isoformat()] = {"ordinal": ordinal, "working": day in self.working}
        return {"first": first.isoformat(), "last": last.isoformat(), "days": days}

    def after(self, day: date, count: int) -> date:
        """The count-th working day after the day; the day itself for 0.

        Raises:
            ConfigurationError: the calendar does not reach so far
        """
        if count == 0:
            return day
        reached = bisect_right(self._ordered, day) + count
        if reached > len(self._ordered):
            raise ConfigurationError(
                f"calendar: ends on {self.last}, and {count} working days after {day} are asked for",
                "add the next year's working days to the calendar",
            )
        return self._ordered[reached - 1]

    def cutoff(self, as_of: str, count: int, zone: ZoneInfo) -> str:
        """The local midnight before which a deadline of so many working days has run out at `as_of`.

        The deadline of an event ends at 24:00 local of the count-th working day after the event's day.
        """
        day = from_instant(as_of).astimezone(zone).date()
        while day >= self.first and day_end(self.after(day, count), zone) > as_of:
            day -= timedelta(days=1)
        return day_end(day, zone)

    def horizon(self, as_of: str, count: int, zone: ZoneInfo) -> str:
        """24:00 local of the count-th working day after the day of `as_of`."""
        return day_end(self.after(from_instant(as_of).astimezone(zone).date(), count), zone)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))
