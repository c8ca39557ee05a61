"""Looks whether the audit entries are all there and as they were written (SECURITY L3).

Every chain is recomputed from its first entry, some rows at a time and beside a gateway that serves: entries never change,
so what is read in parts is as good as read at once, and the end of each chain is compared within one statement.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gateway.auth.audit_chain import BEGINNING, SEALED_COLUMNS, end_seal, entry_seal, key_number
from gateway.auth.drivers import instant, placed
from gateway.keys import Keyring
from models.database import fetch

CUSTOMERS_AT_ONCE = 200
ENTRIES_AT_ONCE = 1_000


class Problem(StrEnum):
    """What is wrong with an entry or a chain, as people read it."""

    CHANGED = "was changed, or is not in its place"
    REMOVED = "is missing"
    UNSEALED = "was never sealed"
    UNKNOWN_KEY = "was sealed with a key that is not in the keyring"
    TRUNCATED = "is not where the chain ends: entries at the end were removed or put in, or the end itself was changed"
    NO_CHAIN = "is there, but the end of the chain is not"


@dataclass(frozen=True, slots=True)
class Finding:
    """A defect. `number` is the entry's in its chain, `last` that of the last one where several in a row are missing."""

    customer: str
    problem: Problem
    number: int | None = None
    last: int | None = None
    id: str | None = None

    def __str__(self) -> str:
        which = f"entry {self.number}" if self.number is not None else "an entry"
        if self.last not in (None, self.number):
            which = f"each of the entries {self.number} to {self.last}"
        return f"customer {self.customer}: {which}{f' ({self.id})' if self.id else ''} {self.problem}"


@dataclass
class Tally:
    """What was looked at. `unsealed` entries are older than the chain of their customer, which is no defect."""

    customers: int = 0
    entries: int = 0
    unsealed: int = 0


_CUSTOMERS = "SELECT id, number FROM customer WHERE id > $1 ORDER BY id LIMIT $2"

_CUSTOMER = "SELECT id, number FROM customer WHERE number = $1"

_ENTRIES = f"""
SELECT {", ".join(SEALED_COLUMNS)}, seal FROM audit_event
WHERE (customer_id, number) > ($1, $2) AND customer_id <= $3 ORDER BY customer_id, number LIMIT $4"""  # noqa: S608 - names of our own columns

_ENDS = """
SELECT u.id, c.number, c.seal, e.number, e.seal FROM customer u
LEFT JOIN audit_chain c ON c.customer_id = u.id
LEFT JOIN audit_event e ON e.customer_id = u.id
 AND e.number = (SELECT max(m.number) FROM audit_event m WHERE m.customer_id = u.id)
WHERE u.id >= $1 AND u.id <= $2"""

_UNSEALED = """
SELECT e.id, e.customer_id, (SELECT f.id FROM audit_event f WHERE f.customer_id = e.customer_id AND f.number = 1)
FROM audit_event e
WHERE e.number IS NULL AND e.customer_id >= $1 AND e.customer_id <= $2 ORDER BY e.id"""

_LEAST = -(2**31)
"""Below every number a column can hold, so that a number somebody made negative is found."""


async def find_customer(number: str) -> str | None:
    """The id of the customer with a customer number."""
    rows = await fetch(placed(_CUSTOMER), [number])
    return rows[0][0] if rows else None


async def verify(keyring: Keyring, tally: Tally, only: str | None = None) -> AsyncIterator[Finding]:
    """Everything that is wrong with the chains of all customers, or of the one with the id `only`."""
    last = ""
    while True:
        if only is not None:
            customers = await fetch(placed("SELECT id, number FROM customer WHERE id = $1"), [only])
        else:
            customers = await fetch(placed(_CUSTOMERS), [last, CUSTOMERS_AT_ONCE])
        if customers:
            names = {row[0]: row[1] for row in customers}
            tally.customers += len(names)
            async for finding in _verify(keyring, names, tally):
                yield finding
            last = customers[-1][0]
        if only is not None or len(customers) < CUSTOMERS_AT_ONCE:
            return


