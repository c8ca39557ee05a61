"""Download tickets for forms."""

from __future__ import annotations

from typing import Any

from tests.api.cases.case import Case, Input, always, nothing
from tests.api.service import Service
from tests.world import Caller, World, nobodys

NOBODYS = {"contractId": nobodys("ctr"), "kind": "UPGRADE"}


async def _form(world: World, caller: Caller) -> Input:
    house = world.house(caller)
    return {"contractId": house.contracts["shop"], "kind": "CONTRACT_TRANSFER", "language": "EN"}


async def _ended(service: Service) -> dict[str, Any]:
    return {"contractId": service.world.owner.contracts["ended"], "kind": "UPGRADE"}


CASES: dict[str, Case] = {
    "formTicketCreate": Case(_form, NOBODYS, {"NOT_FOUND": always(NOBODYS), "CONFLICT": _ended}),
    "holderChangeTicketCreate": Case(nothing),
}
