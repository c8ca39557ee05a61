"""When an unpaid invoice is reminded of."""

from dataclasses import replace
from datetime import date

import pytest

from models.rules.reminder import LEVELS, Owed, next_reminder_on, reminder_due

OWED = Owed("INVOICE", "OVERDUE", 1_190, date(2026, 2, 21))


@pytest.mark.parametrize(
    ("level", "last_due", "day"),
    [
        (None, None, date(2026, 2, 28)),
        (1, date(2026, 3, 10), date(2026, 3, 15)),
        (2, date(2028, 2, 26), date(2028, 3, 2)),
        (3, date(2026, 4, 1), None),
    ],
)
def test_each_level_follows_what_was_due_before_and_the_third_is_the_last(
    level: int | None, last_due: date | None, day: date | None
) -> None:
    assert next_reminder_on(replace(OWED, level=level, last_due_on=last_due)) == day


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "CREDIT_NOTE"},
        {"state": "PAID"},
        {"state": "CANCELLED"},
        {"state": "DEBIT_PENDING"},
        {"due_minor": 0},
        {"last_debit": "REQUESTED"},
        {"last_debit": "SUBMITTED"},
        {"last_debit": "RETURNED", "return_code": "MD06"},
    ],
)
def test_nobody_is_reminded_of_what_is_paid_under_way_or_disputed(changed: dict[str, object]) -> None:
    assert next_reminder_on(replace(OWED, **changed)) is None  # type: ignore[arg-type]  # names of its fields


def test_a_returned_debit_that_nobody_disputes_is_reminded_of() -> None:
    assert next_reminder_on(replace(OWED, state="DEBIT_RETURNED", last_debit="RETURNED", return_code="MS03"))


def test_a_reminder_is_due_from_its_day_on_and_the_first_is_free() -> None:
    assert reminder_due(OWED, date(2026, 2, 27)) is None
    first = reminder_due(OWED, date(2026, 2, 28))
    assert first is not None
    assert (first.level, first.due_on, first.fee_minor) == (1, date(2026, 3, 10), 0)
    late = reminder_due(replace(OWED, level=1, last_due_on=first.due_on), date(2026, 5, 1))
    assert late is not None
    assert (late.level, late.due_on, late.fee_minor) == (2, date(2026, 5, 11), LEVELS[1].fee_minor)
