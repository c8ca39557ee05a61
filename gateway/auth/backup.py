"""Backups: made, looked at before they are restored, restored and deleted, each with the operation that does it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import F, Q

from gateway.auth import audit, operations, visible
from gateway.auth.client import Client
from gateway.auth.resources import find_room
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from models import Backup, BackupContent, BackupState, HostedDatabase, Mailbox, Operation, Package
from models.database import in_unit_of_work
from models.ids import prefix_of
from models.rules import backup as rule
from models.rules import resource
from models.rules.decision import Decision, Refused

PACKAGE, SUBJECT, WHICH, TOKEN = (("input", name) for name in ("packageId", "subjectId", "backupId", "token"))

_CONTENT = {"dbs": BackupContent.DATABASE, "mbx": BackupContent.MAILBOX}
"""By the kind of an id, what a backup of it holds."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a backup is made of. `used_mb` is how much there is in it now, `version` how often it was changed."""

    name: str
    used_mb: int
    version: int


@dataclass(frozen=True, slots=True)
class RestorePreview:
    """What a restore would overwrite."""

    backup: Backup
    subject: Subject | None
    decision: Decision

    @property
    def token(self) -> str | None:
        """The digest of everything that is shown and that it was computed from; `None` when it cannot be restored."""
        if self.subject is None or isinstance(self.decision, Refused):
            return None
        row, into = self.backup, self.subject
        shown = [row.id, row.version, row.size_mb, row.created_at.isoformat(), into.name, into.used_mb, into.version]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:40]


async def create_backup(
    viewer: Viewer,
    package_id: str,
    subject_id: str | None,
    client: Client,
    now: datetime,
) -> tuple[Backup, Operation]:
    """Have a backup made of a database or of a mailbox, or of the web space (`None`).

    Raises `NOT_FOUND` for a package, a database or a mailbox, and `CONFLICT` in the words of the menu and when the limit is
    reached.
    """
    content = BackupContent.WEB_SPACE if subject_id is None else _CONTENT.get(prefix_of(subject_id) or "")

    async def write() -> tuple[Backup, Operation]:
        package = await find_room(viewer, package_id, resource.BACKUP, PACKAGE)
        subject = None if content is None else await _subject(viewer, package, content, subject_id)
        if subject is None or content is None:
            raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=SUBJECT)
        backup = await Backup.create(
            customer_id=package.customer_id,
            package_id=package.id,
            content=content,
            subject_name=subject.name,
            database_id=subject_id if content is BackupContent.DATABASE else None,
            mailbox_id=subject_id if content is BackupContent.MAILBOX else None,
            state=BackupState.CREATING,
            expires_at=now + rule.KEPT,
            created_at=now,
        )
        told = {"content": content.value, "name": subject.name, "expiresAt": backup.expires_at.isoformat()}
        desired = {**told, "usedMb": subject.used_mb}
        operation = await operations.request(viewer, package.id, "backup.create", backup.id, desired, now)
        await audit.record(
            audit.actor_of(viewer), client, now, "backup.create", object_id=backup.id, package_id=package.id,
            detail={"before": {}, "after": told},
        )  # fmt: skip
        return await visible.backups(viewer).get(id=backup.id), operation

    return await in_unit_of_work(write)


async def preview_restore(viewer: Viewer, backup_id: str, now: datetime) -> RestorePreview | None:
    """What restoring a backup would overwrite now; `None` for one that is not there."""
    try:
        backup = await _find(viewer, backup_id)
    except GatewayError:
        return None
    return await _preview(viewer, backup, now)


async def restore_backup(
    viewer: Viewer, backup_id: str, token: str, client: Client, now: datetime
) -> tuple[Backup, Operation]:
    """Put a backup in the place of what is there, as it was previewed.

    Raises `NOT_FOUND`, and `CONFLICT` with the reason its menu shows, and when something has changed since the preview.
    """

    async def write() -> tuple[Backup, Operation]:
        backup, package = await _locked(viewer, backup_id)
        preview = await _preview(viewer, backup, now)
        _demand(preview.decision)
        if preview.subject is None or preview.token != token:
            raise GatewayError(ErrorCode.CONFLICT, "backup.preview_stale", path=TOKEN)
        await visible.backups(viewer).filter(id=backup.id).update(state=BackupState.RESTORING, version=F("version") + 1)
        told = {"content": backup.content.value, "name": preview.subject.name}
        desired = {**told, "backup": backup.id}
        operation = await operations.request(viewer, package.id, "backup.restore", backup.id, desired, now)
        await audit.record(
            audit.actor_of(viewer), client, now, "backup.restore", object_id=backup.id, package_id=package.id,
            detail={**told, "made": backup.created_at.isoformat()},
        )  # fmt: skip
        return await visible.backups(viewer).get(id=backup.id), operation

    return await in_unit_of_work(write)


