"""Databases: made, changed, dumped and deleted, each with the operation that makes it true."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tortoise.expressions import F

from gateway.auth import audit, operations, visible
from gateway.auth.client import Client
from gateway.auth.operations import sealed
from gateway.auth.package_function import find_package
from gateway.auth.resources import find_room
from gateway.auth.technical_passwords import TechnicalPasswords
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError, bad_input
from gateway.hosting import Hosting
from gateway.keys import Keyring
from models import DatabaseEngine, HostedDatabase, Operation, Package
from models.database import in_unit_of_work
from models.ids import prefix_of
from models.rules import hosted_database as rule
from models.rules import package_name, resource
from models.rules.berlin import berlin_day
from models.rules.decision import Refused

PACKAGE, WHICH, VERSION, ENGINE_VERSION, LABEL, HOSTS, PASSWORD = (
    ("input", name)
    for name in ("packageId", "databaseId", "version", "engineVersion", "label", "allowedHosts", "password")
)

TRIES = 20
"""Names that are made up until one is free; the first is, for as long as there are fewer than some millions."""

_LABELS = {
    package_name.EMPTY: "database.label_empty",
    package_name.TOO_LONG: "database.label_too_long",
    package_name.CHARACTERS: "database.label_characters",
}
_NETWORKS = {
    rule.NO_NETWORK: "database.no_network",
    rule.TOO_WIDE: "database.network_too_wide",
    rule.NOT_PUBLIC: "database.network_not_public",
    rule.TOO_MANY: "database.too_many_networks",
}


class HostedDatabases:
    """The use cases with their parts."""

    def __init__(self, passwords: TechnicalPasswords, keyring: Keyring, hosting: Hosting) -> None:
        self._passwords = passwords
        self._keyring = keyring
        self._hosting = hosting

    async def create(
        self,
        viewer: Viewer,
        package_id: str,
        engine: DatabaseEngine,
        version: str,
        label: str | None,
        chosen: str | None,
        client: Client,
        now: datetime,
    ) -> tuple[HostedDatabase, str | None, Operation]:
        """Make one: the row, the password where it was made here, and the operation.

        Raises `BAD_USER_INPUT` for a version, label or password that will not do, `NOT_FOUND` for the package, `CONFLICT` in
        the words of its menu and when the limit is reached.
        """
        offered = self._hosting.database_version(engine, version)
        decision = rule.version_choosable(offered.end_of_life_on if offered else None, berlin_day(now))
        if isinstance(decision, Refused):
            ended = decision.reason == rule.VERSION_ENDED
            raise bad_input("database.version_ended" if ended else "database.version_unknown", path=ENGINE_VERSION)
        called = _label(label)
        await find_package(viewer, package_id, rule.FUNCTION, PACKAGE)
        password = await self._passwords.take(chosen, _words(called), PASSWORD)
        server = self._hosting.database_servers[engine]

        async def write() -> tuple[HostedDatabase, Operation]:
            package = await find_room(viewer, package_id, resource.DATABASE, PACKAGE)
            database = await HostedDatabase.create(
                customer_id=package.customer_id,
                package_id=package.id,
                name=await _free_name(),
                label=called,
                engine=engine,
                engine_version=version,
                host=server.host,
                port=server.port,
                allowed_hosts=[],
                password_changed_at=now,
                created_at=now,
            )
            told = {"name": database.name, "engine": engine.value, "engineVersion": version}
            operation = await operations.request(
                viewer, package.id, "database.create", database.id, told, now,
                secrets=sealed(self._keyring, password=password),
            )  # fmt: skip
            await audit.record(
                audit.actor_of(viewer), client, now, "database.create", object_id=database.id, package_id=package.id,
                detail={"before": {}, "after": {**told, "label": called}},
            )  # fmt: skip
            return await visible.hosted_databases(viewer).get(id=database.id), operation

        database, operation = await in_unit_of_work(write)
        return database, password if chosen is None else None, operation

    async def change(
        self,
        viewer: Viewer,
        database_id: str,
        version: int,
        label: str | None,
        allowed_hosts: Sequence[str],
        client: Client,
        now: datetime,
    ) -> tuple[HostedDatabase, Operation]:
        """Give it another label and other networks it can be reached from: both take the place of what was there.

        Raises as `create`, and `CONFLICT` when it was changed meanwhile.
        """
        called, read = _label(label), rule.networks(allowed_hosts)
        if isinstance(read, Refused):
            raise bad_input(
                _NETWORKS[read.reason],
                path=HOSTS,
                most=rule.MOST_NETWORKS,
                ipv4=rule.WIDEST_IPV4,
                ipv6=rule.WIDEST_IPV6,
            )

        async def write() -> tuple[HostedDatabase, Operation]:
            database, package = await self._held(viewer, database_id, rule.CHANGE, now)
            unchanged = visible.hosted_databases(viewer).filter(id=database.id, version=version)
            if not await unchanged.update(version=F("version") + 1, label=called, allowed_hosts=read):
                raise GatewayError(ErrorCode.CONFLICT, "database.changed_meanwhile", path=VERSION)
            told = {"name": database.name, "allowedHosts": read}
            operation = await operations.request(viewer, package.id, "database.change", database.id, told, now)
            await audit.record(
                audit.actor_of(viewer), client, now, "database.change", object_id=database.id, package_id=package.id,
                detail={
                    "before": {"label": database.label, "allowedHosts": ", ".join(database.allowed_hosts)},
                    "after": {"label": called, "allowedHosts": ", ".join(read)},
                },
            )  # fmt: skip
            return await visible.hosted_databases(viewer).get(id=database.id), operation

        return await in_unit_of_work(write)

    async def rotate_password(
        self, viewer: Viewer, database_id: str, chosen: str | None, client: Client, now: datetime
    ) -> tuple[HostedDatabase, str | None, Operation]:
        """Give it another password. Raises as `create`."""
        password = await self._passwords.take(chosen, (), PASSWORD)

        async def write() -> tuple[HostedDatabase, Operation]:
            database, package = await self._held(viewer, database_id, rule.ROTATE_PASSWORD, now)
            mine = visible.hosted_databases(viewer).filter(id=database.id)
            await mine.update(password_changed_at=now, version=F("version") + 1)
            operation = await operations.request(
                viewer, package.id, "database.rotate_password", database.id, {"name": database.name}, now,
                secrets=sealed(self._keyring, password=password),
            )  # fmt: skip
            await audit.record(
                audit.actor_of(viewer), client, now, "database.rotate_password", object_id=database.id,
                package_id=package.id, detail={"name": database.name},
            )  # fmt: skip
            return await mine.get(), operation

        database, operation = await in_unit_of_work(write)
        return database, password if chosen is None else None, operation

    async def dump(
        self, viewer: Viewer, database_id: str, client: Client, now: datetime
    ) -> tuple[HostedDatabase, Operation]:
        """Have what is in it written into the web space. Raises `NOT_FOUND`, and `CONFLICT` within an hour of the last one."""

        async def write() -> tuple[HostedDatabase, Operation]:
            database, package = await self._held(viewer, database_id, rule.DUMP, now)
            mine = visible.hosted_databases(viewer).filter(id=database.id)
            await mine.update(dump_requested_at=now)
            told = {"name": database.name, "path": rule.dump_path(database.name, now)}
            operation = await operations.request(viewer, package.id, "database.dump", database.id, told, now)
            await audit.record(
                audit.actor_of(viewer), client, now, "database.dump", object_id=database.id, package_id=package.id,
                detail=told,
            )  # fmt: skip
            return await mine.get(), operation

        return await in_unit_of_work(write)

    async def delete(self, viewer: Viewer, database_id: str, client: Client, now: datetime) -> tuple[str, Operation]:
        """Delete it with everything in it: its id. Raises `NOT_FOUND`, and `CONFLICT` while a website app uses it."""

        async def write() -> tuple[str, Operation]:
            database, package = await self._held(viewer, database_id, rule.DELETE, now)
            await visible.hosted_databases(viewer).filter(id=database.id).delete()
            told = {"name": database.name, "engine": database.engine.value}
            operation = await operations.request(viewer, package.id, "database.delete", database.id, told, now)
            await audit.record(
                audit.actor_of(viewer), client, now, "database.delete", object_id=database.id, package_id=package.id,
                detail={"before": {**told, "label": database.label}, "after": {}},
            )  # fmt: skip
            return database.id, operation

        return await in_unit_of_work(write)

    async def _held(
        self, viewer: Viewer, database_id: str, action: str, now: datetime
    ) -> tuple[HostedDatabase, Package]:
        """A database and its package, locked until the unit ends, for something the rule allows now."""
        found = await _find(viewer, database_id)
        await visible.packages(viewer).filter(id=found.package_id).select_for_update().first()
        database = await _find(viewer, database_id)
        package = await visible.packages(viewer).select_related("type").get(id=database.package_id)
        has_app = await visible.website_apps(viewer).filter(database_id=database.id).exists()
        decision = rule.decide(
            action,
            package.type.functions,
            package.state,
            has_app=has_app,
            dumped_at=database.dump_requested_at,
            now=now,
        )
        if isinstance(decision, Refused):
            raise GatewayError(ErrorCode.CONFLICT, f"refused.{decision.reason}", path=WHICH)
        return database, package


async def _find(viewer: Viewer, database_id: str) -> HostedDatabase:
    database = None
    if prefix_of(database_id) == "dbs":
        database = await visible.hosted_databases(viewer).get_or_none(id=database_id)
    if database is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=WHICH)
    return database


async def _free_name() -> str:
    """A name nobody has, which tells nothing about how many there are."""
    for _ in range(TRIES):
        name = f"db{secrets.randbelow(90_000_000) + 10_000_000}"
        if not await HostedDatabase.filter(name=name).exists():
            return name
    raise GatewayError(ErrorCode.UNAVAILABLE, "unavailable", path=PACKAGE)


def _label(typed: str | None) -> str | None:
    if typed is None:
        return None
    label = package_name.tidied(typed)
    decision = package_name.acceptable(label)
    if isinstance(decision, Refused):
        raise bad_input(_LABELS[decision.reason], path=LABEL, longest=package_name.LONGEST)
    return label


def _words(label: str | None) -> list[Any]:
    return [] if label is None else [label.lower()]
