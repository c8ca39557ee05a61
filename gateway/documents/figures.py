"""Days and numbers as German and English readers expect them. Languages are `de`; anything else reads as English."""

from __future__ import annotations

from datetime import date

# `strftime` follows the locale of the process.
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_GERMAN_MARKS = str.maketrans(",.", ".,")


def format_date(day: date, language: str) -> str:
    """`22.11.2026` or `22 November 2026`; the parts of the latter do not break apart."""
    if language == "de":
        return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"
    return f"{day.day}\xa0{_ENGLISH_MONTHS[day.month - 1]}\xa0{day.year:04d}"


def format_period(first: date, last: date, language: str) -> str:
    """`01.11.2026 – 30.11.2026`; one day stands alone."""
    if first == last:
        return format_date(first, language)
    return f"{format_date(first, language)}\xa0– {format_date(last, language)}"


def format_quantity(thousandths: int, language: str) -> str:
    """`1.234,5` for 1,234,500 thousandths, without trailing zeros."""
    return _decimal(thousandths, 3, language)


def format_percent(basis_points: int, language: str) -> str:
    """`19 %` for 1,900 basis points; English has no space."""
    return _decimal(basis_points, 2, language) + ("\xa0%" if language == "de" else "%")


def _decimal(scaled: int, places: int, language: str) -> str:
    whole, rest = divmod(abs(scaled), 10**places)
    fraction = f"{rest:0{places}d}".rstrip("0")
    number = f"{'-' if scaled < 0 else ''}{whole:,}" + (f".{fraction}" if fraction else "")
    return number.translate(_GERMAN_MARKS) if language == "de" else number
