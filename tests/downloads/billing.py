"""Customers with invoices, and sessions that may ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from gateway.auth.tokens import TokenKind, new_token, token_hash
from models import BankAccount, Customer, Invoice, InvoiceLine, InvoiceTax, Package, PackageType, Payment, Session

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


async def make_customer(number: str, **more: Any) -> Customer:
    """A company in Hamburg with a contact."""
    values: dict[str, Any] = {
        "kind": "COMPANY", "company_name": "Bäckerei Süßkind & Söhne", "first_name": "Zoë", "last_name": "Müller",
        "vat_id": "DE987654321", "street": "Große Elbstraße 7a", "postcode": "22767", "city": "Hamburg",
        "country": "DE", "email": f"post-{number}@example.com", "password_hash": "-", "password_changed_at": NOW,
        "created_at": NOW,
    }  # fmt: skip
    return await Customer.create(number=number, **values | more)


async def make_account(customer: Customer) -> BankAccount:
    """A bank account with a mandate. What is sealed must be seen nowhere."""
    return await BankAccount.create(
        customer_id=customer.id, holder="SENTINEL-holder", iban_sealed="SENTINEL-iban", iban_last4="4321",
        bank_name="Beispielbank", mandate_reference=f"MANDAT-{customer.number}", mandate_signed_on=date(2024, 1, 2),
        created_at=NOW,
    )  # fmt: skip


async def make_invoice(customer: Customer, number: str, lines: int = 2, **more: Any) -> Invoice:
    """An open invoice: positions of 10.00, 11.00 … net at 19 %, the second one at 7 %."""
    positions = [
        {"position": index, "net_minor": 900 + 100 * index, "vat_basis_points": 700 if index == 2 else 1_900}
        for index in range(1, lines + 1)
    ]
    nets = {rate: sum(p["net_minor"] for p in positions if p["vat_basis_points"] == rate) for rate in (1_900, 700)}
    taxes = {rate: (net * rate + 5_000) // 10_000 for rate, net in nets.items() if net}
    net, vat = sum(nets.values()), sum(taxes.values())
    values: dict[str, Any] = {
        "state": "OPEN", "issued_on": date(2026, 2, 1), "due_on": date(2026, 2, 15), "period_from": date(2026, 1, 1),
        "period_to": date(2026, 1, 31), "currency": "EUR", "created_at": NOW, "net_minor": net, "vat_minor": vat,
        "gross_minor": net + vat,
    }  # fmt: skip
    invoice = await Invoice.create(customer_id=customer.id, number=number, **values | more)
    own = {"customer_id": customer.id, "invoice_id": invoice.id, "currency": "EUR"}
    for position in positions:
        await InvoiceLine.create(
            **own, **position, description=f"Leistung Nr. {position['position']:03}", quantity_thousandths=1_000,
            unit="month", unit_net_minor=position["net_minor"],
        )  # fmt: skip
    for rate, vat_minor in taxes.items():
        await InvoiceTax.create(**own, vat_basis_points=rate, net_minor=nets[rate], vat_minor=vat_minor)
    return invoice


async def pay(invoice: Invoice, amount: int) -> None:
    """A part of the amount comes in."""
    await Payment.create(
        customer_id=invoice.customer_id, invoice_id=invoice.id, method="TRANSFER", paid_on=date(2026, 2, 10),
        amount_minor=amount, currency="EUR",
    )  # fmt: skip


async def open_session(customer: Customer, package: Package | None = None, at: datetime = NOW) -> str:
    """The token of a session, as sign-in would have given it."""
    token = new_token(TokenKind.SESSION)
    await Session.create(
        customer_id=customer.id, package_id=package.id if package else None, kind="PACKAGE" if package else "CUSTOMER",
        token_hash=token_hash(TokenKind.SESSION, token), idle_seconds=1_800, created_at=at, last_used_at=at,
        expires_at=at + timedelta(hours=12),
    )  # fmt: skip
    return token


@dataclass(frozen=True)
class People:
    """Eve with two invoices, a bank account and a package with a login of its own; Otto with one invoice."""

    eve: Customer
    otto: Customer
    first: Invoice
    second: Invoice
    ottos: Invoice
    eve_token: str
    otto_token: str
    package_token: str


async def make_people() -> People:
    """Everybody, in the database that is connected."""
    eve, otto = await make_customer("10001"), await make_customer("10002", language="en")
    await make_account(eve)
    kind = await PackageType.create(code="web", name="Web", family="hosting", functions=[])
    package = await Package.create(
        customer_id=eve.id, type_id=kind.id, name="Paket", identification="w1", order_number="o1", state="ACTIVE",
        created_at=NOW, password_hash="-", password_changed_at=NOW - timedelta(days=1),
    )  # fmt: skip
    return People(
        eve,
        otto,
        await make_invoice(eve, "2026-000101"),
        await make_invoice(eve, "2026-000102"),
        await make_invoice(otto, "2026-000201"),
        await open_session(eve),
        await open_session(otto),
        await open_session(eve, package),
    )
