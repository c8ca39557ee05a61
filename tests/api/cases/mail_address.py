"""Mail addresses without a mailbox of their own."""

from __future__ import annotations

from typing import Any

from models import MailAddress
from tests.api.cases.case import Case, Input, always
from tests.api.cases.dns_record import _domain
from tests.api.cases.mailbox import _id as _mailbox
from tests.api.service import Service
from tests.world import Caller, World, nobodys

WHERE = {"targets": ["anna@example.com"]}
NEW = {"domainId": nobodys("dom"), "localPart": "weiter", **WHERE}
OF = {"mailAddressId": nobodys("mad")}


def _id(world: World, caller: Caller) -> str:
    house = world.other if caller is Caller.OTHER else world.owner
    names = {Caller.OTHER: "fax@konkurrenz.example", Caller.SIBLING: "bass@verein.example"}
    return house.mail_addresses[names.get(caller, "verkauf@laden.example")]


async def _create(world: World, caller: Caller) -> Input:
    return {**NEW, "domainId": _domain(world, caller), "mailboxId": _mailbox(world, caller)}


async def _change(world: World, caller: Caller) -> Input:
    row = await MailAddress.get(id=_id(world, caller))
    return {"mailAddressId": row.id, "version": row.version, "mailboxId": _mailbox(world, caller), **WHERE}


async def _delete(world: World, caller: Caller) -> Input:
    return {"mailAddressId": _id(world, caller)}


async def _bad(service: Service) -> dict[str, Any]:
    return {"domainId": _domain(service.world, Caller.OWNER), "localPart": "neu", "targets": ["niemand"]}


async def _taken(service: Service) -> dict[str, Any]:
    return {"domainId": _domain(service.world, Caller.OWNER), "localPart": "Info", **WHERE}


def _with(**more: Any) -> Any:
    async def gives(service: Service) -> dict[str, Any]:
        return {"mailAddressId": _id(service.world, Caller.OWNER), **more}

    return gives


async def _suspended(service: Service) -> dict[str, Any]:
    house = service.world.owner
    row = await MailAddress.create(
        customer_id=house.customer, package_id=house.packages["suspended"], domain_id=house.domains["pause.example"],
        address="a@pause.example", targets=["anna@example.com"], created_at=service.clock.now,
    )  # fmt: skip
    return {"mailAddressId": row.id}


CASES: dict[str, Case] = {
    "mailAddressCreate": Case(_create, NEW, {"BAD_USER_INPUT": _bad, "NOT_FOUND": always(NEW), "CONFLICT": _taken}),
    "mailAddressChange": Case(
        _change,
        {**OF, "version": 1, **WHERE},
        {
            "BAD_USER_INPUT": _with(version=1, targets=[]),
            "NOT_FOUND": always({**OF, "version": 1, **WHERE}),
            "CONFLICT": _with(version=7, **WHERE),
        },
    ),
    "mailAddressDelete": Case(_delete, OF, {"NOT_FOUND": always(OF), "CONFLICT": _suspended}),
}
