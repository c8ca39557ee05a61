"""What trying a dead letter again means for the row it is about: it is on its way once more, or not what is wished any more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from tortoise.expressions import F
from tortoise.queryset import QuerySet

from models import (
    Backup,
    BackupContent,
    BackupState,
    Operation,
    OperationState,
    TlsState,
    WebHost,
    WebsiteApp,
    WebsiteAppState,
)


async def revive(operation: Operation) -> bool:
    """Set the row back to what it was while the operation was on its way, inside the caller's unit of work.

    `False` where it is gone, is in another state than the failure left it in, or was followed by something that must stay.
    """
    of_kind = _REVIVALS.get(operation.kind)
    return of_kind is None or await of_kind(operation)


def _later(operation: Operation) -> QuerySet[Operation]:
    """What was asked for after it and not in vain."""
    after = Operation.filter(package_id=operation.package_id, number__gt=operation.number)
    return after.exclude(state=OperationState.FAILED)


async def _backup_create(operation: Operation) -> bool:
    row = Backup.filter(id=operation.subject_id, state=BackupState.FAILED)
    return bool(await row.update(state=BackupState.CREATING, version=F("version") + 1))


async def _backup_restore(operation: Operation) -> bool:
    """Nothing that is newer is overwritten, and nothing is restored into what is gone."""
    backup = await Backup.get_or_none(id=operation.subject_id, state=BackupState.READY)
    if backup is None or await _is_overtaken(operation, backup):
        return False
    await Backup.filter(id=backup.id).update(state=BackupState.RESTORING, version=F("version") + 1)
    return True


async def _is_overtaken(operation: Operation, backup: Backup) -> bool:
    later = _later(operation)
    into: dict[str, Any] = {"content": backup.content}
    if backup.content is BackupContent.WEB_SPACE:
        touched = later.filter(kind__startswith="website_app.")
    else:
        subject = backup.database_id or backup.mailbox_id
        if subject is None:
            return True
        touched = later.filter(subject_id=subject)
        into |= {"database_id": backup.database_id, "mailbox_id": backup.mailbox_id}
    restores = await later.filter(kind="backup.restore").values_list("subject_id", flat=True)
    return await touched.exists() or await Backup.filter(id__in=list(restores), **into).exists()


async def _app_update(operation: Operation) -> bool:
    row = WebsiteApp.filter(id=operation.subject_id, state=WebsiteAppState.INSTALLED)
    return bool(await row.update(state=WebsiteAppState.UPDATING, version=F("version") + 1))


async def _app_remove(operation: Operation) -> bool:
    row = WebsiteApp.filter(id=operation.subject_id, state__in=(WebsiteAppState.INSTALLED, WebsiteAppState.FAILED))
    return bool(await row.update(state=WebsiteAppState.REMOVING, version=F("version") + 1))


async def _web_host(operation: Operation) -> bool:
    await WebHost.filter(id=operation.subject_id, tls_state=TlsState.FAILED).update(tls_state=TlsState.PENDING)
    return await WebHost.filter(id=operation.subject_id).exists()


_REVIVALS: Mapping[str, Callable[[Operation], Awaitable[bool]]] = {
    "backup.create": _backup_create,
    "backup.restore": _backup_restore,
    "website_app.update": _app_update,
    "website_app.remove": _app_remove,
    "web_host.create": _web_host,
    "web_host.change": _web_host,
}
"""By the kind of operation, beside `EFFECTS`. What is not here is what is stored, whenever it arrives."""
