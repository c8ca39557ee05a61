"""Challenges of certification authorities."""

from __future__ import annotations

from typing import Any

from models import DnsRecord, Domain
from models.rules.acme_challenge import LABEL
from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import NOW, Caller, World

VALUE = "LHDhK3oGRvkiefQnx7OOczTY5Tic_xZ6HcMOc_gmtoM"
NOBODYS = {"fqdn": f"{LABEL}.nobody.example.", "value": VALUE}


def _domain(caller: Caller) -> str:
    return {Caller.OTHER: "konkurrenz.example", Caller.SIBLING: "verein.example"}.get(caller, "laden.example")


async def _new(world: World, caller: Caller) -> Input:
    return {"fqdn": f"{LABEL}.{_domain(caller)}.", "value": VALUE}


async def _there(world: World, caller: Caller) -> Input:
    of = await Domain.get(ascii_name=_domain(caller))
    challenge = {"domain_id": of.id, "name": LABEL, "type": "TXT", "value": f'"{VALUE}"'}
    if not await DnsRecord.exists(**challenge):
        owner = {"customer_id": of.customer_id, "package_id": of.package_id}
        await DnsRecord.create(**owner, **challenge, ttl=60, created_at=NOW)
    return await _new(world, caller)


async def _in_the_way(service: Service) -> dict[str, Any]:
    of = await Domain.get(ascii_name="laden.example")
    await Domain.filter(id=of.id).update(state="PENDING")
    return {"fqdn": f"{LABEL}.laden.example", "value": VALUE}


_CODES = {
    "BAD_USER_INPUT": always({"fqdn": "www.laden.example.", "value": VALUE}),
    "NOT_FOUND": always(NOBODYS),
    "CONFLICT": _in_the_way,
}

CASES: dict[str, Case] = {
    "acmeChallengeSet": Case(_new, NOBODYS, _CODES),
    "acmeChallengeClear": Case(_there, NOBODYS, _CODES),
}
