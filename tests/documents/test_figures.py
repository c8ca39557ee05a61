"""Days, quantities and rates as German and English readers write them."""

from __future__ import annotations

from datetime import date

import pytest

from gateway.documents.figures import format_date, format_percent, format_period, format_quantity


def test_a_day_is_written_in_the_order_of_the_language() -> None:
    assert format_date(date(2026, 3, 5), "de") == "05.03.2026"
    assert format_date(date(2026, 3, 5), "en") == "5\xa0March\xa02026"
    assert [format_date(date(2026, month, 1), "en")[2:5] for month in range(1, 13)] == [
        *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
        *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    ]


def test_a_period_has_two_ends_unless_it_is_one_day() -> None:
    assert format_period(date(2026, 11, 1), date(2026, 11, 30), "de") == "01.11.2026\xa0– 30.11.2026"
    assert format_period(date(2026, 11, 1), date(2026, 11, 1), "de") == "01.11.2026"


@pytest.mark.parametrize(
    ("thousandths", "german", "english"),
    [
        (1_000, "1", "1"),
        (2_500, "2,5", "2.5"),
        (333, "0,333", "0.333"),
        (1_234_567_010, "1.234.567,01", "1,234,567.01"),
        (-500, "-0,5", "-0.5"),
        (0, "0", "0"),
    ],
)
def test_a_quantity_shows_no_digit_too_many(thousandths: int, german: str, english: str) -> None:
    assert format_quantity(thousandths, "de") == german
    assert format_quantity(thousandths, "en") == english


def test_a_rate_is_written_in_percent() -> None:
    assert format_percent(1_900, "de") == "19\xa0%"
    assert format_percent(550, "de") == "5,5\xa0%"
    assert format_percent(550, "en") == "5.5%"
    assert format_percent(0, "en") == "0%"
