"""Mail addresses without a mailbox of their own: made, changed and deleted, each with the operation that makes it true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F

from gateway.auth import audit, operations, visible
from gateway.auth.client import Client
from gateway.auth.mail_route import (
    DOMAIN,
    LOCAL_PART,
    demand_active,
    demand_free,
    desired_of,
    find_domain,
    lock_package,
    read_address,
    read_target,
    settle,
    without,
)
from gateway.auth.operations import Wish
from gateway.auth.resources import find_room
from gateway.auth.sessions import hold_customer
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError, bad_input
from models import MailAddress, Mailbox, Operation
from models.database import in_unit_of_work
from models.ids import prefix_of
from models.rules import mail_address as rule
from models.rules import resource

WHICH, VERSION, BOX, TARGETS, CATCH_ALL = (
    ("input", name) for name in ("mailAddressId", "version", "mailboxId", "targets", "catchAll")
)


async def create_mail_address(
    viewer: Viewer,
    domain_id: str,
    local_part: str | None,
    catch_all: bool,
    mailbox_id: str | None,
    targets: Sequence[str],
    client: Client,
    now: datetime,
) -> tuple[MailAddress, Operation]:
    """Have mail to one more address, or to all others of a domain, go somewhere.

    Raises `BAD_USER_INPUT` with the path of what cannot be, `NOT_FOUND` for a domain or mailbox that is not there,
    `CONFLICT` for an address that is taken, a domain that is not active, in the words of the menu, and at the limit.
    """
    if catch_all == (local_part is not None):
        raise bad_input("mail_address.one_of_both", path=LOCAL_PART)
    domain = await find_domain(viewer, domain_id)
    address = f"{rule.ANY}@{domain.name}" if local_part is None else read_address(local_part, domain)

    async def write() -> tuple[MailAddress, Operation]:
        await _hold_others(viewer, targets)
        package = await find_room(viewer, domain.package_id, resource.MAIL_ADDRESS, DOMAIN)
        demand_active(await find_domain(viewer, domain_id, package.id))
        await demand_free(viewer, address, CATCH_ALL if catch_all else LOCAL_PART)
        box = await _mailbox(viewer, package.id, mailbox_id)
        known = await _targets(viewer, package.id, address, targets)
        _demand_somewhere(box, known)
        row = await MailAddress.create(
            customer_id=package.customer_id,
            package_id=package.id,
            domain_id=domain.id,
            mailbox_id=_id(box),
            address=address,
            targets=known,
            created_at=now,
        )
        desired = desired_of(address, box, known)
        operation = await operations.request(viewer, package.id, "mail_address.create", row.id, desired, now)
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "mail_address.create",
            object_id=row.id,
            package_id=package.id,
            detail={"name": address, "before": {}, "after": _told(box, known)},
        )
        return await visible.mail_addresses(viewer).get(id=row.id), operation

    try:
        return await in_unit_of_work(write)
    except IntegrityError:  # the host's own import took the address at the same moment
        raise GatewayError(ErrorCode.CONFLICT, "mail_address.exists", path=LOCAL_PART) from None


async def change_mail_address(
    viewer: Viewer,
    mail_address_id: str,
    version: int,
    mailbox_id: str | None,
    targets: Sequence[str],
    client: Client,
    now: datetime,
) -> tuple[MailAddress, Operation]:
    """Have mail to an address go somewhere else: all of it takes the place of what was there.

    Raises as `create_mail_address`; `CONFLICT` also when it was changed meanwhile.
    """

    async def write() -> tuple[MailAddress, Operation]:
        await _hold_others(viewer, targets)
        found = await _find(viewer, mail_address_id)
        package = await lock_package(viewer, found.package_id, WHICH)
        row = await _find(viewer, mail_address_id)
        if row.version != version:
            raise GatewayError(ErrorCode.CONFLICT, "mail_address.changed_meanwhile", path=VERSION)
        box = await _mailbox(viewer, package.id, mailbox_id)
        known = await _targets(viewer, package.id, row.address, targets)
        _demand_somewhere(box, known)
        unchanged = visible.mail_addresses(viewer).filter(id=row.id, version=version)
        if not await unchanged.update(version=F("version") + 1, mailbox_id=_id(box), targets=known):
            raise GatewayError(ErrorCode.CONFLICT, "mail_address.changed_meanwhile", path=VERSION)
        desired = desired_of(row.address, box, known)
        operation = await operations.request(viewer, package.id, "mail_address.change", row.id, desired, now)
        previous = await visible.mailboxes(viewer).get_or_none(id=row.mailbox_id or "")
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "mail_address.change",
            object_id=row.id,
            package_id=package.id,
            detail={
                "name": row.address,
                "before": _told(previous, row.targets),
                "after": _told(box, known),
            },
        )
        return await visible.mail_addresses(viewer).get(id=row.id), operation

    return await in_unit_of_work(write)


async def delete_mail_address(
    viewer: Viewer, mail_address_id: str, client: Client, now: datetime
) -> tuple[str, list[str], list[str], Operation]:
    """Delete an address: its id, the mail addresses that led only there and went with it, and those that lost a target.

    Raises `NOT_FOUND`, and `CONFLICT` in the words of the package's menu.
    """

    async def write() -> tuple[str, list[str], list[str], Operation]:
        found = await _find(viewer, mail_address_id)
        package = await lock_package(viewer, found.package_id, WHICH)
        row = await _find(viewer, mail_address_id)
        left = await without(viewer, package.id, row.address)
        wishes = await settle(viewer, left, client, now)
        if not await visible.mail_addresses(viewer).filter(id=row.id).delete():
            raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=WHICH)
        last = Wish("mail_address.delete", row.id, {"address": row.address})
        *_, operation = await operations.request_all(viewer, package.id, [*wishes, last], now)
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "mail_address.delete",
            object_id=row.id,
            package_id=package.id,
            detail={"name": row.address, "before": {"targets": row.targets}, "after": {}, "removed": len(left.gone)},
        )
        return row.id, [one.address for one in left.gone], [one.address for one, _ in left.changed], operation

    return await in_unit_of_work(write)


async def _find(viewer: Viewer, mail_address_id: str) -> MailAddress:
    row = None
    if prefix_of(mail_address_id) == "mad":
        row = await visible.mail_addresses(viewer).get_or_none(id=mail_address_id)
    if row is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=WHICH)
    return row


async def _mailbox(viewer: Viewer, package_id: str, mailbox_id: str | None) -> Mailbox | None:
    if mailbox_id is None:
        return None
    row = None
    if prefix_of(mailbox_id) == "mbx":
        row = await visible.mailboxes(viewer).get_or_none(id=mailbox_id, package_id=package_id)
    if row is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=BOX)
    return row


async def _targets(viewer: Viewer, package_id: str, address: str, typed: Sequence[str]) -> list[str]:
    """Addresses as they are stored, each once. Those under a domain of the package must be there, and none leads back.

    Mail goes round by way of other packages of the customer, too, and by what catches all others there.
    """
    if len(typed) > rule.MOST_TARGETS:
        raise bad_input("mail_address.too_many_targets", path=TARGETS, most=rule.MOST_TARGETS)
    own = {row.name for row in await visible.domains(viewer).filter(package_id=package_id)}
    there, forwards = await _there(viewer, package_id)
    known: dict[str, None] = {}
    for number, one in enumerate(typed):
        path = (*TARGETS, str(number))
        target = read_target(one, path)
        if target.rpartition("@")[2] in own:
            target = target.lower()
            if target != address and target not in there:
                raise bad_input("mail_address.target_missing", path=path)
        if rule.leads_back(address, [target.lower()], forwards):
            raise bad_input("mail_address.loop", path=path)
        known[target] = None
    return list(known)


async def _there(viewer: Viewer, package_id: str) -> tuple[set[str], dict[str, Sequence[str]]]:
    """The addresses of the package, and where mail to each of the customer's is sent on to, in lower case."""
    whole = replace(viewer, package_id=None)
    boxes = await visible.mailboxes(whole).values_list("address", "package_id")
    rows = await visible.mail_addresses(whole)
    there = {address for address, package in boxes if package == package_id}
    there |= {row.address for row in rows if row.package_id == package_id}
    forwards: dict[str, Sequence[str]] = {address: () for address, _ in boxes}
    forwards |= {row.address: [target.lower() for target in row.targets] for row in rows}
    return there, forwards


async def _hold_others(viewer: Viewer, targets: Sequence[str]) -> None:
    """Have other changes of where the customer's mail goes wait, so that two at once make no ring over two packages.

    Before a package is locked, as everywhere.
    """
    if targets:
        await hold_customer(viewer.customer_id)


def _id(box: Mailbox | None) -> str | None:
    return None if box is None else box.id


def _told(box: Mailbox | None, targets: Sequence[str]) -> dict[str, str | list[str] | None]:
    return {"mailbox": None if box is None else box.address, "targets": list(targets)}


def _demand_somewhere(box: Mailbox | None, targets: Sequence[str]) -> None:
    if box is None and not targets:
        raise bad_input("mail_address.leads_nowhere", path=TARGETS)
