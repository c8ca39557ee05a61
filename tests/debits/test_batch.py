"""Debits go into one file each, on the day it takes, in the form the bank asks for."""

from __future__ import annotations

import asyncio
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from gateway.documents.collection import meets_schema
from gateway.documents.company import DEMO_COMPANY
from gateway.jobs import debit_batch
from gateway.jobs.debit_batch import DebitBatches
from gateway.keys import Keyring
from gateway.ports.bank import BankFolder, FileDiffers
from models import AuditEvent, BankAccount, Debit, DebitBatch, Invoice, Payment
from tests.debits.conftest import IBAN, NOW, RING, SUBMITTING, Book

SPACE = {"i": "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"}


async def test_a_debit_is_handed_to_the_bank_the_day_before_it_is_collected(book: Book) -> None:
    customer = await book.customer()
    debit = await book.asked(customer)
    assert debit.collect_on == date(2026, 3, 4)
    assert await book.batches().submit_due(NOW) == 0, "on Monday it is too early"
    assert await book.batches().submit_due(SUBMITTING) == 2  # a file made, and handed over
    ((name, content),) = book.files().items()
    batch = await DebitBatch.get()
    assert (name, content, batch.delivered_at) == (f"{batch.message_id}.xml", bytes(batch.content), SUBMITTING)
    debit = await Debit.get(id=debit.id)
    assert (debit.state, debit.batch_id, debit.submitted_at) == ("SUBMITTED", batch.id, SUBMITTING)
    assert (await BankAccount.get()).mandate_used_on == date(2026, 3, 4)
    assert stat.S_IMODE(next(book.directory.iterdir()).stat().st_mode) == 0o600
    assert await book.batches().submit_due(SUBMITTING) == 0
    assert len(book.files()) == 1


async def test_the_file_holds_what_was_asked_for_in_the_characters_of_sepa(book: Book) -> None:
    customer = await book.customer()
    debit = await book.asked(customer, gross=123_456)
    await book.batches().export(SUBMITTING)
    (content,) = book.files().values()
    assert meets_schema(content)
    root = fromstring(content)
    texts = {name: root.findtext(f".//i:{name}", namespaces=SPACE) for name in (
        "EndToEndId", "InstdAmt", "CtrlSum", "NbOfTxs", "SeqTp", "ReqdColltnDt", "MndtId", "DtOfSgntr", "Ustrd",
    )}  # fmt: skip
    assert texts == {
        "EndToEndId": debit.end_to_end_id, "InstdAmt": "1234.56", "CtrlSum": "1234.56", "NbOfTxs": "1", "SeqTp": "FRST",
        "ReqdColltnDt": "2026-03-04", "MndtId": "M-1", "DtOfSgntr": "2025-01-02", "Ustrd": "Rechnung R2026-0001",
    }  # fmt: skip
    assert root.findtext(".//i:Dbtr/i:Nm", namespaces=SPACE) == "Lucja Oeztuerk + Soehne 1"
    assert root.findtext(".//i:DbtrAcct/i:Id/i:IBAN", namespaces=SPACE) == IBAN
    assert root.findtext(".//i:CdtrSchmeId//i:Othr/i:Id", namespaces=SPACE) == DEMO_COMPANY.creditor_id


async def test_the_schema_refuses_a_file_that_is_not_as_it_says(book: Book) -> None:
    """The negative control of the validation above."""
    await book.asked(await book.customer())
    await book.batches().export(SUBMITTING)
    (content,) = book.files().values()
    assert meets_schema(content)
    assert not meets_schema(content.replace(b"FRST", b"ONCE"))
    assert not meets_schema(content.replace(b"<NbOfTxs>1</NbOfTxs>", b""))
    assert not meets_schema(content.replace(b"1.08", b"1.02"))
    assert not meets_schema(content[:-9])


async def test_there_is_a_file_for_each_day_and_each_sequence_type(book: Book) -> None:
    one, two = await book.customer(), await book.customer()
    for customer in (one, two, one):
        await book.asked(customer)
    later = datetime(2026, 3, 3, 12, tzinfo=UTC)
    await book.asked(await book.customer(), now=later)
    made = await book.batches().export(SUBMITTING)
    assert (made.files, made.debits, made.delivered, made.waiting) == (2, 3, 2, 0)
    kinds = {(b.collect_on, b.debits) for b in await DebitBatch.all()}
    assert kinds == {(date(2026, 3, 4), 2), (date(2026, 3, 4), 1)}
    assert (await book.batches().export(SUBMITTING + timedelta(days=1))).debits == 1


async def test_what_is_late_goes_with_the_first_day_the_bank_can_still_make(book: Book) -> None:
    debit = await book.asked(await book.customer())
    saturday = datetime(2026, 3, 7, 9, tzinfo=UTC)
    assert (await book.batches().export(saturday)).debits == 1
    assert (await Debit.get(id=debit.id)).collect_on == date(2026, 3, 10)


async def test_what_was_paid_meanwhile_is_not_collected(book: Book) -> None:
    debit = await book.asked(await book.customer())
    await Invoice.filter(id=debit.invoice_id).update(state="PAID")
    assert (await book.batches().export(SUBMITTING)).debits == 0
    withdrawn = await Debit.get(id=debit.id)
    assert (withdrawn.state, withdrawn.active_for) == ("WITHDRAWN", None)
    assert book.files() == {}
    assert (await Invoice.get(id=debit.invoice_id)).state == "PAID"
    assert await AuditEvent.filter(action="debit.withdraw", object_id=debit.invoice_id).count() == 1


