"""Accounts for the web space, and their keys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from gateway.auth import sftp_account as accounts
from gateway.auth import sftp_password as passwords
from gateway.auth import ssh_key as keys
from gateway.auth.sftp_account import Wanted
from gateway.context import Context
from gateway.errors import bad_input
from gateway.hosting import Server
from gateway.resolvers.cancellation_action import Action, entry
from gateway.resolvers.outcome import Outcome, done
from gateway.source.declaration import Count, Need
from models import SftpAccess
from models.rules import web_access

PASSWORD = ("input", "password")

_WORDS = ("sftp", "ssh", "webspace", "upload")
"""What passwords of such accounts are guessed to be, besides what is in the input."""


class SftpPasswordMode(StrEnum):
    """How a new account comes to a password."""

    NONE = "NONE"
    GENERATED = "GENERATED"
    CHOSEN = "CHOSEN"


class SftpAccountActionName(StrEnum):
    """The entries of an account's menu."""

    CHANGE = web_access.CHANGE
    PASSWORD_ROTATE = web_access.PASSWORD_ROTATE
    PASSWORD_REMOVE = web_access.PASSWORD_REMOVE
    KEY_ADD = web_access.KEY_ADD
    DELETE = web_access.DELETE


ACTION_NEEDS: tuple[Need, ...] = ("package.type.functions", "package.state", "password_changed_at", Count("keys"))


def actions(
    context: Context, functions: Iterable[str], state: str, password_changed_at: datetime | None, keys: int
) -> list[Action]:
    """The menu of an account."""
    has_password, functions = password_changed_at is not None, list(functions)
    return [
        entry(context, name, web_access.decide(name.value, functions, state, has_password=has_password, keys=keys))
        for name in SftpAccountActionName
    ]


def server(context: Context, id: str) -> Server:
    """Where accounts are."""
    return context.parts.hosting.sftp


def has_password(context: Context, password_changed_at: datetime | None) -> bool:
    """Whether a password opens it."""
    return password_changed_at is not None


async def sftp_account_create(context: Context, input: Any) -> Outcome:
    """Make one; a password that is made here is in the answer."""
    mode, parts = SftpPasswordMode(input.password_mode.value), context.parts
    if mode is not SftpPasswordMode.CHOSEN and input.password is not None:
        raise bad_input("sftp_account.password_not_expected", path=PASSWORD)
    if mode is SftpPasswordMode.CHOSEN and input.password is None:
        raise bad_input("sftp_account.password_missing", path=PASSWORD)
    password = None
    if mode is not SftpPasswordMode.NONE:
        password = await parts.technical_passwords.take(input.password, _guesses(input.label), PASSWORD)
    account, operation = await accounts.create_sftp_account(
        context.signed_in, input.package_id, _wanted(input), password, parts.keyring, context.client, context.now
    )
    return done(
        sftp_account=account, operation=operation, password=password if mode is SftpPasswordMode.GENERATED else None
    )


async def sftp_account_change(context: Context, input: Any) -> Outcome:
    """Change one."""
    account, operation = await accounts.change_sftp_account(
        context.signed_in, input.sftp_account_id, input.version, _wanted(input), context.client, context.now
    )
    return done(sftp_account=account, operation=operation)


async def sftp_account_password_rotate(context: Context, input: Any) -> Outcome:
    """Give one another password; one that is made here is in the answer."""
    parts = context.parts
    password = await parts.technical_passwords.take(input.password, _guesses(None), PASSWORD)
    account, operation = await passwords.rotate_password(
        context.signed_in, input.sftp_account_id, password, parts.keyring, context.client, context.now
    )
    return done(sftp_account=account, operation=operation, password=password if input.password is None else None)


async def sftp_account_password_remove(context: Context, input: Any) -> Outcome:
    """Have keys alone open one."""
    account, operation = await passwords.remove_password(
        context.signed_in, input.sftp_account_id, context.client, context.now
    )
    return done(sftp_account=account, operation=operation)


async def sftp_account_delete(context: Context, input: Any) -> Outcome:
    """Delete one."""
    id, operation = await accounts.delete_sftp_account(
        context.signed_in, input.sftp_account_id, context.client, context.now
    )
    return done(sftp_account_id=id, operation=operation)


async def ssh_key_add(context: Context, input: Any) -> Outcome:
    """Add a key to one."""
    key, operation = await keys.add_ssh_key(
        context.signed_in, input.sftp_account_id, input.public_key, input.label, context.client, context.now
    )
    return done(ssh_key=key, operation=operation)


async def ssh_key_remove(context: Context, input: Any) -> Outcome:
    """Remove a key from one."""
    id, operation = await keys.remove_ssh_key(context.signed_in, input.ssh_key_id, context.client, context.now)
    return done(ssh_key_id=id, operation=operation)


def _wanted(input: Any) -> Wanted:
    return Wanted(input.directory, SftpAccess(input.access.value), input.label)


def _guesses(label: str | None) -> list[str]:
    return [*_WORDS, *(label or "").lower().split()]
