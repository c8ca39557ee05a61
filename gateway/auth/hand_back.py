"""Ending a delegation: everything that whoever had the care of a package could still come in by, closed in one unit of work.

Sessions end and tokens are revoked at once; passwords are made anew here, stored nowhere, carried to the host's systems sealed
and told once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from tortoise.expressions import F

from gateway.auth import audit, notices, operations, visible
from gateway.auth.address import shortened
from gateway.auth.client import Client
from gateway.auth.ending import end_login
from gateway.auth.hand_back_items import HandBackKind, Item, find_entrances, items_of, to_look_at
from gateway.auth.operations import Wish, sealed
from gateway.auth.package_function import find_package
from gateway.auth.passwords import Passwords
from gateway.auth.sessions import hold_customer
from gateway.auth.technical_passwords import new_password
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from gateway.keys import Keyring
from models import Package
from models.database import in_unit_of_work

FUNCTION = "SECURITY"
WHICH, VERSION = ("input", "packageId"), ("input", "version")


class PackagePasswordFate(StrEnum):
    """What becomes of the package password."""

    REMOVE = "REMOVE"
    ROTATE = "ROTATE"
    KEEP = "KEEP"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be closed. A list of ids names some, an empty one none; `None` means all there are."""

    package_id: str
    version: int
    package_password: PackagePasswordFate
    revoke_api_tokens: bool
    mailbox_ids: Sequence[str] | None
    database_ids: Sequence[str] | None
    sftp_account_ids: Sequence[str] | None
    remove_ssh_keys: bool


_CHOICES = {
    HandBackKind.MAILBOX: ("mailbox_ids", "mailboxIds"),
    HandBackKind.DATABASE: ("database_ids", "databaseIds"),
    HandBackKind.SFTP_ACCOUNT: ("sftp_account_ids", "sftpAccountIds"),
}

_ROTATE = {
    HandBackKind.MAILBOX: ("mailbox.rotate_password", "address"),
    HandBackKind.DATABASE: ("database.rotate_password", "name"),
    HandBackKind.SFTP_ACCOUNT: ("sftp_account.rotate_password", "username"),
}
"""The kind of the operation, and under which word it is told what it is about."""


class HandBack:
    """The use case with its parts."""

    def __init__(self, passwords: Passwords, keyring: Keyring) -> None:
        self._passwords = passwords
        self._keyring = keyring

    async def carry_out(
        self, viewer: Viewer, wanted: Wanted, client: Client, now: datetime
    ) -> tuple[Package, list[Item]]:
        """Close what is wanted: the package as it is then, and the checklist with the new secrets.

        Raises `NOT_FOUND` for the package and for an id that is none of its, `CONFLICT` when the package was changed meanwhile
        or cannot be secured in its state, `UNAVAILABLE` when there is no place to compute. Then nothing is closed.
        """
        chosen = new_password() if wanted.package_password is PackagePasswordFate.ROTATE else None
        hashed = None if chosen is None else await self._passwords.hash(chosen)

        async def write() -> tuple[Package, list[Item]]:
            customer = await hold_customer(viewer.customer_id)
            package = await find_package(viewer, wanted.package_id, FUNCTION, WHICH)
            kept = wanted.package_password is PackagePasswordFate.KEEP
            changes: dict[str, Any] = {"version": F("version") + 1}
            if not kept:
                changes |= {"password_hash": hashed, "password_changed_at": now if hashed else None}
            if not await visible.packages(viewer).filter(id=package.id, version=wanted.version).update(**changes):
                raise GatewayError(ErrorCode.CONFLICT, "package.changed_meanwhile", path=VERSION)
            found = await find_entrances(viewer, package, now)
            items = items_of(found, package)
            if chosen is not None and package.password_hash is None:
                items.insert(0, Item(HandBackKind.PACKAGE_PASSWORD, package.id, package.name, False))
            await end_login(customer.id, package.id, now)
            for item in items:
                if item.kind is HandBackKind.SESSION:
                    item.done = True
                elif item.kind is HandBackKind.PACKAGE_PASSWORD and not kept:
                    item.done, item.secret = True, chosen
            if wanted.revoke_api_tokens:
                await visible.api_tokens(viewer).filter(package_id=package.id).update(revoked_at=now)
                _close(items, HandBackKind.API_TOKEN)
            wishes = self._rotated(items, wanted)
            await _noted(viewer, items, now)
            if wanted.remove_ssh_keys:
                wishes += [
                    (item, Wish("ssh_key.remove", item.object_id or "", {"fingerprint": key.fingerprint}))
                    for item, key in zip(_of(items, HandBackKind.SSH_KEY), found.keys, strict=True)
                ]
                await visible.ssh_keys(viewer).filter(package_id=package.id).delete()
                _close(items, HandBackKind.SSH_KEY)
            made = await operations.request_all(viewer, package.id, [wish for _, wish in wishes], now)
            for (item, _), operation in zip(wishes, made, strict=True):
                item.operation = operation
            done = sum(item.done for item in items)
            await audit.record(
                audit.actor_of(viewer),
                client,
                now,
                "package.hand_back",
                object_id=package.id,
                package_id=package.id,
                detail={"package_password": wanted.package_password.value, "items": done},
            )
            await notices.notify(
                customer,
                "package_handed_back",
                now,
                package=package.name,
                items=done,
                address=shortened(client.address),
            )
            left = await to_look_at(viewer, package, found.touched)
            return await visible.packages(viewer).get(id=package.id), [*items, *left]

        return await in_unit_of_work(write)

    def _rotated(self, items: list[Item], wanted: Wanted) -> list[tuple[Item, Wish]]:
        wishes = []
        for kind, (choice, field) in _CHOICES.items():
            there = {item.object_id: item for item in _of(items, kind)}
            ids = getattr(wanted, choice)
            for number, id in enumerate(ids or ()):
                if id not in there:
                    raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=("input", field, str(number)))
            operation, word = _ROTATE[kind]
            for item in there.values() if ids is None else [there[id] for id in dict.fromkeys(ids)]:
                item.done, item.secret = True, new_password()
                secrets = sealed(self._keyring, password=item.secret)
                wishes.append((item, Wish(operation, item.object_id or "", {word: item.name}, secrets)))
        return wishes


async def _noted(viewer: Viewer, items: list[Item], now: datetime) -> None:
    """Write when the passwords were changed that were."""
    done = {kind: [item.object_id or "" for item in _of(items, kind) if item.done] or [""] for kind in _CHOICES}
    changes: dict[str, Any] = {"password_changed_at": now, "version": F("version") + 1}
    await visible.mailboxes(viewer).filter(id__in=done[HandBackKind.MAILBOX]).update(**changes)
    await visible.hosted_databases(viewer).filter(id__in=done[HandBackKind.DATABASE]).update(**changes)
    await visible.sftp_accounts(viewer).filter(id__in=done[HandBackKind.SFTP_ACCOUNT]).update(**changes)


def _of(items: list[Item], kind: HandBackKind) -> list[Item]:
    return [item for item in items if item.kind is kind]


def _close(items: list[Item], kind: HandBackKind) -> None:
    for item in _of(items, kind):
        item.done = True
