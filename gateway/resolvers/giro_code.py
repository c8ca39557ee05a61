"""The GiroCode of an invoice that is to be paid by transfer."""

from __future__ import annotations

import asyncio

from gateway.context import Context
from gateway.documents.giro_code import GiroCode, giro_code, is_payable_by_transfer, transfer_to
from gateway.resolvers.invoice_document import is_collected


def of_invoice(
    context: Context,
    number: str,
    kind: str,
    state: str,
    currency: str,
    gross_minor: int,
    paid_minor: int,
    payment_method: str,
    buyer: object,
    mandate_reference: str | None,
) -> GiroCode | None:
    """The code for what is still to be paid, where it is to be paid by transfer."""
    company, due = context.parts.company, gross_minor - paid_minor
    by_debit = is_collected(payment_method, buyer, mandate_reference, company)
    if not is_payable_by_transfer(kind, state, currency, due, by_debit=by_debit):
        return None
    return giro_code(transfer_to(company, number, due))


async def svg(code: GiroCode) -> str:
    """The code as a picture, drawn beside the event loop: it takes 7 ms."""
    return await asyncio.to_thread(lambda: code.svg)
