"""Mailboxes."""

from __future__ import annotations

from typing import Any

from models import Mailbox
from tests.api.cases.case import Case, Input, always
from tests.api.cases.dns_record import _domain
from tests.api.service import Service
from tests.world import Caller, World, nobodys

NEW = {"packageId": nobodys("pkg"), "domainId": nobodys("dom"), "localPart": "neu", "quotaMb": 500}
OF = {"mailboxId": nobodys("mbx")}
REPLY = {"subject": "Weg", "text": "Bis bald."}


def _id(world: World, caller: Caller) -> str:
    names = {Caller.OTHER: "post@konkurrenz.example", Caller.SIBLING: "chor@verein.example"}
    return world.house(caller).mailboxes[names.get(caller, "info@laden.example")]


async def _create(world: World, caller: Caller) -> Input:
    package = world.house(caller).packages[world.package_name(caller)]
    return {**NEW, "packageId": package, "domainId": _domain(world, caller)}


async def _of(world: World, caller: Caller) -> Input:
    return {"mailboxId": _id(world, caller)}


async def _change(world: World, caller: Caller) -> Input:
    row = await Mailbox.get(id=_id(world, caller))
    return {"mailboxId": row.id, "version": row.version, "quotaMb": 2_000, "spamFilter": "MARK"}


async def _set(world: World, caller: Caller) -> Input:
    row = await Mailbox.get(id=_id(world, caller))
    return {"mailboxId": row.id, "version": row.version, **REPLY}


async def _clear(world: World, caller: Caller) -> Input:
    row = await Mailbox.get(id=_id(world, caller))
    return {"mailboxId": row.id, "version": row.version}


async def _bad(service: Service) -> dict[str, Any]:
    return {**(await _create(service.world, Caller.OWNER) or {}), "localPart": "a..b"}


async def _taken(service: Service) -> dict[str, Any]:
    return {**(await _create(service.world, Caller.OWNER) or {}), "localPart": "Verkauf"}


async def _suspended(service: Service) -> dict[str, Any]:
    house = service.world.owner
    row = await Mailbox.create(
        customer_id=house.customer, package_id=house.packages["suspended"], address="a@pause.example", quota_mb=100,
        created_at=service.clock.now,
    )  # fmt: skip
    return {"mailboxId": row.id}


def _with(**more: Any) -> Any:
    async def gives(service: Service) -> dict[str, Any]:
        return {"mailboxId": _id(service.world, Caller.OWNER), **more}

    return gives


CASES: dict[str, Case] = {
    "mailboxCreate": Case(_create, NEW, {"BAD_USER_INPUT": _bad, "NOT_FOUND": always(NEW), "CONFLICT": _taken}),
    "mailboxChange": Case(
        _change,
        {**OF, "version": 1},
        {
            "BAD_USER_INPUT": _with(version=1, quotaMb=1),
            "NOT_FOUND": always({**OF, "version": 1}),
            "CONFLICT": _with(version=7),
        },
    ),
    "mailboxPasswordChange": Case(
        _of,
        OF,
        {"BAD_USER_INPUT": _with(password="info"), "NOT_FOUND": always(OF), "CONFLICT": _suspended},
    ),
    "mailboxAutoReplySet": Case(
        _set,
        {**OF, "version": 1, **REPLY},
        {
            "BAD_USER_INPUT": _with(version=1, subject="", text="Weg"),
            "NOT_FOUND": always({**OF, "version": 1, **REPLY}),
            "CONFLICT": _with(version=7, **REPLY),
        },
    ),
    "mailboxAutoReplyClear": Case(
        _clear,
        {**OF, "version": 1},
        {"NOT_FOUND": always({**OF, "version": 1}), "CONFLICT": _with(version=7)},
    ),
    "mailboxDelete": Case(_of, OF, {"NOT_FOUND": always(OF), "CONFLICT": _suspended}),
}
