"""Website apps for the packages of the demo: on a path of the first host name, with the first database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from gateway.hosting import Hosting
from models import (
    HostedDatabase,
    Package,
    PackageFunction,
    PackageState,
    WebHost,
    WebsiteApp,
    WebsiteAppState,
    WebTarget,
)
from models.database import in_unit_of_work

AT_ONCE = 500


async def make_website_apps(hosting: Hosting, now: datetime) -> int:
    """Give each active package with a database an app where it has none and one runs; how many they were."""
    active = Package.filter(state=PackageState.ACTIVE, website_apps=None)
    packages = {
        package.id: package
        for package in await active.select_related("type")
        if PackageFunction.WEBSITE_APPS.value in package.type.functions
    }
    databases: dict[str, HostedDatabase] = {}
    for database in await HostedDatabase.filter(package_id__in=list(packages)).order_by("-id"):
        databases[database.package_id] = database
    hosts: dict[str, WebHost] = {}
    shown = WebHost.filter(package_id__in=list(databases), target=WebTarget.WEB_ROOT, php_version__isnull=False)
    for host in await shown.order_by("-id"):
        hosts[host.package_id] = host
    rows = list(_apps(hosts, databases, hosting, now))

    async def write() -> None:
        await WebsiteApp.bulk_create(rows, batch_size=AT_ONCE)

    await in_unit_of_work(write)
    return len(rows)


def _apps(
    hosts: dict[str, WebHost], databases: dict[str, HostedDatabase], hosting: Hosting, now: datetime
) -> Iterator[WebsiteApp]:
    for number, (package_id, host) in enumerate(sorted(hosts.items())):
        database = databases[package_id]
        fitting = [
            (app, version)
            for app in hosting.apps
            for version in app.versions
            if database.engine in version.engines and version.runs_on(host.php_version or "0")
        ]
        if not fitting:
            continue
        app, version = fitting[number % len(fitting)]
        yield WebsiteApp(
            customer_id=host.customer_id,
            package_id=package_id,
            web_host_id=host.id,
            database_id=database.id,
            app=app.code,
            app_version=version.version,
            path="/" if number % 3 else f"/{app.code}",
            state=WebsiteAppState.INSTALLED,
            username="redaktion",
            created_at=now - timedelta(days=60 + number),
            updated_at=now - timedelta(days=12 + number % 20) if number % 2 else None,
        )
