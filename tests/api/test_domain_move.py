"""A domain that moves into another package takes along what is under its name, and leaves nothing to the old login."""

from __future__ import annotations

from typing import Any

from gateway.jobs.domain_move import take_along
from models import Backup, Domain, HostedDatabase, MailAddress, Mailbox, WebHost, WebsiteApp
from models.database import in_unit_of_work
from tests.api.cases.backup import a_backup
from tests.api.service import Service
from tests.world import NOW, Caller

DOMAIN = "laden.example"
ERRORS = "errors { code path }"
PASSWORD = f"mutation($i: MailboxPasswordChangeInput!) {{ done: mailboxPasswordChange(input: $i) {{ {ERRORS} }} }}"
DELETE = f"mutation($i: DatabaseDeleteInput!) {{ done: databaseDelete(input: $i) {{ {ERRORS} }} }}"
ALL = """{ packages { nodes { id mailboxes { nodes { address } } mailAddresses { nodes { address targets mailbox { address } } }
  databases { nodes { id } } websiteApps { nodes { id } } } } }"""


async def moved(service: Service) -> None:
    """Laden's domain goes from the shop into the club."""
    house = service.world.owner

    async def move() -> None:
        await Domain.filter(id=house.domains[DOMAIN]).update(package_id=house.packages["club"], main=False)
        await take_along(house.domains[DOMAIN], house.packages["club"])

    await in_unit_of_work(move)


async def codes(service: Service, text: str, given: dict[str, Any], by: Caller) -> list[str]:
    return [one["code"] for one in (await service.ask(text, {"i": given}, by=by)).data["done"]["errors"]]


async def test_mailboxes_go_with_their_domain(service: Service) -> None:
    house = service.world.owner
    info = house.mailboxes["info@laden.example"]
    await Mailbox.create(
        customer_id=house.customer, package_id=house.packages["shop"], address="bleibt@sub.laden.example", quota_mb=10,
        created_at=NOW,
    )  # fmt: skip
    await moved(service)
    assert await codes(service, PASSWORD, {"mailboxId": info}, Caller.PACKAGE) == ["NOT_FOUND"]
    assert await codes(service, PASSWORD, {"mailboxId": info}, Caller.SIBLING) == []
    assert (await Mailbox.get(address="bleibt@sub.laden.example")).package_id == house.packages["shop"]
    for caller, name in ((Caller.PACKAGE, "shop"), (Caller.SIBLING, "club")):
        nodes = (await service.both(ALL, by=caller)).data["packages"]["nodes"]
        assert [node["id"] for node in nodes] == [house.packages[name]]
        seen = [one["address"] for one in nodes[0]["mailboxes"]["nodes"]]
        assert ("info@laden.example" in seen) is (caller is Caller.SIBLING)


async def test_no_alias_leads_into_a_mailbox_of_another_package(service: Service) -> None:
    house = service.world.owner
    own: dict[str, Any] = {"customer_id": house.customer, "package_id": house.packages["shop"], "created_at": NOW}
    other = house.domains["bücher-müller.example"]
    stays = await Mailbox.create(**own, address="bleibt@bücher-müller.example", quota_mb=10)
    goes = await Mailbox.get(id=house.mailboxes["info@laden.example"])
    into = await MailAddress.create(
        **own, domain_id=other, address="in@bücher-müller.example", mailbox_id=goes.id, targets=[]
    )
    back = await MailAddress.create(
        **own,
        domain_id=house.domains[DOMAIN],
        address="aus@laden.example",
        mailbox_id=stays.id,
        targets=["x@example.net"],
    )
    along = await MailAddress.create(
        **own, domain_id=house.domains[DOMAIN], address="mit@laden.example", mailbox_id=goes.id, targets=[]
    )
    await moved(service)
    for row, package, targets, mailbox in (
        (into, "shop", ["info@laden.example"], None),
        (back, "club", ["x@example.net", "bleibt@bücher-müller.example"], None),
        (along, "club", [], goes.id),
    ):
        now = await MailAddress.get(id=row.id)
        assert (now.package_id, now.targets, now.mailbox_id) == (house.packages[package], targets, mailbox), now.address


async def test_an_app_takes_its_database_and_its_backups_along(service: Service) -> None:
    house = service.world.owner
    host = await WebHost.filter(domain_id=house.domains[DOMAIN]).first()
    assert host is not None
    database = await HostedDatabase.get(id=house.databases["shop"])
    await WebsiteApp.filter(package_id=house.packages["shop"]).delete()
    app = await WebsiteApp.create(
        customer_id=house.customer, package_id=house.packages["shop"], web_host_id=host.id, database_id=database.id,
        app="wordpress", app_version="6.8", path="/", state="INSTALLED", username="anna", created_at=NOW,
    )  # fmt: skip
    backup = await a_backup(house)
    await Backup.filter(id=backup.id).update(database_id=database.id)
    await moved(service)
    for row in (
        await WebsiteApp.get(id=app.id),
        await HostedDatabase.get(id=database.id),
        await Backup.get(id=backup.id),
    ):
        assert row.package_id == house.packages["club"]
    given = {"databaseId": database.id}
    assert await codes(service, DELETE, given, Caller.PACKAGE) == ["NOT_FOUND"]
    assert await codes(service, DELETE, given, Caller.SIBLING) == ["CONFLICT"], "the app uses it"
