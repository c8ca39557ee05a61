"""Days as they are counted in Berlin, also when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.berlin import berlin_day, end_of_day


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 1, 31, 22, 59, 59, tzinfo=UTC), date(2026, 1, 31)),
        (datetime(2026, 1, 31, 23, tzinfo=UTC), date(2026, 2, 1)),
        (datetime(2026, 7, 31, 21, 59, 59, tzinfo=UTC), date(2026, 7, 31)),
        (datetime(2026, 7, 31, 22, tzinfo=UTC), date(2026, 8, 1)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=timezone(timedelta(hours=-5))), date(2026, 3, 29)),
        (datetime(2024, 2, 29, 12, tzinfo=UTC), date(2024, 2, 29)),
    ],
)
def test_the_day_is_that_of_berlin(instant: datetime, day: date) -> None:
    assert berlin_day(instant) == day


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 1, 31), datetime(2026, 1, 31, 23, tzinfo=UTC)),
        (date(2026, 3, 28), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (date(2026, 10, 24), datetime(2026, 10, 24, 22, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    ],
)
def test_a_day_ends_when_the_next_begins_in_berlin(day: date, end: datetime) -> None:
    assert end_of_day(day) == end


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_between_two_ends_lies_one_day(day: date) -> None:
    end = end_of_day(day)
    assert berlin_day(end - timedelta(microseconds=1)) == day
    assert berlin_day(end) == day + timedelta(days=1)
