"""Download tickets."""

from __future__ import annotations

from tests.api.cases.case import Case, Input, always
from tests.world import Caller, World, nobodys


async def _invoice_of_the_customer(world: World, caller: Caller) -> Input:
    house = world.house(caller)
    return {"invoiceId": house.invoices["shop"]}


async def _agreement_of_the_customer(world: World, caller: Caller) -> Input:
    house = world.house(caller)
    return {"agreementId": house.agreements["old"]}


async def _report_of_the_customer(world: World, caller: Caller) -> Input:
    house = world.house(caller)
    return {"dataReportId": house.reports["ready"]}


async def _export_of_the_customer(world: World, caller: Caller) -> Input:
    house = world.house(caller)
    return {"invoiceExportId": house.exports["ready"]}


CASES: dict[str, Case] = {
    "invoiceTicketCreate": Case(
        _invoice_of_the_customer,
        {"invoiceId": nobodys("inv")},
        {"NOT_FOUND": always({"invoiceId": nobodys("inv")})},
    ),
    "invoiceXmlTicketCreate": Case(
        _invoice_of_the_customer,
        {"invoiceId": nobodys("inv")},
        {"NOT_FOUND": always({"invoiceId": nobodys("inv")})},
    ),
    "invoiceExportTicketCreate": Case(
        _export_of_the_customer,
        {"invoiceExportId": nobodys("exp")},
        {"NOT_FOUND": always({"invoiceExportId": nobodys("exp")})},
    ),
    "agreementTicketCreate": Case(
        _agreement_of_the_customer,
        {"agreementId": nobodys("agr")},
        {"NOT_FOUND": always({"agreementId": nobodys("agr")})},
    ),
    "dataReportTicketCreate": Case(
        _report_of_the_customer,
        {"dataReportId": nobodys("rep")},
        {"NOT_FOUND": always({"dataReportId": nobodys("rep")})},
    ),
}
