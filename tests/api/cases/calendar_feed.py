"""Calendar feeds."""

from __future__ import annotations

from typing import Any

from gateway.auth.calendar_feeds import MOST
from models import CalendarFeed
from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import NOW, Caller, World, nobodys


async def _name(world: World, caller: Caller) -> Input:
    return {"name": "Büro"}


async def _feed(customer: str) -> str:
    number = await CalendarFeed.all().count()
    row = await CalendarFeed.create(customer_id=customer, name="Alt", token_hash=f"c{number:063}", created_at=NOW)
    return str(row.id)


async def _one(world: World, caller: Caller) -> Input:
    return {"id": await _feed(world.house(caller).customer)}


async def _too_many(service: Service) -> dict[str, Any]:
    for _ in range(MOST):
        await _feed(service.world.owner.customer)
    return {"name": "Noch einer"}


CASES: dict[str, Case] = {
    "calendarFeedCreate": Case(
        _name, {"name": " "}, {"BAD_USER_INPUT": always({"name": "x" * 81}), "CONFLICT": _too_many}
    ),
    "calendarFeedRevoke": Case(_one, {"id": nobodys("cal")}, {"NOT_FOUND": always({"id": nobodys("cal")})}),
}
