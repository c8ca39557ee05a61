"""What banks report is booked once, and only what fits; what else a file holds is told; a malformed one writes nothing."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date

import pytest

from gateway.documents.bank_report import BankFileError, read_report
from gateway.jobs.bank_report import Booked, Result
from gateway.jobs.bank_report import book as book_report
from models import AuditEvent, BankEntry, Debit, DebitBatch, Invoice, OutboxMessage, Payment
from tests.debits import reports
from tests.debits.conftest import CLIENT, NOW, SUBMITTING, Book


async def submitted(book: Book, count: int = 1) -> list[Debit]:
    """Debits that are at the bank."""
    for _ in range(count):
        await book.asked(await book.customer())
    await book.batches().export(SUBMITTING)
    return await Debit.all().order_by("id")


async def read(content: bytes) -> Booked:
    return await book_report(read_report(content), SUBMITTING)


async def written() -> list[int]:
    """How many rows there are that a report could add."""
    return [await model.all().count() for model in (BankEntry, Payment, AuditEvent, OutboxMessage)]


async def state(debit: Debit) -> tuple[str, str, list[int]]:
    """Of the debit, of its invoice, and the payments."""
    now, invoice = await Debit.get(id=debit.id), await Invoice.get(id=debit.invoice_id)
    paid = await Payment.filter(invoice_id=invoice.id).order_by("id").values_list("amount_minor", flat=True)
    return now.state.value, invoice.state.value, [int(str(amount)) for amount in paid]


@pytest.mark.parametrize("version", [reports.CAMT_02, reports.CAMT_08])
async def test_a_collection_pays_the_invoice_and_its_return_takes_it_back(version: str, book: Book) -> None:
    (debit,) = await submitted(book)
    assert (await read(reports.collected(debit.end_to_end_id, "11.90", version=version))).results == {
        Result.COLLECTED: 1
    }
    assert await state(debit) == ("COLLECTED", "PAID", [1_190])
    assert (await read(reports.returned(debit.end_to_end_id, "11.90", version=version))).results == {Result.RETURNED: 1}
    assert await state(debit) == ("RETURNED", "DEBIT_RETURNED", [1_190, -1_190])
    back = await Debit.get(id=debit.id)
    assert (back.return_code, back.active_for, back.settled_on) == ("MS03", None, date(2026, 3, 5))
    assert await OutboxMessage.filter(kind="mail.debit_returned").count() == 1
    assert await AuditEvent.filter(action__in=["debit.collect", "debit.return"]).count() == 2


@pytest.mark.parametrize("version", [reports.PAIN_03, reports.PAIN_10])
async def test_a_debit_refused_beforehand_comes_back_without_a_payment(version: str, book: Book) -> None:
    (debit,) = await submitted(book)
    await read(reports.refused(debit.end_to_end_id, version=version))
    assert await state(debit) == ("RETURNED", "DEBIT_RETURNED", [])
    assert (await Debit.get(id=debit.id)).return_code == "AC01"


async def test_a_file_refused_as_a_whole_takes_back_every_debit(book: Book) -> None:
    debits = await submitted(book, 3)
    batch = await DebitBatch.get()
    assert (await read(reports.file_refused(batch.message_id))).results == {Result.RETURNED: 3}
    assert {(await state(debit))[:2] for debit in debits} == {("RETURNED", "DEBIT_RETURNED")}


async def test_a_batch_booked_in_one_sum_collects_every_debit(book: Book) -> None:
    debits = await submitted(book, 3)
    batch = await DebitBatch.get()
    content = reports.whole_batch(batch.message_id, "35.70", 3)
    assert (await read(content)).results == {Result.COLLECTED: 3}
    assert {(await state(debit))[:2] for debit in debits} == {("COLLECTED", "PAID")}
    assert (await read(content)).results == {Result.READ_BEFORE: 3}


@pytest.mark.parametrize(("amount", "count"), [("35.69", 3), ("35.70", 2)])
async def test_a_batch_of_another_sum_is_told_and_not_booked(amount: str, count: int, book: Book) -> None:
    await submitted(book, 3)
    batch = await DebitBatch.get()
    booked = await read(reports.whole_batch(batch.message_id, amount, count))
    assert booked.open == [(Result.AMOUNT_DIFFERS, batch.message_id)]
    assert await Payment.all().count() == 0


async def test_a_batch_with_its_parts_is_booked_part_by_part(book: Book) -> None:
    one, two = await submitted(book, 2)
    parts = reports.transaction(one.end_to_end_id, "11.90") + reports.transaction(two.end_to_end_id, "11.90")
    entry = reports.entry(reports.CAMT_08, "23.80", "CRDT", f"<Btch><NbOfTxs>2</NbOfTxs></Btch>{parts}")
    assert (await read(reports.camt([entry]))).results == {Result.COLLECTED: 2}
    assert await state(one) == await state(two) == ("COLLECTED", "PAID", [1_190])


async def test_the_same_file_again_books_nothing(book: Book) -> None:
    (debit,) = await submitted(book)
    content = reports.collected(debit.end_to_end_id, "11.90")
    await read(content)
    before = await written()
    assert (await read(content)).results == {Result.READ_BEFORE: 1}
    assert await written() == before


async def test_the_same_return_in_another_message_books_nothing(book: Book) -> None:
    (debit,) = await submitted(book)
    await read(reports.returned(debit.end_to_end_id, "11.90"))
    again = await read(reports.returned(debit.end_to_end_id, "11.90", message="MSG-R2"))
    assert again.results == {Result.READ_BEFORE: 1}
    assert await state(debit) == ("RETURNED", "DEBIT_RETURNED", [])
    assert await OutboxMessage.filter(kind="mail.debit_returned").count() == 1


async def test_twice_in_one_file_is_booked_once(book: Book) -> None:
    (debit,) = await submitted(book)
    entry = reports.entry(reports.CAMT_08, "11.90", "CRDT", reports.transaction(debit.end_to_end_id, "11.90"))
    assert (await read(reports.camt([entry, entry]))).results == {Result.COLLECTED: 1, Result.READ_BEFORE: 1}
    assert await state(debit) == ("COLLECTED", "PAID", [1_190])


async def test_one_file_read_by_several_at_once_is_booked_once(book: Book) -> None:
    debits = await submitted(book, 3)
    parts = "".join(reports.transaction(debit.end_to_end_id, "11.90", code="AM04") for debit in debits)
    content = reports.camt([reports.entry(reports.CAMT_08, "35.70", "DBIT", parts)])
    results: Counter[Result] = Counter()
    for booked in await asyncio.gather(*(read(content) for _ in range(4))):
        results += booked.results
    assert results == {Result.RETURNED: 3, Result.READ_BEFORE: 9}
    assert await BankEntry.all().count() == 3
    assert await OutboxMessage.filter(kind="mail.debit_returned").count() == 3


@pytest.mark.parametrize(
    ("amount", "currency"), [("11.91", "EUR"), ("11.90", "CHF"), ("0.01", "EUR"), ("9999999999999", "EUR")]
)
async def test_another_amount_or_currency_is_told_and_not_booked(amount: str, currency: str, book: Book) -> None:
    (debit,) = await submitted(book)
    part = reports.transaction(debit.end_to_end_id, amount, currency=currency)
    booked = await read(reports.camt([reports.entry(reports.CAMT_08, "11.90", "CRDT", part)]))
    assert booked.open == [(Result.AMOUNT_DIFFERS, debit.end_to_end_id)]
    assert await state(debit) == ("SUBMITTED", "DEBIT_PENDING", [])


async def test_what_nobody_asked_for_is_told_and_kept(book: Book) -> None:
    booked = await read(reports.returned("SOMEBODY-ELSE", "1.00"))
    assert booked.open == [(Result.UNKNOWN, "SOMEBODY-ELSE")]
    entry = await BankEntry.get()
    assert (entry.debit_id, entry.end_to_end_id, entry.return_code, entry.result) == (
        None, "SOMEBODY-ELSE", "MS03", "UNKNOWN",
    )  # fmt: skip


async def test_a_debit_that_was_never_handed_over_cannot_come_back(book: Book) -> None:
    debit = await book.asked(await book.customer())
    booked = await read(reports.returned(debit.end_to_end_id, "11.90"))
    assert booked.open == [(Result.UNEXPECTED_STATE, debit.end_to_end_id)]
    assert await state(debit) == ("REQUESTED", "DEBIT_PENDING", [])


async def test_what_is_not_booked_yet_is_passed_over(book: Book) -> None:
    (debit,) = await submitted(book)
    part = reports.transaction(debit.end_to_end_id, "11.90")
    booked = await read(reports.camt([reports.entry(reports.CAMT_08, "11.90", "CRDT", part, state="PDNG")]))
    assert (booked.passed_over, dict(booked.results)) == (1, {})
    assert await state(debit) == ("SUBMITTED", "DEBIT_PENDING", [])


async def test_after_a_return_it_can_be_debited_again_three_times_in_all(book: Book) -> None:
    from gateway.errors import GatewayError
    from models.database import in_unit_of_work

    (debit,) = await submitted(book)
    viewer = book.viewer(book.customers[0])

    async def again() -> str:
        return await book.debits.repeat(viewer, debit.invoice_id, None, CLIENT, NOW)

    for attempt in (1, 2, 3):
        latest = await Debit.filter(invoice_id=debit.invoice_id).order_by("-attempt").first()
        assert latest is not None
        assert latest.attempt == attempt
        await book.batches().export(SUBMITTING)
        await read(reports.returned(latest.end_to_end_id, "11.90", message=f"R{attempt}"))
        if attempt < 3:
            await in_unit_of_work(again)
    with pytest.raises(GatewayError, match="as often"):
        await in_unit_of_work(again)


BOMB = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08">&b;</Document>"""
EXTERNAL = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08">&x;</Document>"""
GOOD = reports.collected("DEB-1", "11.90")


