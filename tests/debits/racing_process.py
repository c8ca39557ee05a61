"""A process that asks for the debit of one invoice many times at once: `python -m tests.debits.racing_process URL TIMES NAME`.

It prints how it went: how often each code came back, `OK` for a debit.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from pathlib import Path

from gateway.auth.audit_chain import seal_with
from gateway.auth.idempotency import Attempt
from gateway.errors import GatewayError
from models import Customer, Invoice
from models.database import close, connect
from tests.debits.conftest import CLIENT, NOW, RING, Book
from tests.debits.dying_process import Asked

TRIES = 20


async def once(book: Book, customer: Customer, invoice: Invoice, key: str) -> str:
    """Ask as the mutation does, each with a key of its own: the code, or `OK`.

    A machine too busy to take the request (503) is asked again with the same key, as a client does.
    """
    for _ in range(TRIES):
        code = await _tried(book, customer, invoice, key)
        if code not in ("Overloaded", "Contended"):
            return code
    return code


async def _tried(book: Book, customer: Customer, invoice: Invoice, key: str) -> str:
    viewer = book.viewer(customer)
    attempt = Attempt.of(RING, viewer, "invoiceDebitRepeat", Asked(invoice.id, key), NOW)
    try:
        if await attempt.before() is None:
            await attempt.once(lambda: book.debits.repeat(viewer, invoice.id, None, CLIENT, NOW))
    except GatewayError as error:
        return error.code.value
    except Exception as error:
        return type(error).__name__
    return "OK"


async def race(url: str, times: int, name: str) -> None:
    seal_with(RING)
    await connect(url, pool_size=10)
    customer, invoice = await Customer.all().order_by("id").first(), await Invoice.all().order_by("id").first()
    assert customer is not None
    assert invoice is not None
    book = Book(Path())
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    codes = await asyncio.gather(*(once(book, customer, invoice, f"{name}-{n}") for n in range(times)))
    print(json.dumps(Counter(codes)))
    await close()


if __name__ == "__main__":
    asyncio.run(race(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
