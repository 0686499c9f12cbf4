"""The clocks of the sources, turned into instants: UTC, whole seconds, always 20 characters."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_FRACTION = re.compile(r"\.\d+")


def instant(moment: datetime) -> str:
    """An aware moment as an instant.

    >>> instant(datetime(2026, 11, 23, 18, 54, 13, 999, UTC))
    '2026-11-23T18:54:13Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def from_s(seconds: int) -> str:
    """Seconds since 1970.

    >>> from_s(1795459791)
    '2026-11-23T18:49:51Z'
    """
    return instant(datetime.fromtimestamp(seconds, UTC))


def from_ms(milliseconds: int) -> str:
    """Milliseconds since 1970.

    >>> from_ms(1795459791783)
    '2026-11-23T18:49:51Z'
    """
    return from_s(milliseconds // 1000)


def from_rfc3339(text: str) -> str:
    """A time with an offset and any number of digits behind the second.

    >>> from_rfc3339("2026-11-24T02:54:00.27069884+08:00")
    '2026-11-23T18:54:00Z'

    Raises:
        ValueError: no such time, or one without an offset
    """
    moment = datetime.fromisoformat(_FRACTION.sub("", text))
    if moment.tzinfo is None:
        raise ValueError(text)
    return instant(moment)


def days_before(moment: str, days: int) -> str:
    """The instant so many times 24 hours earlier."""
    return instant(datetime.fromisoformat(moment) - timedelta(days=days))


def start_of_day(day: date, zone: tzinfo) -> str:
    """00:00 of a civil date; on a day whose clocks skip midnight its first moment."""
    return instant(datetime.combine(day, time.min, zone))


def end_of_day(day: date, zone: tzinfo) -> str:
    """24:00 of a civil date, which is 00:00 of the next one."""
    return start_of_day(day + timedelta(days=1), zone)


def civil_date(moment: str, zone: tzinfo) -> date:
    """The civil date of an instant."""
    return datetime.fromisoformat(moment).astimezone(zone).date()


def quarter_start(moment: str, zone: tzinfo) -> str:
    """00:00 of the first day of the quarter that holds an instant.

    >>> quarter_start("2026-09-30T15:59:59Z", UTC)
    '2026-07-01T00:00:00Z'
    """
    day = civil_date(moment, zone)
    return start_of_day(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), zone)
