"""How long contracts run, when they can end, and when notice is in time: as a table, and for all days there are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.term import (
    Terms,
    add_months,
    last_day,
    minimum_term_ends_on,
    next_end,
    notice_deadline,
    period,
    terms_of,
)

DAY = timedelta(days=1)


def consumer(starts: date, minimum: int = 12, renewal: int = 0, notice: int = 1, billing: int = 1) -> Terms:
    return Terms(starts, minimum, renewal, notice, billing, consumer=True)


def business(starts: date, minimum: int = 12, renewal: int = 12, notice: int = 3, billing: int = 12) -> Terms:
    return Terms(starts, minimum, renewal, notice, billing, consumer=False)


@pytest.mark.parametrize(
    ("terms", "declared", "end", "deadline"),
    [
        # A consumer within the minimum term: its end, and until a month before it.
        (consumer(date(2025, 1, 1)), date(2025, 6, 15), date(2025, 12, 31), date(2025, 11, 30)),
        (consumer(date(2025, 1, 1)), date(2025, 11, 30), date(2025, 12, 31), date(2025, 11, 30)),
        (consumer(date(2025, 1, 1)), date(2025, 12, 1), date(2026, 1, 1), date(2025, 12, 1)),
        # After it: a month from any day, whatever longer notice or renewal was agreed (§ 309 No. 9).
        (consumer(date(2023, 5, 10), notice=3, renewal=12), date(2026, 3, 2), date(2026, 4, 2), date(2026, 3, 2)),
        (consumer(date(2023, 5, 10)), date(2026, 1, 31), date(2026, 2, 28), date(2026, 1, 31)),
        (consumer(date(2023, 5, 10)), date(2026, 1, 28), date(2026, 2, 28), date(2026, 1, 31)),
        (consumer(date(2022, 3, 1), renewal=12), date(2026, 3, 2), date(2026, 4, 2), date(2026, 3, 2)),
        # An older one runs on by its own periods, with its own notice.
        (consumer(date(2022, 2, 28), renewal=12, notice=3), date(2026, 3, 2), date(2027, 2, 27), date(2026, 11, 27)),
        # Without a minimum term, from the first day on.
        (consumer(date(2026, 3, 1), minimum=0), date(2026, 3, 1), date(2026, 4, 1), date(2026, 3, 1)),
        (consumer(date(2026, 3, 1), minimum=0, notice=0), date(2026, 3, 5), date(2026, 3, 5), date(2026, 3, 5)),
        # A business: the end of its period, three months before.
        (business(date(2024, 2, 29)), date(2025, 1, 1), date(2026, 2, 28), date(2025, 11, 30)),
        (business(date(2024, 2, 29)), date(2024, 11, 30), date(2025, 2, 28), date(2024, 11, 30)),
        (business(date(2024, 2, 29)), date(2024, 12, 1), date(2026, 2, 28), date(2025, 11, 30)),
        (business(date(2024, 1, 31), renewal=1, notice=1), date(2025, 6, 1), date(2025, 7, 30), date(2025, 6, 30)),
        (business(date(2024, 1, 1), renewal=0, notice=3), date(2026, 3, 2), date(2026, 6, 2), date(2026, 3, 2)),
    ],
)
def test_when_it_ends_and_until_when_notice_is_in_time(terms: Terms, declared: date, end: date, deadline: date) -> None:
    assert (next_end(terms, declared), notice_deadline(terms, declared)) == (end, deadline)


def test_the_minimum_term_ends_the_day_before_its_day_returns() -> None:
    assert minimum_term_ends_on(business(date(2024, 2, 29))) == date(2025, 2, 28)
    assert minimum_term_ends_on(consumer(date(2026, 1, 31), minimum=1)) == date(2026, 2, 28)
    assert minimum_term_ends_on(consumer(date(2026, 3, 1), minimum=0)) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 31), (date(2026, 1, 31), date(2026, 2, 28))),
        (date(2026, 3, 1), (date(2026, 3, 1), date(2026, 3, 30))),
        (date(2026, 3, 31), (date(2026, 3, 31), date(2026, 4, 30))),
        (date(2027, 3, 30), (date(2027, 3, 1), date(2027, 3, 30))),
    ],
)
def test_a_period_of_a_month_that_began_on_the_31st(day: date, expected: tuple[date, date]) -> None:
    assert period(consumer(date(2026, 1, 31)), day) == expected


def test_who_is_a_consumer_is_said_by_the_kind_of_customer() -> None:
    agreed = business(date(2024, 1, 1))
    assert terms_of(agreed, "COMPANY") == agreed
    assert terms_of(agreed, "PERSON").consumer is True


some_terms = st.builds(
    Terms,
    st.dates(date(2018, 1, 1), date(2030, 12, 31)),
    st.sampled_from([0, 1, 3, 12, 24]),
    st.sampled_from([0, 1, 3, 12]),
    st.integers(0, 6),
    st.sampled_from([1, 3, 6, 12]),
    st.booleans(),
)
days = st.dates(date(2018, 1, 1), date(2045, 12, 31))


@given(some_terms, days)
def test_notice_is_always_kept_and_never_longer_than_needed(terms: Terms, declared: date) -> None:
    end = next_end(terms, declared)
    assert end >= add_months(declared, terms.notice)
    assert end >= minimum_term_ends_on(terms)
    assert next_end(terms, declared + DAY) >= end
    if terms.protected:
        assert end <= max(minimum_term_ends_on(terms), add_months(declared, 1))
    if terms.renewal and end > minimum_term_ends_on(terms):
        ends = [last_day(terms.starts_on, terms.minimum_term_months + n * terms.renewal) for n in range(600)]
        assert end == min(day for day in ends if day >= add_months(declared, terms.notice))


@given(some_terms, days)
def test_the_day_after_the_deadline_is_too_late(terms: Terms, today: date) -> None:
    deadline, end = notice_deadline(terms, today), next_end(terms, today)
    assert deadline >= today
    assert next_end(terms, deadline) == end
    assert next_end(terms, deadline + DAY) > end


@given(some_terms, st.integers(0, 5_000))
def test_every_day_is_in_one_period_and_periods_follow_one_another(terms: Terms, later: int) -> None:
    day = terms.starts_on + timedelta(days=later)
    first, last = period(terms, day)
    assert first <= day <= last
    assert period(terms, first) == period(terms, last) == (first, last)
    assert period(terms, last + DAY)[0] == last + DAY
