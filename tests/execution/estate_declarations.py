"""Declarations of every kind and state, of customers and of nobody."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from models import Contract, Customer, Declaration

STATES = ("MATCHED", "DONE", "REJECTED", "MATCHED")
KINDS = ("CANCELLATION", "EXTRAORDINARY_CANCELLATION", "WITHDRAWAL")


async def make_declarations(customer: Customer, ids: list[str], now: datetime) -> None:
    """Four of a customer, two of them from the same moment, and one of nobody."""
    contract = await Contract.filter(customer_id=customer.id).order_by("number").first()
    for n, state in enumerate((*STATES, "RECEIVED")):
        mine = state != "RECEIVED"
        row = await Declaration.create(
            customer_id=customer.id if mine else None, contract_id=contract.id if mine and contract and n else None,
            kind=KINDS[n % 3], state=state, number=f"K-{customer.number}-{n}", name=f"Zoë {n}",
            identification=None if n % 2 else f"geboren {n}", email="zoe@example.org", contract_text="mein Vertrag",
            reason="Grund" if n % 3 == 1 else None, requested_on=date(2026, 5, n + 1) if n % 2 else None, language="de",
            received_at=now - timedelta(days=n // 2), sha256="0" * 64, settled_at=now if n in (1, 2) else None,
            note="so ist es" if n == 2 else None,
        )  # fmt: skip
        ids.append(row.id)
