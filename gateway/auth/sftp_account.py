"""Accounts for the web space: made, changed and deleted, each with the operation that makes it true."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F

from gateway.auth import audit, operations, visible
from gateway.auth.client import Client
from gateway.auth.label import read_label
from gateway.auth.package_function import find_package
from gateway.auth.resources import find_room
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError, bad_input
from gateway.keys import Keyring
from models import Operation, Package, SftpAccess, SftpAccount
from models.database import in_unit_of_work
from models.ids import prefix_of
from models.rules import resource, web_access, web_root
from models.rules import sftp_account as rule
from models.rules.decision import Refused

PACKAGE, WHICH, VERSION, DIRECTORY = (
    ("input", name) for name in ("packageId", "sftpAccountId", "version", "directory")
)

TRIES = 3
"""Usernames that are tried: two packages can be called alike in their first letters."""

_DIRECTORIES = {
    web_root.ABSOLUTE: "sftp_account.directory_absolute",
    web_root.PARENT: "sftp_account.directory_parent",
    web_root.CHARACTERS: "sftp_account.directory_characters",
    web_root.TOO_LONG: "sftp_account.directory_too_long",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an account is to be, as it was typed."""

    directory: str
    access: SftpAccess
    label: str | None


@dataclass(frozen=True, slots=True)
class Setting:
    """As it is stored."""

    directory: str
    access: SftpAccess
    label: str | None

    @classmethod
    def read(cls, wanted: Wanted) -> Setting:
        """What is to be stored. Raises `BAD_USER_INPUT` with the path."""
        directory = web_root.normalised(wanted.directory)
        if isinstance(directory, Refused):
            raise bad_input(_DIRECTORIES[directory.reason], path=DIRECTORY, longest=web_root.LONGEST)
        return cls(directory, wanted.access, read_label(wanted.label))

    @classmethod
    def of(cls, account: SftpAccount) -> Setting:
        """That of an account."""
        return cls(account.directory, account.access, account.label)

    def columns(self) -> dict[str, Any]:
        """By column."""
        return {"directory": self.directory, "access": self.access, "label": self.label}

    def desired(self) -> dict[str, Any]:
        """For the host's systems."""
        return {"directory": self.directory, "access": self.access.value}

    def told(self) -> dict[str, Any]:
        """By field in GraphQL, for whoever reads what was done."""
        return {**self.desired(), "label": self.label}


async def create_sftp_account(
    viewer: Viewer,
    package_id: str,
    wanted: Wanted,
    password: str | None,
    keyring: Keyring,
    client: Client,
    now: datetime,
) -> tuple[SftpAccount, Operation]:
    """Make an account; without `password` nobody can use it before it has a key.

    Raises `BAD_USER_INPUT` for a directory or a label that cannot be, `NOT_FOUND` for a package that is none of the viewer's,
    and `CONFLICT` in the words of the package's menu and when its limit is reached.
    """
    setting = Setting.read(wanted)
    sealed = None if password is None else operations.sealed(keyring, password=password)

    async def write() -> tuple[SftpAccount, Operation]:
        package = await find_room(viewer, package_id, resource.SFTP_ACCOUNT, PACKAGE)
        suffix = "".join(secrets.choice(rule.LETTERS) for _ in range(rule.SUFFIX))
        account = await SftpAccount.create(
            customer_id=package.customer_id,
            package_id=package.id,
            username=rule.username(package.identification, suffix),
            password_changed_at=None if password is None else now,
            created_at=now,
            **setting.columns(),
        )
        desired = {"username": account.username, **setting.desired()}
        operation = await operations.request(
            viewer, package.id, "sftp_account.create", account.id, desired, now, secrets=sealed
        )
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "sftp_account.create",
            object_id=account.id,
            package_id=package.id,
            detail={"name": account.username, "before": {}, "after": setting.told()},
        )
        return await visible.sftp_accounts(viewer).get(id=account.id), operation

    for _ in range(TRIES - 1):
        try:
            return await in_unit_of_work(write)
        except IntegrityError:  # somebody has that name: another one is as good
            continue
    return await in_unit_of_work(write)


