"""Mail addresses without a mailbox of their own."""

from __future__ import annotations

from typing import Any

from models import Domain, MailAddress, Mailbox
from tests.api.cases.case import Case, Input, always
from tests.api.cases.dns_record import _domain
from tests.api.service import Service
from tests.world import NOW, Caller, World, nobodys

WHERE = {"targets": ["anna@example.com"]}
NEW = {"domainId": nobodys("dom"), "localPart": "weiter", **WHERE}
OF = {"mailAddressId": nobodys("mad")}


def _id(world: World, caller: Caller) -> str:
    house = world.house(caller)
    names = {Caller.OTHER: "fax@konkurrenz.example", Caller.SIBLING: "bass@verein.example"}
    return house.mail_addresses[names.get(caller, "verkauf@laden.example")]


async def _own_mailbox(world: World, caller: Caller) -> str:
    """A fresh one of the package: another case may have deleted those that were there."""
    domain = await Domain.get(id=_domain(world, caller))
    row = await Mailbox.create(
        customer_id=domain.customer_id, package_id=domain.package_id, quota_mb=100, created_at=NOW,
        address=f"fach{await Mailbox.all().count()}@{domain.name}",
    )  # fmt: skip
    return row.id


async def _create(world: World, caller: Caller) -> Input:
    return {**NEW, "domainId": _domain(world, caller), "mailboxId": await _own_mailbox(world, caller)}


async def _change(world: World, caller: Caller) -> Input:
    row = await MailAddress.get(id=_id(world, caller))
    return {"mailAddressId": row.id, "version": row.version, "mailboxId": await _own_mailbox(world, caller), **WHERE}


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
