"""Booking what a bank reports: each entry in a unit of work of its own, and none twice.

A file is read as a whole before anything is booked: one that is malformed writes nothing. An entry is remembered by its
fingerprint in the unit that books it, so that a file can be read again after a stop, or by two at once. The state of the debit
guards it once more: the same return in another message finds a debit that has come back already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from tortoise.exceptions import IntegrityError

from gateway.auth import audit
from gateway.auth.client import Client
from gateway.auth.notices import notify
from gateway.documents.bank_report import BankReport, Entry, Kind
from gateway.jobs.open_amount import state_after_debit
from models import (
    ActorKind,
    BankEntry,
    Customer,
    Debit,
    DebitBatch,
    DebitState,
    Invoice,
    Payment,
    PaymentMethod,
)
from models.database import in_unit_of_work
from models.rules.berlin import berlin_day
from models.rules.money import format_money

_PARTIAL = "{fingerprint}:{debit}"


class Result(StrEnum):
    """What became of an entry. All but the first three need somebody to look."""

    COLLECTED = "COLLECTED"
    RETURNED = "RETURNED"
    READ_BEFORE = "READ_BEFORE"
    UNKNOWN = "UNKNOWN"
    AMOUNT_DIFFERS = "AMOUNT_DIFFERS"
    UNEXPECTED_STATE = "UNEXPECTED_STATE"


FINE = frozenset({Result.COLLECTED, Result.RETURNED, Result.READ_BEFORE})


@dataclass(slots=True)
class Booked:
    """A file that was booked: how often what happened, and what somebody should look at (result, reference)."""

    message_id: str
    passed_over: int
    results: Counter[Result] = field(default_factory=Counter)
    open: list[tuple[Result, str]] = field(default_factory=list)

    def add(self, result: Result, reference: str) -> None:
        """Count one."""
        self.results[result] += 1
        if result not in FINE:
            self.open.append((result, reference))


async def book(report: BankReport, now: datetime, progress: Callable[[int], None] = lambda entries: None) -> Booked:
    """Book every entry. May be stopped and done again at any time: what was booked is not booked again."""
    booked = Booked(report.message_id, report.passed_over)
    for entry in report.entries:
        for result, reference in await _book(entry, now):
            booked.add(result, reference)
        progress(1)
    return booked


async def _book(entry: Entry, now: datetime) -> list[tuple[Result, str]]:
    if entry.batch_id is None:
        return [(await _once(entry, entry.fingerprint, None, now), entry.end_to_end_id or "")]
    batch = await DebitBatch.get_or_none(message_id=entry.batch_id)
    differs = batch is not None and (
        (entry.amount_minor is not None and (entry.amount_minor, entry.currency) != (batch.sum_minor, batch.currency))
        or (entry.debits is not None and entry.debits != batch.debits)
    )
    if batch is None or differs:
        wrong = Result.UNKNOWN if batch is None else Result.AMOUNT_DIFFERS
        return [(await _only_noted(entry, wrong, now), entry.batch_id)]
    ids = await Debit.filter(batch_id=batch.id).order_by("id").values_list("id", "end_to_end_id")
    return [
        (await _once(entry, _fingerprint_in(entry, str(id)), str(reference), now), str(reference))
        for id, reference in ids
    ]


def _fingerprint_in(entry: Entry, debit_id: str) -> str:
    """That of one debit of a batch which was reported as a whole."""
    return sha256(_PARTIAL.format(fingerprint=entry.fingerprint, debit=debit_id).encode()).hexdigest()


async def _only_noted(entry: Entry, result: Result, now: datetime) -> Result:
    async def note() -> Result:
        if await BankEntry.filter(fingerprint=entry.fingerprint).exists():
            return Result.READ_BEFORE
        await _note(entry, entry.fingerprint, entry.end_to_end_id, None, result, now)
        return result

    return await _unless_read(note, entry.fingerprint)


async def _once(entry: Entry, fingerprint: str, reference: str | None, now: datetime) -> Result:
    """Book an entry for one debit, in one unit of work."""

    async def unit() -> Result:
        if await BankEntry.filter(fingerprint=fingerprint).exists():
            return Result.READ_BEFORE
        sought = reference or entry.end_to_end_id or ""
        debit = await Debit.filter(end_to_end_id=sought).select_for_update(no_key=True).first()
        whole_batch = reference is not None
        result = _result(entry, debit, whole_batch)
        await _note(entry, fingerprint, sought, debit, result, now)
        if debit is not None and result in (Result.COLLECTED, Result.RETURNED):
            await _settle(entry, debit, now)
        return result

    return await _unless_read(unit, fingerprint)


async def _unless_read(work: Callable[[], Awaitable[Result]], fingerprint: str) -> Result:
    try:
        return await in_unit_of_work(work)
    except IntegrityError:
        if not await BankEntry.filter(fingerprint=fingerprint).exists():
            raise
        return Result.READ_BEFORE  # somebody else is reading the same file, and was quicker with this entry


def _result(entry: Entry, debit: Debit | None, whole_batch: bool) -> Result:
    """What an entry does to a debit."""
    if debit is None:
        return Result.UNKNOWN
    given = (entry.amount_minor, entry.currency)
    if not whole_batch and entry.amount_minor is not None and given != (debit.amount_minor, debit.currency):
        return Result.AMOUNT_DIFFERS
    if entry.kind is Kind.COLLECTED:
        return Result.COLLECTED if debit.state is DebitState.SUBMITTED else _again(debit, DebitState.COLLECTED)
    collected_or_out = debit.state in (DebitState.SUBMITTED, DebitState.COLLECTED)
    return Result.RETURNED if collected_or_out else _again(debit, DebitState.RETURNED)


def _again(debit: Debit, state: DebitState) -> Result:
    return Result.READ_BEFORE if debit.state is state else Result.UNEXPECTED_STATE


async def _note(
    entry: Entry, fingerprint: str, reference: str | None, debit: Debit | None, result: Result, now: datetime
) -> None:
    await BankEntry.create(
        fingerprint=fingerprint,
        message_id=entry.message_id,
        end_to_end_id=reference,
        debit_id=None if debit is None else debit.id,
        return_code=entry.return_code,
        amount_minor=entry.amount_minor if entry.amount_minor is not None else (debit.amount_minor if debit else 0),
        currency=entry.currency or (debit.currency if debit else "EUR"),
        booked_on=entry.booked_on or berlin_day(now),
        result=result.value,
        read_at=now,
    )


async def _settle(entry: Entry, debit: Debit, now: datetime) -> None:
    """The debit, its payment, its invoice, the audit log and a mail: inside the unit that holds the debit."""
    returned, day = entry.kind is Kind.RETURNED, entry.booked_on or berlin_day(now)
    before = debit.state
    unchanged = Debit.filter(id=debit.id, state=before)
    state = DebitState.RETURNED if returned else DebitState.COLLECTED
    code = entry.return_code if returned else None
    if await unchanged.update(state=state, active_for=None, settled_on=day, return_code=code) != 1:
        raise RuntimeError("a debit that is held has changed")  # pragma: no cover - it is locked
    if not returned or before is DebitState.COLLECTED:
        await _pay(debit, -debit.amount_minor if returned else debit.amount_minor, day)
    invoice = await Invoice.filter(id=debit.invoice_id).select_for_update(no_key=True).get()
    await Invoice.filter(id=invoice.id).update(state=await state_after_debit(invoice, returned, berlin_day(now)))
    await _tell(debit, invoice, returned, code, now)


async def _pay(debit: Debit, amount: int, day: date) -> None:
    await Payment.create(
        customer_id=debit.customer_id,
        invoice_id=debit.invoice_id,
        method=PaymentMethod.DIRECT_DEBIT,
        paid_on=day,
        amount_minor=amount,
        currency=debit.currency,
        reference=debit.end_to_end_id,
    )


async def _tell(debit: Debit, invoice: Invoice, returned: bool, code: str | None, now: datetime) -> None:
    actor = audit.Actor(ActorKind.SYSTEM, "gateway", debit.customer_id)
    detail = {"name": invoice.number, "attempt": debit.attempt, "amount_minor": debit.amount_minor, "code": code}
    client = Client("", None, debit.id)
    if returned:
        await audit.record(actor, client, now, "debit.return", object_id=invoice.id, result="OK", detail=detail)
        customer = await Customer.get(id=debit.customer_id)
        amount = format_money(debit.amount_minor, debit.currency, customer.language)
        await notify(customer, "debit_returned", now, invoice=invoice.number, amount=amount, code=code)
    else:
        await audit.record(actor, client, now, "debit.collect", object_id=invoice.id, result="OK", detail=detail)
