"""Website apps: installed, updated and removed, each with the operation that does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import F

from gateway.auth import audit, operations, visible
from gateway.auth.client import Client
from gateway.auth.operations import sealed
from gateway.auth.package_function import find_package
from gateway.auth.resources import find_room, stock
from gateway.auth.technical_passwords import TechnicalPasswords
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError, bad_input
from gateway.hosting import App, AppVersion, Hosting, ordered
from gateway.keys import Keyring
from models import DomainState, HostedDatabase, Operation, Package, WebHost, WebsiteApp, WebsiteAppState, WebTarget
from models.database import in_unit_of_work
from models.ids import prefix_of
from models.rules import resource
from models.rules import web_host as host_rule
from models.rules import website_app as rule
from models.rules.decision import Allowed, Decision, Refused

HOST, PATH, APP, APP_VERSION, DATABASE, USERNAME, PASSWORD, WHICH, VERSION = (
    ("input", name)
    for name in (
        "webHostId", "path", "app", "appVersion", "databaseId", "username", "password", "websiteAppId", "version",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be installed, as it was typed."""

    web_host_id: str
    path: str
    app: str
    app_version: str
    database_id: str | None
    username: str
    password: str | None


@dataclass(frozen=True, slots=True)
class Offer:
    """An app on a host name: the version that would be taken, and whether it can be installed there now."""

    app: App
    version: AppVersion
    host: WebHost
    decision: Decision


