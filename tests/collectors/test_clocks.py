"""Clocks of the sources: whatever they count, an instant is twenty characters of UTC."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from collectors.clocks import (
    civil_date,
    days_before,
    end_of_day,
    from_ms,
    from_rfc3339,
    instant,
    start_of_day,
)

_ZONES = st.sampled_from(
    ["Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Pacific/Auckland", "UTC"]
).map(ZoneInfo)
_DAYS = st.dates(date(1970, 1, 3), date(2200, 1, 1))


@given(st.integers(0, 7_000_000_000_000))
def test_milliseconds_keep_their_order_and_lose_their_fraction(moment):
    found = from_ms(moment)

    assert len(found) == 20
    assert datetime.fromisoformat(found) == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(
        seconds=moment // 1000
    )


@given(_DAYS, _ZONES)
def test_a_day_begins_before_it_ends_and_ends_where_the_next_begins(day, zone):
    begin, end = start_of_day(day, zone), end_of_day(day, zone)

    assert begin < end == start_of_day(day + timedelta(days=1), zone)
    assert {len(begin), len(end)} == {20}


@given(st.datetimes(datetime(1970, 1, 3), datetime(2200, 1, 1)), _ZONES)  # noqa: DTZ001  # hypothesis wants them bare
def test_a_time_with_an_offset_is_the_same_moment_everywhere(moment, zone):
    aware = moment.replace(tzinfo=zone)

    assert from_rfc3339(aware.isoformat()) == instant(aware) == instant(aware.astimezone(UTC))


def test_days_before_and_civil_dates_follow_the_clock():
    assert days_before("2026-10-01T01:00:00Z", 28) == "2026-09-03T01:00:00Z"
    assert civil_date("2026-09-30T16:00:00Z", ZoneInfo("Asia/Shanghai")) == date(2026, 10, 1)
