"""Backups of packages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from gateway.auth.backup import create_backup, delete_backup, preview_restore, restore_backup
from gateway.context import Context
from gateway.messages import message
from gateway.resolvers.cancellation_action import Action, entry
from gateway.resolvers.outcome import Outcome, done
from gateway.resolvers.package import RefusalReason
from gateway.source.declaration import Need
from models import Backup, BackupContent
from models.rules import backup as rule
from models.rules.decision import Refused


class BackupActionName(StrEnum):
    """The entries of a backup's menu."""

    RESTORE = rule.RESTORE
    DELETE = rule.DELETE


@dataclass(frozen=True, slots=True)
class RestoreShown:
    """What a restore would overwrite."""

    backup: Backup
    allowed: bool
    reason: RefusalReason | None
    message: str | None
    overwrites: str | None
    used_mb: int | None
    lost_since: datetime
    token: str | None


ACTION_NEEDS: tuple[Need, ...] = (
    "package.type.functions",
    "package.state",
    "content",
    "state",
    "automatic",
    "database_id",
    "mailbox_id",
    "expires_at",
)


def actions(
    context: Context,
    functions: Iterable[str],
    package_state: str,
    content: str,
    state: str,
    automatic: bool,
    database_id: str | None,
    mailbox_id: str | None,
    expires_at: datetime,
) -> list[Action]:
    """The menu of a backup. That another one is being restored into the same place only the preview and the mutation say."""
    there = content == BackupContent.WEB_SPACE or database_id is not None or mailbox_id is not None
    return [
        entry(
            context,
            name,
            rule.decide(
                name.value,
                functions,
                package_state,
                state=state,
                automatic=bool(automatic),
                subject_there=there,
                expires_at=expires_at,
                restoring=False,
                now=context.now,
            ),
        )
        for name in BackupActionName
    ]


async def backup_restore_preview(context: Context, backup_id: str) -> RestoreShown | None:
    """What restoring would overwrite."""
    found = await preview_restore(context.signed_in, backup_id, context.now)
    if found is None:
        return None
    reason = RefusalReason(found.decision.reason) if isinstance(found.decision, Refused) else None
    return RestoreShown(
        found.backup,
        reason is None,
        reason,
        None if reason is None else message(f"refused.{reason.value}", context.language),
        None if found.subject is None else found.subject.name,
        None if found.subject is None else found.subject.used_mb,
        found.backup.created_at,
        found.token,
    )


async def backup_create(context: Context, input: Any) -> Outcome:
    """Have one made."""
    backup, operation = await create_backup(
        context.signed_in,
        input.package_id,
        input.subject_id,
        context.client,
        context.now,
    )
    return done(backup=backup, operation=operation)


async def backup_restore(context: Context, input: Any) -> Outcome:
    """Put one back."""
    backup, operation = await restore_backup(
        context.signed_in, input.backup_id, input.token, context.client, context.now
    )
    return done(backup=backup, operation=operation)


async def backup_delete(context: Context, input: Any) -> Outcome:
    """Delete one."""
    id, operation = await delete_backup(context.signed_in, input.backup_id, context.client, context.now)
    return done(backup_id=id, operation=operation)