class WebsiteApps:
    """The use cases with their parts."""

    def __init__(self, passwords: TechnicalPasswords, keyring: Keyring, hosting: Hosting) -> None:
        self._passwords = passwords
        self._keyring = keyring
        self._hosting = hosting

    async def offers(self, viewer: Viewer, package_id: str) -> list[Offer]:
        """Every app on every host name of a package: the newest version that runs there, otherwise the newest."""
        package = await visible.packages(viewer).select_related("type").get_or_none(id=package_id)
        if package is None:
            return []
        hosts = await visible.web_hosts(viewer).filter(package_id=package.id).select_related("domain").order_by("id")
        room = (await stock(viewer, package, resource.WEBSITE_APP)).decision
        free, left = {one.engine.value for one in await _free_databases(viewer, package)}, _left(package)
        found = []
        for app in self._hosting.apps:
            for host in hosts:
                version = self._best(app, host) or app.versions[-1]
                needs = [engine.value for engine in version.engines]
                decision = rule.installable(room, _place(host, version), needs, free, version.space_mb, left)
                found.append(Offer(app, version, host, decision))
        return found

    async def install(
        self, viewer: Viewer, wanted: Wanted, client: Client, now: datetime
    ) -> tuple[WebsiteApp, str | None, Operation]:
        """Install one: the row, the password where it was made here, and the operation.

        Raises `BAD_USER_INPUT` for an app, a path, a user name or a password that cannot be, `NOT_FOUND` for a host name or a
        database, and `CONFLICT` with the reason that `websiteAppCatalogue` shows.
        """
        path = rule.path_of(wanted.path)
        if isinstance(path, Refused):
            raise bad_input("website_app.bad_path", path=PATH)
        if isinstance(rule.username_acceptable(wanted.username), Refused):
            raise bad_input("website_app.bad_username", path=USERNAME, most=rule.LONGEST_USERNAME)
        version = self._known(wanted.app, wanted.app_version)
        await _host(viewer, wanted.web_host_id)
        password = await self._passwords.take(wanted.password, (wanted.username.lower(), wanted.app), PASSWORD)

        async def write() -> tuple[WebsiteApp, Operation]:
            host = await _host(viewer, wanted.web_host_id)
            package = await find_room(viewer, host.package_id, resource.WEBSITE_APP, HOST)
            host = await _host(viewer, wanted.web_host_id)  # as it is now that the package is held
            free = await _free_databases(viewer, package)
            needs, engines = [one.value for one in version.engines], {one.engine.value for one in free}
            decision = rule.installable(
                Allowed(), _place(host, version), needs, engines, version.space_mb, _left(package)
            )
            if isinstance(decision, Refused):
                raise GatewayError(ErrorCode.CONFLICT, f"refused.{decision.reason}", path=HOST)
            database = await _database(viewer, package, version, free, wanted.database_id)
            others = await visible.website_apps(viewer).filter(package_id=package.id).select_related("web_host")
            taken = [rule.folder_of(one.web_host.web_root, one.path) for one in others]
            if rule.collides(rule.folder_of(host.web_root, path), taken):
                raise GatewayError(ErrorCode.CONFLICT, f"refused.{rule.PATH_TAKEN}", path=PATH)
            row = await WebsiteApp.create(
                customer_id=package.customer_id,
                package_id=package.id,
                web_host_id=host.id,
                database_id=None if database is None else database.id,
                app=wanted.app,
                app_version=version.version,
                path=path,
                state=WebsiteAppState.INSTALLING,
                username=wanted.username,
                created_at=now,
            )
            told = {
                "app": row.app,
                "appVersion": row.app_version,
                "host": host_rule.absolute(host.name, host.domain.ascii_name),
                "path": path,
                "database": None if database is None else database.name,
                "username": row.username,
            }
            operation = await operations.request(
                viewer, package.id, "website_app.install", row.id, told, now,
                secrets=sealed(self._keyring, password=password),
            )  # fmt: skip
            await audit.record(
                audit.actor_of(viewer), client, now, "website_app.install", object_id=row.id, package_id=package.id,
                detail={"before": {}, "after": told},
            )  # fmt: skip
            return await visible.website_apps(viewer).get(id=row.id), operation

        row, operation = await in_unit_of_work(write)
        return row, password if wanted.password is None else None, operation

    async def update(
        self, viewer: Viewer, app_id: str, version: int, wanted: str, client: Client, now: datetime
    ) -> tuple[WebsiteApp, Operation]:
        """Have a newer version take the place of the one that is there.

        Raises `BAD_USER_INPUT` for a version that is none or not newer, `NOT_FOUND`, and `CONFLICT` with the reason its menu
        shows, for a version that does not run on the PHP there is, and when it was changed meanwhile.
        """

        async def write() -> tuple[WebsiteApp, Operation]:
            row, package = await self._held(viewer, app_id, rule.UPDATE)
            found = self._known(row.app, wanted)
            if ordered(found.version) <= ordered(row.app_version):
                raise bad_input("website_app.not_newer", path=APP_VERSION)
            if not _runs(found, row.web_host):
                raise GatewayError(ErrorCode.CONFLICT, f"refused.{rule.PHP_UNSUITABLE}", path=APP_VERSION)
            mine = visible.website_apps(viewer).filter(id=row.id, version=version)
            if not await mine.update(state=WebsiteAppState.UPDATING, version=F("version") + 1):
                raise GatewayError(ErrorCode.CONFLICT, "website_app.changed_meanwhile", path=VERSION)
            told = {"app": row.app, "appVersion": found.version}
            operation = await operations.request(viewer, package.id, "website_app.update", row.id, told, now)
            await audit.record(
                audit.actor_of(viewer), client, now, "website_app.update", object_id=row.id, package_id=package.id,
                detail={"before": {"appVersion": row.app_version}, "after": {"appVersion": found.version}},
            )  # fmt: skip
            return await visible.website_apps(viewer).get(id=row.id), operation

        return await in_unit_of_work(write)

    async def remove(self, viewer: Viewer, app_id: str, client: Client, now: datetime) -> tuple[WebsiteApp, Operation]:
        """Remove one with its files; its database stays. Raises `NOT_FOUND`, and `CONFLICT` with the reason its menu shows."""

        async def write() -> tuple[WebsiteApp, Operation]:
            row, package = await self._held(viewer, app_id, rule.REMOVE)
            await (
                visible.website_apps(viewer)
                .filter(id=row.id)
                .update(state=WebsiteAppState.REMOVING, version=F("version") + 1)
            )
            told = {"app": row.app, "path": row.path, "installed": row.state is WebsiteAppState.INSTALLED}
            operation = await operations.request(viewer, package.id, "website_app.remove", row.id, told, now)
            await audit.record(
                audit.actor_of(viewer), client, now, "website_app.remove", object_id=row.id, package_id=package.id,
                detail={"before": {"app": row.app, "appVersion": row.app_version, "path": row.path}, "after": {}},
            )  # fmt: skip
            return await visible.website_apps(viewer).get(id=row.id), operation

        return await in_unit_of_work(write)

    def newer(self, app: str, version: str, php: str | None) -> tuple[bool, str | None]:
        """Whether there is a newer version at all, and the newest one that runs on a version of PHP."""
        found = self._hosting.app(app)
        later = [one for one in (found.versions if found else ()) if ordered(one.version) > ordered(version)]
        running = [one.version for one in later if php is not None and one.runs_on(php)]
        return bool(later), running[-1] if running else None

    async def _held(self, viewer: Viewer, app_id: str, action: str) -> tuple[WebsiteApp, Package]:
        """An app and its package, locked until the unit ends, for something the rule allows now."""
        found = await _find(viewer, app_id)
        await visible.packages(viewer).filter(id=found.package_id).select_for_update().first()
        row = await _find(viewer, app_id)
        package = await visible.packages(viewer).select_related("type").get(id=row.package_id)
        newer, runs = self.newer(row.app, row.app_version, row.web_host.php_version)
        decision = rule.decide(
            action, package.type.functions, package.state, row.state.value, newer=newer, runs=runs is not None
        )
        if isinstance(decision, Refused):
            raise GatewayError(ErrorCode.CONFLICT, f"refused.{decision.reason}", path=WHICH)
        return row, package

    def _known(self, app: str, version: str) -> AppVersion:
        found = self._hosting.app_version(app, version)
        if found is None:
            raise bad_input("website_app.unknown", path=APP if self._hosting.app(app) is None else APP_VERSION)
        return found

    def _best(self, app: App, host: WebHost) -> AppVersion | None:
        running = [one for one in app.versions if _runs(one, host)]
        return running[-1] if running else None