async def _verify(keyring: Keyring, names: Mapping[str, str], tally: Tally) -> AsyncIterator[Finding]:
    first, last = min(names), max(names)
    links: dict[str, _Link] = {id: _Link(name) for id, name in names.items()}
    async for row in _entries(first, last):
        if row["customer_id"] in links:  # one who came meanwhile is looked at next time
            tally.entries += 1
            for finding in links[row["customer_id"]].follow(keyring, id=row["customer_id"], entry=row):
                yield finding
    for id, entries, end, number, seal in await fetch(placed(_ENDS), [first, last]):
        if id in names and (problem := _end_problem(keyring, id, (entries, end), (number, seal))):
            yield Finding(names[id], problem, number)
    for entry, id, sealed in await fetch(placed(_UNSEALED), [first, last]):
        if id not in names:
            continue
        if sealed is not None and entry > sealed:  # ids run with time
            yield Finding(names[id], Problem.UNSEALED, id=entry)
        else:
            tally.unsealed += 1


async def _entries(first: str, last: str) -> AsyncIterator[dict[str, Any]]:
    """The sealed entries of a range of customers, chain by chain, as the driver gives them."""
    place: Sequence[Any] = (first, _LEAST)
    while True:
        rows = await fetch(placed(_ENTRIES), [*place, last, ENTRIES_AT_ONCE])
        for row in rows:
            yield dict(zip((*SEALED_COLUMNS, "seal"), row, strict=True))
        if len(rows) < ENTRIES_AT_ONCE:
            return
        place = (rows[-1][SEALED_COLUMNS.index("customer_id")], rows[-1][SEALED_COLUMNS.index("number")])


class _Link:
    """Where in a chain the walk is: the number of the last entry seen, and the end of the chain behind it."""

    def __init__(self, customer: str) -> None:
        self._customer = customer
        self._number = 0
        self._end: str | None = BEGINNING
        """`None`: unknown, because an entry is missing or its seal is no seal."""

    def follow(self, keyring: Keyring, *, id: str, entry: Mapping[str, Any]) -> list[Finding]:
        """What the next entry shows."""
        number: Any = entry["number"]
        found: list[Finding] = []
        if not isinstance(number, int):  # SQLite takes a text for a number
            return [Finding(self._customer, Problem.CHANGED, id=entry["id"])]
        if number > self._number + 1:
            found.append(Finding(self._customer, Problem.REMOVED, self._number + 1, number - 1))
            self._end = None
        if problem := self._entry_problem(keyring, entry):
            found.append(Finding(self._customer, problem, number, id=entry["id"]))
        self._number = max(number, self._number)
        try:
            self._end = end_seal(keyring, id, number, str(entry["seal"]))
        except (KeyError, ValueError):
            self._end = None
        return found

    def _entry_problem(self, keyring: Keyring, entry: Mapping[str, Any]) -> Problem | None:
        if entry["number"] <= self._number:
            return Problem.CHANGED
        try:
            key = key_number(str(entry["seal"]))
            if key not in keyring.numbers:
                return Problem.UNKNOWN_KEY
            if self._end is None:  # what it was sealed together with is gone, so its seal says nothing
                return None
            values = {**entry, "occurred_at": instant(entry["occurred_at"]), "detail": _detail(entry["detail"])}
            right = hmac.compare_digest(entry_seal(keyring, key, values, self._end), str(entry["seal"]))
        except (KeyError, TypeError, ValueError, AttributeError):  # a value no entry can have
            right = False
        return None if right else Problem.CHANGED


def _detail(value: Any) -> Any:
    """A detail as it was recorded: both drivers give JSON as text."""
    return json.loads(value) if isinstance(value, str) else value


def _end_problem(
    keyring: Keyring, id: str, chain: tuple[int | None, str | None], last: tuple[int | None, str | None]
) -> Problem | None:
    """Whether a chain ends with the last of its entries, both read at the same moment."""
    entries, end = chain
    number, seal = last
    if entries is None or end is None:
        return None if number is None else Problem.NO_CHAIN
    try:
        right = entries == (number or 0) and hmac.compare_digest(end_seal(keyring, id, entries, seal or ""), end)
    except KeyError:
        return Problem.UNKNOWN_KEY
    except (TypeError, ValueError):
        right = False
    return None if right else Problem.TRUNCATED