async def delete_backup(viewer: Viewer, backup_id: str, client: Client, now: datetime) -> tuple[str, Operation]:
    """Delete one that somebody here made: its id. Raises `NOT_FOUND`, and `CONFLICT` with the reason its menu shows."""

    async def write() -> tuple[str, Operation]:
        backup, package = await _locked(viewer, backup_id)
        _demand(await _decision(viewer, backup, package, rule.DELETE, now, there=True))
        await visible.backups(viewer).filter(id=backup.id).delete()
        told = {"content": backup.content.value, "name": backup.subject_name}
        operation = await operations.request(viewer, package.id, "backup.delete", backup.id, told, now)
        await audit.record(
            audit.actor_of(viewer), client, now, "backup.delete", object_id=backup.id, package_id=package.id,
            detail={"before": told, "after": {}},
        )  # fmt: skip
        return backup.id, operation

    return await in_unit_of_work(write)


async def _find(viewer: Viewer, backup_id: str) -> Backup:
    backup = await visible.backups(viewer).get_or_none(id=backup_id) if prefix_of(backup_id) == "bak" else None
    if backup is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=WHICH)
    return backup


async def _locked(viewer: Viewer, backup_id: str) -> tuple[Backup, Package]:
    found = await _find(viewer, backup_id)
    await visible.packages(viewer).filter(id=found.package_id).select_for_update().first()
    package = await visible.packages(viewer).select_related("type").get(id=found.package_id)
    return await _find(viewer, backup_id), package


async def _preview(viewer: Viewer, backup: Backup, now: datetime) -> RestorePreview:
    package = await visible.packages(viewer).select_related("type").get(id=backup.package_id)
    subject = await _subject(viewer, package, backup.content, backup.database_id or backup.mailbox_id)
    decision = await _decision(viewer, backup, package, rule.RESTORE, now, there=subject is not None)
    return RestorePreview(backup, subject, decision)


async def _decision(
    viewer: Viewer, backup: Backup, package: Package, action: str, now: datetime, *, there: bool
) -> Decision:
    same = visible.backups(viewer).filter(
        package_id=package.id,
        content=backup.content,
        database_id=backup.database_id,
        mailbox_id=backup.mailbox_id,
        state=BackupState.RESTORING,
    )
    return rule.decide(
        action,
        package.type.functions,
        package.state,
        state=backup.state.value,
        automatic=backup.automatic,
        subject_there=there,
        expires_at=backup.expires_at,
        restoring=await same.exclude(id=backup.id).exists(),
        now=now,
    )


async def _subject(viewer: Viewer, package: Package, content: BackupContent, id: str | None) -> Subject | None:
    if content is BackupContent.WEB_SPACE:
        # What changes the files is counted by the operations: a preview is of what lay there when it was made.
        touched = Q(kind__startswith="website_app.") | Q(kind="backup.restore")
        last = await visible.operations(viewer).filter(touched, package_id=package.id).order_by("-number").first()
        return Subject(package.identification, package.web_space_used_mb, 0 if last is None else last.number)
    if content is BackupContent.DATABASE:
        proper = id if id is not None and prefix_of(id) == "dbs" else ""
        database: HostedDatabase | None = await visible.hosted_databases(viewer).get_or_none(
            id=proper, package_id=package.id
        )
        return None if database is None else Subject(database.name, database.used_mb, database.version)
    proper = id if id is not None and prefix_of(id) == "mbx" else ""
    mailbox: Mailbox | None = await visible.mailboxes(viewer).get_or_none(id=proper, package_id=package.id)
    return None if mailbox is None else Subject(mailbox.address, mailbox.used_mb, mailbox.version)


def _demand(decision: Decision) -> None:
    if isinstance(decision, Refused):
        raise GatewayError(ErrorCode.CONFLICT, f"refused.{decision.reason}", path=WHICH)
