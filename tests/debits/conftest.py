"""Customers with invoices that can be debited, and a bank that is a folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gateway.auth.bank_account import BankAccounts
from gateway.auth.client import Client
from gateway.auth.debit import Debits
from gateway.auth.viewer import SCOPES_OF, Viewer
from gateway.documents.company import DEMO_COMPANY
from gateway.jobs.debit_batch import DebitBatches
from gateway.keys import IBAN_SEAL, Keyring
from gateway.ports.bank import BankFolder
from models import BankAccount, Customer, Debit, Invoice, SessionKind
from models.database import in_unit_of_work
from tests.world import KEYS

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""A Monday."""

SUBMITTING = datetime(2026, 3, 3, 6, tzinfo=UTC)
"""The next day, when what is collected on Wednesday has to be at the bank."""

IBAN = "DE89370400440532013000"
RING = Keyring(KEYS)
CLIENT = Client("192.0.2.9", None, "req-1")


@dataclass
class Book:
    """What there is to be collected, and where files for the bank go."""

    directory: Path
    customers: list[Customer] = field(default_factory=list)
    debits: Debits = field(default_factory=lambda: Debits(DEMO_COMPANY, BankAccounts(RING), 2))

    def viewer(self, customer: Customer) -> Viewer:
        return Viewer(SessionKind.CUSTOMER, customer.id, None, SCOPES_OF[SessionKind.CUSTOMER], "ses_1")

    async def customer(self) -> Customer:
        """Another customer, with an account."""
        n = len(self.customers) + 1
        customer = await Customer.create(
            number=f"3000{n}", kind="PERSON", first_name="Łucja", last_name=f"Öztürk {n}", street="Weg 1", postcode="10115",
            city="Berlin", country="DE", email=f"k{n}@example.com", password_hash="x", password_changed_at=NOW,
            created_at=NOW,
        )  # fmt: skip
        await BankAccount.create(
            customer_id=customer.id, holder=f"Łucja Öztürk & Söhne {n}", iban_sealed=RING.seal(IBAN_SEAL, IBAN),
            iban_last4=IBAN[-4:], mandate_reference=f"M-{n}", mandate_signed_on=date(2025, 1, 2), created_at=NOW,
        )  # fmt: skip
        self.customers.append(customer)
        return customer

    async def invoice(self, customer: Customer, gross: int = 1_190, state: str = "OPEN") -> Invoice:
        """Something to collect."""
        count = await Invoice.all().count() + 1
        return await Invoice.create(
            customer_id=customer.id, number=f"R2026-{count:04}", state=state, issued_on=date(2026, 1, 1),
            due_on=date(2026, 3, 31), currency="EUR", net_minor=gross, vat_minor=0, gross_minor=gross, created_at=NOW,
        )  # fmt: skip

    async def asked(self, customer: Customer, gross: int = 1_190, now: datetime = NOW) -> Debit:
        """A debit that was asked for."""
        invoice = await self.invoice(customer, gross)
        viewer = self.viewer(customer)
        id = await in_unit_of_work(lambda: self.debits.repeat(viewer, invoice.id, None, CLIENT, now))
        return await Debit.get(id=id)

    def batches(self) -> DebitBatches:
        """The job."""
        return DebitBatches(RING, DEMO_COMPANY, BankFolder(self.directory))

    def files(self) -> dict[str, bytes]:
        """What is at the bank."""
        return {path.name: path.read_bytes() for path in sorted(self.directory.glob("*.xml"))}


@pytest.fixture
def book(database: str, tmp_path: Path) -> Book:
    """An empty one."""
    return Book(tmp_path / "bank")
