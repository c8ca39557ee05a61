"""Backups over HTTP: made, previewed, restored as previewed, deleted, one restore at a time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import product
from typing import Any

from gateway.jobs.backup import delete_expired
from gateway.jobs.provisioning import OperationRounds
from gateway.keys import Keyring
from gateway.ports.provisioning import Answer, Embedded, Order, Result
from models import Backup, HostedDatabase, Mailbox, Operation, Package
from tests.api.cases.backup import a_backup
from tests.api.cases.website_app import a_host
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.proofs import counted
from tests.world import KEYS, NOW, Caller, nobodys

FIELDS = """id content subjectName state automatic sizeMb createdAt expiresAt restoredAt version
  actions { name allowed reason message } database { id } mailbox { id }"""
CREATE = f"""mutation($i: BackupCreateInput!) {{ backupCreate(input: $i) {{
  backup {{ {FIELDS} }} operation {{ kind }} errors {{ code path message }} }} }}"""
PREVIEW = """query($id: ID!) { backupRestorePreview(backupId: $id) {
  backup { id } allowed reason message overwrites usedMb lostSince token } }"""
RESTORE = f"""mutation($i: BackupRestoreInput!) {{ backupRestore(input: $i) {{
  backup {{ {FIELDS} }} operation {{ kind }} errors {{ code path message }} }} }}"""
DELETE = """mutation($i: BackupDeleteInput!) { backupDelete(input: $i) { backupId errors { code path message } } }"""
ONE = f"query($id: ID!) {{ node(id: $id) {{ ... on Backup {{ {FIELDS} }} }} }}"


class Refusing:
    """A host's system that does nothing."""

    async def apply(self, order: Order) -> Answer:
        return Answer(Result.FAILED, "BROKEN")


async def call(service: Service, text: str, by: str | Caller = Caller.PACKAGE, **given: Any) -> dict[str, Any]:
    (payload,) = (await service.ask(text, {"i": given}, by=by)).data.values()
    assert isinstance(payload, dict)
    return payload


def codes(payload: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(error["code"], error["path"]) for error in payload["errors"]]


async def previewed(service: Service, id: str, by: str | Caller = Caller.PACKAGE) -> dict[str, Any]:
    found = (await service.ask(PREVIEW, {"id": id}, by=by)).data["backupRestorePreview"]
    assert isinstance(found, dict)
    return found


async def carried_out(service: Service, port: Any = None) -> None:
    while await OperationRounds(port or Embedded(), Keyring(KEYS)).step(service.clock.now):
        pass


async def test_each_kind_is_made_and_restored_as_previewed(service: Service) -> None:
    house = service.world.owner
    shop, database, mailbox = house.packages["shop"], house.databases["shop"], house.mailboxes["info@laden.example"]
    for given, name in (
        ({}, (await Package.get(id=shop)).identification),
        ({"subjectId": database}, (await HostedDatabase.get(id=database)).name),
        ({"subjectId": mailbox}, "info@laden.example"),
    ):
        await Backup.filter(package_id=shop).delete()
        payload = await call(service, CREATE, packageId=shop, **given)
        assert payload["errors"] == []
        made = payload["backup"]
        assert (made["subjectName"], made["state"], made["sizeMb"]) == (name, "CREATING", None)
        assert made["expiresAt"] == "2026-05-31T12:00:00Z"
        await carried_out(service)
        ready = (await service.both(ONE, {"id": made["id"]}, by=Caller.OWNER)).data["node"]
        assert ready["state"] == "READY"
        assert ready["sizeMb"] > 0
        preview = await previewed(service, made["id"])
        assert (preview["allowed"], preview["overwrites"], preview["lostSince"]) == (True, name, made["createdAt"])
        restored = await call(service, RESTORE, backupId=made["id"], token=preview["token"])
        assert (restored["errors"], restored["backup"]["state"]) == ([], "RESTORING")
        await carried_out(service)
        done = (await service.both(ONE, {"id": made["id"]}, by=Caller.OWNER)).data["node"]
        assert (done["state"], done["restoredAt"]) == ("READY", "2026-03-02T12:00:00Z")


async def test_a_restore_is_what_was_previewed_or_nothing(service: Service) -> None:
    house = service.world.owner
    mailbox = house.mailboxes["info@laden.example"]
    backup = await a_backup(house, content="MAILBOX", mailbox_id=mailbox, subject_name="info@laden.example")
    preview = await previewed(service, backup.id)
    await Mailbox.filter(id=mailbox).update(used_mb=900)
    before = await stored()
    for token in (preview["token"], "", "x" * 40):
        assert codes(await call(service, RESTORE, backupId=backup.id, token=token)) == [
            ("CONFLICT", ["input", "token"])
        ]
    assert changed(before, await stored()) == set()
    assert (
        codes(await call(service, RESTORE, backupId=backup.id, token=(await previewed(service, backup.id))["token"]))
        == []
    )


async def test_a_preview_of_the_web_space_is_over_when_an_app_came(service: Service) -> None:
    house = service.world.owner
    backup = await a_backup(house)
    shown = await previewed(service, backup.id)
    host = await a_host(house)
    text = "mutation($i: WebsiteAppInstallInput!) { websiteAppInstall(input: $i) { errors { code path } } }"
    given = {"webHostId": host.id, "app": "grav", "appVersion": "1.7", "path": "/neu"}
    assert (await call(service, text, **given))["errors"] == []
    stale = await call(service, RESTORE, backupId=backup.id, token=shown["token"])
    assert codes(stale) == [("CONFLICT", ["input", "token"])]
    shown = await previewed(service, backup.id)
    assert codes(await call(service, RESTORE, backupId=backup.id, token=shown["token"])) == []


