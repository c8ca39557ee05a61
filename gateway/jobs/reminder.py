"""Reminders of invoices that are not paid: at most one of each level, written with the mail that tells of it.

Each in a unit of work of its own, which holds the invoice and asks the rule again: who is stopped in between is followed by
somebody who finds everything as it was, and what was paid meanwhile is not reminded of.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from gateway.auth import audit
from gateway.auth.client import Client
from gateway.auth.notices import notify
from gateway.auth.sessions import hold_customer
from gateway.jobs.periodic import reason
from models import ActorKind, Debit, Invoice, InvoiceKind, InvoiceReminder, InvoiceState, Payment
from models.database import in_unit_of_work
from models.rules.berlin import berlin_day
from models.rules.money import format_money
from models.rules.reminder import LEVELS, REMINDED, Owed, Reminder, reminder_due

LOOKED_AT = 100
"""Invoices of one step of the walk."""

_log = logging.getLogger(__name__)


class Reminders:
    """A walk over all invoices that may have to be reminded of. A process that starts anew begins anew."""

    def __init__(self) -> None:
        self._last = ""

    async def step(self, now: datetime) -> int:
        """How many invoices were looked at; 0 at the end of the walk, after which the next step begins another."""
        latest = berlin_day(now) - timedelta(days=LEVELS[0].days_after)
        unpaid = Invoice.filter(
            id__gt=self._last,
            kind=InvoiceKind.INVOICE,
            state__in=[InvoiceState(state) for state in REMINDED],
            due_on__lte=latest,
        )
        seen = await unpaid.order_by("id").limit(LOOKED_AT)
        for invoice in seen:
            try:
                if reminder_due(await _owed(invoice), berlin_day(now)) is not None:
                    await in_unit_of_work(partial(_remind, invoice.id, invoice.customer_id, now))
            except Exception as error:
                _log.error("invoice %s: could not be reminded of: %s", invoice.id, reason(error))
        self._last = seen[-1].id if len(seen) == LOOKED_AT else ""
        return len(seen) if self._last else 0


async def _owed(invoice: Invoice) -> Owed:
    paid = sum(await Payment.filter(invoice_id=invoice.id).values_list("amount_minor", flat=True))  # type: ignore[arg-type]  # whole numbers
    credited = sum(await Invoice.filter(corrects_id=invoice.id).values_list("gross_minor", flat=True))  # type: ignore[arg-type]  # whole numbers
    last = await InvoiceReminder.filter(invoice_id=invoice.id).order_by("-level").first()
    debit = await Debit.filter(invoice_id=invoice.id).order_by("-attempt").first()
    return Owed(
        invoice.kind,
        invoice.state,
        invoice.gross_minor - paid - credited,
        invoice.due_on,
        last.level if last else None,
        last.due_on if last else None,
        debit.state if debit else None,
        debit.return_code if debit else None,
    )


async def _remind(invoice_id: str, customer_id: str, now: datetime) -> None:
    """One unit of work: the reminder, its mail and its entry, unless it is not due any more."""
    customer = await hold_customer(customer_id)
    invoice = await Invoice.filter(id=invoice_id).select_for_update(no_key=True).get()
    owed, today = await _owed(invoice), berlin_day(now)
    due = reminder_due(owed, today)
    if due is None:
        return
    fee = due.fee_minor if invoice.currency == "EUR" else 0  # the rule counts in cents
    await InvoiceReminder.create(
        customer_id=customer_id, invoice_id=invoice_id, level=due.level, sent_on=today, due_on=due.due_on,
        fee_minor=fee, currency=invoice.currency,
    )  # fmt: skip
    actor = audit.Actor(ActorKind.SYSTEM, "gateway", customer_id)
    await audit.record(
        actor, Client("", None, invoice_id), now, "invoice.remind", object_id=invoice_id, detail={"level": due.level}
    )
    told = _told(invoice, due, owed.due_minor, fee, customer.language, invoice.due_on)
    await notify(customer, f"invoice_reminder_{due.level}", now, to=customer.invoice_email, **told)


def _told(invoice: Invoice, due: Reminder, owed: int, fee: int, language: str, was_due_on: date) -> dict[str, Any]:
    return {
        "invoice": invoice.number,
        "amount": format_money(owed, invoice.currency, language),
        "fee": format_money(fee, invoice.currency, language),
        "was_due_on": was_due_on.isoformat(),
        "due_on": due.due_on.isoformat(),
    }
