"""Invoices become overdue on the day after they were due, and are reminded of: once for each level."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gateway.jobs.notices import notice_mail
from gateway.jobs.overdue import mark_overdue
from gateway.jobs.reminder import Reminders
from models import AuditEvent, Debit, Invoice, InvoiceReminder, OutboxMessage, Payment
from models.rules.berlin import end_of_day
from tests.api.debiting import came_back
from tests.world import World, make_world

DUE = date(2026, 3, 20)
FIRST = datetime(2026, 3, 27, 10, tzinfo=UTC)


@pytest.fixture
async def world(database: str) -> World:
    made = await make_world()
    await Invoice.all().update(state="PAID")
    return made


async def bill(world: World, number: str = "M-1", state: str = "OVERDUE", **values: Any) -> Invoice:
    given: dict[str, Any] = {
        "issued_on": date(2026, 3, 1), "due_on": DUE, "currency": "EUR", "net_minor": 1_000, "vat_minor": 190,
        "gross_minor": 1_190, "created_at": FIRST,
    }  # fmt: skip
    return await Invoice.create(customer_id=world.owner.customer, number=number, state=state, **given | values)


async def levels(invoice: Invoice) -> list[int]:
    return [row.level for row in await InvoiceReminder.filter(invoice_id=invoice.id).order_by("level")]


async def test_an_invoice_is_overdue_when_its_day_is_over_in_berlin(world: World) -> None:
    invoice, note = await bill(world, state="OPEN"), await bill(world, "G-1", "OPEN", kind="CREDIT_NOTE")
    assert await mark_overdue(end_of_day(DUE) - timedelta(seconds=1)) == 0
    assert await mark_overdue(end_of_day(DUE)) == 1
    assert (await Invoice.get(id=invoice.id)).state == "OVERDUE"
    assert (await Invoice.get(id=note.id)).state == "OPEN"
    assert await mark_overdue(end_of_day(DUE)) == 0
    assert await AuditEvent.filter(action="invoice.overdue", object_id=invoice.id).count() == 1


async def test_what_is_being_debited_or_paid_does_not_become_overdue(world: World) -> None:
    for number, state in enumerate(("DEBIT_PENDING", "DEBIT_RETURNED", "PAID", "CANCELLED")):
        await bill(world, f"N-{number}", state)
    assert await mark_overdue(FIRST) == 0


async def test_three_levels_follow_each_other_with_a_mail_each_and_then_a_person_looks(world: World) -> None:
    invoice = await bill(world)
    await Reminders().step(FIRST - timedelta(days=1))
    assert await levels(invoice) == []
    for now in (FIRST, FIRST, FIRST + timedelta(days=14), FIRST + timedelta(days=15), FIRST + timedelta(days=30)):
        await Reminders().step(now)
    await Reminders().step(FIRST + timedelta(days=400))
    assert await levels(invoice) == [1, 2, 3]
    mails = await OutboxMessage.filter(kind__startswith="mail.invoice_reminder").order_by("created_at")
    assert [mail.kind[-1] for mail in mails] == ["1", "2", "3"]
    texts = [notice_mail(mail, "https://portal.example") for mail in mails]
    assert all("M-1" in text.text and ("11,90" in text.text or "11.90" in text.text) for text in texts)
    assert await AuditEvent.filter(action="invoice.remind").count() == 3


async def test_what_was_paid_in_the_meantime_or_is_disputed_or_under_way_is_left_alone(world: World) -> None:
    paid, disputed, pending = await bill(world, "P-1"), await bill(world, "P-2"), await bill(world, "P-3")
    await Payment.create(
        customer_id=paid.customer_id,
        invoice_id=paid.id,
        method="TRANSFER",
        paid_on=DUE,
        amount_minor=1_190,
        currency="EUR",
    )
    await came_back(disputed, "MD06", mandate="M")
    await came_back(pending, None, mandate="M", state="SUBMITTED")
    await Reminders().step(FIRST + timedelta(days=100))
    assert await InvoiceReminder.filter(invoice_id__in=[paid.id, disputed.id, pending.id]).count() == 0
    assert await Debit.filter(invoice_id=pending.id, state="SUBMITTED").exists()


async def test_any_number_of_workers_send_one_reminder(world: World) -> None:
    invoice = await bill(world)
    await asyncio.gather(*(Reminders().step(FIRST) for _ in range(5)))
    assert await levels(invoice) == [1]
    assert await OutboxMessage.filter(kind="mail.invoice_reminder_1").count() == 1
