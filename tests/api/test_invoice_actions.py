"""What the menu of an invoice offers and what the mutation takes are the same, in many random states."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from models import BankAccount, Debit, IdempotencyKey, Invoice, Payment
from tests.api.debiting import ACCOUNT, came_back, due_invoice, menu, repeat
from tests.api.service import Service
from tests.proofs import counted
from tests.world import NOW, Caller, Household

STATES = ("OPEN", "OPEN", "OVERDUE", "DEBIT_RETURNED", "DEBIT_RETURNED", "DEBIT_PENDING", "PAID", "CANCELLED")
CODES = (None, "MS03", "AM04", "AC04", "MD01", "MD06", "MD07", "ZZ99")
CASES = 60


async def somehow(randomly: Random, house: Household) -> Invoice:
    """An invoice in a random state, with random payments, debits and mandate."""
    await Debit.filter(invoice_id=house.invoices["shop"]).delete()
    attempts = randomly.choice((0, 0, 1, 1, 2, 3, 4))
    invoice = await due_invoice(
        house, state=randomly.choice(STATES), debits=attempts, currency=randomly.choice(("EUR",) * 7 + ("CHF",)),
        kind=randomly.choice(("INVOICE",) * 9 + ("CREDIT_NOTE",)),
    )  # fmt: skip
    reference = f"M-{randomly.random()}"
    given: dict[str, Any] = {
        "mandate_reference": reference,
        "mandate_signed_on": randomly.choice((date(2025, 1, 1), date(2020, 1, 1))),
        "mandate_used_on": randomly.choice((None, date(2025, 2, 1), date(2021, 1, 1))),
        "mandate_revoked_at": randomly.choice((None, None, None, NOW - timedelta(days=1))),
    }
    await BankAccount.filter(customer_id=invoice.customer_id).update(**given)
    for attempt in range(1, attempts + 1):
        active = attempt == attempts and randomly.random() < 0.1
        state = randomly.choice(("REQUESTED", "SUBMITTED")) if active else randomly.choice(("RETURNED", "WITHDRAWN"))
        code = randomly.choice(CODES) if state == "RETURNED" else None
        mandate = reference if randomly.random() < 0.7 else "M-OLD"
        await came_back(invoice, code, mandate=mandate, attempt=attempt, state=state)
    if randomly.random() < 0.4:
        amount = randomly.choice((1, invoice.gross_minor - 1, invoice.gross_minor, invoice.gross_minor + 1))
        await Payment.create(
            customer_id=invoice.customer_id, invoice_id=invoice.id, currency="EUR", method="TRANSFER",
            paid_on=date(2026, 2, 1), amount_minor=amount,
        )  # fmt: skip
    return invoice


async def test_it_is_offered_exactly_when_it_is_accepted(service: Service) -> None:
    randomly, seen = Random(20), set()
    token = await service.token(Caller.OWNER, raised=True)
    for number in range(CASES):
        invoice = await somehow(randomly, service.world.owner)
        before = await Invoice.get(id=invoice.id)
        for name, more in (("DEBIT_REPEAT_WITH_NEW_ACCOUNT", {"bankAccount": ACCOUNT}), ("DEBIT_REPEAT", {})):
            if name == "DEBIT_REPEAT_WITH_NEW_ACCOUNT" and number % 2:
                continue  # it changes the account, which the other is about
            allowed, reason = (await menu(service, invoice.id))[name]
            payload = await repeat(service, invoice.id, key=f"{number}-{name}", by=token, **more)
            assert [error["code"] for error in payload["errors"]] == ([] if allowed else ["CONFLICT"]), (
                number,
                name,
                reason,
            )
            seen.add((name, allowed))
            if allowed:
                break
            assert (await Invoice.get(id=invoice.id)).state == before.state
    assert len(seen) == 4
    assert await IdempotencyKey.filter(result=None).count() == 0
    counted("action ⇔ mutation cases", CASES, of="invoices")
