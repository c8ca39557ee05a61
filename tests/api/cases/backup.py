"""Backups."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gateway.auth.backup import preview_restore
from gateway.auth.viewer import SCOPES_OF, Viewer
from models import Backup, HostedDatabase, Package, SessionKind
from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import NOW, Caller, Household, World, nobodys

NOBODYS = {"backupId": nobodys("bak")}


async def a_backup(house: Household, package: str = "shop", **values: Any) -> Backup:
    """A fresh one of the web space of a package."""
    given = {"content": "WEB_SPACE", "subject_name": "web", "state": "READY", "expires_at": NOW + timedelta(days=9)}
    return await Backup.create(
        customer_id=house.customer, package_id=house.packages[package], created_at=NOW, **given | values
    )


async def token_of(house: Household, backup: str) -> str:
    """What the preview would show as its token."""
    viewer = Viewer(SessionKind.CUSTOMER, house.customer, None, SCOPES_OF[SessionKind.CUSTOMER], "")
    preview = await preview_restore(viewer, backup, NOW)
    return (preview and preview.token) or ""


async def _create(world: World, caller: Caller) -> Input:
    house, package = world.house(caller), world.package_name(caller)
    await Backup.filter(package_id=house.packages[package], automatic=False, mailbox_id=None).delete()
    row = await HostedDatabase.filter(package_id=house.packages[package]).order_by("id").first()
    assert row is not None
    return {"packageId": house.packages[package], "subjectId": row.id}


async def _restore(world: World, caller: Caller) -> Input:
    house, package = world.house(caller), world.package_name(caller)
    await Backup.filter(package_id=house.packages[package], state="RESTORING").update(state="READY")
    backup = await a_backup(house, package)
    return {"backupId": backup.id, "token": await token_of(house, backup.id)}


async def _delete(world: World, caller: Caller) -> Input:
    return {"backupId": (await a_backup(world.house(caller), world.package_name(caller))).id}


async def _suspended(service: Service) -> dict[str, Any]:
    assert await Package.filter(id=service.world.owner.packages["suspended"]).exists()
    return {"packageId": service.world.owner.packages["suspended"]}


async def _stale(service: Service) -> dict[str, Any]:
    return {**await _restore(service.world, Caller.OWNER), "token": "x"}


async def _of_the_host(service: Service) -> dict[str, Any]:
    return {"backupId": (await a_backup(service.world.owner, automatic=True)).id}


CASES: dict[str, Case] = {
    "backupCreate": Case(
        _create,
        {"packageId": nobodys("pkg")},
        {"NOT_FOUND": always({"packageId": nobodys("pkg")}), "CONFLICT": _suspended},
    ),
    "backupRestore": Case(
        _restore, {**NOBODYS, "token": "x"}, {"NOT_FOUND": always({**NOBODYS, "token": "x"}), "CONFLICT": _stale}
    ),
    "backupDelete": Case(_delete, NOBODYS, {"NOT_FOUND": always(NOBODYS), "CONFLICT": _of_the_host}),
}
