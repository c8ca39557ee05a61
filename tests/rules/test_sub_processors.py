"""Who is on the list of sub-processors on a day, and how it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.rules.sub_processors import SubProcessorChangeKind, at_work, changes


@dataclass
class Stretch:
    name: str
    announced_on: date
    since: date
    until: date | None = None
    end_announced_on: date | None = None


A = Stretch("A", date(2024, 1, 1), date(2024, 2, 1), date(2025, 2, 1), date(2025, 1, 1))
A_AGAIN = Stretch("A", date(2025, 1, 1), date(2025, 2, 1))
B = Stretch("b", date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1), date(2024, 2, 5))
LIST = [B, A_AGAIN, A]


def test_the_last_day_is_not_in_it() -> None:
    assert at_work(LIST, date(2024, 1, 31)) == []
    assert at_work(LIST, date(2024, 2, 1)) == [A, B]
    assert at_work(LIST, date(2024, 2, 29)) == [A, B]
    assert at_work(LIST, date(2024, 3, 1)) == [A]
    assert at_work(LIST, date(2025, 1, 31)) == [A]
    assert at_work(LIST, date(2025, 2, 1)) == [A_AGAIN]


def test_every_change_is_told_once() -> None:
    kinds = SubProcessorChangeKind
    assert [(c.kind, c.announced_on, c.effective_on, c.term, c.previous) for c in changes(LIST)] == [
        (kinds.CHANGED, date(2025, 1, 1), date(2025, 2, 1), A_AGAIN, A),
        (kinds.REMOVED, date(2024, 2, 5), date(2024, 3, 1), B, None),
        (kinds.ADDED, date(2024, 1, 1), date(2024, 2, 1), B, None),
        (kinds.ADDED, date(2024, 1, 1), date(2024, 2, 1), A, None),
    ]
