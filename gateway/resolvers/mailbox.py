"""Mailboxes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from gateway.auth.mailbox import (
    Mailboxes,
    Reply,
    Wanted,
    change_mailbox,
    clear_auto_reply,
    delete_mailbox,
    set_auto_reply,
)
from gateway.context import Context
from gateway.resolvers.cancellation_action import Action, entry
from gateway.resolvers.outcome import Outcome, done
from gateway.source.declaration import Need
from models import SpamFilter
from models.rules import mailbox as rule
from models.rules.berlin import berlin_day


class MailboxActionName(StrEnum):
    """The entries of a mailbox's menu."""

    CHANGE = rule.CHANGE
    PASSWORD_CHANGE = rule.PASSWORD_CHANGE
    AUTO_REPLY_SET = rule.AUTO_REPLY_SET
    AUTO_REPLY_CLEAR = rule.AUTO_REPLY_CLEAR
    DELETE = rule.DELETE


@dataclass(frozen=True, slots=True)
class AutoReply:
    """The automatic reply of a mailbox."""

    subject: str
    text: str
    from_: date | None
    to: date | None
    active_now: bool


ACTION_NEEDS: tuple[Need, ...] = ("package.type.functions", "package.state", "auto_reply_text")
REPLY_NEEDS: tuple[Need, ...] = ("auto_reply_subject", "auto_reply_text", "auto_reply_from", "auto_reply_to")


def actions(context: Context, functions: Iterable[str], package_state: str, text: str | None) -> list[Action]:
    """The menu of a mailbox."""
    return [
        entry(context, name, rule.decide(name.value, functions, package_state, has_auto_reply=text is not None))
        for name in MailboxActionName
    ]


def auto_reply(
    context: Context, subject: str | None, text: str | None, first: date | None, last: date | None
) -> AutoReply | None:
    """What mail is answered with; `None` where there is no automatic reply."""
    if text is None:
        return None
    active = rule.replies_on(text, first, last, berlin_day(context.now))
    return AutoReply(subject or "", text, first, last, active)


async def mailbox_create(context: Context, input: Any) -> Outcome:
    """Make one."""
    row, password, operation = await _mailboxes(context).create(
        context.signed_in,
        input.package_id,
        input.domain_id,
        input.local_part,
        _wanted(input),
        input.password,
        context.client,
        context.now,
    )
    return done(mailbox=row, operation=operation, password=password if input.password is None else None)


async def mailbox_change(context: Context, input: Any) -> Outcome:
    """Change one."""
    row, operation = await change_mailbox(
        context.signed_in, input.mailbox_id, input.version, _wanted(input), context.client, context.now
    )
    return done(mailbox=row, operation=operation)


async def mailbox_password_change(context: Context, input: Any) -> Outcome:
    """Set another password."""
    row, password, operation = await _mailboxes(context).change_password(
        context.signed_in, input.mailbox_id, input.password, context.client, context.now
    )
    return done(mailbox=row, operation=operation, password=password if input.password is None else None)


async def mailbox_auto_reply_set(context: Context, input: Any) -> Outcome:
    """Have mail answered."""
    reply = Reply(input.subject, input.text, input.first, input.last)
    row, operation = await set_auto_reply(
        context.signed_in, input.mailbox_id, input.version, reply, context.client, context.now
    )
    return done(mailbox=row, operation=operation)


async def mailbox_auto_reply_clear(context: Context, input: Any) -> Outcome:
    """End that."""
    row, operation = await clear_auto_reply(
        context.signed_in, input.mailbox_id, input.version, context.client, context.now
    )
    return done(mailbox=row, operation=operation)


async def mailbox_delete(context: Context, input: Any) -> Outcome:
    """Delete one."""
    id, gone, changed, operation = await delete_mailbox(
        context.signed_in, input.mailbox_id, context.client, context.now
    )
    return done(mailbox_id=id, deleted_addresses=gone, changed_addresses=changed, operation=operation)


def _mailboxes(context: Context) -> Mailboxes:
    return Mailboxes(context.parts.technical_passwords, context.parts.keyring)


def _wanted(input: Any) -> Wanted:
    chosen = None if input.spam_filter is None else SpamFilter(input.spam_filter.value)
    return Wanted(input.quota_mb, input.display_name, chosen, input.virus_filter)
