"""Collecting debits into files for the bank: each debit goes into one file at most, whoever is stopped where.

A file is made of what was read, beside the database; then one unit of work stores its bytes and marks its debits, all or
nothing: where one of them is not as it was read, another worker has it and nothing is written. What is stored is handed over
afterwards, under a name that is its own, as often as it takes until `delivered_at` says that it was.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from gateway.documents.collection import Collected, Collection, Creditor, NotCollectable, checked, collection_file
from gateway.documents.company import Company
from gateway.jobs.debit_withdrawal import fit_to_open_amounts, to_collect
from gateway.jobs.periodic import reason
from gateway.keys import IBAN_SEAL, Keyring
from gateway.ports.bank import Bank
from models import BankAccount, Debit, DebitBatch, DebitState, Invoice
from models.database import in_unit_of_work
from models.ids import new_id
from models.rules.bank_day import due_until, reachable_day
from models.rules.berlin import berlin_day

MOST = 2_000
"""Debits of one file: more make another one."""

_log = logging.getLogger(__name__)


class _Taken(Exception):
    """Somebody else has put one of the debits into a file, or less is open than it is about."""


@dataclass(frozen=True, slots=True)
class Made:
    """What one look did: files stored, debits in them, files handed over and not yet, and debits that could not go (ids)."""

    files: int
    debits: int
    delivered: int
    waiting: int
    left_out: tuple[str, ...]


class DebitBatches:
    """Collects for `company` what is due, and hands it to `bank`."""

    def __init__(self, keyring: Keyring, company: Company, bank: Bank) -> None:
        self._keyring = keyring
        self._company = company
        self._bank = bank

    async def submit_due(self, now: datetime) -> int:
        """What the worker does again and again: how much was done."""
        made = await self.export(now)
        return made.files + made.delivered

    async def export(self, now: datetime) -> Made:
        """Store files for everything that has to be at the bank today, and hand over all that is stored."""
        files = debits = 0
        await fit_to_open_amounts(now)
        left_out: set[str] = set()
        while (made := await self._next(now, left_out)) is not None:
            files, debits = files + (made > 0), debits + made
        delivered = await self._deliver(now)
        waiting = await DebitBatch.filter(delivered_at=None).count()
        return Made(files, debits, delivered, waiting, tuple(sorted(left_out)))

    async def _next(self, now: datetime, left_out: set[str]) -> int | None:
        """Store one file: how many debits are in it, `None` when nothing is due. Adds to `left_out` what cannot go."""
        if self._company.creditor_id is None:
            return None
        today = berlin_day(now)
        found = await _due(today, left_out)
        if not found:
            return None
        readable = await self._readable(found, left_out)
        if not readable:
            return 0
        day = max(found[0].collect_on, reachable_day(today))
        collection = self._collection(readable, day, now)
        try:
            content = await asyncio.to_thread(collection_file, collection)
        except NotCollectable as error:
            _log.error("a file for the bank cannot be made: %s", error)
            left_out.update(debit.id for debit, _ in readable)
            return 0
        debits = [debit for debit, _ in readable]
        try:
            await in_unit_of_work(lambda: store(debits, collection, content))
        except _Taken:
            left_out.update(debit.id for debit in debits)  # until the next look
            return 0
        return len(debits)

    async def _readable(self, found: Sequence[Debit], left_out: set[str]) -> list[tuple[Debit, Collected]]:
        """Those whose IBAN can be read; the others are left out, and said so."""
        numbers = dict(await Invoice.filter(id__in=[d.invoice_id for d in found]).values_list("id", "number"))
        readable = []
        for debit in found:
            try:
                iban = self._keyring.unseal(IBAN_SEAL, debit.iban_sealed)
                collected = _collected(debit, iban, str(numbers[debit.invoice_id]))
                readable.append((debit, await asyncio.to_thread(checked, collected)))
            except NotCollectable as error:
                _log.error("debit %s cannot be collected: %s", debit.id, error)
                left_out.add(debit.id)
            except ValueError:
                _log.error("debit %s: its IBAN cannot be read with the keys there are", debit.id)
                left_out.add(debit.id)
        return readable

    def _collection(self, readable: Sequence[tuple[Debit, Collected]], day: date, now: datetime) -> Collection:
        company = self._company
        assert company.creditor_id is not None  # asked before
        creditor = Creditor(company.name, company.iban, company.bic, company.creditor_id)
        message_id = new_id("dbt").replace("_", "-").upper()
        sequence = readable[0][0].sequence.value
        return Collection(message_id, now, day, sequence, creditor, tuple(collected for _, collected in readable))

    async def _deliver(self, now: datetime) -> int:
        """Hand over what is stored and was not handed over yet. One that fails is left for the next look."""
        delivered = 0
        for batch in await DebitBatch.filter(delivered_at=None).order_by("id"):
            try:
                await self._bank.hand_over(f"{batch.message_id}.xml", bytes(batch.content))
            except Exception as error:
                _log.error("file %s for the bank could not be handed over: %s", batch.message_id, reason(error))
                continue
            await in_unit_of_work(lambda id=batch.id: _note_delivered(id, now))  # type: ignore[misc]  # bound early
            delivered += 1
        return delivered


async def _due(today: date, left_out: set[str]) -> list[Debit]:
    """Debits of one file, oldest first: of one day and one sequence type. What is late goes with the first day there is."""
    waiting = Debit.filter(state=DebitState.REQUESTED, collect_on__lte=due_until(today)).exclude(id__in=list(left_out))
    first = await waiting.order_by("collect_on", "id").first()
    if first is None:
        return []
    alike = waiting.filter(sequence=first.sequence)
    soonest = reachable_day(today)
    late = first.collect_on <= soonest
    group = alike.filter(collect_on__lte=soonest) if late else alike.filter(collect_on=first.collect_on)
    return await group.order_by("collect_on", "id").limit(MOST)


def _collected(debit: Debit, iban: str, number: str) -> Collected:
    return Collected(
        reference=debit.end_to_end_id,
        amount_minor=debit.amount_minor,
        holder=debit.holder,
        iban=iban,
        mandate=debit.mandate_reference,
        mandate_signed_on=debit.mandate_signed_on,
        text=f"Rechnung {number}",
    )


async def store(debits: Sequence[Debit], collection: Collection, content: bytes) -> None:
    """Keep the bytes and mark the debits as in them: inside a unit of work. Raises when one is somebody else's by now.

    The invoices are held, so that no payment is booked between looking at what is open and marking the debits.
    """
    held = Invoice.filter(id__in=[debit.invoice_id for debit in debits]).order_by("id")
    amounts = await to_collect(await held.select_for_update(no_key=True))
    if any(amounts[debit.invoice_id] < debit.amount_minor for debit in debits):
        raise _Taken
    batch = await DebitBatch.create(
        message_id=collection.message_id,
        collect_on=collection.collect_on,
        debits=len(debits),
        sum_minor=sum(debit.amount_minor for debit in debits),
        currency="EUR",
        sha256=sha256(content).hexdigest(),
        content=content,
        created_at=collection.created_at,
    )
    ids = [debit.id for debit in debits]
    mine = Debit.filter(id__in=ids, state=DebitState.REQUESTED, batch_id=None)
    taken = await mine.update(
        state=DebitState.SUBMITTED,
        batch_id=batch.id,
        submitted_at=collection.created_at,
        collect_on=collection.collect_on,
    )
    if taken != len(ids):
        raise _Taken
    references = {debit.mandate_reference for debit in debits}
    accounts = BankAccount.filter(mandate_reference__in=list(references))
    await accounts.update(mandate_used_on=collection.collect_on)


async def _note_delivered(id: str, now: datetime) -> None:
    await DebitBatch.filter(id=id, delivered_at=None).update(delivered_at=now)
