"""Declarations of the demo: one that a customer made for good cause, and one that waits for an operator to say whose it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from gateway.auth.declaration import new_declaration
from gateway.auth.declaration_receipt import store_receipt
from gateway.documents.company import Company
from gateway.documents.declaration import DeclarationDocument
from gateway.documents.declaration_pdf import render_declaration
from gateway.jobs.demo.people import CAST
from models import Contract, Customer, Declaration, DeclarationState
from models.database import in_unit_of_work
from models.rules.declaration import CANCELLATION, EXTRAORDINARY, Content

SHOP = CAST[1]
"""Who declared for good cause."""

_OF_CUSTOMER, _OF_NOBODY = "K-DEM0-4F7Q-2M9X", "K-DEM0-8K3T-6VHC"


async def make_declarations(company: Company, now: datetime) -> None:
    """Store them, unless they are there. The database is connected."""
    customer = await Customer.get_or_none(number=SHOP.number)
    if customer is None or await Declaration.filter(number=_OF_CUSTOMER).exists():
        return
    contract = await Contract.filter(customer_id=customer.id).order_by("-starts_on", "number").first()
    if contract is None:
        return
    at = (now - timedelta(days=3)).replace(microsecond=0)
    name = f"{SHOP.first_name} {SHOP.last_name}"
    mine = Content(
        _OF_CUSTOMER, EXTRAORDINARY, name, customer.number, contract.number,
        "Das Paket war im letzten Monat an elf Tagen nicht erreichbar, trotz zweier Mahnungen.", None, customer.email, at,
    )  # fmt: skip
    theirs = Content(
        _OF_NOBODY, CANCELLATION, "Hannelore Brück", "Ulmenweg 4, 53111 Bonn", "Homepage meines verstorbenen Mannes", None,
        None, "h.brueck@example.org", at + timedelta(days=1),
    )  # fmt: skip
    await _store(mine, company, now, customer, contract)
    await _store(theirs, company, now)


async def _store(
    content: Content,
    company: Company,
    now: datetime,
    customer: Customer | None = None,
    contract: Contract | None = None,
) -> None:
    drawn = render_declaration(DeclarationDocument("de", company, content))
    row = new_declaration(content, "de", DeclarationState.MATCHED if customer else DeclarationState.RECEIVED)
    row.customer_id = customer.id if customer else None
    row.contract_id = contract.id if contract else None
    row.confirmed_at = content.received_at if customer else None

    async def write() -> None:
        await row.save(force_create=True)
        await store_receipt(row, drawn, now)

    await in_unit_of_work(write)
