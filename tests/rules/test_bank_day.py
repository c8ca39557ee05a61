"""Days on which banks settle and take files."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.bank_day import (
    collection_day,
    due_until,
    easter_sunday,
    is_bank_day,
    is_target_day,
    reachable_day,
    submission_day,
)

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 1))


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2000, (4, 23)),
        (2008, (3, 23)),
        (2019, (4, 21)),
        (2024, (3, 31)),
        (2026, (4, 5)),
        (2027, (3, 28)),
        (2038, (4, 25)),
    ],
)
def test_easter(year: int, day: tuple[int, int]) -> None:
    assert easter_sunday(year) == date(year, *day)


@pytest.mark.parametrize(
    ("day", "target", "bank"),
    [
        (date(2026, 1, 1), False, False), (date(2026, 1, 2), True, True), (date(2026, 4, 2), True, True),
        (date(2026, 4, 3), False, False), (date(2026, 4, 4), False, False), (date(2026, 4, 6), False, False),
        (date(2026, 4, 7), True, True), (date(2026, 5, 1), False, False), (date(2026, 5, 14), True, False),
        (date(2026, 5, 25), True, False), (date(2025, 10, 3), True, False), (date(2026, 12, 24), True, False),
        (date(2026, 12, 25), False, False), (date(2024, 12, 26), False, False), (date(2026, 12, 31), True, False),
    ],
)  # fmt: skip
def test_holidays(day: date, target: bool, bank: bool) -> None:
    assert (is_target_day(day), is_bank_day(day)) == (target, bank)


@pytest.mark.parametrize(
    ("asked", "notice", "day"),
    [
        (date(2026, 3, 2), 2, date(2026, 3, 4)),  # Monday: collected on Wednesday, at the bank on Tuesday
        (date(2026, 3, 2), 14, date(2026, 3, 16)),
        (date(2026, 3, 5), 2, date(2026, 3, 9)),  # over a weekend
        (date(2026, 4, 1), 2, date(2026, 4, 7)),  # over Easter: at the bank on Thursday
        (date(2026, 12, 22), 2, date(2026, 12, 24)),  # at the bank on the 23rd
        (date(2026, 12, 23), 2, date(2026, 12, 29)),  # for the 28th it would be the 23rd: the 24th takes no files
    ],
)
def test_the_day_of_a_collection(asked: date, notice: int, day: date) -> None:
    assert collection_day(asked, notice) == day


@given(DAYS, st.integers(1, 14))
def test_a_collection_is_settled_on_a_target_day_after_its_notice(asked: date, notice: int) -> None:
    day = collection_day(asked, notice)
    assert is_target_day(day)
    assert day >= asked + timedelta(days=notice)
    assert asked < submission_day(day) < day
    assert day - asked <= timedelta(days=notice + 12)


@given(DAYS)
def test_files_are_handed_over_on_a_day_banks_work_and_in_time(day: date) -> None:
    if not is_target_day(day):
        return
    handed = submission_day(day)
    assert is_bank_day(handed)
    assert any(is_target_day(handed + timedelta(days=n)) for n in range((day - handed).days))


@given(DAYS)
def test_what_is_due_today_can_still_be_reached_and_what_is_not_has_time(today: date) -> None:
    soonest, latest = reachable_day(today), due_until(today)
    assert today < soonest <= latest
    assert submission_day(soonest) >= today or soonest == latest
    after = next(day for n in range(1, 15) if is_target_day(day := latest + timedelta(days=n)))
    assert submission_day(after) > today, "it can wait until tomorrow"


@given(DAYS, st.integers(1, 14))
def test_a_debit_waits_at_most_until_its_own_day(asked: date, notice: int) -> None:
    """On the day it must be handed over, and on no earlier one, it is due."""
    day = collection_day(asked, notice)
    assert due_until(submission_day(day)) >= day
    assert reachable_day(submission_day(day)) <= day
