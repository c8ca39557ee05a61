"""Whose a declaration is: found by the address that was proven by mail, or told by an operator."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import datetime

import idna

from gateway.auth import audit
from gateway.auth.audit import Actor
from gateway.auth.client import Client
from gateway.auth.notices import notify
from gateway.auth.password_reset import mailbox
from gateway.auth.sessions import hold_customer
from models import ActorKind, Contract, Customer, Declaration, DeclarationReceipt, DeclarationState, OutboxMessage
from models.database import in_unit_of_work
from models.rules.declaration import contract_named


async def match_confirmed(message: OutboxMessage) -> None:
    """What a row of the kind `declaration.match` asks for: the customer whose contact address was proven, if it is one.

    A declaration that an operator dealt with meanwhile stays as it is.
    """
    found = await Declaration.get_or_none(id=message.payload["declaration_id"])
    if found is None or found.confirmed_at is None or found.state != DeclarationState.RECEIVED:
        return
    customers = await customers_at(found.email)
    if len(customers) != 1:
        return
    contract = await named_contract(found, customers[0].id)

    async def write() -> None:
        customer = await hold_customer(customers[0].id)
        if mailbox(customer.email) == mailbox(found.email):
            await assign(found, customer, contract, ActorKind.SYSTEM, message.created_at)

    await in_unit_of_work(write)


async def customers_at(email: str) -> Sequence[Customer]:
    """The customers with this contact address, two at most."""
    local, _, domain = email.rpartition("@")
    spellings = {email, f"{local}@{domain.lower()}"}
    with contextlib.suppress(idna.IDNAError, UnicodeError):  # it may have been stored with its own letters
        spellings.add(f"{local}@{idna.decode(domain)}")
    found: dict[str, Customer] = {}
    for spelling in sorted(spellings):
        for customer in await Customer.filter(email__iexact=spelling).limit(10):
            if mailbox(customer.email) == mailbox(email):
                found[customer.id] = customer
    return list(found.values())[:2]


async def named_contract(declaration: Declaration, customer_id: str) -> Contract | None:
    """The one contract of the customer that the text names by its own number or by that of the order."""
    contracts = await Contract.filter(customer_id=customer_id).select_related("package")
    numbers = {contract.number: contract.id for contract in contracts}
    numbers |= {contract.package.order_number: contract.id for contract in contracts if contract.package.order_number}
    named = contract_named(declaration.contract_text, numbers)
    return next((contract for contract in contracts if contract.id == named), None)


async def assign(
    declaration: Declaration, customer: Customer, contract: Contract | None, by: ActorKind, now: datetime
) -> bool:
    """Make it the customer's, with its receipt: inside a unit of work. False when it is somebody's, or settled, already."""
    waiting = Declaration.filter(id=declaration.id, state=DeclarationState.RECEIVED)
    known = None if contract is None else contract.id
    if not await waiting.update(state=DeclarationState.MATCHED, customer_id=customer.id, contract_id=known):
        return False
    await DeclarationReceipt.filter(declaration_id=declaration.id).update(customer_id=customer.id)
    await record_for(declaration, "declaration.match", customer.id, contract, by, now)
    await notify(
        customer, "declaration_matched", now, number=declaration.number, received_at=declaration.received_at.isoformat()
    )
    return True


async def record_for(
    declaration: Declaration, action: str, customer_id: str, contract: Contract | None, by: ActorKind, now: datetime
) -> None:
    """An entry of the customer's audit log: inside the unit of work."""
    await audit.record(
        Actor(by, None, customer_id),
        Client("", None, declaration.id),
        now,
        action,
        object_id=declaration.id,
        package_id=None if contract is None else contract.package_id,
        detail={"name": declaration.number},
    )
