"""API tokens."""

from __future__ import annotations

from typing import Any

from models import ApiToken
from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import NOW, Caller, World, nobodys

MADE = {"name": "Zertifikate", "scopes": ["PACKAGE_READ", "DOMAIN_READ"]}
NOBODYS = {**MADE, "packageId": nobodys("pkg")}


async def _own(world: World, caller: Caller) -> Input:
    house = world.house(caller)
    domains = [id for id, row in world.rows.items() if row.table == "domain" and row.package == house.packages["shop"]]
    return {**MADE, "packageId": house.packages["shop"], "domainIds": domains}


async def _one(world: World, caller: Caller) -> Input:
    house = world.house(caller)
    row = await ApiToken.create(
        customer_id=house.customer, name="Alt", token_hash=f"{await ApiToken.all().count():064}", scopes=["PACKAGE_READ"],
        created_at=NOW, expires_at=NOW.replace(year=2027), last_used_at=NOW,
    )  # fmt: skip
    return {"id": row.id}


async def _ended(service: Service) -> dict[str, Any]:
    return {**MADE, "packageId": service.world.owner.packages["ended"]}


CASES: dict[str, Case] = {
    "apiTokenCreate": Case(
        _own,
        NOBODYS,
        {"BAD_USER_INPUT": always({**MADE, "days": 366}), "NOT_FOUND": always(NOBODYS), "CONFLICT": _ended},
    ),
    "apiTokenRevoke": Case(_one, {"id": nobodys("tok")}, {"NOT_FOUND": always({"id": nobodys("tok")})}),
}
