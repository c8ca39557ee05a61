"""What of an invoice is still to be paid, and what state that leaves it in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models import Debit, Invoice, InvoiceKind, InvoiceState, Payment


async def open_amounts(invoices: Sequence[Invoice]) -> dict[str, int]:
    """By id of the invoice: its gross amount less payments and credit notes, in minor units; negative when too much was paid.

    A caller that acts on it holds the invoices: who books a payment locks its invoice first.
    """
    ids = [invoice.id for invoice in invoices]
    amounts = {str(invoice.id): int(invoice.gross_minor) for invoice in invoices}
    for id, paid in await Payment.filter(invoice_id__in=ids).values_list("invoice_id", "amount_minor"):
        amounts[str(id)] -= int(str(paid))
    credited = Invoice.filter(corrects_id__in=ids, kind=InvoiceKind.CREDIT_NOTE)
    for id, taken_off in await credited.values_list("corrects_id", "gross_minor"):
        amounts[str(id)] -= int(str(taken_off))
    return amounts


async def state_after_debit(invoice: Invoice, returned: bool, today: date) -> InvoiceState:
    """What an invoice is once a debit of it has come to an end; what was cancelled stays so."""
    if invoice.state is InvoiceState.CANCELLED:
        return InvoiceState.CANCELLED
    if await Debit.filter(active_for=invoice.id).exists():
        return InvoiceState.DEBIT_PENDING
    if (await open_amounts([invoice]))[invoice.id] <= 0:
        return InvoiceState.PAID
    if returned:
        return InvoiceState.DEBIT_RETURNED
    return InvoiceState.OVERDUE if invoice.due_on < today else InvoiceState.OPEN
