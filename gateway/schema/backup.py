"""Backups of a package: listed, made, restored and deleted."""

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

import models
from gateway.auth.permissions import ReadBackups, ReadDatabases, ReadMail, ReadPackages, WriteBackups
from gateway.errors import ErrorCode
from gateway.resolvers import backup as resolve
from gateway.resolvers.backup import BackupActionName
from gateway.resolvers.package import RefusalReason
from gateway.schema.enums import describe
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, connection, entity, mutation, one, where
from gateway.schema.hosted_database import Database
from gateway.schema.mailbox import Mailbox
from gateway.schema.node import Node
from gateway.schema.operation import Operation, requested
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey
from models import BackupContent, BackupState

if TYPE_CHECKING:
    from gateway.schema.package import Package

describe(
    BackupContent,
    "What a backup holds.",
    WEB_SPACE="All files of the web space.",
    DATABASE="One database.",
    MAILBOX="One mailbox.",
)
describe(
    BackupState,
    "Where a backup is.",
    CREATING="It is being made.",
    READY="It is there.",
    RESTORING="It is being put in the place of what is there.",
    FAILED="It could not be made, and holds nothing.",
)
describe(
    BackupActionName,
    "What can be done with a backup.",
    RESTORE="Put it in the place of what is there (`backupRestore`).",
    DELETE="Delete it (`backupDelete`).",
)


@strawberry.type(description="Something that can be done with a backup.")
class BackupAction:
    name: BackupActionName = column(ReadBackups, "What can be done.")
    allowed: bool = column(ReadBackups, "Whether it can be done now.")
    reason: RefusalReason | None = column(ReadBackups, "Why not; null when it is allowed.")
    message: str | None = column(ReadBackups, "The reason in the language of the request; null when it is allowed.")


@entity(models.Backup, description="A backup of the web space, of a database or of a mailbox.")
class Backup(Node):
    content: BackupContent | None = column(ReadBackups, "What it holds.")
    subject_name: str | None = column(ReadBackups, "What that was called when it was made.")
    state: BackupState | None = column(ReadBackups, "Where it is.")
    automatic: bool | None = column(ReadBackups, "Whether the host made it, and not somebody here.")
    size_mb: int | None = column(ReadBackups, "Its size in MiB; null while that is not known.")
    created_at: datetime | None = column(ReadBackups, "When it was asked for: what is in it is of then.")
    expires_at: datetime | None = column(ReadBackups, "Until when it is kept.")
    restored_at: datetime | None = column(ReadBackups, "When it was last restored; null while it was not.")
    version: int | None = column(ReadBackups, "Counts the changes.")
    actions: list[BackupAction] | None = computed(
        ReadBackups,
        "What can be done with it, each with whether it can be done now. That another backup is being restored into the same "
        "place `backupRestorePreview` says.",
        resolve.actions,
        needs=resolve.ACTION_NEEDS,
    )
    database: Database | None = one(ReadDatabases, "The database it was made of; null for others, and when it is gone.")
    mailbox: Mailbox | None = one(ReadMail, "The mailbox it was made of; null for others, and when it is gone.")
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package it belongs to."
    )


@strawberry.enum(description="What backups can be ordered by.")
class BackupOrderField(Enum):
    CREATED = strawberry.enum_value(SortKey("created_at"), description="By the time they were asked for.")


@strawberry.input(description="One entry of an order of backups.")
class BackupOrder:
    field: BackupOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which backups to list; every condition given must be met.")
class BackupFilter:
    content: list[BackupContent] | None = where("Of one of these.", "content", "in")
    state: list[BackupState] | None = where("In one of these states.", "state", "in")
    created_from: datetime | None = where("Asked for at this instant or later.", "created_at", "ge")
    created_to: datetime | None = where("Asked for at this instant or earlier.", "created_at", "le")


def backup_connection() -> Any:
    """Those of a package."""
    return connection(
        ReadBackups,
        "Its backups, latest first.",
        models.Backup,
        relation="backups",
        entry=BackupOrder,
        order=BackupOrderField,
        default=((BackupOrderField.CREATED, True),),
        filter=BackupFilter,
    )


@strawberry.type(description="What restoring a backup would overwrite.")
class BackupRestorePreview:
    backup: Backup = column(ReadBackups, "The backup.")
    allowed: bool = column(ReadBackups, "Whether it can be restored now.")
    reason: RefusalReason | None = column(ReadBackups, "Why not; null when it is allowed.")
    message: str | None = column(ReadBackups, "The reason in the language of the request; null when it is allowed.")
    overwrites: str | None = column(ReadBackups, "What is called so is overwritten, all of it; null when that is gone.")
    used_mb: int | None = column(ReadBackups, "How much is in it now, in MiB; null when it is gone.")
    lost_since: datetime = column(ReadBackups, "Whatever was changed after this instant is lost.")
    token: str | None = column(ReadBackups, "Names all of this: `backupRestore` takes it. Null when it is not allowed.")


async def backup_restore_preview(
    info: strawberry.Info,
    backup_id: Annotated[strawberry.ID, strawberry.argument(description="The id of the backup.")],
) -> BackupRestorePreview | None:
    """For `Query.backupRestorePreview`."""
    return await resolve.backup_restore_preview(info.context, backup_id)  # type: ignore[return-value]  # has the same attributes


@strawberry.input(description="A backup to make.")
class BackupCreateInput:
    package_id: strawberry.ID = strawberry.field(description="The id of the package.")
    subject_id: strawberry.ID | None = strawberry.field(
        description="The id of the database or of the mailbox; null: the web space.", default=None
    )


@strawberry.input(description="A backup to put in the place of what is there.")
class BackupRestoreInput:
    backup_id: strawberry.ID = strawberry.field(description="The id of the backup.")
    token: str = strawberry.field(description="The `token` of `backupRestorePreview`.")


@strawberry.input(description="Which backup to delete.")
class BackupDeleteInput:
    backup_id: strawberry.ID = strawberry.field(description="The id of the backup.")


@strawberry.type(description="What making a backup gives.")
class BackupCreatePayload:
    backup: Backup | None = column(WriteBackups, "The backup; its `state` moves on with the operation.")
    operation: Operation | None = requested(WriteBackups)
    errors: list[UserError] = column(WriteBackups, "Why none is made.")


@strawberry.type(description="What restoring a backup gives.")
class BackupRestorePayload:
    backup: Backup | None = column(WriteBackups, "The backup; its `state` moves on with the operation.")
    operation: Operation | None = requested(WriteBackups)
    errors: list[UserError] = column(WriteBackups, "Why it is not restored.")


@strawberry.type(description="What deleting a backup gives.")
class BackupDeletePayload:
    backup_id: strawberry.ID | None = column(WriteBackups, "The id of the backup that is gone.")
    operation: Operation | None = requested(WriteBackups)
    errors: list[UserError] = column(WriteBackups, "Why it is still there.")


@strawberry.type(description="Changing backups.")
class BackupMutation:
    backup_create: BackupCreatePayload | None = mutation(
        WriteBackups,
        "Have a backup made. `resources` of the package says beforehand whether there is room (`BACKUP`).",
        resolve.backup_create,
        BackupCreateInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    backup_restore: BackupRestorePayload | None = mutation(
        WriteBackups,
        "Put a backup in the place of what is there, as `backupRestorePreview` told: it names what is overwritten.",
        resolve.backup_restore,
        BackupRestoreInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    backup_delete: BackupDeletePayload | None = mutation(
        WriteBackups,
        "Delete a backup that somebody here made (`DELETE`).",
        resolve.backup_delete,
        BackupDeleteInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