async def change_sftp_account(
    viewer: Viewer, account_id: str, version: int, wanted: Wanted, client: Client, now: datetime
) -> tuple[SftpAccount, Operation]:
    """Have an account begin elsewhere or do more or less: all of `wanted` takes the place of what was there.

    Raises as `create_sftp_account`; `CONFLICT` also when it was changed meanwhile.
    """
    setting = Setting.read(wanted)

    async def write() -> tuple[SftpAccount, Operation]:
        account, _ = await locked_account(viewer, account_id)
        unchanged = visible.sftp_accounts(viewer).filter(id=account.id, version=version)
        if not await unchanged.update(version=F("version") + 1, **setting.columns()):
            raise GatewayError(ErrorCode.CONFLICT, "sftp_account.changed_meanwhile", path=VERSION)
        desired = {"username": account.username, **setting.desired()}
        operation = await operations.request(
            viewer, account.package_id, "sftp_account.change", account.id, desired, now
        )
        before, after = Setting.of(account).told(), setting.told()
        names = [name for name in after if before[name] != after[name]]
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "sftp_account.change",
            object_id=account.id,
            package_id=account.package_id,
            detail={
                "name": account.username,
                "before": {name: before[name] for name in names},
                "after": {name: after[name] for name in names},
            },
        )
        return await visible.sftp_accounts(viewer).get(id=account.id), operation

    return await in_unit_of_work(write)


async def delete_sftp_account(viewer: Viewer, account_id: str, client: Client, now: datetime) -> tuple[str, Operation]:
    """Delete an account with its keys: its id. The files in the web space stay.

    Raises `NOT_FOUND`, and `CONFLICT` in the words of the package's menu.
    """

    async def write() -> tuple[str, Operation]:
        account, _ = await locked_account(viewer, account_id)
        await visible.ssh_keys(viewer).filter(account_id=account.id).delete()
        if not await visible.sftp_accounts(viewer).filter(id=account.id).delete():
            raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=WHICH)
        desired = {"username": account.username}
        operation = await operations.request(
            viewer, account.package_id, "sftp_account.delete", account.id, desired, now
        )
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "sftp_account.delete",
            object_id=account.id,
            package_id=account.package_id,
            detail={"name": account.username, "before": Setting.of(account).told(), "after": {}},
        )
        return account_id, operation

    return await in_unit_of_work(write)


async def locked_account(viewer: Viewer, account_id: str, path: tuple[str, ...] = WHICH) -> tuple[SftpAccount, Package]:
    """An account and its package, which is locked until the unit of work ends: keys and passwords stay what they are.

    Raises `NOT_FOUND` for an account of somebody else and for an id that is none, alike, and `CONFLICT` in the words of the
    package's menu.
    """
    account = await _account(viewer, account_id, path)
    await find_package(viewer, account.package_id, web_access.FUNCTION, path)
    await visible.packages(viewer).filter(id=account.package_id).select_for_update().first()
    package = await find_package(viewer, account.package_id, web_access.FUNCTION, path)
    return await _account(viewer, account_id, path), package


async def _account(viewer: Viewer, account_id: str, path: tuple[str, ...]) -> SftpAccount:
    account = None
    if prefix_of(account_id) == "sft":
        account = await visible.sftp_accounts(viewer).get_or_none(id=account_id)
    if account is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=path)
    return account


def demand(action: str, account: SftpAccount, package: Package, keys: int) -> None:
    """Raise `CONFLICT` where the account's menu does not offer `action`."""
    has_password = account.password_changed_at is not None
    decision = web_access.decide(action, package.type.functions, package.state, has_password=has_password, keys=keys)
    if isinstance(decision, Refused):
        raise GatewayError(ErrorCode.CONFLICT, f"refused.{decision.reason}", path=WHICH)