@pytest.mark.parametrize(
    "content",
    [
        b"", b"not xml", BOMB, EXTERNAL, b"<!DOCTYPE x><Document/>", GOOD[:-30],
        GOOD.replace(b"camt.054.001.08", b"camt.053.001.08"),
        GOOD.replace(b">11.90<", b">-11.90<"), GOOD.replace(b">11.90<", b">NaN<"), GOOD.replace(b">11.90<", b">1e3<"),
        GOOD.replace(b">11.90<", b">" + b"9" * 400 + b"<"), GOOD.replace(b">11.90<", b">11.905<"),
        GOOD.replace(b'Ccy="EUR"', b'Ccy="eur"'), GOOD.replace(b"DEB-1", b"D" * 36), GOOD.replace(b"MSG-C", b""),
        GOOD.replace(b"2026-03-05<", b"2026-13-05<"), "\ud83d".encode("utf-16", "surrogatepass"),
    ],
)  # fmt: skip
async def test_a_file_that_cannot_be_read_writes_nothing(content: bytes, database: str) -> None:
    before = await written()
    with pytest.raises(BankFileError) as raised:
        await read(content)
    assert "passwd" not in str(raised.value)
    assert await written() == before


async def test_a_bad_entry_behind_good_ones_writes_nothing_at_all(book: Book) -> None:
    (debit,) = await submitted(book)
    good = reports.entry(reports.CAMT_08, "11.90", "CRDT", reports.transaction(debit.end_to_end_id, "11.90"))
    bad = reports.entry(reports.CAMT_08, "11.90", "CRDT", reports.transaction("OTHER", "x"))
    with pytest.raises(BankFileError):
        await read(reports.camt([good, bad]))
    assert await state(debit) == ("SUBMITTED", "DEBIT_PENDING", [])
