"""Deadlines of contracts."""

from __future__ import annotations

from datetime import date

from gateway.auth.deadlines import WORDS, Deadline, DeadlineKind, deadlines
from gateway.context import Context
from gateway.errors import bad_input
from gateway.messages import message
from models.rules.berlin import berlin_day
from models.rules.term import add_months

FURTHEST_MONTHS = 24
"""How far ahead can be asked."""

MOST = 500


async def deadlines_until(context: Context, until: date, first: int) -> list[Deadline]:
    """Those from today to a day, the earliest `first`. Raises `BAD_USER_INPUT`."""
    today = berlin_day(context.now)
    latest = add_months(today, FURTHEST_MONTHS)
    if not today <= until <= latest:
        raise bad_input("deadline.until", latest=latest.isoformat())
    if not 1 <= first <= MOST:
        raise bad_input("deadline.how_many", most=MOST)
    return (await deadlines(context.signed_in, today, until))[:first]


def text(context: Context, kind: str) -> str:
    """What it is, in the language of the request."""
    return message(WORDS[DeadlineKind(kind)], context.language)
