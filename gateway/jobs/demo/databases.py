"""Databases for the packages of the demo, as many as a website has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from gateway.hosting import Hosting
from models import DatabaseEngine, HostedDatabase, Package, PackageFunction, PackageState
from models.database import in_unit_of_work

AT_ONCE = 500

LABELS = ("Website", "Shop", "Statistik", "Forum")


async def make_databases(hosting: Hosting, now: datetime) -> int:
    """Give each active package that can have databases some where it has none; how many they were."""
    active = Package.filter(state=PackageState.ACTIVE, databases=None, type__database_limit__gt=1)
    packages = await active.select_related("type").order_by("id")
    able = [package for package in packages if PackageFunction.DATABASES.value in package.type.functions]
    rows = [row for number, package in enumerate(able) for row in _databases(package, number, hosting, now)]

    async def write() -> None:
        await HostedDatabase.bulk_create(rows, batch_size=AT_ONCE)

    await in_unit_of_work(write)
    return len(rows)


def _databases(package: Package, number: int, hosting: Hosting, now: datetime) -> Iterator[HostedDatabase]:
    for place in range(min(1 + number % 3, package.type.database_limit - 1)):
        engine = DatabaseEngine.POSTGRESQL if (number + place) % 4 == 3 else DatabaseEngine.MARIADB
        versions = [one.version for one in hosting.databases if one.engine is engine]
        server = hosting.database_servers[engine]
        yield HostedDatabase(
            customer_id=package.customer_id,
            package_id=package.id,
            name=f"db{10_000_000 + 7_919 * (10 * number + place)}",
            label=LABELS[place % len(LABELS)],
            engine=engine,
            engine_version=versions[-1 - number % 2],
            host=server.host,
            port=server.port,
            allowed_hosts=["203.0.113.0/24"] if place == 1 else [],
            used_mb=12 + 37 * ((number + 3 * place) % 11),
            password_changed_at=now - timedelta(days=40 + number % 90),
            dump_requested_at=now - timedelta(days=3) if place == 0 and number % 2 else None,
            created_at=max(package.created_at, now - timedelta(days=400 + number)),
        )
