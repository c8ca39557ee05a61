"""Direct debits."""

from __future__ import annotations

from typing import Any

from tests.api.cases.case import Case, Input
from tests.api.debiting import ACCOUNT, REPEAT, due_invoice
from tests.api.service import Service
from tests.world import Caller, World, nobodys


async def _working(world: World, caller: Caller) -> Input:
    house = world.house(caller)
    invoice = await due_invoice(house)
    return {"invoiceId": invoice.id, "idempotencyKey": f"case-{caller.value.replace(' ', '-')}", "bankAccount": ACCOUNT}


async def _wrong_iban(service: Service) -> dict[str, Any]:
    invoice = await due_invoice(service.world.owner)
    return {"invoiceId": invoice.id, "idempotencyKey": "wrong", "bankAccount": {**ACCOUNT, "iban": "DE00"}}


async def _nobodys(service: Service) -> dict[str, Any]:
    return FAILING


async def _paid(service: Service) -> dict[str, Any]:
    return {"invoiceId": service.world.owner.invoices["shop"], "idempotencyKey": "paid"}


async def _key_reused(service: Service) -> dict[str, Any]:
    invoice = await due_invoice(service.world.owner)
    given = {"invoiceId": invoice.id, "idempotencyKey": "reused"}
    await service.ask(REPEAT, {"input": given}, by=await service.token(Caller.OWNER, raised=True))
    return {**given, "bankAccount": ACCOUNT}


FAILING = {"invoiceId": nobodys("inv"), "idempotencyKey": "nobodys"}

CASES: dict[str, Case] = {
    "invoiceDebitRepeat": Case(
        _working,
        FAILING,
        {
            "BAD_USER_INPUT": _wrong_iban,
            "NOT_FOUND": _nobodys,
            "CONFLICT": _paid,
            "IDEMPOTENCY_KEY_REUSED": _key_reused,
        },
    ),
}
