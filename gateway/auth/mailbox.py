"""Mailboxes: made, changed and deleted, each with the operation that makes it true.

Their passwords are stored nowhere here: they go to the host's system with the operation, sealed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F

from gateway.auth import audit, operations, visible
from gateway.auth.client import Client
from gateway.auth.mail_route import (
    LOCAL_PART,
    demand_active,
    demand_free,
    find_domain,
    lock_package,
    read_address,
    settle,
    without,
)
from gateway.auth.operations import Wish, sealed
from gateway.auth.package_function import find_package
from gateway.auth.resources import find_room
from gateway.auth.technical_passwords import TechnicalPasswords
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError, bad_input
from gateway.keys import Keyring
from models import Mailbox, Operation, Package, SpamFilter
from models.database import in_unit_of_work
from models.ids import prefix_of
from models.rules import mailbox as rule
from models.rules import resource
from models.rules.berlin import berlin_day
from models.rules.decision import Refused

PACKAGE, WHICH, VERSION, PASSWORD, QUOTA, NAME = (
    ("input", name) for name in ("packageId", "mailboxId", "version", "password", "quotaMb", "displayName")
)
SUBJECT, TEXT, TO = (("input", name) for name in ("subject", "text", "to"))

_WORDS = {
    rule.QUOTA_OUT_OF_RANGE: "mailbox.quota_out_of_range",
    rule.QUOTA_BELOW_USED: "mailbox.quota_below_used",
    rule.MISSING: "mailbox.text_missing",
    rule.TOO_LONG: "mailbox.text_too_long",
    rule.CHARACTERS: "mailbox.text_characters",
    rule.DAYS_TURNED: "mailbox.days_turned",
    rule.DAYS_OVER: "mailbox.days_over",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a mailbox is to be like; `None` leaves what is there, and an empty name takes it away."""

    quota_mb: int | None
    display_name: str | None
    spam_filter: SpamFilter | None
    virus_filter: bool | None


@dataclass(frozen=True, slots=True)
class Reply:
    """An automatic reply: from one day to the end of another (Europe/Berlin), either open."""

    subject: str
    text: str
    first: date | None
    last: date | None


class Mailboxes:
    """The use cases with their parts."""

    def __init__(self, passwords: TechnicalPasswords, keyring: Keyring) -> None:
        self._passwords = passwords
        self._keyring = keyring

    async def create(
        self,
        viewer: Viewer,
        package_id: str,
        domain_id: str,
        local_part: str,
        wanted: Wanted,
        password: str | None,
        client: Client,
        now: datetime,
    ) -> tuple[Mailbox, str, Operation]:
        """Make a mailbox: with its password, which nobody can read here again.

        Raises `BAD_USER_INPUT` with the path of what cannot be, `NOT_FOUND` for a package or a domain that is not there or not
        the package's, `CONFLICT` for an address that is taken, a domain that is not active, in the words of the menu, and
        when the limit is reached.
        """
        await find_package(viewer, package_id, rule.FUNCTION, PACKAGE)
        domain = await find_domain(viewer, domain_id, package_id)
        address = read_address(local_part, domain)
        name = _name(wanted.display_name)
        chosen = await self._passwords.take(password, [*_words(address), (name or "").lower()], PASSWORD)
        secrets = sealed(self._keyring, password=chosen)

        async def write() -> tuple[Mailbox, Operation]:
            package = await find_room(viewer, package_id, resource.MAILBOX, PACKAGE)
            demand_active(await find_domain(viewer, domain_id, package.id))
            await demand_free(viewer, address, LOCAL_PART)
            values: dict[str, Any] = {
                "quota_mb": _quota(package, wanted.quota_mb or 0),
                "display_name": name,
                "spam_filter": wanted.spam_filter or SpamFilter.FOLDER,
                "virus_filter": wanted.virus_filter is not False,
            }
            row = await Mailbox.create(
                customer_id=package.customer_id,
                package_id=package.id,
                address=address,
                password_changed_at=now,
                created_at=now,
                **values,
            )
            desired = {"address": address, **_told(values)}
            operation = await operations.request(
                viewer, package.id, "mailbox.create", row.id, desired, now, secrets=secrets
            )
            await audit.record(
                audit.actor_of(viewer),
                client,
                now,
                "mailbox.create",
                object_id=row.id,
                package_id=package.id,
                detail={"name": address, "before": {}, "after": _told(values)},
            )
            return await visible.mailboxes(viewer).get(id=row.id), operation

        try:
            row, operation = await in_unit_of_work(write)
        except IntegrityError:  # the host's own import took the address at the same moment
            raise GatewayError(ErrorCode.CONFLICT, "mail_address.exists", path=LOCAL_PART) from None
        return row, chosen, operation

    async def change_password(
        self, viewer: Viewer, mailbox_id: str, password: str | None, client: Client, now: datetime
    ) -> tuple[Mailbox, str, Operation]:
        """Set another password, one made here where none is given. Raises as `create`."""
        before = await _find(viewer, mailbox_id)
        await find_package(viewer, before.package_id, rule.FUNCTION, WHICH)
        words = [*_words(before.address), (before.display_name or "").lower()]
        chosen = await self._passwords.take(password, words, PASSWORD)
        secrets = sealed(self._keyring, password=chosen)

        async def write() -> tuple[Mailbox, Operation]:
            row, package = await _locked(viewer, mailbox_id, rule.PASSWORD_CHANGE)
            await visible.mailboxes(viewer).filter(id=row.id).update(password_changed_at=now)
            desired = {"address": row.address}
            operation = await operations.request(
                viewer, package.id, "mailbox.rotate_password", row.id, desired, now, secrets=secrets
            )
            await audit.record(
                audit.actor_of(viewer),
                client,
                now,
                "mailbox.change_password",
                object_id=row.id,
                package_id=package.id,
                detail={"name": row.address},
            )
            return await visible.mailboxes(viewer).get(id=row.id), operation

        row, operation = await in_unit_of_work(write)
        return row, chosen, operation


