"""DNS records."""

from __future__ import annotations

from typing import Any

from models import DnsRecord, Domain
from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import Caller, World, nobodys

NEW = {"name": "www", "type": "A", "value": "192.0.2.80"}
NOBODYS = {"domainId": nobodys("dom"), "version": 1}


def _domain(world: World, caller: Caller) -> str:
    house = world.house(caller)
    names = {Caller.OTHER: "konkurrenz.example", Caller.SIBLING: "verein.example"}
    return house.domains[names.get(caller, "laden.example")]


async def _change(world: World, caller: Caller) -> Input:
    domain = await Domain.get(id=_domain(world, caller))
    records = await DnsRecord.filter(domain_id=domain.id).order_by("id").limit(1)
    return {
        "domainId": domain.id, "version": domain.zone_version, "add": [NEW], "remove": [row.id for row in records],
    }  # fmt: skip


async def _import(world: World, caller: Caller) -> Input:
    domain = await Domain.get(id=_domain(world, caller))
    return {"domainId": domain.id, "version": domain.zone_version, "zoneFile": "ftp 300 A 192.0.2.21", "replace": True}


async def _bad(service: Service) -> dict[str, Any]:
    return {"domainId": _domain(service.world, Caller.OWNER), "version": 1, "add": [{**NEW, "value": "192.0.2"}]}


async def _bad_file(service: Service) -> dict[str, Any]:
    return {"domainId": _domain(service.world, Caller.OWNER), "version": 1, "zoneFile": "www A 192.0.2"}


async def _stale(service: Service) -> dict[str, Any]:
    return {"domainId": _domain(service.world, Caller.OWNER), "version": 7, "add": [NEW]}


async def _stale_file(service: Service) -> dict[str, Any]:
    return {"domainId": _domain(service.world, Caller.OWNER), "version": 7, "zoneFile": "www A 192.0.2.1"}


CASES: dict[str, Case] = {
    "dnsRecordsChange": Case(
        _change,
        {**NOBODYS, "add": [NEW]},
        {"BAD_USER_INPUT": _bad, "NOT_FOUND": always({**NOBODYS, "add": [NEW]}), "CONFLICT": _stale},
    ),
    "dnsZoneImport": Case(
        _import,
        {**NOBODYS, "zoneFile": ""},
        {"BAD_USER_INPUT": _bad_file, "NOT_FOUND": always({**NOBODYS, "zoneFile": ""}), "CONFLICT": _stale_file},
    ),
}
