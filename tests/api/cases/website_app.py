"""Website apps."""

from __future__ import annotations

from typing import Any

from models import HostedDatabase, WebHost, WebsiteApp
from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import NOW, Caller, Household, World, nobodys

NOBODYS_HOST = {"webHostId": nobodys("whs"), "app": "grav", "appVersion": "1.7"}
NOBODYS = {"websiteAppId": nobodys("app")}


async def a_host(house: Household, package: str = "shop", **values: Any) -> WebHost:
    """A fresh host name of a package."""
    domain = "verein.example" if package == "club" else "laden.example"
    domain = domain if domain in house.domains else "konkurrenz.example"
    name = f"h{await WebHost.all().count()}"
    given = {"target": "WEB_ROOT", "web_root": name, "php_version": "8.4", "tls_state": "NONE"}
    return await WebHost.create(
        customer_id=house.customer, package_id=house.packages[package], domain_id=house.domains[domain], name=name,
        created_at=NOW, **given | values,
    )  # fmt: skip


async def a_database(house: Household, engine: str = "MARIADB", package: str = "shop") -> HostedDatabase:
    """A fresh database of a package."""
    return await HostedDatabase.create(
        customer_id=house.customer, package_id=house.packages[package], name=f"db8{await HostedDatabase.all().count():07}",
        engine=engine, engine_version="11.4", host="h", port=1, allowed_hosts=[], password_changed_at=NOW, created_at=NOW,
    )  # fmt: skip


async def an_app(house: Household, package: str = "shop", **values: Any) -> WebsiteApp:
    """A fresh app of a package."""
    host, database = await a_host(house, package), await a_database(house, package=package)
    given = {"app": "wordpress", "app_version": "6.8", "path": "/", "state": "INSTALLED", "username": "admin"}
    return await WebsiteApp.create(
        customer_id=house.customer, package_id=house.packages[package], web_host_id=host.id, database_id=database.id,
        created_at=NOW, **given | values,
    )  # fmt: skip


async def _install(world: World, caller: Caller) -> Input:
    house, package = world.house(caller), world.package_name(caller)
    host, database = await a_host(house, package), await a_database(house, package=package)
    return {"webHostId": host.id, "app": "wordpress", "appVersion": "6.9", "databaseId": database.id, "path": "/blog"}


async def _update(world: World, caller: Caller) -> Input:
    return {
        "websiteAppId": (await an_app(world.house(caller), world.package_name(caller))).id,
        "version": 1,
        "appVersion": "6.9",
    }


async def _remove(world: World, caller: Caller) -> Input:
    return {"websiteAppId": (await an_app(world.house(caller), world.package_name(caller))).id}


async def _bad_path(service: Service) -> dict[str, Any]:
    return {**await _install(service.world, Caller.OWNER), "path": "/../etc"}


async def _redirect(service: Service) -> dict[str, Any]:
    house = service.world.owner
    host = await a_host(house, target="REDIRECT", web_root=None, redirect_url="https://a.example", redirect_code=301)
    return {"webHostId": host.id, "app": "grav", "appVersion": "1.7"}


async def _older(service: Service) -> dict[str, Any]:
    return {**await _update(service.world, Caller.OWNER), "appVersion": "6.8"}


async def _stale(service: Service) -> dict[str, Any]:
    return {**await _update(service.world, Caller.OWNER), "version": 7}


async def _busy(service: Service) -> dict[str, Any]:
    return {"websiteAppId": (await an_app(service.world.owner, state="UPDATING")).id}


CASES: dict[str, Case] = {
    "websiteAppInstall": Case(
        _install,
        NOBODYS_HOST,
        {"BAD_USER_INPUT": _bad_path, "NOT_FOUND": always(NOBODYS_HOST), "CONFLICT": _redirect},
    ),
    "websiteAppUpdate": Case(
        _update,
        {**NOBODYS, "version": 1, "appVersion": "6.9"},
        {
            "BAD_USER_INPUT": _older,
            "NOT_FOUND": always({**NOBODYS, "version": 1, "appVersion": "6.9"}),
            "CONFLICT": _stale,
        },
    ),
    "websiteAppRemove": Case(_remove, NOBODYS, {"NOT_FOUND": always(NOBODYS), "CONFLICT": _busy}),
}
