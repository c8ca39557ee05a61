"""Direct debits of the demo: those that came back without a reason, as is usual in Germany, and those that the bank has."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from gateway.auth.debit import end_to_end_id
from models import BankAccount, Debit, Invoice, InvoiceState
from models.database import in_unit_of_work
from models.ids import new_id
from models.rules.bank_day import collection_day
from models.rules.berlin import berlin_day

NO_REASON = "MS03"


async def make_debits(now: datetime) -> None:
    """Store one for each invoice that came back or is being collected, unless there is one. The database is connected."""
    await _note_collections()
    states = (InvoiceState.DEBIT_RETURNED, InvoiceState.DEBIT_PENDING)
    for invoice in await Invoice.filter(state__in=states, debits=0).order_by("number"):
        account = await BankAccount.get_or_none(customer_id=invoice.customer_id)
        if account is not None:
            await in_unit_of_work(lambda invoice=invoice, account=account: _store(invoice, account, now))  # type: ignore[misc]  # bound early


async def _note_collections() -> None:
    """Mandates were used for what was paid so far: the last time for the latest invoice."""
    for account in await BankAccount.filter(mandate_used_on=None):
        paid = Invoice.filter(
            customer_id=account.customer_id, state__in=[InvoiceState.PAID, InvoiceState.DEBIT_RETURNED]
        )
        latest = await paid.order_by("-due_on").first()
        if latest is not None:
            await BankAccount.filter(id=account.id).update(mandate_used_on=latest.due_on)


async def _store(invoice: Invoice, account: BankAccount, now: datetime) -> None:
    pending = invoice.state is InvoiceState.DEBIT_PENDING
    asked_on = berlin_day(now) if pending else invoice.due_on - timedelta(days=3)
    collect_on = collection_day(asked_on, 2)
    at = now.replace(microsecond=0) if pending else now.replace(
        year=asked_on.year, month=asked_on.month, day=asked_on.day, hour=9, minute=15, second=0, microsecond=0
    )  # fmt: skip
    fate: dict[str, Any] = (
        {"state": "SUBMITTED", "active_for": invoice.id}
        if pending
        else {"state": "RETURNED", "return_code": NO_REASON, "settled_on": invoice.due_on + timedelta(days=5)}
    )
    id = new_id("deb")
    await Debit.create(
        id=id, customer_id=invoice.customer_id, invoice_id=invoice.id, attempt=1, amount_minor=invoice.gross_minor,
        currency=invoice.currency, holder=account.holder, iban_sealed=account.iban_sealed, iban_last4=account.iban_last4,
        mandate_reference=account.mandate_reference, mandate_signed_on=account.mandate_signed_on, sequence="RCUR",
        end_to_end_id=end_to_end_id(id), collect_on=collect_on, requested_at=at, submitted_at=at + timedelta(hours=20), **fate,
    )  # fmt: skip
    await Invoice.filter(id=invoice.id, debits=0).update(debits=1)
