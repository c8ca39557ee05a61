"""Accounts for the web space and their keys."""

from __future__ import annotations

from typing import Any

from models import SftpAccount, SshKey
from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import NOW, Caller, World, nobodys

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDgYGJDE1UDLWFwGsNYm5PodFHczlIkmAxRy8KYCsHJS anna@laptop"
NEW = {"packageId": nobodys("pkg")}
WHICH = {"sftpAccountId": nobodys("sft")}
CHANGED: dict[str, Any] = {**WHICH, "version": 1, "directory": "neu", "access": "SSH"}
ADDED = {**WHICH, "publicKey": KEY}
REMOVED = {"sshKeyId": nobodys("sky")}


def _of(world: World, caller: Caller, package: str = "") -> dict[str, Any]:
    house = world.house(caller)
    return {"customer_id": house.customer, "package_id": house.packages[package or world.package_name(caller)]}


async def _one(world: World, caller: Caller, package: str = "") -> str:
    number = await SftpAccount.all().count()
    row = await SftpAccount.create(
        **_of(world, caller, package), username=f"fall-{number}", directory="", access="SFTP", password_changed_at=NOW,
        created_at=NOW,
    )  # fmt: skip
    return str(row.id)


async def _key(world: World, caller: Caller, package: str = "") -> SshKey:
    return await SshKey.create(
        **_of(world, caller, package), account_id=await _one(world, caller, package), type="ssh-ed25519",
        public_key=KEY.rsplit(" ", 1)[0], fingerprint="SHA256:x", created_at=NOW,
    )  # fmt: skip


async def _create(world: World, caller: Caller) -> Input:
    return {"packageId": _of(world, caller)["package_id"]}


async def _this(world: World, caller: Caller) -> Input:
    return {"sftpAccountId": await _one(world, caller)}


async def _change(world: World, caller: Caller) -> Input:
    return {**CHANGED, "sftpAccountId": await _one(world, caller)}


async def _with_key(world: World, caller: Caller) -> Input:
    return {"sftpAccountId": (await _key(world, caller)).account_id}


async def _add(world: World, caller: Caller) -> Input:
    return {**ADDED, "sftpAccountId": await _one(world, caller)}


async def _remove(world: World, caller: Caller) -> Input:
    return {"sshKeyId": (await _key(world, caller)).id}


async def _bad_directory(service: Service) -> dict[str, Any]:
    return {"packageId": service.world.owner.packages["shop"], "directory": "../x"}


async def _in_suspended(service: Service) -> dict[str, Any]:
    return {"packageId": service.world.owner.packages["suspended"]}


async def _of_suspended(service: Service) -> dict[str, Any]:
    return {"sftpAccountId": await _one(service.world, Caller.OWNER, "suspended")}


async def _bad_change(service: Service) -> dict[str, Any]:
    return {**CHANGED, "sftpAccountId": await _one(service.world, Caller.OWNER), "directory": "/etc"}


async def _stale(service: Service) -> dict[str, Any]:
    return {**CHANGED, "sftpAccountId": await _one(service.world, Caller.OWNER), "version": 7}


async def _weak(service: Service) -> dict[str, Any]:
    return {"sftpAccountId": await _one(service.world, Caller.OWNER), "password": "kurz"}


async def _without_key(service: Service) -> dict[str, Any]:
    return {"sftpAccountId": await _one(service.world, Caller.OWNER)}


async def _no_key(service: Service) -> dict[str, Any]:
    return {"sftpAccountId": await _one(service.world, Caller.OWNER), "publicKey": "ssh-ed25519 AAAA"}


async def _add_to_suspended(service: Service) -> dict[str, Any]:
    return {**ADDED, "sftpAccountId": await _one(service.world, Caller.OWNER, "suspended")}


async def _key_of_suspended(service: Service) -> dict[str, Any]:
    return {"sshKeyId": (await _key(service.world, Caller.OWNER, "suspended")).id}


CASES: dict[str, Case] = {
    "sftpAccountCreate": Case(
        _create, NEW, {"BAD_USER_INPUT": _bad_directory, "NOT_FOUND": always(NEW), "CONFLICT": _in_suspended}
    ),
    "sftpAccountChange": Case(
        _change, CHANGED, {"BAD_USER_INPUT": _bad_change, "NOT_FOUND": always(CHANGED), "CONFLICT": _stale}
    ),
    "sftpAccountPasswordRotate": Case(
        _this, WHICH, {"BAD_USER_INPUT": _weak, "NOT_FOUND": always(WHICH), "CONFLICT": _of_suspended}
    ),
    "sftpAccountPasswordRemove": Case(_with_key, WHICH, {"NOT_FOUND": always(WHICH), "CONFLICT": _without_key}),
    "sftpAccountDelete": Case(_this, WHICH, {"NOT_FOUND": always(WHICH), "CONFLICT": _of_suspended}),
    "sshKeyAdd": Case(
        _add, ADDED, {"BAD_USER_INPUT": _no_key, "NOT_FOUND": always(ADDED), "CONFLICT": _add_to_suspended}
    ),
    "sshKeyRemove": Case(_remove, REMOVED, {"NOT_FOUND": always(REMOVED), "CONFLICT": _key_of_suspended}),
}
