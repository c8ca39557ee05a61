"""Many who want the same debit at the same moment get one between them (SECURITY MO1, MO5)."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections import Counter
from random import Random

import pytest

from gateway.auth.idempotency import Attempt
from models import AuditEvent, Debit, IdempotencyKey, Invoice, OutboxMessage
from models.database import drain, in_unit_of_work
from tests.debits.conftest import CLIENT, NOW, RING, Book
from tests.debits.dying_process import Asked, holds
from tests.debits.racing_process import once
from tests.proofs import proved
from tests.running_demo import ROOT

PROCESSES, EACH = 4, 50


async def raced(url: str) -> Counter[str]:
    """Start together, and count what came back."""
    racers = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.debits.racing_process", url, str(EACH), str(number),
            cwd=ROOT, env=os.environ, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )
        for number in range(PROCESSES)
    ]  # fmt: skip
    for racer in racers:
        assert racer.stdout is not None
        assert await asyncio.wait_for(racer.stdout.readline(), 60) == b"ready\n"
    told = await asyncio.gather(*(asyncio.wait_for(racer.communicate(b"\n"), 60) for racer in racers))
    codes: Counter[str] = Counter()
    for answer, _ in told:
        codes.update(json.loads(answer))
    return codes


async def test_of_two_hundred_in_four_processes_one_wins(book: Book, database_url: str, database_kind: str) -> None:
    if database_kind != "postgres":
        pytest.skip("SQLite has one writer, which hides races")
    invoice = await book.invoice(await book.customer())
    codes = await raced(database_url)
    assert codes == {"OK": 1, "CONFLICT": PROCESSES * EACH - 1}
    debit = await Debit.get()
    assert (debit.invoice_id, debit.attempt, debit.active_for) == (invoice.id, 1, invoice.id)
    assert (
        await OutboxMessage.all().count() == await AuditEvent.all().count() == await IdempotencyKey.all().count() == 1
    )
    assert (await Invoice.get()).debits == 1
    proved(f"money races ({PROCESSES * EACH} parallel, 1 winner)")


async def test_the_same_request_many_times_at_once_is_answered_with_one_debit(book: Book) -> None:
    customer = await book.customer()
    invoice = await book.invoice(customer)
    viewer = book.viewer(customer)
    attempt = Attempt.of(RING, viewer, "invoiceDebitRepeat", Asked(invoice.id, "same"), NOW)
    made = await asyncio.gather(
        *(attempt.once(lambda: book.debits.repeat(viewer, invoice.id, None, CLIENT, NOW)) for _ in range(10))
    )
    assert set(made) == {(await Debit.get()).id}
    assert await OutboxMessage.all().count() == 1


async def test_requests_cut_off_at_any_moment_leave_all_or_nothing(book: Book) -> None:
    randomly = Random(5)
    customers = [await book.customer() for _ in range(3)]
    invoices = [(customer, await book.invoice(customer)) for customer in customers for _ in range(10)]

    async def hurried(number: int) -> None:
        customer, invoice = invoices[number % len(invoices)]
        task = asyncio.create_task(once(book, customer, invoice, f"k{number}"))
        await asyncio.sleep(randomly.uniform(0, 0.02))
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    for start in range(0, 90, 6):
        await asyncio.gather(*(hurried(number) for number in range(start, start + 6)))
    await drain(5)
    await holds(book.directory)
    asked = await Debit.all().count()
    assert asked == await AuditEvent.filter(action="debit.repeat").count()
    assert asked == await IdempotencyKey.exclude(result=None).count() == await IdempotencyKey.all().count()

    async def nothing() -> int:
        return 1

    assert await asyncio.gather(*(in_unit_of_work(nothing) for _ in range(12))) == [1] * 12, "no connection leaked"
