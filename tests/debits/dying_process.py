"""Processes that do one thing with debits and are killed at every statement, one after the other.

`python -m tests.debits.dying_process URL DIRECTORY WORK` forks a process that kills itself (SIGKILL) before its first statement
is sent, looks at what is stored, forks one that dies before its second, and so on until one comes to its end. Steps towards a
file count as statements. It prints how many were killed. Forked, because to start that many anew would take minutes.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

from schwifty import IBAN

from gateway.auth.audit_chain import seal_with
from gateway.auth.idempotency import Attempt
from gateway.documents.bank_report import read_report
from gateway.documents.collection import meets_schema
from gateway.jobs.bank_report import book
from gateway.ports import bank
from models import BankEntry, Customer, Debit, DebitBatch, Invoice, OutboxMessage, Payment
from models.database import close, connect, postgres, postgres_lease, postgres_unit, sqlite
from tests.debits.conftest import CLIENT, NOW, RING, SUBMITTING, Book
from tests.debits.conftest import IBAN as SOME_IBAN

MOST = 200
"""More statements than any of these takes."""


@dataclass
class Asked:
    """The input of the mutation."""

    invoice_id: str
    idempotency_key: str = "once"


async def repeat(folder: Path) -> None:
    """Ask for the debit of the first invoice with one key, as the mutation does."""
    mine = Book(folder)
    customer, invoice = await Customer.all().order_by("id").first(), await Invoice.all().order_by("id").first()
    assert customer is not None
    assert invoice is not None
    viewer = mine.viewer(customer)
    attempt = Attempt.of(RING, viewer, "invoiceDebitRepeat", Asked(invoice.id), NOW)
    if await attempt.before() is None:
        await mine.debits.demand_repeatable(viewer, invoice.id, NOW, new_account=False)
        await attempt.once(lambda: mine.debits.repeat(viewer, invoice.id, None, CLIENT, NOW))


async def batch(folder: Path) -> None:
    """Collect and hand over."""
    await Book(folder).batches().export(SUBMITTING)


async def report(folder: Path) -> None:
    """Book the file that lies beside the folder."""
    await book(read_report((folder.parent / "report.xml").read_bytes()), SUBMITTING)


WORK = {"repeat": repeat, "batch": batch, "report": report}


def die_at(at: int) -> None:
    """Have this process killed before statement `at`."""
    sent = 0

    def note(sql: str) -> None:
        nonlocal sent
        sent += 1
        if sent == at:
            os.kill(os.getpid(), signal.SIGKILL)

    class Steps:
        """What is done with files, each noted before."""

        def __getattr__(self, name: str) -> Any:
            note(name)
            return getattr(os, name)

    bank.os = Steps()  # type: ignore[assignment,attr-defined]  # in this process alone
    for module in (postgres, postgres_lease, postgres_unit, sqlite):
        module.note = note  # type: ignore[attr-defined]  # in this process alone


async def holds(folder: Path) -> None:
    """What must be true whenever somebody looks."""
    references: list[str] = []
    for name, content in Book(folder).files().items():
        assert meets_schema(content)
        stored = await DebitBatch.get(message_id=name.removesuffix(".xml"))
        assert bytes(stored.content) == content
        references += [str(found.text) for found in fromstring(content).iter() if found.tag.endswith("}EndToEndId")]
    assert len(references) == len(set(references)), "a debit in two files"
    submitted = await Debit.filter(batch_id__isnull=False).values_list("end_to_end_id", flat=True)
    assert set(references) <= set(map(str, submitted))
    for stored in await DebitBatch.all():
        mine = await Debit.filter(batch_id=stored.id)
        assert (len(mine), sum(debit.amount_minor for debit in mine)) == (stored.debits, stored.sum_minor)
    for invoice in await Invoice.all():
        await _adds_up(invoice)


async def _adds_up(invoice: Invoice) -> None:
    debits = await Debit.filter(invoice_id=invoice.id)
    active = [debit for debit in debits if debit.state in ("REQUESTED", "SUBMITTED")]
    assert len(active) <= 1
    assert [debit.active_for for debit in debits] == [invoice.id if debit in active else None for debit in debits]
    assert (invoice.state == "DEBIT_PENDING") == bool(active)
    assert invoice.debits == len(debits)
    announced = [
        m for m in await OutboxMessage.filter(kind="mail.debit_announced") if m.payload["invoice"] == invoice.number
    ]
    assert len(announced) == len(debits)
    paid = sum(payment.amount_minor for payment in await Payment.filter(invoice_id=invoice.id))
    collected = [debit for debit in debits if debit.state == "COLLECTED"]
    assert paid == sum(debit.amount_minor for debit in collected)
    settled = await BankEntry.filter(debit_id__in=[d.id for d in debits] or [""], result__in=["COLLECTED", "RETURNED"])
    assert {entry.debit_id for entry in settled} == {d.id for d in debits if d.state in ("COLLECTED", "RETURNED")}


def forked(work: Coroutine[Any, Any, None], url: str) -> int:
    """The wait status of a process of its own that did it."""
    child = os.fork()
    if child:
        work.close()
        return os.waitpid(child, 0)[1]
    try:
        asyncio.run(_connected(work, url))
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


async def _connected(work: Coroutine[Any, Any, None], url: str) -> None:
    seal_with(RING)
    await connect(url)
    try:
        await work
    finally:
        await close()


async def _dying(work: str, folder: Path, at: int) -> None:
    die_at(at)
    await WORK[work](folder)


def main(url: str, folder: Path, work: str) -> None:
    meets_schema(b"<loaded />")  # once for all that are forked
    IBAN(SOME_IBAN)
    for at in range(1, MOST):
        status = forked(_dying(work, folder, at), url)
        if forked(holds(folder), url):
            sys.exit(f"what is stored does not hold after statement {at}")
        if not status:
            print(at - 1)
            return
        if not os.WIFSIGNALED(status):
            sys.exit(f"it failed by itself at statement {at}")
    sys.exit("it has no end")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
