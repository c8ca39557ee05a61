"""The GiroCode of an invoice that is to be paid by transfer."""

from __future__ import annotations

import asyncio
from functools import lru_cache

from gateway.auth import visible
from gateway.context import Context
from gateway.documents.giro_code import GiroCode, giro_code, is_payable_by_transfer, transfer_to
from gateway.resolvers.invoice_document import direct_debit
from gateway.source.declaration import Many
from models import Invoice

_PAYMENTS = Many("payments", ("paid_on",))

_code_of = lru_cache(maxsize=256)(giro_code)
"""A code takes 7 ms, and one that is asked for once is asked for again."""


async def of_invoice(context: Context, invoice: Invoice) -> GiroCode | None:
    """The code for what is still to be paid, where it is to be paid by transfer."""
    company, loaders = context.parts.company, context.loaders
    payments = await loaders.many(invoice, _PAYMENTS)
    due = invoice.gross_minor - sum(payment.amount_minor for payment in payments)
    by_debit = direct_debit(invoice, await loaders.single(visible.bank_accounts), company) is not None
    if not is_payable_by_transfer(invoice.kind, invoice.state, invoice.currency, due, by_debit=by_debit):
        return None
    return await asyncio.to_thread(_code_of, transfer_to(company, invoice.number, due))
