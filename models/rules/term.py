"""Terms of contracts in months, as §§ 187 (2), 188 (2) and (3) BGB count them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """The same day `months` later; the last day of the month where that month has no such day (§ 188 (3) BGB)."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(starts_on: date, months: int) -> date:
    """The last day of a term of `months` that begins with the day `starts_on` (§ 187 (2), § 188 (2) BGB).

    A term of one month from 1 February ends on 28 or 29 February; from 31 January on 28 or 29 February too, since the
    day that corresponds to the first is missing (§ 188 (3) BGB). A term of no months ends the day before it begins.
    """
    corresponding = add_months(starts_on, months)
    if corresponding.day < starts_on.day:  # the month is too short: its last day is the end already
        return corresponding
    return corresponding - timedelta(days=1)
