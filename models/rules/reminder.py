"""When an invoice that was not paid is reminded of, how often, and what that costs.

A reminder puts the debtor in default (§ 286 (1) BGB); what the first one costs is not damage from default, so it is free. Later
ones may cost what they cause: paper and postage, kept low on purpose (BGH VIII ZR 95/18). Three levels, then a person looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Level:
    """A level: it follows so many days after what was due before, gives so many days to pay, and costs so many cents."""

    days_after: int
    days_to_pay: int
    fee_minor: int


LEVELS = (Level(7, 10, 0), Level(5, 10, 250), Level(5, 10, 250))
"""The first follows the invoice, each other one the reminder before it."""

MOST_LEVEL = len(LEVELS)

REMINDED = frozenset({"OPEN", "OVERDUE", "DEBIT_RETURNED"})
"""States of an invoice that can be reminded of; while a debit is under way nothing is asked for."""

DISPUTED = frozenset({"MD06"})
"""Codes of a returned debit that say that the debtor disputes it."""

UNDER_WAY = frozenset({"REQUESTED", "SUBMITTED"})


@dataclass(frozen=True, slots=True)
class Owed:
    """An invoice as far as reminding depends on it.

    `level` and `last_due_on` are those of the latest reminder; `last_debit` and `return_code` those of the latest debit.
    """

    kind: str
    state: str
    due_minor: int
    due_on: date
    level: int | None = None
    last_due_on: date | None = None
    last_debit: str | None = None
    return_code: str | None = None


def next_reminder_on(owed: Owed) -> date | None:
    """The day on which the next reminder goes out; `None`: none will, as things stand."""
    if owed.kind != "INVOICE" or owed.state not in REMINDED or owed.due_minor <= 0:
        return None
    if owed.last_debit in UNDER_WAY or owed.return_code in DISPUTED:
        return None
    level = owed.level or 0
    if level >= MOST_LEVEL:
        return None
    return (owed.last_due_on or owed.due_on) + timedelta(days=LEVELS[level].days_after)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder to be sent today."""

    level: int
    due_on: date
    fee_minor: int


def reminder_due(owed: Owed, today: date) -> Reminder | None:
    """The reminder that is to be sent today, if its day has come."""
    day = next_reminder_on(owed)
    if day is None or day > today:
        return None
    number = (owed.level or 0) + 1
    rule = LEVELS[number - 1]
    return Reminder(number, today + timedelta(days=rule.days_to_pay), rule.fee_minor)