async def change_mailbox(
    viewer: Viewer, mailbox_id: str, version: int, wanted: Wanted, client: Client, now: datetime
) -> tuple[Mailbox, Operation]:
    """Change a mailbox. Raises `BAD_USER_INPUT`, `NOT_FOUND`, and `CONFLICT` when it was changed meanwhile or cannot be."""
    name = _name(wanted.display_name)

    async def write() -> tuple[Mailbox, Operation]:
        row, package = await _locked(viewer, mailbox_id, rule.CHANGE)
        values: dict[str, Any] = {
            "quota_mb": row.quota_mb if wanted.quota_mb is None else _quota(package, wanted.quota_mb, row),
            "display_name": row.display_name if wanted.display_name is None else name,
            "spam_filter": wanted.spam_filter or row.spam_filter,
            "virus_filter": row.virus_filter if wanted.virus_filter is None else wanted.virus_filter,
        }
        before = _told({key: getattr(row, key) for key in values})
        await _write(viewer, row, version, values)
        desired = {"address": row.address, **_told(values)}
        operation = await operations.request(viewer, package.id, "mailbox.change", row.id, desired, now)
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "mailbox.change",
            object_id=row.id,
            package_id=package.id,
            detail={"name": row.address, **_differences(before, _told(values))},
        )
        return await visible.mailboxes(viewer).get(id=row.id), operation

    return await in_unit_of_work(write)


async def set_auto_reply(
    viewer: Viewer, mailbox_id: str, version: int, reply: Reply, client: Client, now: datetime
) -> tuple[Mailbox, Operation]:
    """Have mail answered by itself. What is answered is nobody's but the mailbox's: the audit log has no word of it."""
    subject, text = rule.tidied(reply.subject), rule.tidied_text(reply.text)
    for decision, path, longest in (
        (rule.line_acceptable(subject, rule.LONGEST_SUBJECT), SUBJECT, rule.LONGEST_SUBJECT),
        (rule.text_acceptable(text), TEXT, rule.LONGEST_TEXT),
    ):
        if isinstance(decision, Refused):
            raise bad_input(_WORDS[decision.reason], path=path, longest=longest)
    days = rule.days_acceptable(reply.first, reply.last, berlin_day(now))
    if isinstance(days, Refused):
        raise bad_input(_WORDS[days.reason], path=TO)

    async def write() -> tuple[Mailbox, Operation]:
        row, package = await _locked(viewer, mailbox_id, rule.AUTO_REPLY_SET)
        before = _days(row.auto_reply_from, row.auto_reply_to) if row.auto_reply_text is not None else {}
        values = {
            "auto_reply_subject": subject,
            "auto_reply_text": text,
            "auto_reply_from": reply.first,
            "auto_reply_to": reply.last,
        }
        await _write(viewer, row, version, values)
        after = _days(reply.first, reply.last)
        desired = {"address": row.address, "subject": subject, "text": text, **after}
        operation = await operations.request(viewer, package.id, "mailbox.set_auto_reply", row.id, desired, now)
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "mailbox.set_auto_reply",
            object_id=row.id,
            package_id=package.id,
            detail={"name": row.address, "before": before, "after": after},
        )
        return await visible.mailboxes(viewer).get(id=row.id), operation

    return await in_unit_of_work(write)


