"""When jobs run: what a schedule can be, and its next runs over both changes of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.berlin import BERLIN
from models.rules.cron import Schedule, next_runs, read
from models.rules.decision import Refused


def schedule(text: str) -> Schedule:
    found = read(text)
    assert isinstance(found, Schedule), found
    return found


def runs(text: str, after: datetime, count: int) -> list[str]:
    return [f"{run.astimezone(BERLIN):%Y-%m-%d %H:%M %Z}" for run in next_runs(schedule(text), after, count)]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("@hourly", "0 * * * *"), ("@daily", "0 0 * * *"), ("@MIDNIGHT", "0 0 * * *"), ("@weekly", "0 0 * * 0"),
        ("@monthly", "0 0 1 * *"), ("@yearly", "0 0 1 1 *"), ("@annually", "0 0 1 1 *"), (" 05\t04  * * * ", "5 4 * * *"),
        ("0 9 * * MON-Fri", "0 9 * * 1-5"), ("0 9 1 jan,JUL sun", "0 9 1 1,7 0"), ("*/15 * * * *", "*/15 * * * *"),
        ("0 9-17/2 * * 1,3,5-7", "0 9-17/2 * * 1,3,5-7"), ("0 0 * * fri-sun", "0 0 * * 5-7"), ("0 0 * * 7-0", "0 0 * * 7-7"),
        ("*/5 * * * *", "*/5 * * * *"), ("58,0 0,23 1 * *", "58,0 0,23 1 * *"), ("0 0 29 2 *", "0 0 29 2 *"),
        ("0 0 30 2 1", "0 0 30 2 1"),
    ],
)  # fmt: skip
def test_schedules_are_stored_in_numbers(typed: str, stored: str) -> None:
    assert schedule(typed).text == stored
    assert schedule(stored) == schedule(typed)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "SYNTAX"), ("* * * *", "SYNTAX"), ("0 0 * * * *", "SYNTAX"), ("0 0 * * * root", "SYNTAX"), ("@often", "SYNTAX"),
        ("0 0 L * *", "SYNTAX"), ("0 0 15W * *", "SYNTAX"), ("0 0 ? * 1", "SYNTAX"), ("0 0 * * 1#2", "SYNTAX"),
        ("5/15 * * * *", "SYNTAX"), ("*-5 * * * *", "SYNTAX"), ("0,,5 * * * *", "SYNTAX"), ("-5 * * * *", "SYNTAX"),
        ("jan * * * *", "SYNTAX"), ("0 0 * foo *", "SYNTAX"), ("0 0 * * sunday", "SYNTAX"), ("٣ * * * *", "SYNTAX"),
        ("0 0 * * *;", "SYNTAX"), ("0\x000 * * *", "SYNTAX"), ("0 0 * * * " + "," * 120, "SYNTAX"), ("000 0 * * *", "SYNTAX"),
        ("60 * * * *", "OUT_OF_RANGE"), ("0 24 * * *", "OUT_OF_RANGE"), ("0 0 0 * *", "OUT_OF_RANGE"),
        ("0 0 32 * *", "OUT_OF_RANGE"), ("0 0 * 13 *", "OUT_OF_RANGE"), ("0 0 * 0 *", "OUT_OF_RANGE"),
        ("0 0 * * 8", "OUT_OF_RANGE"), ("0 17-9 * * *", "OUT_OF_RANGE"), ("*/0 * * * *", "OUT_OF_RANGE"),
        ("*/60 * * * *", "OUT_OF_RANGE"), ("0 0 * dec-jan *", "OUT_OF_RANGE"),
        ("@reboot", "AT_BOOT"),
        ("* * * * *", "TOO_OFTEN"), ("*/4 * * * *", "TOO_OFTEN"), ("0,3 5 1 1 *", "TOO_OFTEN"), ("1-59/7 * * * *", "TOO_OFTEN"),
        ("58,0 0,23 * * *", "TOO_OFTEN"), ("58,0 0,23 1,31 * *", "TOO_OFTEN"), ("0,57 3,4 * * *", "TOO_OFTEN"),
        ("0 0 30 2 *", "NEVER"), ("0 0 31 2,4,6,9,11 *", "NEVER"), ("0 0 30-31 2 */2", "NEVER"),
    ],
)  # fmt: skip
def test_other_schedules_are_refused_with_their_reason(typed: str, reason: str) -> None:
    assert read(typed) == Refused(reason)


@pytest.mark.parametrize(
    ("text", "after", "expected"),
    [
        ("30 4 * * *", datetime(2026, 3, 2, 3, 30, tzinfo=UTC), ["2026-03-03 04:30 CET", "2026-03-04 04:30 CET"]),
        ("0 0 31 * *", datetime(2026, 3, 2, tzinfo=UTC), ["2026-03-31 00:00 CEST", "2026-05-31 00:00 CEST"]),
        ("0 0 29 2 *", datetime(2026, 3, 2, tzinfo=UTC), ["2028-02-29 00:00 CET", "2032-02-29 00:00 CET"]),
        ("0 0 29 2 *", datetime(2096, 3, 1, tzinfo=UTC), ["2104-02-29 00:00 CET", "2108-02-29 00:00 CET"]),
        ("0 0 29 2 */7", datetime(2026, 3, 1, tzinfo=UTC), ["2032-02-29 00:00 CET", "2060-02-29 00:00 CET"]),
        # the 13th, or a Friday; with a star both have to be
        ("0 0 13 * 5", datetime(2026, 3, 7, tzinfo=UTC), ["2026-03-13 00:00 CET", "2026-03-20 00:00 CET"]),
        ("0 0 */31 * 0", datetime(2026, 3, 2, tzinfo=UTC), ["2026-11-01 00:00 CET", "2027-08-01 00:00 CEST"]),
        # clocks go forward on 29 March 2026: 02:00 becomes 03:00
        ("30 2 * * *", datetime(2026, 3, 28, 12, tzinfo=UTC), ["2026-03-29 03:00 CEST", "2026-03-30 02:30 CEST"]),
        ("*/15 2 * * *", datetime(2026, 3, 28, 12, tzinfo=UTC), ["2026-03-29 03:00 CEST", "2026-03-30 02:00 CEST"]),
        ("0 2,3 29 3 *", datetime(2026, 3, 28, 12, tzinfo=UTC), ["2026-03-29 03:00 CEST", "2027-03-29 02:00 CEST"]),
        ("30 * * * *", datetime(2026, 3, 29, 0, tzinfo=UTC), ["2026-03-29 01:30 CET", "2026-03-29 03:30 CEST"]),
        # and back on 25 October 2026: 03:00 becomes 02:00
        ("30 2 * * *", datetime(2026, 10, 24, 12, tzinfo=UTC), ["2026-10-25 02:30 CEST", "2026-10-26 02:30 CET"]),
        ("30 2 * * *", datetime(2026, 10, 25, 0, 45, tzinfo=UTC), ["2026-10-26 02:30 CET", "2026-10-27 02:30 CET"]),
        ("30 * * * *", datetime(2026, 10, 25, 0, tzinfo=UTC), ["2026-10-25 02:30 CEST", "2026-10-25 02:30 CET"]),
        # midnight in Berlin is another day in UTC
        ("0 0 1 * *", datetime(2026, 6, 30, 22, 0, tzinfo=UTC), ["2026-08-01 00:00 CEST", "2026-09-01 00:00 CEST"]),
        ("59 23 31 12 *", datetime(2026, 12, 31, 22, 58, tzinfo=UTC), ["2026-12-31 23:59 CET", "2027-12-31 23:59 CET"]),
    ],
)  # fmt: skip
def test_the_next_runs_are_those_of_the_clock_in_berlin(text: str, after: datetime, expected: list[str]) -> None:
    assert runs(text, after, 2) == expected


@st.composite
def texts(draw: st.DrawFn) -> str:
    def field(first: int, last: int) -> str:
        number = st.integers(first, last)
        kind = draw(st.sampled_from(["*", "*/", "list", "range", "range/"]))
        if kind == "*":
            return "*"
        if kind == "*/":
            return f"*/{draw(st.integers(1, last))}"
        if kind == "list":
            return ",".join(str(one) for one in draw(st.lists(number, min_size=1, max_size=3)))
        begin, end = sorted([draw(number), draw(number)])
        return f"{begin}-{end}" + (f"/{draw(st.integers(1, last))}" if kind == "range/" else "")

    minute = draw(st.sampled_from(["0", "*/5", "*/20", "7,37", "30", "1-50/13", "0,55"]))
    return " ".join((minute, field(0, 23), field(1, 31), field(1, 12), field(0, 7)))


CHANGES = [
    datetime(2026, 3, 28, 20, tzinfo=UTC),
    datetime(2026, 10, 24, 20, tzinfo=UTC),
    datetime(2028, 2, 28, 1, tzinfo=UTC),
]

MOMENTS = st.integers(0, 14 * 365 * 24 * 60).map(
    lambda number: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
)
"""Any minute of fourteen years."""


def walked(one: Schedule, after: datetime, minutes: int) -> list[datetime]:
    """The same found by looking at the clock every minute."""
    found, skipped, hourly = [], False, len(one.hours) == 24
    for number in range(1, minutes + 1):
        instant = after + timedelta(minutes=number)
        clock = instant.astimezone(BERLIN)
        gone = (clock.utcoffset() or timedelta()) - (
            (instant - timedelta(minutes=1)).astimezone(BERLIN).utcoffset() or timedelta()
        )
        hits = one.means(clock.date()) and clock.hour in one.hours and clock.minute in one.minutes
        if gone > timedelta() and not hourly:  # the clock has just gone forward
            skipped = one.means(clock.date()) and clock.hour - 1 in one.hours
        if (hits and (clock.fold == 0 or hourly)) or skipped:
            found.append(instant)
        skipped = False
    return found


@settings(max_examples=150, deadline=None)
@given(texts(), st.sampled_from(CHANGES))
def test_the_next_runs_are_those_that_a_look_at_the_clock_every_minute_finds(text: str, after: datetime) -> None:
    one = read(text)
    if isinstance(one, Refused):
        assert one.reason in ("TOO_OFTEN", "NEVER")
        return
    until = after + timedelta(hours=16)
    assert [run for run in next_runs(one, after, 400) if run <= until] == walked(one, after, 16 * 60)


@settings(max_examples=150, deadline=None)
@given(texts(), MOMENTS)
def test_every_schedule_that_is_taken_runs_and_goes_on_in_order(text: str, after: datetime) -> None:
    one = read(text)
    if isinstance(one, Refused):
        return
    found = next_runs(one, after, 5)
    assert len(found) == 5
    assert found == sorted(set(found))
    assert found[0] > after
    assert next_runs(one, found[1], 3) == found[2:]
    for run in found:
        assert one.means(run.astimezone(BERLIN).date())


def test_the_rarest_schedules_are_found_quickly() -> None:
    begin = process_time()
    for text in ("0 0 29 2 */6", "0 0 29 2 *", "0 0 31 12 */7", "58,0 0,23 29 2 *", "0 0 30 2 *"):
        one = read(text)
        if isinstance(one, Schedule):
            next_runs(one, datetime(2072, 3, 1, tzinfo=UTC), 3)
    assert process_time() - begin < 0.5
