"""Backups for the packages of the demo: of the last days by the host, and one by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from models import (
    Backup,
    BackupContent,
    BackupState,
    HostedDatabase,
    Package,
    PackageFunction,
    PackageState,
)
from models.database import in_unit_of_work
from models.rules.backup import KEPT, KEPT_BY_THE_HOST

AT_ONCE = 500
DAYS = 3


async def make_backups(now: datetime) -> int:
    """Give each active package with backups some where it has none; how many they were."""
    active = Package.filter(state=PackageState.ACTIVE, backups=None).select_related("type").order_by("id")
    packages = [one for one in await active if PackageFunction.BACKUPS.value in one.type.functions]
    databases: dict[str, HostedDatabase] = {}
    for database in await HostedDatabase.filter(package_id__in=[one.id for one in packages]).order_by("-id"):
        databases[database.package_id] = database
    rows = [row for package in packages for row in _backups(package, databases.get(package.id), now)]

    async def write() -> None:
        await Backup.bulk_create(rows, batch_size=AT_ONCE)

    await in_unit_of_work(write)
    return len(rows)


def _backups(package: Package, database: HostedDatabase | None, now: datetime) -> Iterator[Backup]:
    night = now.replace(hour=2, minute=30, second=0, microsecond=0)
    own = {"customer_id": package.customer_id, "package_id": package.id, "state": BackupState.READY}
    for back in range(1, DAYS + 1):
        made = night - timedelta(days=back)
        yield Backup(
            **own,
            content=BackupContent.WEB_SPACE,
            subject_name=package.identification,
            automatic=True,
            size_mb=max(1, package.web_space_used_mb * 2 // 3 - back),
            created_at=made,
            expires_at=made + KEPT_BY_THE_HOST,
        )
    if database is not None:
        made = now - timedelta(days=6, hours=3)
        yield Backup(
            **own,
            content=BackupContent.DATABASE,
            subject_name=database.name,
            database_id=database.id,
            size_mb=max(1, database.used_mb * 2 // 3),
            created_at=made,
            expires_at=made + KEPT,
        )
