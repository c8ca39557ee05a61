"""Passwords of accounts for the web space: given anew and taken away. Only the operation carries them, sealed."""

from __future__ import annotations

from datetime import datetime

from tortoise.expressions import F

from gateway.auth import audit, operations, visible
from gateway.auth.client import Client
from gateway.auth.sftp_account import demand, locked_account
from gateway.auth.viewer import Viewer
from gateway.keys import Keyring
from models import Operation, SftpAccount
from models.database import in_unit_of_work
from models.rules import web_access


async def rotate_password(
    viewer: Viewer, account_id: str, password: str, keyring: Keyring, client: Client, now: datetime
) -> tuple[SftpAccount, Operation]:
    """Give an account another password, or its first. Raises `NOT_FOUND`, and `CONFLICT` in the words of the package's menu."""
    sealed = operations.sealed(keyring, password=password)

    async def write() -> tuple[SftpAccount, Operation]:
        account, package = await locked_account(viewer, account_id)
        demand(web_access.PASSWORD_ROTATE, account, package, 0)
        await (
            visible.sftp_accounts(viewer)
            .filter(id=account.id)
            .update(password_changed_at=now, version=F("version") + 1)
        )
        desired = {"username": account.username}
        operation = await operations.request(
            viewer, package.id, "sftp_account.rotate_password", account.id, desired, now, secrets=sealed
        )
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "sftp_account.rotate_password",
            object_id=account.id,
            package_id=package.id,
            detail={"name": account.username},
        )
        return await visible.sftp_accounts(viewer).get(id=account.id), operation

    return await in_unit_of_work(write)


async def remove_password(
    viewer: Viewer, account_id: str, client: Client, now: datetime
) -> tuple[SftpAccount, Operation]:
    """Have keys alone open an account.

    Raises `NOT_FOUND`, and `CONFLICT` where it has no password or no key, and in the words of the package's menu.
    """

    async def write() -> tuple[SftpAccount, Operation]:
        account, package = await locked_account(viewer, account_id)
        keys = await visible.ssh_keys(viewer).filter(account_id=account.id).count()
        demand(web_access.PASSWORD_REMOVE, account, package, keys)
        await (
            visible.sftp_accounts(viewer)
            .filter(id=account.id)
            .update(password_changed_at=None, version=F("version") + 1)
        )
        desired = {"username": account.username}
        operation = await operations.request(
            viewer, package.id, "sftp_account.remove_password", account.id, desired, now
        )
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "sftp_account.remove_password",
            object_id=account.id,
            package_id=package.id,
            detail={"name": account.username},
        )
        return await visible.sftp_accounts(viewer).get(id=account.id), operation

    return await in_unit_of_work(write)
