"""Terms of contracts in months, as §§ 187, 188 BGB count them: how long one runs, when it can end, when notice is in time.

A consumer's contract concluded on 1 March 2022 or later runs on for an indefinite time after its minimum term, and ends with
at most one month's notice at any time (§ 309 No. 9 BGB). Older ones, and those of businesses, run on by their own periods.
§ 193 BGB (Sundays and holidays) moves neither an end nor the last day for a notice: it is about declarations that are due
within a time, and would shorten the time that the other side has (BGH, 17 February 2005, III ZR 172/04).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol


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


FAIR_TERMS_SINCE = date(2022, 3, 1)
"""Consumers' contracts of this day and later run on open-ended (Art. 229 § 60 EGBGB)."""

CONSUMERS_NOTICE_MONTHS = 1
"""The longest notice a consumer has to give (§ 309 No. 9 b and c BGB)."""

CONSUMER = "PERSON"
"""The kind of customer who is a consumer (§ 13 BGB)."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed about the time of a contract or of something booked on top; all lengths in months.

    `renewal_months` 0: open-ended after the minimum term. What the law says against it counts anyway.
    """

    starts_on: date
    minimum_term_months: int
    renewal_months: int
    notice_months: int
    billing_months: int
    consumer: bool

    @property
    def protected(self) -> bool:
        """Whether § 309 No. 9 BGB in its present form holds."""
        return self.consumer and self.starts_on >= FAIR_TERMS_SINCE

    @property
    def notice(self) -> int:
        """Months of notice that have to be given."""
        return min(self.notice_months, CONSUMERS_NOTICE_MONTHS) if self.protected else self.notice_months

    @property
    def renewal(self) -> int:
        """Months it runs on by after the minimum term; 0: it is open-ended then."""
        return 0 if self.protected else self.renewal_months


class Agreed(Protocol):
    """What has terms: the columns of a contract."""

    starts_on: date
    minimum_term_months: int
    renewal_months: int
    notice_months: int
    billing_months: int


def terms_of(contract: Agreed, customer_kind: str) -> Terms:
    """The terms of a contract of a customer of this kind (`PERSON` is a consumer)."""
    return Terms(
        contract.starts_on,
        contract.minimum_term_months,
        contract.renewal_months,
        contract.notice_months,
        contract.billing_months,
        customer_kind == CONSUMER,
    )


def minimum_term_ends_on(terms: Terms) -> date:
    """The last day of the minimum term; without one the day before it starts."""
    return last_day(terms.starts_on, terms.minimum_term_months)


def next_end(terms: Terms, declared_on: date) -> date:
    """The last day if notice is given on `declared_on`.

    A notice in months ends on the day of the last month that has the number of the day it was given (§§ 187 (1), 188 (2) BGB).
    """
    earliest = add_months(declared_on, terms.notice)
    end = minimum_term_ends_on(terms)
    if earliest <= end:
        return end
    if not terms.renewal:
        return earliest
    passed = (earliest.year - terms.starts_on.year) * 12 + earliest.month - terms.starts_on.month
    number = max(0, (passed - terms.minimum_term_months) // terms.renewal - 1)
    while (end := _end_of_period(terms, number)) < earliest:
        number += 1
    return end


def notice_deadline(terms: Terms, today: date) -> date:
    """The last day on which notice still ends it as early as notice given today does."""
    end = next_end(terms, today)
    day = add_months(end, -terms.notice)
    while (
        add_months(day + timedelta(days=1), terms.notice) <= end
    ):  # several days of a long month lead to one of a short one
        day += timedelta(days=1)
    return day


def period(terms: Terms, day: date) -> tuple[date, date]:
    """First and last day of the billing period that holds `day`, which is not before the start."""
    passed = (day.year - terms.starts_on.year) * 12 + day.month - terms.starts_on.month
    number = max(0, passed // terms.billing_months - 1)
    while (last := last_day(terms.starts_on, (number + 1) * terms.billing_months)) < day:
        number += 1
    first = last_day(terms.starts_on, number * terms.billing_months) + timedelta(days=1)
    return first, last


def _end_of_period(terms: Terms, number: int) -> date:
    """The last day after so many renewals."""
    return last_day(terms.starts_on, terms.minimum_term_months + number * terms.renewal)
