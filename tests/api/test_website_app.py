"""Website apps over HTTP: what the catalogue says is what happens, and states move on with their operations."""

from __future__ import annotations

import asyncio
import json
from itertools import product
from typing import Any

import pytest

from gateway.jobs.provisioning import OperationRounds
from gateway.keys import OPERATION_SEAL, Keyring
from gateway.ports.provisioning import Answer, Embedded, Order, Result
from models import Domain, HostedDatabase, Operation, Package, WebHost, WebsiteApp
from tests.api.cases.website_app import a_database, a_host, an_app
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.proofs import counted
from tests.world import KEYS, Caller, nobodys

FIELDS = "id app name appVersion path url state username updateTo version actions { name allowed reason message fix }"
INSTALL = f"""mutation($i: WebsiteAppInstallInput!) {{ websiteAppInstall(input: $i) {{
  websiteApp {{ {FIELDS} database {{ id }} webHost {{ id }} }}
  password operation {{ kind }} errors {{ code path message }} }} }}"""
UPDATE = f"""mutation($i: WebsiteAppUpdateInput!) {{ websiteAppUpdate(input: $i) {{
  websiteApp {{ {FIELDS} }} errors {{ code path message }} }} }}"""
REMOVE = f"""mutation($i: WebsiteAppRemoveInput!) {{ websiteAppRemove(input: $i) {{
  websiteApp {{ {FIELDS} }} errors {{ code path message }} }} }}"""
CATALOGUE = """query($id: ID!) { package(id: $id) { websiteAppCatalogue {
  code name versions { version phpFrom phpTo engines spaceMb }
  choices { webHost { id } hostName version allowed reason message fix } } } }"""
ONE = f"query($id: ID!) {{ node(id: $id) {{ ... on WebsiteApp {{ {FIELDS} }} }} }}"


class Refusing:
    """A host's system that does nothing."""

    async def apply(self, order: Order) -> Answer:
        return Answer(Result.FAILED, "NO_ROOM")


async def call(service: Service, text: str, by: str | Caller = Caller.PACKAGE, **given: Any) -> dict[str, Any]:
    (payload,) = (await service.ask(text, {"i": given}, by=by)).data.values()
    assert isinstance(payload, dict)
    return payload


def codes(payload: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(error["code"], error["path"]) for error in payload["errors"]]


async def carried_out(service: Service, port: Any = None) -> None:
    while await OperationRounds(port or Embedded(), Keyring(KEYS)).step(service.clock.now):
        pass


async def shown(service: Service, id: str) -> dict[str, Any]:
    found = (await service.both(ONE, {"id": id}, by=Caller.OWNER)).data["node"]
    assert found is None or isinstance(found, dict)
    return found


async def test_it_is_installed_updated_and_removed_and_its_state_moves_on(service: Service) -> None:
    house = service.world.owner
    host, database = await a_host(house), await a_database(house)
    given = {"webHostId": host.id, "app": "wordpress", "appVersion": "6.8", "databaseId": database.id, "path": "/blog/"}
    payload = await call(service, INSTALL, **given)
    assert payload["errors"] == []
    app, password = payload["websiteApp"], payload["password"]
    assert (app["name"], app["path"], app["state"], app["url"]) == (
        "WordPress", "/blog", "INSTALLING", f"https://{host.name}.laden.example/blog",
    )  # fmt: skip
    row = await Operation.get(kind="website_app.install")
    assert json.loads(Keyring(KEYS).unseal(OPERATION_SEAL, str(row.secrets_sealed))) == {"password": password}
    assert password not in repr(await stored())
    assert codes(await call(service, REMOVE, websiteAppId=app["id"])) == [("CONFLICT", ["input", "websiteAppId"])]
    await carried_out(service)
    app = await shown(service, app["id"])
    assert (app["state"], app["version"], app["updateTo"]) == ("INSTALLED", 2, "6.9")
    payload = await call(service, UPDATE, websiteAppId=app["id"], version=2, appVersion="6.9")
    assert (payload["errors"], payload["websiteApp"]["state"]) == ([], "UPDATING")
    assert (await shown(service, app["id"]))["appVersion"] == "6.8"
    await carried_out(service)
    app = await shown(service, app["id"])
    assert (app["state"], app["appVersion"], app["updateTo"]) == ("INSTALLED", "6.9", None)
    assert codes(await call(service, REMOVE, websiteAppId=app["id"])) == []
    await carried_out(service)
    assert await shown(service, app["id"]) is None
    assert await HostedDatabase.filter(id=database.id).exists(), "its database stays"


