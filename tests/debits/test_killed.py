"""Whoever is killed (SIGKILL) at whatever statement: nothing is lost, nothing is double, another one ends it (SECURITY R7)."""

from __future__ import annotations

import asyncio
import os
import sys

from models import AuditEvent, Debit, DebitBatch, Invoice, OutboxMessage, Payment
from tests.debits import reports
from tests.debits.conftest import SUBMITTING, Book
from tests.proofs import proved
from tests.running_demo import ROOT


async def killed(url: str, book: Book, work: str) -> int:
    """Do it again and again, killed at each statement, until it is done: how often it was killed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.debits.dying_process", url, str(book.directory), work,
        cwd=ROOT, env=os.environ, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    told, errors = await asyncio.wait_for(process.communicate(), 120)
    assert process.returncode == 0, errors.decode()[-3_000:]
    return int(told)


async def test_asking_for_a_debit_is_whole_or_not_at_all(book: Book, database_url: str) -> None:
    invoice = await book.invoice(await book.customer())
    kills = await killed(database_url, book, "repeat")
    assert kills > 10
    assert await Debit.filter(invoice_id=invoice.id).count() == 1
    assert await OutboxMessage.all().count() == await AuditEvent.all().count() == 1
    assert (await Invoice.get(id=invoice.id)).state == "DEBIT_PENDING"
    proved(f"debits asked for under kill -9 ({kills} statements, 1 debit)")


async def test_no_debit_goes_into_two_files(book: Book, database_url: str) -> None:
    for _ in range(3):
        await book.asked(await book.customer())
    kills = await killed(database_url, book, "batch")
    assert kills > 10
    assert len(book.files()) == 1 == await DebitBatch.exclude(delivered_at=None).count()
    assert await Debit.filter(state="SUBMITTED").count() == 3
    proved(f"files for the bank under kill -9 ({kills} statements, 1 file)")


async def test_no_entry_is_booked_twice_or_in_part(book: Book, database_url: str) -> None:
    debits = [await book.asked(await book.customer()) for _ in range(3)]
    await book.batches().export(SUBMITTING)
    one, two, three = (debit.end_to_end_id for debit in debits)
    paid = reports.transaction(one, "11.90") + reports.transaction(two, "11.90")
    back = reports.transaction(one, "11.90", code="MS03") + reports.transaction(three, "11.90", code="AC04")
    version = reports.CAMT_08
    entries = [reports.entry(version, "23.80", "CRDT", paid), reports.entry(version, "23.80", "DBIT", back)]
    (book.directory.parent / "report.xml").write_bytes(reports.camt(entries))
    kills = await killed(database_url, book, "report")
    assert kills > 20
    states = dict(await Debit.all().values_list("end_to_end_id", "state"))
    assert states == {one: "RETURNED", two: "COLLECTED", three: "RETURNED"}
    amounts = [int(str(amount)) for amount in await Payment.all().values_list("amount_minor", flat=True)]
    assert sorted(amounts) == [-1_190, 1_190, 1_190]
    assert await OutboxMessage.filter(kind="mail.debit_returned").count() == 2
    proved(f"bank reports under kill -9 ({kills} statements, 4 entries booked once)")