async def clear_auto_reply(
    viewer: Viewer, mailbox_id: str, version: int, client: Client, now: datetime
) -> tuple[Mailbox, Operation]:
    """End the automatic reply. Raises `NOT_FOUND`, and `CONFLICT` where there is none or it was changed meanwhile."""

    async def write() -> tuple[Mailbox, Operation]:
        row, package = await _locked(viewer, mailbox_id, rule.AUTO_REPLY_CLEAR)
        columns = ("auto_reply_subject", "auto_reply_text", "auto_reply_from", "auto_reply_to")
        await _write(viewer, row, version, dict.fromkeys(columns))
        operation = await operations.request(
            viewer, package.id, "mailbox.clear_auto_reply", row.id, {"address": row.address}, now
        )
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "mailbox.clear_auto_reply",
            object_id=row.id,
            package_id=package.id,
            detail={"name": row.address, "before": _days(row.auto_reply_from, row.auto_reply_to), "after": {}},
        )
        return await visible.mailboxes(viewer).get(id=row.id), operation

    return await in_unit_of_work(write)


async def delete_mailbox(
    viewer: Viewer, mailbox_id: str, client: Client, now: datetime
) -> tuple[str, list[str], list[str], Operation]:
    """Delete a mailbox with the mail in it: its id, the mail addresses that went with it, and those that lost a target.

    Raises `NOT_FOUND`, and `CONFLICT` in the words of the package's menu.
    """

    async def write() -> tuple[str, list[str], list[str], Operation]:
        row, package = await _locked(viewer, mailbox_id, rule.DELETE)
        left = await without(viewer, package.id, row.address, row.id)
        wishes = await settle(viewer, left, client, now)
        if not await visible.mailboxes(viewer).filter(id=row.id).delete():
            raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=WHICH)
        gone = [one.address for one in left.gone]
        last = Wish("mailbox.delete", row.id, {"address": row.address})
        *_, operation = await operations.request_all(viewer, package.id, [*wishes, last], now)
        before = _told({key: getattr(row, key) for key in ("quota_mb", "display_name", "spam_filter", "virus_filter")})
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "mailbox.delete",
            object_id=row.id,
            package_id=package.id,
            detail={"name": row.address, "before": before, "after": {}, "removed": len(gone)},
        )
        return row.id, gone, [one.address for one, _ in left.changed], operation

    return await in_unit_of_work(write)


async def _find(viewer: Viewer, mailbox_id: str) -> Mailbox:
    row = await visible.mailboxes(viewer).get_or_none(id=mailbox_id) if prefix_of(mailbox_id) == "mbx" else None
    if row is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=WHICH)
    return row


async def _locked(viewer: Viewer, mailbox_id: str, action: str) -> tuple[Mailbox, Package]:
    """A mailbox and its package, locked until the unit ends, on which something can be done now."""
    found = await _find(viewer, mailbox_id)
    package = await lock_package(viewer, found.package_id, WHICH)
    row = await _find(viewer, mailbox_id)
    decision = rule.decide(
        action, package.type.functions, package.state, has_auto_reply=row.auto_reply_text is not None
    )
    if isinstance(decision, Refused):
        raise GatewayError(ErrorCode.CONFLICT, f"refused.{decision.reason}", path=WHICH)
    return row, package


async def _write(viewer: Viewer, row: Mailbox, version: int, values: Mapping[str, Any]) -> None:
    unchanged = visible.mailboxes(viewer).filter(id=row.id, version=version)
    if row.version != version or not await unchanged.update(version=F("version") + 1, **values):
        raise GatewayError(ErrorCode.CONFLICT, "mailbox.changed_meanwhile", path=VERSION)


def _quota(package: Package, quota_mb: int, row: Mailbox | None = None) -> int:
    space = package.type.web_space_mb
    before, used = (None, 0) if row is None else (row.quota_mb, row.used_mb)
    decision = rule.quota_acceptable(quota_mb, space, before, used)
    if isinstance(decision, Refused):
        bounds = {"smallest": rule.SMALLEST, "largest": rule.most_quota(space)}
        raise bad_input(_WORDS[decision.reason], path=QUOTA, **bounds)
    return quota_mb


def _name(typed: str | None) -> str | None:
    """The name to show; `None` for none. Raises `BAD_USER_INPUT` for one that cannot stand in a mail."""
    name = rule.tidied(typed or "")
    if not name:
        return None
    decision = rule.line_acceptable(name, rule.LONGEST_NAME)
    if isinstance(decision, Refused):
        raise bad_input(_WORDS[decision.reason], path=NAME, longest=rule.LONGEST_NAME)
    return name


def _words(address: str) -> list[str]:
    """What is guessed first."""
    local_part, _, domain = address.partition("@")
    return [address, local_part, domain, domain.partition(".")[0]]


_SHOWN = {
    "quota_mb": "quotaMb",
    "display_name": "displayName",
    "spam_filter": "spamFilter",
    "virus_filter": "virusFilter",
}


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    """By the names of the graph, as JSON has it."""
    return {shown: values[name] for name, shown in _SHOWN.items()}


def _days(first: date | None, last: date | None) -> dict[str, str | None]:
    return {name: None if day is None else day.isoformat() for name, day in (("from", first), ("to", last))}


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    names = [name for name in after if before[name] != after[name]]
    return {"before": {name: before[name] for name in names}, "after": {name: after[name] for name in names}}
