"""Parts of a price for parts of a period: exact to the day, in minor units, rounded half up as EN 16931 rounds."""

from __future__ import annotations

from datetime import date


def days_of(first: date, last: date) -> int:
    """How many days there are from the first to the last, both counted."""
    return (last - first).days + 1


def share(minor_units: int, first: date, last: date, since: date) -> int:
    """The part of a price of the period from `first` to `last` that falls on the days from `since` on.

    Nothing for a day after the period, all of it for its first day or one before. Never negative, never more than the price.
    """
    remaining = min(max(days_of(since, last), 0), days_of(first, last))
    return half_up(minor_units * remaining, days_of(first, last))


def half_up(numerator: int, denominator: int) -> int:
    """The quotient of two numbers that are not negative, rounded to the nearest whole one, a half upwards."""
    return (2 * numerator + denominator) // (2 * denominator)