async def test_one_at_a_time_is_restored_into_the_same_place(service: Service) -> None:
    house = service.world.owner
    backups = [await a_backup(house) for _ in range(4)]
    tokens = [(await previewed(service, one.id))["token"] for one in backups]
    calls = [call(service, RESTORE, backupId=one.id, token=token) for one, token in zip(backups, tokens, strict=True)]
    found = await asyncio.gather(*calls, *[call(service, RESTORE, backupId=backups[0].id, token=tokens[0])])
    assert sum(payload["errors"] == [] for payload in found) == 1
    assert await Operation.filter(kind="backup.restore").count() == 1
    waiting = await Backup.filter(id__in=[one.id for one in backups]).exclude(state="RESTORING").first()
    assert waiting is not None
    assert (await previewed(service, waiting.id))["reason"] == "RESTORE_RUNNING"
    elsewhere = await a_backup(house, content="DATABASE", database_id=house.databases["shop"])
    token = (await previewed(service, elsewhere.id))["token"]
    assert codes(await call(service, RESTORE, backupId=elsewhere.id, token=token)) == []


async def test_what_the_hosts_system_refuses_is_told(service: Service) -> None:
    shop = service.world.owner.packages["shop"]
    made = (await call(service, CREATE, packageId=shop))["backup"]
    await carried_out(service, Refusing())
    assert (await Backup.get(id=made["id"])).state == "FAILED"
    assert (await previewed(service, made["id"]))["reason"] == "BACKUP_NOT_READY"
    backup = await a_backup(service.world.owner)
    await call(service, RESTORE, backupId=backup.id, token=(await previewed(service, backup.id))["token"])
    await carried_out(service, Refusing())
    row = await Backup.get(id=backup.id)
    assert (row.state, row.restored_at) == ("READY", None)


async def test_what_is_nothing_of_the_package_is_not_backed_up_and_nothing_written(service: Service) -> None:
    house = service.world.owner
    before = await stored()
    for id in (
        nobodys("dbs"), nobodys("mbx"), "x", "", house.mailboxes["chor@verein.example"], house.databases["club"],
        house.packages["shop"], service.world.other.databases["shop"],
    ):  # fmt: skip
        payload = await call(service, CREATE, by=Caller.OWNER, packageId=house.packages["shop"], subjectId=id)
        assert codes(payload) == [("NOT_FOUND", ["input", "subjectId"])]
    assert changed(before, await stored()) == set()


async def test_of_many_at_once_as_many_are_made_as_there_is_room_for(service: Service) -> None:
    shop = service.world.owner.packages["shop"]
    await Backup.filter(package_id=shop, automatic=False).delete()
    found = await asyncio.gather(*(call(service, CREATE, packageId=shop) for _ in range(9)))
    assert sum(payload["errors"] == [] for payload in found) == 5
    assert await Backup.filter(package_id=shop, automatic=False).count() == 5


async def test_what_is_over_is_forgotten_and_what_is_being_restored_is_not(service: Service) -> None:
    house = service.world.owner
    over = await a_backup(house, expires_at=NOW)
    busy = await a_backup(house, expires_at=NOW, state="RESTORING")
    kept = await a_backup(house, expires_at=NOW + timedelta(seconds=1))
    assert await delete_expired(NOW) == 1
    assert await Backup.filter(id__in=[over.id, busy.id, kept.id]).count() == 2
    assert not await Backup.filter(id=over.id).exists()


async def test_the_menu_is_what_the_mutations_do(service: Service) -> None:
    house, token, shop = service.world.owner, await service.token(Caller.OWNER), service.world.owner.packages["shop"]
    cases = 0
    for state, automatic, over, gone, package in product(
        ("CREATING", "READY", "RESTORING", "FAILED"), (True, False), (True, False), (True, False), ("ACTIVE", "ENDED")
    ):
        for name in ("RESTORE", "DELETE"):
            await Backup.filter(package_id=shop).delete()
            backup = await a_backup(
                house, state=state, automatic=automatic, expires_at=NOW if over else NOW + timedelta(days=1),
                content="DATABASE", database_id=None if gone else house.databases["shop"],
            )  # fmt: skip
            await Package.filter(id=shop).update(state=package)
            menu = (await service.both(ONE, {"id": backup.id}, by=Caller.OWNER)).data["node"]["actions"]
            entry = next(one for one in menu if one["name"] == name)
            if name == "RESTORE":
                preview = await previewed(service, backup.id, token)
                assert preview["allowed"] == entry["allowed"]
                payload = await call(service, RESTORE, by=token, backupId=backup.id, token=preview["token"] or "x")
            else:
                payload = await call(service, DELETE, by=token, backupId=backup.id)
            assert (payload["errors"] == []) == entry["allowed"], (name, state, automatic, over, gone, package)
            assert entry["allowed"] or payload["errors"][0]["message"] == entry["message"]
            cases += 1
    counted("action ⇔ mutation cases", cases, of="backups")


async def test_what_is_somebody_elses_is_nothing(service: Service) -> None:
    before = await stored()
    for id in (service.world.owner.backups["club"], nobodys("bak"), "", "bak_1"):
        assert codes(await call(service, RESTORE, backupId=id, token="x")) == [("NOT_FOUND", ["input", "backupId"])]
        assert codes(await call(service, DELETE, backupId=id)) == [("NOT_FOUND", ["input", "backupId"])]
        assert (await service.ask(PREVIEW, {"id": id}, by=Caller.PACKAGE)).data == {"backupRestorePreview": None}
    assert changed(before, await stored()) == set()
