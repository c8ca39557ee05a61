"""The operators' queue of declarations: what waits, what one says, whose it is, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from gateway.auth.declaration_receipt import content_of
from gateway.auth.notices import notify
from gateway.auth.sessions import hold_customer
from gateway.documents.declaration_words import entries
from gateway.jobs.declaration_match import assign, customers_at, named_contract, record_for
from models import ActorKind, Contract, Customer, Declaration, DeclarationState
from models.database import in_unit_of_work

WAITING = (DeclarationState.RECEIVED, DeclarationState.MATCHED)
LONGEST_NOTE = 400


class QueueError(Exception):
    """What an operator asked for cannot be done; the message says why, and nothing was changed."""


async def waiting(states: Sequence[DeclarationState] = WAITING, most: int = 200) -> list[str]:
    """A line for each declaration in these states, the one that waits longest first."""
    rows = (
        await Declaration.filter(state__in=states).order_by("received_at", "id").limit(most).select_related("customer")
    )
    return [
        "  ".join(
            (
                row.number,
                f"{row.received_at.astimezone(UTC):%Y-%m-%d %H:%M}",
                f"{row.state.value:<8}",
                f"{row.kind.value:<26}",
                row.customer.number if row.customer else ("mail proven" if row.confirmed_at else "-"),
                row.name,
            )
        )
        for row in rows
    ]


async def shown(number: str) -> list[str]:
    """Everything about one, and who it may be from."""
    row = await _found(number)
    lines = [f"{label}: {line}" for label, lines in entries(content_of(row), "en") for line in lines]
    lines += [f"State: {row.state.value}", f"SHA-256: {row.sha256}"]
    lines.append(f"Address proven: {f'{row.confirmed_at:%Y-%m-%d %H:%M} UTC' if row.confirmed_at else 'no'}")
    if row.customer_id is not None:
        lines.append(f"Customer: {(await Customer.get(id=row.customer_id)).number}")
    else:
        known = ", ".join(customer.number for customer in await customers_at(row.email))
        lines.append(f"Contact address of: {known or 'no customer'}")
    if row.contract_id is not None:
        lines.append(f"Contract: {(await Contract.get(id=row.contract_id)).number}")
    if row.settled_at is not None:
        lines.append(f"Settled: {row.settled_at:%Y-%m-%d %H:%M} UTC{f', {row.note}' if row.note else ''}")
    return lines


async def match(number: str, customer_number: str, contract_number: str | None, now: datetime) -> list[str]:
    """Say whose it is, and which contract it is about: by default the one that its text names. What was done, in words.

    Raises `QueueError`.
    """
    row = await _found(number)
    customer = await Customer.get_or_none(number=customer_number)
    if customer is None:
        raise QueueError(f"there is no customer {customer_number}")
    contract = await _contract(row, customer, contract_number)

    async def write() -> None:
        held = await hold_customer(customer.id)
        if not await assign(row, held, contract, ActorKind.OPERATOR, now):
            raise QueueError(f"{row.number} is {(await _found(number)).state.value} already")

    await in_unit_of_work(write)
    about = "no contract: its text names none, or several" if contract is None else f"contract {contract.number}"
    return [f"{row.number} is of customer {customer.number}, {about}."]


async def settle(number: str, state: DeclarationState, note: str | None, now: datetime) -> list[str]:
    """Note that it was carried out (`DONE`) or refused (`REJECTED`). What was done, in words. Raises `QueueError`."""
    row = await _found(number)
    if note is not None and (len(note) > LONGEST_NOTE or not note.isprintable()):
        raise QueueError(f"a note is one line of at most {LONGEST_NOTE} characters")
    if state == DeclarationState.REJECTED and not note:
        raise QueueError("a declaration is refused with a note that says why")

    async def write() -> None:
        customer = None if row.customer_id is None else await hold_customer(row.customer_id)
        unsettled = Declaration.filter(id=row.id, state=row.state, state__in=WAITING)
        if not await unsettled.update(state=state, settled_at=now, note=note):
            raise QueueError(f"{row.number} is {(await _found(number)).state.value} already")
        if customer is not None:
            contract = None if row.contract_id is None else await Contract.get(id=row.contract_id)
            await record_for(
                row,
                "declaration.done" if state == DeclarationState.DONE else "declaration.reject",
                customer.id,
                contract,
                ActorKind.OPERATOR,
                now,
            )
            await notify(
                customer, "declaration_settled", now, number=row.number, received_at=row.received_at.isoformat()
            )

    await in_unit_of_work(write)
    return [f"{row.number} is {state.value}."]


async def _found(number: str) -> Declaration:
    row = await Declaration.get_or_none(number=number.strip().upper())
    if row is None:
        raise QueueError(f"there is no declaration {number}")
    return row


async def _contract(row: Declaration, customer: Customer, number: str | None) -> Contract | None:
    if number is None:
        return await named_contract(row, customer.id)
    contract = await Contract.get_or_none(number=number, customer_id=customer.id)
    if contract is None:
        raise QueueError(f"customer {customer.number} has no contract {number}")
    return contract
