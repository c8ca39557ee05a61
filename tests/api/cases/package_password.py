"""Package passwords."""

from __future__ import annotations

from typing import Any

from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import Caller, World, nobodys

NEW = "sieben Möwen zählen Kutter"
NOBODYS = {"packageId": nobodys("pkg")}


async def _set(world: World, caller: Caller) -> Input:
    house = world.house(caller)
    return {"packageId": house.packages["shop"], "password": NEW}


async def _remove(world: World, caller: Caller) -> Input:
    house = world.house(caller)
    return {"packageId": house.packages["shop"]}


async def _too_short(service: Service) -> dict[str, Any]:
    return {"packageId": service.world.owner.packages["shop"], "password": "kurz"}


async def _ended(service: Service) -> dict[str, Any]:
    return {"packageId": service.world.owner.packages["ended"], "password": NEW}


async def _none_set(service: Service) -> dict[str, Any]:
    return {"packageId": service.world.owner.packages["bare"]}


CASES: dict[str, Case] = {
    "packagePasswordSet": Case(
        _set,
        {**NOBODYS, "password": NEW},
        {"BAD_USER_INPUT": _too_short, "NOT_FOUND": always({**NOBODYS, "password": NEW}), "CONFLICT": _ended},
    ),
    "packagePasswordRemove": Case(_remove, NOBODYS, {"NOT_FOUND": always(NOBODYS), "CONFLICT": _none_set}),
}
