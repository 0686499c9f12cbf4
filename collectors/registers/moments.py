"""Dates and times as people write them in registers, and the instants that go with a civil date."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from pydantic import BaseModel

_DAY = r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
_TIME = r"[ T](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
_ZONE = r"(?P<zone>Z|(?P<sign>[+-])(?P<zone_hour>\d{2}):?(?P<zone_minute>\d{2}))?"
_WRITTEN = re.compile(rf"{_DAY}(?:{_TIME} ?{_ZONE})?")

_EARLIEST = 1970
"""No record of a company that talks over a network is older: an earlier year is a misread cell."""


def written(text: str) -> date | datetime | None:
    """The date, or the date and time (with a zone if one is written), that a text gives; none if it gives neither."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    part = {name: int(value) for name, value in found.groupdict().items() if value and value.isdecimal()}
    try:
        day = date(part["year"], part["month"], part["day"])
        if day.year < _EARLIEST:
            return None
        if found["hour"] is None:
            return day
        moment = datetime.combine(day, time(part["hour"], part["minute"], part.get("second", 0)))
        return moment.replace(tzinfo=_zone(found)) if found["zone"] else moment
    except ValueError:
        return None


def _zone(found: re.Match[str]) -> tzinfo:
    if found["zone"] == "Z":
        return UTC
    offset = timedelta(hours=int(found["zone_hour"]), minutes=int(found["zone_minute"]))
    return timezone(-offset if found["sign"] == "-" else offset)


def instant(moment: datetime, zone: tzinfo) -> str:
    """The instant in UTC; a time without a zone is by the company's clock."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def starts_at(day: date, zone: tzinfo) -> str:
    """00:00 local of a day."""
    return instant(datetime.combine(day, time()), zone)


def ends_at(day: date, zone: tzinfo) -> str:
    """24:00 local of a day: the first moment that no longer belongs to it."""
    return starts_at(day + timedelta(days=1), zone)


def local(moment: str, zone: tzinfo) -> str:
    """An instant by the company's clock."""
    return datetime.fromisoformat(moment).astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S")


def companions(model: type[BaseModel], name: str, value: str, zone: tzinfo) -> dict[str, str]:
    """The fields that say the same as a date or instant in another form: `until_ends_at` beside `until`."""
    return {field: _form(field, value, zone) for field in companion_fields(model, name)}


def companion_fields(model: type[BaseModel], name: str) -> tuple[str, ...]:
    """The names of the fields that `companions` fills for a field of a model."""
    plain = name.removeprefix("end_of_").removesuffix("_on")
    possible = {
        f"{name}_ends_at",
        f"{name}_starts_at",
        f"{plain}_ends_at",
        f"{name.removesuffix('_at')}_local",
    }
    return tuple(sorted((possible - {name}) & set(model.model_fields)))


def _form(field: str, value: str, zone: tzinfo) -> str:
    if field.endswith("_local"):
        return local(value, zone)
    day = date.fromisoformat(value)
    return ends_at(day, zone) if field.endswith("_ends_at") else starts_at(day, zone)
