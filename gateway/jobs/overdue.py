"""Invoices that were due until yesterday, in Berlin, and are not paid: they become overdue, in small units of work."""

from __future__ import annotations

from datetime import datetime

from gateway.auth import audit
from gateway.auth.client import Client
from models import ActorKind, Invoice, InvoiceKind, InvoiceState
from models.database import in_unit_of_work
from models.rules.berlin import berlin_day

AT_ONCE = 100
"""Invoices of one unit of work."""


async def mark_overdue(now: datetime) -> int:
    """Mark what is due, up to `AT_ONCE` invoices; how many it were. Rows that somebody else holds are passed over."""

    async def mark() -> int:
        late = Invoice.filter(state=InvoiceState.OPEN, kind=InvoiceKind.INVOICE, due_on__lt=berlin_day(now))
        rows = await late.order_by("due_on", "id").limit(AT_ONCE).select_for_update(skip_locked=True)
        for row in sorted(rows, key=lambda row: (row.customer_id, row.id)):
            if await Invoice.filter(id=row.id, state=InvoiceState.OPEN).update(state=InvoiceState.OVERDUE):
                actor = audit.Actor(ActorKind.SYSTEM, "gateway", row.customer_id)
                await audit.record(actor, Client("", None, row.id), now, "invoice.overdue", object_id=row.id)
        return len(rows)

    return await in_unit_of_work(mark)
