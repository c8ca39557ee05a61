"""Databases over HTTP: made, changed, dumped, deleted, each with its operation and without a trace of its password."""

from __future__ import annotations

import asyncio
import json
from itertools import product
from typing import Any

import pytest

from gateway.keys import OPERATION_SEAL, Keyring
from models import AuditEvent, HostedDatabase, Operation, Package, PackageType, WebHost, WebsiteApp
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.proofs import counted
from tests.world import KEYS, NOW, Caller, nobodys

FIELDS = """id name username label engine engineVersion endOfLifeOn host port allowedHosts usedMb passwordChangedAt
  dump { path requestedAt } version actions { name allowed reason message } package { id }"""
LIST = f"query($id: ID!) {{ package(id: $id) {{ databases(first: 50) {{ totalCount nodes {{ {FIELDS} }} }} }} }}"
CREATE = f"""mutation($i: DatabaseCreateInput!) {{ databaseCreate(input: $i) {{
  database {{ {FIELDS} }} password operation {{ kind state subjectId }} errors {{ code path message }} }} }}"""
CHANGE = f"""mutation($i: DatabaseChangeInput!) {{ databaseChange(input: $i) {{
  database {{ {FIELDS} }} operation {{ kind }} errors {{ code path message }} }} }}"""
ROTATE = """mutation($i: DatabasePasswordRotateInput!) { databasePasswordRotate(input: $i) {
  database { version passwordChangedAt } password operation { id kind } errors { code path message } } }"""
DUMP = """mutation($i: DatabaseDumpRequestInput!) { databaseDumpRequest(input: $i) {
  database { dump { path requestedAt } } operation { kind } errors { code path message } } }"""
DELETE = """mutation($i: DatabaseDeleteInput!) { databaseDelete(input: $i) {
  databaseId operation { kind } errors { code path message } } }"""
MADE = {"engine": "POSTGRESQL", "engineVersion": "17", "label": "  Shop   2 "}
CHOSEN = "sieben Möwen zählen Kutter"


async def call(service: Service, text: str, by: str | Caller = Caller.PACKAGE, **given: Any) -> dict[str, Any]:
    (payload,) = (await service.ask(text, {"i": given}, by=by)).data.values()
    assert isinstance(payload, dict)
    return payload


def codes(payload: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(error["code"], error["path"]) for error in payload["errors"]]


async def test_a_package_login_makes_one_and_sees_its_password_once(service: Service) -> None:
    shop = service.world.owner.packages["shop"]
    payload = await call(service, CREATE, packageId=shop, **MADE)
    assert payload["errors"] == []
    database, password = payload["database"], payload["password"]
    assert (database["label"], database["engine"], database["engineVersion"]) == ("Shop 2", "POSTGRESQL", "17")
    assert (database["host"], database["port"], database["endOfLifeOn"]) == (
        "postgresql.musterhost.example", 5432, "2029-11-08",
    )  # fmt: skip
    assert database["username"] == database["name"]
    assert payload["operation"] == {"kind": "database.create", "state": "QUEUED", "subjectId": database["id"]}
    row = await Operation.get(kind="database.create")
    assert json.loads(Keyring(KEYS).unseal(OPERATION_SEAL, str(row.secrets_sealed))) == {"password": password}
    assert password not in repr(await stored())
    for caller in (Caller.PACKAGE, Caller.OWNER):
        listed = (await service.both(LIST, {"id": shop}, by=caller)).data["package"]["databases"]
        assert [one for one in listed["nodes"] if one["id"] == database["id"]] == [database]


