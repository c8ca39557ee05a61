"""An invoice that can be debited again, and asking for that."""

from __future__ import annotations

from datetime import date
from typing import Any

from gateway.keys import IBAN_SEAL, Keyring
from models import BankAccount, Debit, Invoice, Payment
from tests.api.service import Service
from tests.world import KEYS, NOW, Caller, Household

IBAN = "DE89370400440532013000"
OTHER_IBAN = "DE02120300000000202051"
ACCOUNT = {"holder": "Ärmel & Töchter", "iban": OTHER_IBAN, "mandateAccepted": True}
REPEAT = """mutation($input: InvoiceDebitRepeatInput!) { invoiceDebitRepeat(input: $input) {
  invoice { id state actions { name allowed reason } }
  debit { attempt state amount { minorUnits currency } collectOn requestedAt ibanLast4 mandateReference returnCode }
  errors { code message path } } }"""
ACTIONS = '{ node(id: "%s") { ... on Invoice { id state actions { name allowed reason message } } } }'


async def due_invoice(house: Household, name: str = "shop", **values: Any) -> Invoice:
    """One of the customer's invoices, returned and unpaid, of an account that can be debited."""
    id = house.invoices[name]
    await Payment.filter(invoice_id=id).delete()
    await Invoice.filter(id=id).update(**{"state": "DEBIT_RETURNED", "debits": 0, **values})
    sealed = Keyring(KEYS).seal(IBAN_SEAL, IBAN)
    await BankAccount.filter(customer_id=house.customer).update(iban_sealed=sealed, iban_last4=IBAN[-4:])
    return await Invoice.get(id=id)


async def came_back(
    invoice: Invoice, code: str | None, *, mandate: str, attempt: int = 1, state: str = "RETURNED"
) -> None:
    """An earlier debit of an invoice."""
    await Debit.create(
        customer_id=invoice.customer_id, invoice_id=invoice.id, attempt=attempt, state=state,
        active_for=invoice.id if state in ("REQUESTED", "SUBMITTED") else None, amount_minor=invoice.gross_minor,
        currency="EUR", holder="Anna", iban_sealed="sealed", iban_last4="3000", mandate_reference=mandate,
        mandate_signed_on=date(2024, 1, 2), sequence="RCUR", end_to_end_id=f"EARLIER-{attempt}-{invoice.number}",
        collect_on=date(2026, 2, 16), requested_at=NOW, return_code=code,
    )  # fmt: skip


async def repeat(
    service: Service, invoice_id: str, key: str = "k1", by: str | None = None, **more: Any
) -> dict[str, Any]:
    """The payload of the mutation, asked by the owner with a raised session."""
    token = by or await service.token(Caller.OWNER, raised=True)
    given = {"invoiceId": invoice_id, "idempotencyKey": key, **more}
    payload = (await service.ask(REPEAT, {"input": given}, by=token)).data["invoiceDebitRepeat"]
    assert isinstance(payload, dict)
    return payload


async def menu(service: Service, invoice_id: str) -> dict[str, tuple[bool, str | None]]:
    """The actions of an invoice, from both engines."""
    reply = await service.both(ACTIONS % invoice_id, by=Caller.OWNER)
    return {entry["name"]: (entry["allowed"], entry["reason"]) for entry in reply.data["node"]["actions"]}
