"""Taking the care of packages back."""

from __future__ import annotations

from typing import Any

from models import Mailbox, Package, SftpAccount
from tests.api.cases.case import Case, Input
from tests.api.service import Service
from tests.world import NOW, Caller, World, nobodys


async def _own(world: World, caller: Caller) -> Input:
    house = world.house(caller)
    package = await Package.get(id=house.packages["shop"])
    mailbox = await Mailbox.filter(package_id=package.id).order_by("id").first()
    own: dict[str, Any] = {"customer_id": house.customer, "package_id": package.id, "created_at": NOW}
    account = await SftpAccount.create(
        **own, username=f"u{await SftpAccount.all().count():07}", directory="", access="SFTP", password_changed_at=NOW
    )
    assert mailbox is not None
    return {
        "packageId": package.id, "version": package.version, "packagePassword": "KEEP", "mailboxIds": [mailbox.id],
        "databaseIds": [house.databases["shop"]], "sftpAccountIds": [account.id],
    }  # fmt: skip


async def _foreign_mailbox(service: Service) -> dict[str, Any]:
    package = await Package.get(id=service.world.owner.packages["shop"])
    return {"packageId": package.id, "version": package.version, "mailboxIds": [nobodys("mbx")]}


async def _changed_meanwhile(service: Service) -> dict[str, Any]:
    return {"packageId": service.world.owner.packages["shop"], "version": 99}


NOBODYS = {"packageId": nobodys("pkg"), "version": 1}

CASES: dict[str, Case] = {
    "packageHandBack": Case(_own, NOBODYS, {"NOT_FOUND": _foreign_mailbox, "CONFLICT": _changed_meanwhile}),
}
