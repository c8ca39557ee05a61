"""Databases."""

from __future__ import annotations

from typing import Any

from models import HostedDatabase
from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import NOW, Caller, World, nobodys

MADE: dict[str, Any] = {"engine": "MARIADB", "engineVersion": "11.4", "label": "Laden"}
NOBODYS = {"databaseId": nobodys("dbs")}


def _package(world: World, caller: Caller) -> str:
    return world.house(caller).packages[world.package_name(caller)]


async def _one(world: World, caller: Caller) -> Input:
    row = await HostedDatabase.create(
        customer_id=world.customer(caller), package_id=_package(world, caller), engine="MARIADB", engine_version="11.4",
        name=f"db9{await HostedDatabase.all().count():07}", host="h", port=1, allowed_hosts=[], password_changed_at=NOW,
        created_at=NOW,
    )  # fmt: skip
    return {"databaseId": row.id}


async def _create(world: World, caller: Caller) -> Input:
    return {**MADE, "packageId": _package(world, caller)}


async def _change(world: World, caller: Caller) -> Input:
    return {**await _one(world, caller), "version": 1, "allowedHosts": ["203.0.113.7"]}


async def _suspended(service: Service) -> dict[str, Any]:
    return {**MADE, "packageId": service.world.owner.packages["suspended"]}


async def _of_suspended(service: Service) -> dict[str, Any]:
    given = await _one(service.world, Caller.OWNER)
    suspended = service.world.owner.packages["suspended"]
    await HostedDatabase.filter(id=given["databaseId"]).update(package_id=suspended)
    return given


async def _ended_version(service: Service) -> dict[str, Any]:
    return {**MADE, "packageId": service.world.owner.packages["shop"], "engineVersion": "5.5"}


async def _weak(service: Service) -> dict[str, Any]:
    return {**await _one(service.world, Caller.OWNER), "password": "kurz"}


async def _everybody(service: Service) -> dict[str, Any]:
    return {**await _one(service.world, Caller.OWNER), "version": 1, "allowedHosts": ["0.0.0.0/0"]}


async def _stale(service: Service) -> dict[str, Any]:
    return {**await _one(service.world, Caller.OWNER), "version": 7}


CASES: dict[str, Case] = {
    "databaseCreate": Case(
        _create,
        {**MADE, "packageId": nobodys("pkg")},
        {
            "BAD_USER_INPUT": _ended_version,
            "NOT_FOUND": always({**MADE, "packageId": nobodys("pkg")}),
            "CONFLICT": _suspended,
        },
    ),
    "databaseChange": Case(
        _change,
        {**NOBODYS, "version": 1},
        {"BAD_USER_INPUT": _everybody, "NOT_FOUND": always({**NOBODYS, "version": 1}), "CONFLICT": _stale},
    ),
    "databasePasswordRotate": Case(
        _one, NOBODYS, {"BAD_USER_INPUT": _weak, "NOT_FOUND": always(NOBODYS), "CONFLICT": _of_suspended}
    ),
    "databaseDumpRequest": Case(_one, NOBODYS, {"NOT_FOUND": always(NOBODYS), "CONFLICT": _of_suspended}),
    "databaseDelete": Case(_one, NOBODYS, {"NOT_FOUND": always(NOBODYS), "CONFLICT": _of_suspended}),
}