async def booked(debit: Debit, amount: int) -> None:
    """A payment, after the debit was asked for."""
    await Payment.create(
        customer_id=debit.customer_id, invoice_id=debit.invoice_id, method="TRANSFER", paid_on=NOW.date(),
        amount_minor=amount, currency="EUR",
    )  # fmt: skip


async def test_only_what_is_still_open_is_collected(book: Book) -> None:
    debit = await book.asked(await book.customer())
    await booked(debit, 190)
    assert (await book.batches().export(SUBMITTING)).debits == 1
    (content,) = book.files().values()
    assert fromstring(content).findtext(".//i:InstdAmt", namespaces=SPACE) == "10.00"
    assert ((await Debit.get(id=debit.id)).amount_minor, (await DebitBatch.get()).sum_minor) == (1_000, 1_000)
    entry = await AuditEvent.get(action="debit.reduce")
    assert (entry.object_id, entry.detail["amount_minor"], entry.detail["open_minor"]) == (
        debit.invoice_id,
        1_190,
        1_000,
    )


async def test_a_credit_note_is_taken_off_as_well(book: Book) -> None:
    customer = await book.customer()
    debit = await book.asked(customer)
    credit = await book.invoice(customer, 1_100, state="PAID")
    await Invoice.filter(id=credit.id).update(kind="CREDIT_NOTE", corrects_id=debit.invoice_id)
    await book.batches().export(SUBMITTING)
    assert (await Debit.get(id=debit.id)).amount_minor == 90


@pytest.mark.parametrize("amount", [1_190, 1_191])
async def test_what_is_not_open_any_more_is_withdrawn_and_noted(book: Book, amount: int) -> None:
    debit = await book.asked(await book.customer())
    await booked(debit, amount)
    assert (await book.batches().export(SUBMITTING)).debits == 0
    debit = await Debit.get(id=debit.id)
    assert (debit.state, debit.active_for, debit.amount_minor) == ("WITHDRAWN", None, 1_190)
    assert (await Invoice.get(id=debit.invoice_id)).state == "PAID"
    assert (await AuditEvent.get(action="debit.withdraw")).object_id == debit.invoice_id
    assert await book.batches().submit_due(SUBMITTING) == 0
    assert await AuditEvent.filter(action="debit.withdraw").count() == 1


async def test_a_payment_booked_while_the_file_is_made_keeps_it_from_being_stored(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    debit, other = await book.asked(await book.customer()), await book.asked(await book.customer())
    fitting = debit_batch.fit_to_open_amounts

    async def too_early(now: datetime) -> int:
        done = await fitting(now)
        await booked(debit, 190)
        return done

    with monkeypatch.context() as patch:
        patch.setattr(debit_batch, "fit_to_open_amounts", too_early)
        assert (await book.batches().export(SUBMITTING)).debits == 0
    assert book.files() == {}
    assert (await book.batches().export(SUBMITTING)).debits == 2
    assert (await Debit.get(id=debit.id)).amount_minor == 1_000
    assert (await Debit.get(id=other.id)).amount_minor == 1_190


async def test_one_that_cannot_be_collected_keeps_no_others_from_it(book: Book) -> None:
    for _ in range(3):
        await book.asked(await book.customer())
    first, second, third = await Debit.all().order_by("id")
    await Debit.filter(id=first.id).update(iban_sealed=RING.seal("bank account", "DE00123"))
    await Debit.filter(id=second.id).update(iban_sealed=Keyring({9: b"z" * 32}).seal("bank account", IBAN))
    made = await book.batches().export(SUBMITTING)
    assert (made.debits, set(made.left_out)) == (1, {first.id, second.id})
    assert (await Debit.get(id=third.id)).state == "SUBMITTED"
    assert (await Debit.get(id=first.id)).state == "REQUESTED"


class Broken(BankFolder):
    """A bank that is away."""

    async def hand_over(self, name: str, content: bytes) -> None:
        raise OSError("no space")


async def test_a_file_that_was_stored_is_handed_over_when_the_bank_is_there_again(book: Book) -> None:
    await book.asked(await book.customer())
    made = await DebitBatches(RING, DEMO_COMPANY, Broken(book.directory)).export(SUBMITTING)
    assert (made.files, made.delivered, made.waiting) == (1, 0, 1)
    again = await book.batches().export(SUBMITTING)
    assert (again.files, again.delivered, again.waiting) == (0, 1, 0)
    assert len(book.files()) == 1


async def test_several_at_once_make_one_file_between_them(book: Book) -> None:
    for _ in range(4):
        await book.asked(await book.customer())
    made = await asyncio.gather(*(book.batches().export(SUBMITTING) for _ in range(5)))
    assert sum(one.debits for one in made) == 4
    assert len(book.files()) == 1 == await DebitBatch.all().count()


async def test_a_company_that_collects_nothing_makes_no_files(book: Book) -> None:
    from dataclasses import replace

    await book.asked(await book.customer())
    batches = DebitBatches(RING, replace(DEMO_COMPANY, creditor_id=None), BankFolder(book.directory))
    assert await batches.submit_due(SUBMITTING) == 0
    assert book.files() == {}


async def test_a_file_appears_whole_and_is_never_written_over(tmp_path: Path) -> None:
    bank = BankFolder(tmp_path / "deep" / "er")
    await bank.hand_over("A.xml", b"<a/>")
    await bank.hand_over("A.xml", b"<a/>")
    with pytest.raises(FileDiffers):
        await bank.hand_over("A.xml", b"<b/>")
    assert [(p.name, p.read_bytes()) for p in (tmp_path / "deep" / "er").iterdir()] == [("A.xml", b"<a/>")]
