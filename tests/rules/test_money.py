"""Amounts as people read them (ISO 4217 minor units, CLDR patterns)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_currency
from hypothesis import example, given
from hypothesis import strategies as st

from models.rules.money import currency_exponent, format_money


@pytest.mark.parametrize(
    ("minor_units", "currency", "german", "english"),
    [
        (123456, "EUR", "1.234,56\xa0€", "€1,234.56"),
        (0, "EUR", "0,00\xa0€", "€0.00"),
        (5, "EUR", "0,05\xa0€", "€0.05"),
        (-5, "EUR", "-0,05\xa0€", "-€0.05"),
        (100000000, "GBP", "1.000.000,00\xa0£", "£1,000,000.00"),
        (-99, "USD", "-0,99\xa0$", "-$0.99"),
        (123450, "CHF", "1.234,50\xa0CHF", "CHF\xa01,234.50"),
        (1234, "JPY", "1.234\xa0¥", "¥1,234"),
        (1234567, "KWD", "1.234,567\xa0KWD", "KWD\xa01,234.567"),
        (12345, "CLF", "1,2345\xa0CLF", "CLF\xa01.2345"),
        (9223372036854775807, "EUR", "92.233.720.368.547.758,07\xa0€", "€92,233,720,368,547,758.07"),
    ],
)
def test_an_amount_is_written_as_in_either_language(minor_units: int, currency: str, german: str, english: str) -> None:
    assert format_money(minor_units, currency, "de") == german
    assert format_money(minor_units, currency, "en") == english


@given(
    st.integers(-(2**63), 2**63 - 1),
    st.sampled_from(["EUR", "USD", "GBP", "CHF", "JPY", "PLN", "SEK", "CZK", "DKK"]),
    st.sampled_from(["de", "en"]),
)
@example(-1, "EUR", "de")
@example(-1, "JPY", "en")
def test_every_amount_is_written_as_the_unicode_locale_data_say(minor_units: int, currency: str, locale: str) -> None:
    amount = Decimal(minor_units).scaleb(-currency_exponent(currency))
    expected = format_currency(amount, currency, locale=locale)
    # CLDR puts a space between a code and a digit (alphaNextToNumber), which Babel leaves out.
    assert format_money(minor_units, currency, locale).replace(f"{currency}\xa0", currency) == expected


def test_a_language_nobody_wrote_reads_as_english() -> None:
    assert format_money(123456, "EUR", "fr") == "€1,234.56"
