"""Terms of contracts."""

from __future__ import annotations

from datetime import date

from gateway.context import Context
from models.rules import term


def minimum_term_ends_on(context: Context, starts_on: date, months: int) -> date:
    """The last day of the minimum term."""
    return term.last_day(starts_on, months)
