"""Cron jobs."""

from __future__ import annotations

from typing import Any

from models import CronJob
from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import NOW, Caller, World, nobodys

PLAN: dict[str, Any] = {"schedule": "@daily", "kind": "SCRIPT", "target": "shop/cron.php", "phpVersion": "8.4"}
NEW = {**PLAN, "packageId": nobodys("pkg")}
CHANGED = {**PLAN, "cronJobId": nobodys("crn"), "version": 1}
NOBODYS = {"cronJobId": nobodys("crn")}


def _package(world: World, caller: Caller, name: str = "") -> dict[str, Any]:
    house = world.house(caller)
    return {"customer_id": house.customer, "package_id": house.packages[name or world.package_name(caller)]}


async def _one(world: World, caller: Caller, package: str = "") -> CronJob:
    return await CronJob.create(
        **_package(world, caller, package),
        schedule="0 0 * * *",
        kind="URL",
        target="https://x.example/",
        created_at=NOW,
    )


async def _create(world: World, caller: Caller) -> Input:
    return {**NEW, "packageId": _package(world, caller)["package_id"]}


async def _change(world: World, caller: Caller) -> Input:
    return {**CHANGED, "cronJobId": (await _one(world, caller)).id}


async def _delete(world: World, caller: Caller) -> Input:
    return {"cronJobId": (await _one(world, caller)).id}


async def _too_often(service: Service) -> dict[str, Any]:
    return {**NEW, "packageId": service.world.owner.packages["shop"], "schedule": "* * * * *"}


async def _in_suspended(service: Service) -> dict[str, Any]:
    return {**NEW, "packageId": service.world.owner.packages["suspended"]}


async def _bad_file(service: Service) -> dict[str, Any]:
    return {**CHANGED, "cronJobId": (await _one(service.world, Caller.OWNER)).id, "target": "../x.php"}


async def _stale(service: Service) -> dict[str, Any]:
    return {**CHANGED, "cronJobId": (await _one(service.world, Caller.OWNER)).id, "version": 7}


async def _of_suspended(service: Service) -> dict[str, Any]:
    return {"cronJobId": (await _one(service.world, Caller.OWNER, "suspended")).id}


CASES: dict[str, Case] = {
    "cronJobCreate": Case(
        _create, NEW, {"BAD_USER_INPUT": _too_often, "NOT_FOUND": always(NEW), "CONFLICT": _in_suspended}
    ),
    "cronJobChange": Case(
        _change, CHANGED, {"BAD_USER_INPUT": _bad_file, "NOT_FOUND": always(CHANGED), "CONFLICT": _stale}
    ),
    "cronJobDelete": Case(_delete, NOBODYS, {"NOT_FOUND": always(NOBODYS), "CONFLICT": _of_suspended}),
}