async def test_what_the_hosts_system_refuses_leaves_things_as_they_were(service: Service) -> None:
    app = await an_app(service.world.owner)
    await call(service, UPDATE, websiteAppId=app.id, version=1, appVersion="6.9")
    await carried_out(service, Refusing())
    assert ((await shown(service, app.id))["state"], (await shown(service, app.id))["appVersion"]) == (
        "INSTALLED", "6.8",
    )  # fmt: skip
    await call(service, REMOVE, websiteAppId=app.id)
    await carried_out(service, Refusing())
    assert (await shown(service, app.id))["state"] == "INSTALLED"
    host = await a_host(service.world.owner)
    payload = await call(service, INSTALL, webHostId=host.id, app="grav", appVersion="1.7")
    await carried_out(service, Refusing())
    failed = await shown(service, payload["websiteApp"]["id"])
    assert failed["state"] == "FAILED"
    assert {one["name"]: one["allowed"] for one in failed["actions"]} == {"UPDATE": False, "REMOVE": True}


@pytest.mark.parametrize(
    ("given", "code", "path"),
    [
        ({"path": "/../x"}, "BAD_USER_INPUT", "path"),
        ({"path": ""}, "BAD_USER_INPUT", "path"),
        ({"app": "malware"}, "BAD_USER_INPUT", "app"),
        ({"appVersion": "0.1"}, "BAD_USER_INPUT", "appVersion"),
        ({"username": "a'; --"}, "BAD_USER_INPUT", "username"),
        ({"password": "kurz"}, "BAD_USER_INPUT", "password"),
        ({"databaseId": None}, "BAD_USER_INPUT", "databaseId"),
        ({"databaseId": nobodys("dbs")}, "NOT_FOUND", "databaseId"),
        ({"databaseId": "x"}, "NOT_FOUND", "databaseId"),
        ({"webHostId": nobodys("whs")}, "NOT_FOUND", "webHostId"),
        ({"webHostId": "'"}, "NOT_FOUND", "webHostId"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_written(
    given: dict[str, Any], code: str, path: str, service: Service
) -> None:
    house = service.world.owner
    host, database = await a_host(house), await a_database(house)
    usual = {"webHostId": host.id, "app": "wordpress", "appVersion": "6.9", "databaseId": database.id}
    before = await stored()
    assert codes(await call(service, INSTALL, **usual | given)) == [(code, ["input", path])]
    assert changed(before, await stored()) == set()


async def test_a_database_is_used_by_one_app_and_is_of_the_package(service: Service) -> None:
    house = service.world.owner
    host, app = await a_host(house), await an_app(house)
    await a_database(house)  # there is a free one, so that only the choice stands against it
    usual = {"webHostId": host.id, "app": "wordpress", "appVersion": "6.9"}
    for database, code in (
        (app.database_id, "CONFLICT"), ((await a_database(house, "POSTGRESQL")).id, "CONFLICT"),
        (house.databases["club"], "NOT_FOUND"), (service.world.other.databases["shop"], "NOT_FOUND"),
    ):  # fmt: skip
        payload = await call(service, INSTALL, by=Caller.OWNER, **usual, databaseId=database)
        assert codes(payload) == [(code, ["input", "databaseId"])]


async def test_no_app_is_put_into_another(service: Service) -> None:
    host = await a_host(service.world.owner)
    usual = {"webHostId": host.id, "app": "grav", "appVersion": "1.7"}
    assert codes(await call(service, INSTALL, **usual, path="/a/b")) == []
    for path in ("/a/b", "/a", "/", "/a/b/c"):
        assert codes(await call(service, INSTALL, **usual, path=path)) == [("CONFLICT", ["input", "path"])]
    found = await asyncio.gather(*(call(service, INSTALL, **usual, path="/same") for _ in range(5)))
    assert sum(payload["errors"] == [] for payload in found) == 1


async def test_no_app_is_put_into_another_by_way_of_another_host_name(service: Service) -> None:
    house, usual = service.world.owner, {"app": "grav", "appVersion": "1.7"}
    one, same, below = [await a_host(house, web_root=root) for root in ("gleich", "gleich", "gleich/blog")]
    assert codes(await call(service, INSTALL, **usual, webHostId=one.id, path="/blog")) == []
    taken = [("CONFLICT", ["input", "path"])]
    for host, path in ((same, "/blog"), (same, "/"), (below, "/"), (below, "/tiefer")):
        assert codes(await call(service, INSTALL, **usual, webHostId=host.id, path=path)) == taken
    assert codes(await call(service, INSTALL, **usual, webHostId=same.id, path="/blogs")) == []


async def test_what_the_catalogue_says_is_what_happens(service: Service) -> None:
    """Every app on host names of every kind, with and without a database, with room and without: chosen as it is shown."""
    house, cases, reasons = service.world.owner, 0, set()
    token, shop = await service.token(Caller.OWNER), house.packages["shop"]
    await WebsiteApp.filter(package_id=shop).delete()
    redirect: dict[str, Any] = {
        "target": "REDIRECT", "web_root": None, "redirect_url": "https://a.example", "redirect_code": 301, "php_version": None,
    }  # fmt: skip
    hosts = [await a_host(house), await a_host(house, php_version="8.5"), await a_host(house, php_version=None)]
    hosts += [await a_host(house, php_version="8.2"), await a_host(house, **redirect)]
    settings = product((True, False), (True, False), ("ACTIVE", "SUSPENDED"), ("ACTIVE", "TRANSFERRING"))
    for with_database, full, state, domain in settings:
        await HostedDatabase.filter(package_id=shop).delete()
        database = await a_database(house) if with_database else None
        await Package.filter(id=shop).update(web_space_used_mb=50_000 if full else 0, state=state)
        await Domain.filter(id=house.domains["laden.example"]).update(state=domain)
        catalogue = (await service.ask(CATALOGUE, {"id": shop}, by=token)).data["package"]["websiteAppCatalogue"]
        for app in catalogue:
            for host in hosts:
                choice = next(one for one in app["choices"] if one["webHost"]["id"] == host.id)
                needs = next(one["engines"] for one in app["versions"] if one["version"] == choice["version"])
                given = {"webHostId": host.id, "app": app["code"], "appVersion": choice["version"]}
                payload = await call(
                    service, INSTALL, by=token, **given, databaseId=database.id if database and needs else None
                )
                assert (payload["errors"] == []) == choice["allowed"], (app["code"], choice)
                if not choice["allowed"]:
                    assert payload["errors"][0]["message"] == choice["message"], (app["code"], choice)
                reasons.add((choice["reason"], choice["fix"]))
                await WebsiteApp.filter(package_id=shop).delete()
                await Operation.filter(package_id=shop).delete()
                cases += 1
    assert reasons >= {
        (None, None), ("PHP_UNSUITABLE", "WEB_HOST_CHANGE"), ("HOST_REDIRECTS", "WEB_HOST_CHANGE"),
        ("DATABASE_MISSING", "DATABASE_CREATE"), ("WEB_SPACE_FULL", "TARIFF_CHANGE"), ("PACKAGE_SUSPENDED", None),
        ("DOMAIN_NOT_ACTIVE", None),
    }  # fmt: skip
    counted("action ⇔ mutation cases", cases, of="website apps")


async def test_the_menu_is_what_the_mutations_do(service: Service) -> None:
    house, token, shop = service.world.owner, await service.token(Caller.OWNER), service.world.owner.packages["shop"]
    states = ("INSTALLING", "INSTALLED", "UPDATING", "REMOVING", "FAILED")
    for state, version, php, package in product(states, ("6.8", "6.9"), ("8.4", None), ("ACTIVE", "ENDED")):
        for name, text in (("UPDATE", UPDATE), ("REMOVE", REMOVE)):
            await WebsiteApp.filter(package_id=shop).delete()
            await Package.filter(id=shop).update(state="ACTIVE")
            app = await an_app(house, state=state, app_version=version)
            await WebHost.filter(id=app.web_host_id).update(php_version=php)
            await Package.filter(id=shop).update(state=package)
            more = {"version": 1, "appVersion": "6.9"} if name == "UPDATE" else {}
            entry = next(one for one in (await shown(service, app.id))["actions"] if one["name"] == name)
            payload = await call(service, text, by=token, websiteAppId=app.id, **more)
            assert (payload["errors"] == []) == entry["allowed"], (name, state, version, php, package)
            assert entry["allowed"] or payload["errors"][0]["message"] == entry["message"]


async def test_what_is_somebody_elses_is_nothing(service: Service) -> None:
    before = await stored()
    for id in (service.world.owner.website_apps["club"], nobodys("app"), "", "app_1"):
        assert codes(await call(service, REMOVE, websiteAppId=id)) == [("NOT_FOUND", ["input", "websiteAppId"])]
        assert codes(await call(service, UPDATE, websiteAppId=id, version=1, appVersion="6.9")) == [
            ("NOT_FOUND", ["input", "websiteAppId"])
        ]
    assert changed(before, await stored()) == set()
