"""The username."""

from __future__ import annotations

from typing import Any

from models import Customer
from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import Caller, World

NEW = "neuer-name"
ASK = "query($name: String!) { usernameAvailable(username: $name) { available } }"


async def version(world: World, caller: Caller) -> int:
    """What the caller would read as `customer.version`."""
    return (await Customer.get(id=world.customer(caller))).version


async def _another_name(world: World, caller: Caller) -> Input:
    return {"username": NEW, "version": await version(world, caller)}


async def _the_name_there_is(world: World, caller: Caller) -> Input:
    await Customer.filter(id=world.customer(caller)).update(username="vorhanden")
    return {"version": await version(world, caller)}


async def _too_often(service: Service) -> dict[str, Any]:
    for _ in range(service.made.parts.settings.checks_per_minute):
        await service.ask(ASK, {"name": NEW}, by=Caller.OWNER)
    return {"username": NEW, "version": 1}


CASES: dict[str, Case] = {
    "usernameChange": Case(
        _another_name,
        {"username": "x y", "version": 1},
        {
            "BAD_USER_INPUT": always({"username": "x y", "version": 1}),
            "CONFLICT": always({"username": "bernd", "version": 1}),
            "RATE_LIMITED": _too_often,
        },
    ),
    "usernameRemove": Case(_the_name_there_is, {"version": 0}, {"CONFLICT": always({"version": 0})}),
}
