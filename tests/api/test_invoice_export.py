"""Asking for a year's invoices in one file: once for each key, one at a time, and only of one's own."""

from __future__ import annotations

import asyncio
from typing import Any

from models import AuditEvent, InvoiceExport
from tests.api.service import Service
from tests.world import Caller

ASK = """mutation($i: InvoiceExportRequestInput!) { invoiceExportRequest(input: $i) {
  invoiceExport { id year state progress downloadPath } errors { code path } } }"""
LIST = "{ invoiceExports { totalCount nodes { id year state downloadPath invoices } } }"


async def ask(service: Service, key: str, year: int = 2025) -> dict[str, Any]:
    given = {"i": {"year": year, "idempotencyKey": key}}
    payload = (await service.ask(ASK, given, by=Caller.OWNER)).data["invoiceExportRequest"]
    assert isinstance(payload, dict)
    return payload


async def test_the_same_request_again_gives_the_same_file(service: Service) -> None:
    first, second = await ask(service, "k"), await ask(service, "k")
    assert first["errors"] == []
    assert first == second
    assert (first["invoiceExport"]["state"], first["invoiceExport"]["downloadPath"]) == ("QUEUED", None)
    assert await InvoiceExport.filter(state="QUEUED").count() == 1
    assert await AuditEvent.filter(action="invoice_export.request").count() == 1


async def test_of_many_requests_at_once_one_wins(service: Service) -> None:
    found = await asyncio.gather(*(ask(service, f"k{n}") for n in range(8)))
    assert sorted(len(payload["errors"]) for payload in found) == [0] + [1] * 7
    assert await InvoiceExport.filter(state="QUEUED").count() == 1


async def test_a_year_nobody_was_billed_in_yet_is_refused(service: Service) -> None:
    for year in (1989, 2027, 2**31 - 1, -1):
        payload = await ask(service, f"y{year}", year)
        assert payload["errors"] == [{"code": "BAD_USER_INPUT", "path": ["input", "year"]}]
    assert not await InvoiceExport.filter(state="QUEUED").exists()


async def test_each_customer_sees_their_own(service: Service) -> None:
    for caller, house in ((Caller.OWNER, service.world.owner), (Caller.OTHER, service.world.other)):
        found = (await service.both(LIST, by=caller)).data["invoiceExports"]
        assert [node["id"] for node in found["nodes"]] == [house.exports["ready"]]
        assert found["nodes"][0]["downloadPath"] == f"/invoice-exports/{house.exports['ready']}.zip"
