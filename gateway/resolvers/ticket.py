"""Download tickets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gateway.auth import visible
from gateway.auth.tickets import issue_ticket
from gateway.context import Context
from gateway.errors import ErrorCode, GatewayError
from gateway.resolvers.invoice import pdf_path
from gateway.resolvers.outcome import Outcome, done
from models.ids import prefix_of


@dataclass(frozen=True, slots=True)
class Issued:
    """Where to get the file, and until when."""

    path: str
    expires_at: datetime


async def invoice_ticket_create(context: Context, input: Any) -> Outcome:
    """A ticket for an invoice the viewer can see."""
    viewer = context.signed_in
    invoice = None
    if prefix_of(input.invoice_id) == "inv":
        invoice = await visible.invoices(viewer).get_or_none(id=input.invoice_id)
    if invoice is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=("input", "invoiceId"))
    path, lifetime = pdf_path(context, invoice.number, invoice.id), context.parts.settings.ticket_lifetime
    token = await issue_ticket(viewer, path, lifetime, context.now)
    return done(ticket=Issued(f"{path}?ticket={token}", context.now + timedelta(seconds=lifetime)))
