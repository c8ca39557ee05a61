"""Who processes data on our behalf on a day, and how that list came about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

EEA = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()  # noqa: SIM905 - shorter
)
"""The European Union, and Iceland, Liechtenstein and Norway: elsewhere a transfer needs a safeguard (Art. 44 GDPR)."""


class Term(Protocol):
    """One stretch of time in which a sub-processor works as described: from `since` to `until`, which is not in it."""

    @property
    def name(self) -> str: ...
    @property
    def announced_on(self) -> date: ...
    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date | None: ...
    @property
    def end_announced_on(self) -> date | None: ...


T = TypeVar("T", bound=Term)


class SubProcessorChangeKind(StrEnum):
    """What becomes of the list."""

    ADDED = "ADDED"
    CHANGED = "CHANGED"
    REMOVED = "REMOVED"


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """From `effective_on` on `term` is on the list, in the place of `previous` where it has the same name; or it is not."""

    kind: SubProcessorChangeKind
    announced_on: date
    effective_on: date
    term: T
    previous: T | None = None


def at_work(terms: Iterable[T], day: date) -> list[T]:
    """Those of a day, by name."""
    return sorted(
        (term for term in terms if term.since <= day and (term.until is None or day < term.until)),
        key=lambda term: (term.name.casefold(), term.since),
    )


def changes(terms: Sequence[T]) -> list[Change[T]]:
    """Every change there was or is announced, the latest first.

    A term that begins on the day on which another of the same name ends is a change of it.
    """
    ended = {(term.name, term.until): term for term in terms if term.until is not None}
    found: list[Change[T]] = []
    for term in terms:
        previous = ended.pop((term.name, term.since), None)
        kind = SubProcessorChangeKind.ADDED if previous is None else SubProcessorChangeKind.CHANGED
        found.append(Change(kind, term.announced_on, term.since, term, previous))
    for (_, until), term in ended.items():
        assert until is not None  # by the condition above
        found.append(Change(SubProcessorChangeKind.REMOVED, term.end_announced_on or until, until, term))
    return sorted(
        found, key=lambda change: (change.effective_on, change.term.name.casefold(), change.kind), reverse=True
    )
