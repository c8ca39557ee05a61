"""A report is owed within a month, counted as Regulation 1182/71 counts it."""

from __future__ import annotations

from datetime import date

import pytest

from models.rules.data_report import report_due_on


@pytest.mark.parametrize(
    ("requested", "due"),
    [
        (date(2026, 3, 2), date(2026, 4, 2)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 2, 28), date(2026, 3, 28)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2026, 10, 31), date(2026, 11, 30)),
    ],
)
def test_a_report_is_due_on_the_same_day_of_the_next_month_or_its_last(requested: date, due: date) -> None:
    assert report_due_on(requested) == due
