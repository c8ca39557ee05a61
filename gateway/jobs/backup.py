"""Backups: what the end of an operation means for one, and deleting those whose time is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tortoise.expressions import F

from gateway.ports.provisioning import Answer, Result
from models import Backup, BackupState, Operation
from models.database import in_unit_of_work

AT_ONCE = 200
LARGEST_MB = 1_000_000_000


async def backup_ended(operation: Operation, answer: Answer, now: datetime) -> None:
    """Note a backup as made or failed, and a restore as over. The fact is `sizeMb`."""
    well = answer.result is Result.SUCCEEDED
    row = Backup.filter(id=operation.subject_id, customer_id=operation.customer_id)
    if operation.kind == "backup.create":
        state = BackupState.READY if well else BackupState.FAILED
        size = _size(answer.facts) if well else None
        await row.filter(state=BackupState.CREATING).update(state=state, size_mb=size, version=F("version") + 1)
    else:
        restored = {"restored_at": now} if well else {}
        await row.filter(state=BackupState.RESTORING).update(
            state=BackupState.READY, version=F("version") + 1, **restored
        )


async def delete_expired(now: datetime) -> int:
    """Forget backups whose time is over, which the host's system deletes by itself; how many."""

    async def forget() -> int:
        over = Backup.filter(expires_at__lte=now).exclude(state=BackupState.RESTORING).order_by("expires_at", "id")
        ids = [str(id) for id in await over.limit(AT_ONCE).values_list("id", flat=True)]
        return await Backup.filter(id__in=ids).delete() if ids else 0

    return await in_unit_of_work(forget)


def _size(facts: Mapping[str, Any]) -> int | None:
    size = facts.get("sizeMb")
    return size if type(size) is int and 0 <= size <= LARGEST_MB else None
