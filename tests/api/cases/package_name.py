"""Renaming packages."""

from __future__ import annotations

from typing import Any

from models import Package
from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import Caller, World, nobodys

NEW = "Zwei Kähne & ein Steg"


async def _own_package(world: World, caller: Caller) -> Input:
    house = world.house(caller)
    id = world.package(caller) or house.packages["shop"]
    return {"id": id, "version": (await Package.get(id=id)).version, "name": NEW}


async def _unnamed(service: Service) -> dict[str, Any]:
    return {"id": service.world.owner.packages["shop"], "version": 1, "name": " \t "}


async def _stale(service: Service) -> dict[str, Any]:
    return {"id": service.world.owner.packages["shop"], "version": 7, "name": NEW}


NOBODYS = {"id": nobodys("pkg"), "version": 1, "name": NEW}

CASES: dict[str, Case] = {
    "packageRename": Case(
        _own_package, NOBODYS, {"BAD_USER_INPUT": _unnamed, "NOT_FOUND": always(NOBODYS), "CONFLICT": _stale}
    ),
}
