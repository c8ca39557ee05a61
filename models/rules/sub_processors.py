"""Who processes data on our behalf on a day, and how that list came about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

EEA = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()  # noqa: SIM905 - shorter
)
"""The European Union, and Iceland, Liechtenstein and Norway: elsewhere a transfer needs a safeguard (Art. 44 GDPR)."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Term(Generic[T]):
    """A stretch of time in which `what` is on the list, as it is: from `since` to `until`, which is not in it."""

    what: T
    name: str
    announced_on: date
    since: date
    until: date | None = None
    end_announced_on: date | None = None


class SubProcessorChangeKind(StrEnum):
    """What becomes of the list."""

    ADDED = "ADDED"
    CHANGED = "CHANGED"
    REMOVED = "REMOVED"


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """From `effective_on` on `what` is on the list, in the place of `previous` where it has the same name; or it is not."""

    kind: SubProcessorChangeKind
    announced_on: date
    effective_on: date
    what: T
    previous: T | None = None


def at_work(terms: Iterable[Term[T]], day: date) -> list[T]:
    """Those of a day, by name."""
    those = (term for term in terms if term.since <= day and (term.until is None or day < term.until))
    return [term.what for term in sorted(those, key=lambda term: (term.name.casefold(), term.since))]


def changes(terms: Sequence[Term[T]]) -> list[Change[T]]:
    """Every change there was or is announced, the latest first.

    A term that begins on the day on which another of the same name ends is a change of it.
    """
    ended = {(term.name, term.until): term for term in terms if term.until is not None}
    found: list[tuple[str, Change[T]]] = []
    for term in terms:
        previous = ended.pop((term.name, term.since), None)
        kind = SubProcessorChangeKind.CHANGED if previous else SubProcessorChangeKind.ADDED
        before = previous.what if previous else None
        found.append((term.name, Change(kind, term.announced_on, term.since, term.what, before)))
    for (name, until), term in ended.items():
        assert until is not None  # by the condition above
        told = term.end_announced_on or until
        found.append((name, Change(SubProcessorChangeKind.REMOVED, told, until, term.what)))
    found.sort(key=lambda entry: (entry[1].effective_on, entry[0].casefold(), entry[1].kind), reverse=True)
    return [change for _, change in found]
