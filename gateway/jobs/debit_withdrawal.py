"""Debits that wait for a file, brought to what their invoices are still open by: never more is collected than is owed.

A payment or a credit note may be booked after a debit was asked for. What it leaves open is collected; where it leaves nothing,
the debit is withdrawn. Both are in the audit log.
"""

from __future__ import annotations

from datetime import datetime

from gateway.auth import audit
from gateway.auth.client import Client
from gateway.jobs.open_amount import open_amounts, state_after_debit
from models import ActorKind, Debit, DebitState, Invoice, InvoiceState
from models.database import in_unit_of_work
from models.rules.berlin import berlin_day

AT_ONCE = 1_000
"""Debits that are looked at by one pair of statements."""

SETTLED = (InvoiceState.PAID, InvoiceState.CANCELLED)
"""States of an invoice of which nothing is collected, whatever was booked."""


async def to_collect(invoices: list[Invoice]) -> dict[str, int]:
    """By id of the invoice: what may be collected, 0 where nothing may."""
    amounts = await open_amounts(invoices)
    return {i.id: 0 if i.state in SETTLED else max(0, amounts[i.id]) for i in invoices}


async def fit_to_open_amounts(now: datetime) -> int:
    """Lower and withdraw what is more than is open, each in a unit of work of its own: how many it were."""
    changed, after = 0, ""
    while waiting := await _waiting(after):
        after = waiting[-1].id
        invoices = await Invoice.filter(id__in=[debit.invoice_id for debit in waiting])
        amounts = await to_collect(invoices)
        for debit in waiting:
            if amounts[debit.invoice_id] < debit.amount_minor:
                changed += await in_unit_of_work(lambda id=debit.id: _fit(id, now))  # type: ignore[misc]  # bound early
    return changed


async def _waiting(after: str) -> list[Debit]:
    return await Debit.filter(state=DebitState.REQUESTED, id__gt=after).order_by("id").limit(AT_ONCE)


async def _fit(id: str, now: datetime) -> int:
    """Inside a unit of work. Looks again at what it holds: a file may have been made meanwhile."""
    known = await Debit.get(id=id)
    invoice = await Invoice.filter(id=known.invoice_id).select_for_update(no_key=True).get()
    debit = await Debit.filter(id=id, state=DebitState.REQUESTED).select_for_update(no_key=True).first()
    amount = (await to_collect([invoice]))[invoice.id]
    if debit is None or debit.amount_minor <= amount:
        return 0
    if amount:
        await Debit.filter(id=id).update(amount_minor=amount)
        await _note(debit, invoice, amount, now, withdrawn=False)
        return 1
    await Debit.filter(id=id).update(state=DebitState.WITHDRAWN, active_for=None)
    if invoice.state is InvoiceState.DEBIT_PENDING:
        state = await state_after_debit(invoice, False, berlin_day(now))
        await Invoice.filter(id=invoice.id).update(state=state)
    await _note(debit, invoice, amount, now, withdrawn=True)
    return 1


async def _note(debit: Debit, invoice: Invoice, amount: int, now: datetime, *, withdrawn: bool) -> None:
    detail = {
        "name": invoice.number,
        "attempt": debit.attempt,
        "amount_minor": debit.amount_minor,
        "open_minor": amount,
    }
    actor = audit.Actor(ActorKind.SYSTEM, "gateway", debit.customer_id)
    client = Client("", None, debit.id)
    await audit.record(
        actor, client, now, "debit.withdraw" if withdrawn else "debit.reduce", object_id=invoice.id, detail=detail
    )