async def test_a_chosen_password_is_looked_at_and_never_shown(service: Service) -> None:
    shop = service.world.owner.packages["shop"]
    payload = await call(service, CREATE, packageId=shop, password=CHOSEN, **MADE)
    assert (payload["errors"], payload["password"]) == ([], None)
    assert CHOSEN not in repr(await stored())
    before = await stored()
    for weak in ("", "kurz", "passwort1234", "x" * 300):
        refused = await call(service, CREATE, packageId=shop, password=weak, **MADE)
        assert codes(refused) == [("BAD_USER_INPUT", ["input", "password"])]
        assert not weak or weak not in refused["errors"][0]["message"]
    assert changed(before, await stored()) == set()


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"engineVersion": "9.6"}, "engineVersion"),
        ({"engineVersion": ""}, "engineVersion"),
        ({"engineVersion": "17'; --"}, "engineVersion"),
        ({"label": " "}, "label"),
        ({"label": "x" * 81}, "label"),
        ({"label": "a\u202eb"}, "label"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_written(
    given: dict[str, str], path: str, service: Service
) -> None:
    before = await stored()
    payload = await call(service, CREATE, packageId=service.world.owner.packages["shop"], **{**MADE, **given})
    assert codes(payload) == [("BAD_USER_INPUT", ["input", path])]
    assert changed(before, await stored()) == set()


async def test_a_version_after_its_end_is_not_chosen_anew(service: Service) -> None:
    service.clock.wait(days=365 * 4)
    token = await service.token(Caller.OWNER)
    payload = await call(service, CREATE, by=token, packageId=service.world.owner.packages["shop"], **MADE)
    assert codes(payload) == [("BAD_USER_INPUT", ["input", "engineVersion"])]


async def test_of_many_at_once_as_many_are_made_as_there_is_room_for(service: Service) -> None:
    shop = await Package.get(id=service.world.owner.packages["shop"])
    room = 5 - await HostedDatabase.filter(package_id=shop.id).count()
    assert room > 1
    found = await asyncio.gather(*(call(service, CREATE, packageId=shop.id, **MADE) for _ in range(12)))
    assert sum(payload["errors"] == [] for payload in found) == room
    assert {code for payload in found for code, _ in codes(payload)} == {"CONFLICT"}
    assert await HostedDatabase.filter(package_id=shop.id).count() == 5
    text = "query($id: ID!) { package(id: $id) { resources { name used limit allowed reason } } }"
    told = (await service.ask(text, {"id": shop.id}, by=Caller.PACKAGE)).data["package"]["resources"]
    assert {"name": "DATABASE", "used": 5, "limit": 5, "allowed": False, "reason": "LIMIT_REACHED"} in told


async def test_label_and_networks_are_changed_together_against_the_version_that_was_read(service: Service) -> None:
    id = service.world.owner.databases["shop"]
    payload = await call(
        service, CHANGE, databaseId=id, version=1, label=None, allowedHosts=["203.0.113.9/24", "2001:db8::7"]
    )
    assert payload["errors"] == []
    assert payload["database"]["allowedHosts"] == ["203.0.113.0/24", "2001:db8::7/128"]
    assert (payload["database"]["label"], payload["database"]["version"]) == (None, 2)
    again = await call(service, CHANGE, databaseId=id, version=1)
    assert codes(again) == [("CONFLICT", ["input", "version"])]
    text = (
        "query($id: ID!) { package(id: $id) { activity(first: 1) { nodes { action details { name before after } } } } }"
    )
    shop = service.world.owner.packages["shop"]
    (entry,) = (await service.ask(text, {"id": shop}, by=Caller.OWNER)).data["package"]["activity"]["nodes"]
    assert entry["action"] == "DATABASE_CHANGE"
    assert {"name": "label", "before": "Größen", "after": None} in entry["details"]


@pytest.mark.parametrize("hosts", [["0.0.0.0/0"], ["10.0.0.1"], ["nirgends"], [f"8.8.8.{n}" for n in range(21)]])
async def test_networks_that_cannot_be_are_refused(hosts: list[str], service: Service) -> None:
    before = await stored()
    payload = await call(
        service, CHANGE, databaseId=service.world.owner.databases["shop"], version=1, allowedHosts=hosts
    )
    assert codes(payload) == [("BAD_USER_INPUT", ["input", "allowedHosts"])]
    assert "{" not in payload["errors"][0]["message"]
    assert changed(before, await stored()) == set()


async def test_another_password_goes_to_the_hosts_system_alone(service: Service) -> None:
    id = service.world.owner.databases["shop"]
    payload = await call(service, ROTATE, databaseId=id)
    assert payload["errors"] == []
    assert payload["database"] == {"version": 2, "passwordChangedAt": "2026-03-02T12:00:00Z"}
    row = await Operation.get(id=payload["operation"]["id"])
    assert json.loads(Keyring(KEYS).unseal(OPERATION_SEAL, str(row.secrets_sealed))) == {
        "password": payload["password"]
    }
    event = await AuditEvent.get(action="database.rotate_password")
    assert payload["password"] not in f"{event.detail}{row.desired}"


async def test_a_dump_is_made_once_an_hour(service: Service) -> None:
    id = service.world.owner.databases["shop"]
    name = (await HostedDatabase.get(id=id)).name
    payload = await call(service, DUMP, databaseId=id)
    assert payload["database"]["dump"] == {
        "path": f"dumps/{name}-20260302T120000Z.sql.gz", "requestedAt": "2026-03-02T12:00:00Z",
    }  # fmt: skip
    row = await Operation.get(kind="database.dump")
    assert row.desired == {"name": name, "path": payload["database"]["dump"]["path"]}
    assert codes(await call(service, DUMP, databaseId=id)) == [("CONFLICT", ["input", "databaseId"])]
    service.clock.wait(hours=1)
    token = await service.token(Caller.OWNER)
    assert codes(await call(service, DUMP, by=token, databaseId=id)) == []


async def test_deleting_it_leaves_the_operation_that_does_it(service: Service) -> None:
    id = service.world.owner.databases["shop"]
    assert codes(await call(service, DELETE, databaseId=id)) == [("CONFLICT", ["input", "databaseId"])], (
        "an app uses it"
    )
    await WebsiteApp.filter(database_id=id).delete()
    payload = await call(service, DELETE, databaseId=id)
    assert (payload["databaseId"], payload["operation"], payload["errors"]) == (id, {"kind": "database.delete"}, [])
    assert codes(await call(service, DELETE, databaseId=id)) == [("NOT_FOUND", ["input", "databaseId"])]
    assert (await service.ask("query($id: ID!) { node(id: $id) { id } }", {"id": id}, by=Caller.OWNER)).data == {
        "node": None
    }


async def test_what_is_somebody_elses_is_nothing(service: Service) -> None:
    before = await stored()
    for id in (
        service.world.owner.databases["club"],
        service.world.other.databases["shop"],
        nobodys("dbs"),
        "",
        "dbs_1",
    ):
        for text, more in ((CHANGE, {"version": 1}), (ROTATE, {}), (DUMP, {}), (DELETE, {})):
            assert codes(await call(service, text, databaseId=id, **more)) == [("NOT_FOUND", ["input", "databaseId"])]
    assert changed(before, await stored()) == set()


async def test_the_menu_is_what_the_mutations_do(service: Service) -> None:
    """Every state of a package, with and without an app on it, a dump now or none, a function or none."""
    house, cases = service.world.owner, 0
    id, shop = house.databases["shop"], house.packages["shop"]
    host = await WebHost.filter(package_id=shop).first()
    assert host is not None
    kind = await PackageType.get(id=(await Package.get(id=shop)).type_id)
    functions = list(kind.functions)
    row = (await HostedDatabase.filter(id=id).values())[0]
    states = ("PROVISIONING", "ACTIVE", "SUSPENDED", "CANCELLED", "ENDED")
    token = await service.token(Caller.OWNER)
    for state, app, dumped, included in product(states, (True, False), (NOW, None), (True, False)):
        for name, text, more in (
            ("CHANGE", CHANGE, {"version": 1}), ("ROTATE_PASSWORD", ROTATE, {}), ("DUMP", DUMP, {}), ("DELETE", DELETE, {}),
        ):  # fmt: skip
            await WebsiteApp.filter(package_id=shop).delete()
            await HostedDatabase.filter(id=id).delete()
            await HostedDatabase.create(**{**row, "dump_requested_at": dumped, "version": 1})
            await Package.filter(id=shop).update(state=state)
            kept = functions if included else [one for one in functions if one != "DATABASES"]
            await PackageType.filter(id=kind.id).update(functions=kept)
            if app:
                await WebsiteApp.create(
                    customer_id=house.customer, package_id=shop, web_host_id=host.id, database_id=id, app="wordpress",
                    app_version="6.9", path="/", state="INSTALLED", username="admin", created_at=NOW,
                )  # fmt: skip
            asked = "query($id: ID!) { node(id: $id) { ... on Database { actions { name allowed message } } } }"
            menu = (await service.both(asked, {"id": id}, by=Caller.OWNER)).data["node"]["actions"]
            entry = next(one for one in menu if one["name"] == name)
            payload = await call(service, text, by=token, databaseId=id, **more)
            assert (payload["errors"] == []) == entry["allowed"], (name, state, app, dumped, included)
            assert entry["allowed"] or payload["errors"][0]["message"] == entry["message"]
            cases += 1
    counted("action ⇔ mutation cases", cases, of="databases")
