"""A year's invoices in one file."""

from __future__ import annotations

from typing import Any

from models import InvoiceExport
from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import NOW, Caller, World

YEAR = 2025


async def _of_a_year(world: World, caller: Caller) -> Input:
    return {"year": YEAR, "idempotencyKey": f"case-{caller.value.replace(' ', '-').replace(chr(39), '')}"}


async def _one_is_being_made(service: Service) -> dict[str, Any]:
    await _export(service, "RUNNING", running_for=service.world.owner.customer)
    return {"year": YEAR, "idempotencyKey": "another"}


async def _five_today(service: Service) -> dict[str, Any]:
    for _ in range(5):
        await _export(service, "READY", expires_at=NOW)
    return {"year": YEAR, "idempotencyKey": "one-too-many"}


async def _key_of_another_year(service: Service) -> dict[str, Any]:
    mutation = "mutation($i: InvoiceExportRequestInput!) { invoiceExportRequest(input: $i) { errors { code } } }"
    given = {"year": YEAR, "idempotencyKey": "used"}
    await service.ask(mutation, {"i": given}, by=Caller.OWNER)
    return {**given, "year": YEAR - 1}


async def _export(service: Service, state: str, **more: Any) -> None:
    customer = service.world.owner.customer
    await InvoiceExport.create(customer_id=customer, state=state, requested_at=NOW, year=YEAR, language="de", **more)


CASES: dict[str, Case] = {
    "invoiceExportRequest": Case(
        _of_a_year,
        {"year": 1989, "idempotencyKey": "too-early"},
        {
            "BAD_USER_INPUT": always({"year": 2999, "idempotencyKey": "too-late"}),
            "CONFLICT": _one_is_being_made,
            "RATE_LIMITED": _five_today,
            "IDEMPOTENCY_KEY_REUSED": _key_of_another_year,
        },
    ),
}