async def _database(
    viewer: Viewer, package: Package, version: AppVersion, free: Sequence[HostedDatabase], id: str | None
) -> HostedDatabase | None:
    """The database for a version: one of the package that no app uses and that it works with."""
    if not version.engines:
        if id is not None:
            raise bad_input("website_app.no_database_needed", path=DATABASE)
        return None
    if id is None:
        raise bad_input("website_app.database_needed", path=DATABASE)
    own = visible.hosted_databases(viewer).filter(package_id=package.id)
    if prefix_of(id) != "dbs" or not await own.filter(id=id).exists():
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=DATABASE)
    found = next((one for one in free if one.id == id and one.engine in version.engines), None)
    if found is None:
        raise GatewayError(ErrorCode.CONFLICT, "website_app.database_unsuitable", path=DATABASE)
    return found


async def _find(viewer: Viewer, app_id: str) -> WebsiteApp:
    row = None
    if prefix_of(app_id) == "app":
        row = await visible.website_apps(viewer).select_related("web_host").get_or_none(id=app_id)
    if row is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=WHICH)
    return row


async def _host(viewer: Viewer, web_host_id: str) -> WebHost:
    host = None
    if prefix_of(web_host_id) == "whs":
        host = await visible.web_hosts(viewer).select_related("domain").get_or_none(id=web_host_id)
    if host is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=HOST)
    await find_package(viewer, host.package_id, rule.FUNCTION, HOST)
    return host


async def _free_databases(viewer: Viewer, package: Package) -> list[HostedDatabase]:
    used = visible.website_apps(viewer).filter(package_id=package.id, database_id__isnull=False)
    taken = [str(id) for id in await used.values_list("database_id", flat=True)]
    return (
        await visible.hosted_databases(viewer)
        .filter(package_id=package.id)
        .exclude(id__in=taken or [""])
        .order_by("id")
    )


def _place(host: WebHost, version: AppVersion) -> rule.Place:
    active = host.domain.state is DomainState.ACTIVE
    return rule.Place(host.target is WebTarget.WEB_ROOT, active, _runs(version, host))


def _runs(version: AppVersion, host: WebHost) -> bool:
    return host.php_version is not None and version.runs_on(host.php_version)


def _left(package: Package) -> int:
    return package.type.web_space_mb - package.web_space_used_mb
