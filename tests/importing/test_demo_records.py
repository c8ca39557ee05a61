"""The made-up host keeps every rule of an import, on any day, and is the same every time."""

from collections import Counter
from datetime import date
from itertools import islice

import pytest

from gateway.jobs.demo.people import CAST
from gateway.jobs.demo.records import demo_records
from gateway.jobs.importing.domain import DomainRecord
from gateway.jobs.importing.invoice import InvoiceRecord
from gateway.jobs.importing.lines import read_line
from gateway.jobs.importing.mailbox import MailboxRecord
from gateway.jobs.importing.record import Entry
from models import InvoiceState

DAYS = [
    date(2024, 2, 29),
    date(2025, 1, 31),
    date(2026, 1, 1),
    date(2026, 3, 31),
    date(2026, 11, 17),
    date(2027, 12, 31),
]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_nothing_is_made_twice_and_nothing_in_the_future(today: date) -> None:
    records = list(demo_records(today=today))
    keys = Counter(
        (record.kind, claim)
        for record in records
        for claim in record.claims()
        if not claim.startswith("main ")
        and claim != getattr(record, "corrects", None)  # a credit note names its invoice
    )
    assert [key for key, times in keys.items() if times > 1] == []
    for record in records:
        if isinstance(record, InvoiceRecord):
            assert record.issued_on <= today
            assert all(payment.paid_on <= today for payment in record.payments)
            assert record.state is not InvoiceState.OVERDUE or record.due_on < today


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_somebody_has_an_open_invoice_on_any_day(today: date) -> None:
    invoices = [record for record in demo_records(today=today) if isinstance(record, InvoiceRecord)]
    open_ones = {invoice.customer for invoice in invoices if invoice.state is InvoiceState.OPEN}
    assert {"20481937", "20517764", "20660128"} <= open_ones


def test_the_same_arguments_make_the_same_records() -> None:
    first, again, other = (list(demo_records(today=DAYS[0], cast=CAST[:2], seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_every_record_survives_being_written_as_a_line() -> None:
    for record in demo_records(today=DAYS[0]):
        read = read_line(
            1, record.model_dump_json(exclude_unset=True).encode()[:-1] + b', "kind": "%s"}' % record.kind.encode()
        )
        assert isinstance(read, Entry), read
        assert read.record.model_dump() == record.model_dump()


def test_mailboxes_are_under_domains_of_their_package() -> None:
    records = list(demo_records(today=DAYS[0]))
    domains = {record.name: record.package for record in records if isinstance(record, DomainRecord)}
    mailboxes = [record for record in records if isinstance(record, MailboxRecord)]
    assert len(mailboxes) > 500
    assert all(domains[mailbox.address.rpartition("@")[2]] == mailbox.package for mailbox in mailboxes)


def test_an_agency_has_three_domains_a_package_on_average() -> None:
    domains = [record for record in demo_records(today=DAYS[0], customers=0) if isinstance(record, DomainRecord)]
    assert 2.5 < len(domains) / 414 < 3.5


def test_any_number_of_customers_is_made_piece_by_piece() -> None:
    million = demo_records(today=DAYS[0], customers=1_000_000, cast=())
    kinds = Counter(record.kind for record in islice(million, 10_000))
    assert kinds["customer"] in (200, 300, 400)  # whole blocks, and no more of them than were asked for
    assert set(kinds) == {
        "package_type", "tariff", "customer", "package", "contract", "add_on", "domain", "mailbox", "invoice",
    }  # fmt: skip
