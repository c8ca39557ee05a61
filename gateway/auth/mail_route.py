"""Where mail of a package goes: which addresses there are, and what becomes of the rest when one of them goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tortoise.expressions import F

from gateway.auth import audit, visible
from gateway.auth.client import Client
from gateway.auth.host_name import ascii_host, shown_host
from gateway.auth.operations import Wish
from gateway.auth.package_function import find_package
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError, bad_input
from models import Domain, DomainState, MailAddress, Mailbox, Package
from models.ids import prefix_of
from models.rules import mail_address as rule
from models.rules import mailbox
from models.rules.decision import Refused
from models.rules.web_host import DOMAIN_NOT_ACTIVE

_WORDS = {
    rule.LOCAL_PART_EMPTY: "mail_address.local_part_empty",
    rule.LOCAL_PART_TOO_LONG: "mail_address.local_part_too_long",
    rule.LOCAL_PART_NOT_ASCII: "mail_address.local_part_not_ascii",
    rule.LOCAL_PART_DOTS: "mail_address.local_part_dots",
    rule.LOCAL_PART_BAD: "mail_address.local_part_bad",
    rule.LOCAL_PART_RESERVED: "mail_address.local_part_reserved",
    rule.ADDRESS_TOO_LONG: "mail_address.address_too_long",
}

DOMAIN, LOCAL_PART = ("input", "domainId"), ("input", "localPart")


@dataclass(slots=True)
class Left:
    """What becomes of other addresses when one goes: those that go with it, and those that lose one of their targets."""

    gone: list[MailAddress] = field(default_factory=list)
    changed: list[tuple[MailAddress, dict[str, Any]]] = field(default_factory=list)
    """Each as it was, with what it has from now on."""


async def find_domain(viewer: Viewer, domain_id: str, package_id: str | None = None) -> Domain:
    """A domain the viewer can see, of the package where one is named. Raises `NOT_FOUND` for any other."""
    domain = await visible.domains(viewer).get_or_none(id=domain_id) if prefix_of(domain_id) == "dom" else None
    if domain is None or package_id not in (None, domain.package_id):
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=DOMAIN)
    return domain


def demand_active(domain: Domain) -> None:
    """Raises `CONFLICT` for a domain that is not active: no mail arrives there."""
    if domain.state is not DomainState.ACTIVE:
        raise GatewayError(ErrorCode.CONFLICT, f"refused.{DOMAIN_NOT_ACTIVE}", path=DOMAIN)


def read_address(typed: str, domain: Domain) -> str:
    """The address of a typed local part, with its domain in Unicode. Raises `BAD_USER_INPUT` for one that cannot be."""
    local_part = rule.folded_local_part(typed)
    decision = rule.acceptable(local_part, domain.ascii_name)
    if isinstance(decision, Refused):
        raise bad_input(_WORDS[decision.reason], path=LOCAL_PART, **values_of(decision.reason))
    return f"{local_part}@{domain.name}"


def read_target(typed: str, path: tuple[str, ...]) -> str:
    """An address that mail is sent on to, with its domain in Unicode. Raises `BAD_USER_INPUT` for one that cannot be."""
    local_part, at, host = typed.strip().rpartition("@")
    domain = ascii_host(host) if at and len(typed) <= 4 * rule.LONGEST else None
    if domain is None:
        raise bad_input("mail_address.target_invalid", path=path)
    decision = rule.target_acceptable(local_part, domain)
    if isinstance(decision, Refused):
        raise bad_input(_WORDS[decision.reason], path=path, **values_of(decision.reason))
    return f"{local_part}@{shown_host(domain)}"


def values_of(reason: str) -> dict[str, int]:
    """What the message about a problem is filled with."""
    if reason == rule.LOCAL_PART_TOO_LONG:
        return {"longest": rule.LONGEST_LOCAL_PART}
    return {"longest": rule.LONGEST} if reason == rule.ADDRESS_TOO_LONG else {}


async def demand_free(viewer: Viewer, address: str, path: tuple[str, ...]) -> None:
    """Raises `CONFLICT` where there is a mailbox or another mail address of this name, in whichever package."""
    whole = replace(viewer, package_id=None)
    for rows in (visible.mailboxes(whole), visible.mail_addresses(whole)):
        if await rows.filter(address=address).exists():
            raise GatewayError(ErrorCode.CONFLICT, "mail_address.exists", path=path)


async def lock_package(viewer: Viewer, package_id: str, path: tuple[str, ...]) -> Package:
    """The package, locked until the unit ends: no address comes or goes meanwhile. Raises as `find_package`."""
    await find_package(viewer, package_id, mailbox.FUNCTION, path)
    await visible.packages(viewer).filter(id=package_id).select_for_update().first()
    return await find_package(viewer, package_id, mailbox.FUNCTION, path)


async def without(viewer: Viewer, package_id: str, address: str, mailbox_id: str | None = None) -> Left:
    """What becomes of the other mail addresses of a package, in which nothing leads to `address` any more.

    One that leads nowhere then goes, too, and with it what led there.
    """
    rows = await visible.mail_addresses(viewer).filter(package_id=package_id).order_by("address")
    left = {row.id: (row.mailbox_id, list(row.targets)) for row in rows}
    going = [(address, mailbox_id)]
    gone: dict[str, MailAddress] = {}
    while going:
        name, box = going.pop()
        for row in rows:
            if row.id in gone or row.address == name:
                continue
            kept = None if box is not None and left[row.id][0] == box else left[row.id][0]
            targets = [target for target in left[row.id][1] if target != name]
            if kept is None and not targets:
                gone[row.id] = row
                going.append((row.address, None))
            left[row.id] = (kept, targets)
    changed = [
        (row, {"mailbox_id": left[row.id][0], "targets": left[row.id][1]})
        for row in rows
        if row.id not in gone and left[row.id] != (row.mailbox_id, list(row.targets))
    ]
    return Left(sorted(gone.values(), key=lambda row: row.address), changed)


async def settle(viewer: Viewer, left: Left, client: Client, now: datetime) -> list[Wish]:
    """Write what becomes of other addresses: what the host's system has to do for it. Inside the caller's unit of work."""
    actor, wishes = audit.actor_of(viewer), []
    for row, values in left.changed:
        await visible.mail_addresses(viewer).filter(id=row.id).update(version=F("version") + 1, **values)
        box = await visible.mailboxes(viewer).get_or_none(id=values["mailbox_id"] or "")
        wishes.append(Wish("mail_address.change", row.id, desired_of(row.address, box, values["targets"])))
        detail = {"before": {"targets": row.targets}, "after": {"targets": values["targets"]}}
        await audit.record(
            actor,
            client,
            now,
            "mail_address.change",
            object_id=row.id,
            package_id=row.package_id,
            detail={"name": row.address, **detail},
        )
    if left.gone:
        await visible.mail_addresses(viewer).filter(id__in=[row.id for row in left.gone]).delete()
    for row in left.gone:
        wishes.append(Wish("mail_address.delete", row.id, {"address": row.address}))
        detail = {"before": {"targets": row.targets}, "after": {}}
        await audit.record(
            actor,
            client,
            now,
            "mail_address.delete",
            object_id=row.id,
            package_id=row.package_id,
            detail={"name": row.address, **detail},
        )
    return wishes


def desired_of(address: str, box: Mailbox | None, targets: Sequence[str]) -> dict[str, Any]:
    """What the host's system is told of a mail address; one that catches all others is told what it does not take."""
    told = {"address": address, "mailbox": None if box is None else box.address, "targets": list(targets)}
    return told | {"except": list(rule.ROLES)} if rule.is_any(address) else told
