"""Days on which banks move money, and which of them a direct debit is asked for and collected on.

SEPA direct debits settle on days on which T2 (formerly TARGET2) is open: not on weekends, 1 January, Good Friday, Easter
Monday, 1 May, 25 and 26 December (ECB, long-term calendar since 2000). Files are taken by a German bank on its own working
days, which leave out the public holidays of all states and the 24th and 31st of December as well.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

LEAD_DAYS = 1
"""TARGET days between the day a Core debit is at the debtor's bank and the day it is collected: D-1 for every sequence type
(EPC016-06, SEPA Direct Debit Core Rulebook 4.3.1, since November 2016)."""

_DAY = timedelta(days=1)


@lru_cache(maxsize=256)
def easter_sunday(year: int) -> date:
    """Easter Sunday of a year of the Gregorian calendar (the anonymous algorithm, Nature 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leaps, years = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - shift + 15) % 30
    quads, single = divmod(rest, 4)
    week = (32 + 2 * years + 2 * quads - moon - single) % 7
    correction = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * correction + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def _target_holidays(year: int) -> frozenset[date]:
    easter = easter_sunday(year)
    return frozenset(
        {
            date(year, 1, 1),
            easter - 2 * _DAY,
            easter + _DAY,
            date(year, 5, 1),
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )


@lru_cache(maxsize=256)
def _german_holidays(year: int) -> frozenset[date]:
    """What is closed in Germany beside it: Ascension Day, Whit Monday, German Unity Day, Christmas Eve, New Year's Eve."""
    easter = easter_sunday(year)
    return frozenset(
        {easter + 39 * _DAY, easter + 50 * _DAY, date(year, 10, 3), date(year, 12, 24), date(year, 12, 31)}
    )


def is_target_day(day: date) -> bool:
    """Whether payments are settled on `day`."""
    return day.weekday() < 5 and day not in _target_holidays(day.year)


def is_bank_day(day: date) -> bool:
    """Whether a German bank takes files on `day`: a TARGET day that is no holiday in Germany."""
    return is_target_day(day) and day not in _german_holidays(day.year)


def submission_day(collect_on: date) -> date:
    """The last day on which a bank takes a Core debit that is to be collected on `collect_on`, a TARGET day.

    That is `LEAD_DAYS` TARGET days before it, or the German bank working day before that.
    """
    day, left = collect_on, LEAD_DAYS
    while left:
        day -= _DAY
        left -= is_target_day(day)
    while not is_bank_day(day):
        day -= _DAY
    return day


def collection_day(asked_on: date, notice_days: int) -> date:
    """The first day on which a debit that is asked for and announced on `asked_on` can be collected.

    A TARGET day, at least `notice_days` calendar days later: the pre-notification, 14 days where nothing else is agreed
    (EPC016-06, 4.3.4). The day on which its file goes to the bank is later than `asked_on`: a file of that day may be there
    already.
    """
    day = asked_on + notice_days * _DAY
    while not is_target_day(day) or submission_day(day) <= asked_on:
        day += _DAY
    return day


def reachable_day(today: date) -> date:
    """The first day that a file handed to the bank today can name for its collections."""
    day = today + _DAY
    while not is_target_day(day) or submission_day(day) < today:
        day += _DAY
    return day


def due_until(today: date) -> date:
    """The latest collection day whose debits must be at the bank today: all up to it are due for submission."""
    day = latest = reachable_day(today)
    for _ in range(14):  # no row of days without a bank working day is longer
        day += _DAY
        if is_target_day(day) and submission_day(day) <= today:
            latest = day
    return latest
