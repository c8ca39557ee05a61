"""Mail addresses without a mailbox of their own."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from gateway.auth.mail_address import change_mail_address, create_mail_address, delete_mail_address
from gateway.context import Context
from gateway.resolvers.cancellation_action import Action, entry
from gateway.resolvers.outcome import Outcome, done
from gateway.source.declaration import Need
from models.rules import mail_address as rule
from models.rules.mailbox import FUNCTION
from models.rules.package import decide


class MailAddressKind(StrEnum):
    """What becomes of mail to an address."""

    ALIAS = "ALIAS"
    FORWARD = "FORWARD"
    CATCH_ALL = "CATCH_ALL"


class MailAddressActionName(StrEnum):
    """The entries of a mail address's menu."""

    CHANGE = "CHANGE"
    DELETE = "DELETE"


ACTION_NEEDS: tuple[Need, ...] = ("package.type.functions", "package.state")


def kind(context: Context, address: str, targets: list[str]) -> MailAddressKind:
    """What becomes of mail to it."""
    if rule.is_any(address):
        return MailAddressKind.CATCH_ALL
    return MailAddressKind.FORWARD if targets else MailAddressKind.ALIAS


def listed(context: Context, targets: list[str]) -> list[str]:
    """The addresses that mail is sent on to."""
    return list(targets)


def actions(context: Context, functions: Iterable[str], package_state: str) -> list[Action]:
    """The menu of a mail address."""
    return [entry(context, name, decide(FUNCTION, functions, package_state)) for name in MailAddressActionName]


async def mail_address_create(context: Context, input: Any) -> Outcome:
    """Make one."""
    row, operation = await create_mail_address(
        context.signed_in,
        input.domain_id,
        input.local_part,
        input.catch_all,
        input.mailbox_id,
        input.targets,
        context.client,
        context.now,
    )
    return done(mail_address=row, operation=operation)


async def mail_address_change(context: Context, input: Any) -> Outcome:
    """Change one."""
    row, operation = await change_mail_address(
        context.signed_in,
        input.mail_address_id,
        input.version,
        input.mailbox_id,
        input.targets,
        context.client,
        context.now,
    )
    return done(mail_address=row, operation=operation)


async def mail_address_delete(context: Context, input: Any) -> Outcome:
    """Delete one."""
    id, gone, changed, operation = await delete_mail_address(
        context.signed_in, input.mail_address_id, context.client, context.now
    )
    return done(mail_address_id=id, deleted_addresses=gone, changed_addresses=changed, operation=operation)
