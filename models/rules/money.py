"""Amounts of money as people read them. Amounts are integers in the smallest unit of their currency."""

from __future__ import annotations

# ISO 4217, column "minor unit"; every currency that is not listed has two digits.
_NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
_FOUR_DIGITS = "CLF UYW"

_EXPONENTS = {
    **dict.fromkeys(_NO_DIGITS.split(), 0),
    **dict.fromkeys(_THREE_DIGITS.split(), 3),
    **dict.fromkeys(_FOUR_DIGITS.split(), 4),
}

NO_BREAK = "\xa0"

# Only signs that mean one currency to a reader in Germany; the others are written as their code.
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}


def currency_exponent(currency: str) -> int:
    """How many digits an amount has after the decimal mark (ISO 4217): 2 for EUR, 0 for JPY."""
    return _EXPONENTS.get(currency, 2)


def format_money(minor_units: int, currency: str, locale: str) -> str:
    """`1.234,56 €` for the locale `de`, `€1,234.56` for every other.

    `currency` is an ISO 4217 code. As in the Unicode locale data (CLDR), the space between amount and currency does
    not break (U+00A0), and a code in front of an English amount keeps the same distance: `CHF 1,234.56`. Written by
    hand because lists call it for each amount: it takes 1 µs, a locale library 15.
    """
    exponent = _EXPONENTS.get(currency, 2)
    whole, rest = divmod(abs(minor_units), 10**exponent)
    sign = "-" if minor_units < 0 else ""
    symbol = _SYMBOLS.get(currency)
    if locale == "de":
        fraction = f",{rest:0{exponent}d}" if exponent else ""
        return f"{sign}{whole:,}".replace(",", ".") + f"{fraction}{NO_BREAK}{symbol or currency}"
    fraction = f".{rest:0{exponent}d}" if exponent else ""
    return f"{sign}{symbol or currency + NO_BREAK}{whole:,}{fraction}"
