"""The import itself: records into batches, batches into units of work, and a bad record alone out of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from tortoise.exceptions import IntegrityError, OperationalError

from gateway.auth.passwords import Passwords
from gateway.jobs.importing.batch import AT_ONCE, MOST_ROWS, Batch
from gateway.jobs.importing.first_passwords import FirstPasswords
from gateway.jobs.importing.kinds import KINDS, AnyRecord
from gateway.jobs.importing.lines import read_lines
from gateway.jobs.importing.record import Entry, Refusal
from gateway.keys import Keyring
from models.database import in_unit_of_work


@dataclass
class Outcome:
    """How many records are stored (new, changed or as they were) and how many lines were refused."""

    stored: int = 0
    refused: int = 0


class Importer:
    """Takes records one by one and stores them in batches of one kind.

    A batch is one unit of work, so a killed import leaves whole batches, and repeating it comes to the same end. When
    a database constraint speaks against a batch, its records are stored one by one, and only those it speaks against
    are left out.
    """

    def __init__(
        self,
        keyring: Keyring,
        passwords: Passwords,
        *,
        hashes_at_once: int,
        clock: Callable[[], datetime],
        report: Callable[[Refusal], None],
    ) -> None:
        """`report` is told every reason against a line, `clock` the time of what is stored (aware, UTC)."""
        self._keyring = keyring
        self._first = FirstPasswords(passwords, hashes_at_once)
        self._clock = clock
        self._report = report
        self._batch: list[Entry[Any]] = []
        self._rows = 0
        self._claims: set[str] = set()
        self.outcome = Outcome()

    async def take_all(self, records: Iterable[AnyRecord]) -> Outcome:
        """Store records that never were lines; their numbers are their places, from 1."""
        for number, record in enumerate(records, 1):
            await self.take(Entry(number, record))
        return await self.finish()

    async def take(self, entry: Entry[AnyRecord]) -> None:
        """Add a record; when it does not go with those before it, those are stored first."""
        claims = set(entry.record.claims())
        if self._batch and (
            self._batch[0].record.kind != entry.record.kind
            or len(self._batch) >= AT_ONCE
            or self._rows + entry.record.weight > MOST_ROWS
            or not claims.isdisjoint(self._claims)
        ):
            await self._flush()
        self._batch.append(entry)
        self._rows += entry.record.weight
        self._claims |= claims

    def refuse(self, reasons: Sequence[Refusal]) -> None:
        """Count a line that is no record, and tell why."""
        self.outcome.refused += 1
        for reason in reasons:
            self._report(reason)

    async def finish(self) -> Outcome:
        """Store what is left."""
        await self._flush()
        return self.outcome

    async def _flush(self) -> None:
        entries, self._batch, self._rows, self._claims = self._batch, [], 0, set()
        if not entries:
            return
        kind = KINDS[entries[0].record.kind]
        hashes = await kind.hash(entries, self._first) if kind.hash else {}
        try:
            await self._store(entries, hashes)
        except (IntegrityError, OperationalError):
            # Another process has stored the same just now, or a constraint nobody foresaw is broken: one by one tells.
            for entry in entries:
                await self._store_alone(entry, hashes)

    async def _store_alone(self, entry: Entry[Any], hashes: dict[int, str]) -> None:
        try:
            await self._store([entry], hashes)
        except IntegrityError:
            self.refuse([Refusal(entry.line, entry.record.kind, None, "contradicts what is stored")])

    async def _store(self, entries: list[Entry[Any]], hashes: dict[int, str]) -> None:
        batch: Batch[Any] = Batch(entries, self._clock(), self._keyring, hashes)

        async def work() -> None:
            await KINDS[entries[0].record.kind].store(batch)

        await in_unit_of_work(work)
        self.outcome.stored += len(batch.standing())
        for refusal in batch.refused.values():
            self.refuse([refusal])


async def import_lines(file: BinaryIO, importer: Importer, progress: Callable[[int], None]) -> Outcome:
    """Import every line of a file; `progress` is told how many bytes each was."""
    for read, size in read_lines(file):
        if isinstance(read, Entry):
            await importer.take(read)
        else:
            importer.refuse(read)
        progress(size)
    return await importer.finish()
