"""Who is on the list of sub-processors on a day, and how it changed."""

from __future__ import annotations

from datetime import date

from models.rules.sub_processors import SubProcessorChangeKind, Term, at_work, changes

A = Term("A", "A", date(2024, 1, 1), date(2024, 2, 1), date(2025, 2, 1), date(2025, 1, 1))
A_AGAIN = Term("A again", "A", date(2025, 1, 1), date(2025, 2, 1))
B = Term("B", "b", date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1), date(2024, 2, 5))
LIST = [B, A_AGAIN, A]


def test_the_last_day_is_not_in_it() -> None:
    assert at_work(LIST, date(2024, 1, 31)) == []
    assert at_work(LIST, date(2024, 2, 1)) == ["A", "B"]
    assert at_work(LIST, date(2024, 2, 29)) == ["A", "B"]
    assert at_work(LIST, date(2024, 3, 1)) == ["A"]
    assert at_work(LIST, date(2025, 1, 31)) == ["A"]
    assert at_work(LIST, date(2025, 2, 1)) == ["A again"]


def test_every_change_is_told_once() -> None:
    kinds = SubProcessorChangeKind
    assert [(c.kind, c.announced_on, c.effective_on, c.what, c.previous) for c in changes(LIST)] == [
        (kinds.CHANGED, date(2025, 1, 1), date(2025, 2, 1), "A again", "A"),
        (kinds.REMOVED, date(2024, 2, 5), date(2024, 3, 1), "B", None),
        (kinds.ADDED, date(2024, 1, 1), date(2024, 2, 1), "B", None),
        (kinds.ADDED, date(2024, 1, 1), date(2024, 2, 1), "A", None),
    ]
