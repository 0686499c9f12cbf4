"""Working days by the mainland calendar: holidays off, make-up days on, local midnights."""

import json
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import WorkCalendar, day_end, from_instant, to_instant
from engine.cli.places import policies
from engine.errors import ConfigurationError

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar.of(json.loads((policies() / "calendar" / "CN.json").read_bytes()))
DAYS = st.dates(date(2024, 1, 1), date(2026, 6, 30))


def test_one_working_day_after_the_quarters_end_is_after_the_national_holiday():
    assert CALENDAR.after(date(2026, 9, 30), 1) == date(2026, 10, 8)


def test_a_make_up_saturday_is_a_working_day():
    assert CALENDAR.document()["days"]["2026-10-10"]["working"] is True


def test_a_holiday_on_a_weekday_is_none():
    assert CALENDAR.document()["days"]["2026-10-01"]["working"] is False


def test_none_after_is_the_day_itself():
    assert CALENDAR.after(date(2026, 10, 1), 0) == date(2026, 10, 1)


@given(day=DAYS, count=st.integers(0, 15), as_of=DAYS)
def test_an_event_is_before_the_cutoff_exactly_when_its_working_days_have_run_out(
    day: date, count: int, as_of: date
):
    now = day_end(as_of, ZONE)
    last_second = to_instant(from_instant(day_end(day, ZONE)) - timedelta(seconds=1))
    has_run_out = day_end(CALENDAR.after(day, count), ZONE) <= now

    assert (last_second < CALENDAR.cutoff(now, count, ZONE)) == has_run_out


def test_beyond_the_calendar_is_an_error_that_says_where_it_ends():
    with pytest.raises(ConfigurationError, match="ends on 2026-12-31"):
        CALENDAR.after(date(2026, 12, 30), 10)


def test_what_is_no_calendar_is_refused():
    with pytest.raises(ConfigurationError, match="holidays"):
        WorkCalendar.of({"first": "2026-01-01", "last": "2026-12-31"})
