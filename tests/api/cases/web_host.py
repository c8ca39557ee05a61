"""Host names of the web servers."""

from __future__ import annotations

from typing import Any

from models import WebHost
from tests.api.cases.case import Case, Input, always
from tests.api.cases.dns_record import _domain
from tests.api.service import Service
from tests.world import Caller, World, nobodys

FOLDER: dict[str, Any] = {"target": "WEB_ROOT", "webRoot": "neu", "phpVersion": "8.4"}
NEW = {"domainId": nobodys("dom"), "name": "neu", **FOLDER}
CHANGED = {"webHostId": nobodys("whs"), "version": 1, **FOLDER}


async def _create(world: World, caller: Caller) -> Input:
    return {**NEW, "domainId": _domain(world, caller)}


async def _change(world: World, caller: Caller) -> Input:
    host = await _host(world, caller)
    return {**CHANGED, "webHostId": host.id, "version": host.version}


async def _delete(world: World, caller: Caller) -> Input:
    return {"webHostId": (await _host(world, caller)).id}


async def _host(world: World, caller: Caller) -> WebHost:
    return await WebHost.get(domain_id=_domain(world, caller), name="@")


async def _bad(service: Service) -> dict[str, Any]:
    return {**NEW, "domainId": _domain(service.world, Caller.OWNER), "name": "a_b"}


async def _there(service: Service) -> dict[str, Any]:
    return {**NEW, "domainId": _domain(service.world, Caller.OWNER), "name": "@"}


async def _bad_folder(service: Service) -> dict[str, Any]:
    return {**CHANGED, "webHostId": (await _host(service.world, Caller.OWNER)).id, "webRoot": "../.."}


async def _stale(service: Service) -> dict[str, Any]:
    return {**CHANGED, "webHostId": (await _host(service.world, Caller.OWNER)).id, "version": 7}


async def _suspended(service: Service) -> dict[str, Any]:
    return {"webHostId": service.world.owner.web_hosts["@ pause.example"]}


CASES: dict[str, Case] = {
    "webHostCreate": Case(_create, NEW, {"BAD_USER_INPUT": _bad, "NOT_FOUND": always(NEW), "CONFLICT": _there}),
    "webHostChange": Case(
        _change, CHANGED, {"BAD_USER_INPUT": _bad_folder, "NOT_FOUND": always(CHANGED), "CONFLICT": _stale}
    ),
    "webHostDelete": Case(
        _delete,
        {"webHostId": nobodys("whs")},
        {"NOT_FOUND": always({"webHostId": nobodys("whs")}), "CONFLICT": _suspended},
    ),
}
