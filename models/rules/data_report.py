"""By when a data report is owed."""

from __future__ import annotations

from datetime import date

from models.rules.term import add_months


def report_due_on(requested_on: date) -> date:
    """The last day to answer a request received on `requested_on`: one month (Art. 12 (3) GDPR).

    The day of the request does not count, the month ends with the day of the same number, or with the last day of a
    month that has none: 31 January → 28 or 29 February (Art. 3 (1) and (2) (c) of Regulation 1182/71). That such a day
    moves when it is a holiday or a weekend (Art. 3 (4)) is not used: a report made by a machine needs no working day.
    """
    return add_months(requested_on, 1)
