"""Taking the care of a package back: every way in that was given is closed at once, and the new secrets are told once."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from gateway.auth.audit import Actor, record
from gateway.auth.client import Client
from gateway.auth.technical_passwords import TechnicalPasswords
from gateway.keys import OPERATION_SEAL, Keyring
from models import (
    ActorKind,
    ApiToken,
    AuditEvent,
    HostedDatabase,
    MailAddress,
    Mailbox,
    Operation,
    OutboxMessage,
    Package,
    SftpAccount,
    SshKey,
    WebHost,
    WebsiteApp,
)
from models.database import in_unit_of_work
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.world import KEYS, NOW, PACKAGE_PASSWORD, Caller, nobodys

ITEMS = "kind objectId name touched done secret operation { id kind state subjectId }"
HAND_BACK = f"""mutation($i: PackageHandBackInput!) {{ packageHandBack(input: $i) {{
  package {{ id version hasPackagePassword }} checklist {{ {ITEMS} }} errors {{ code path message }} }} }}"""
CHECKLIST = f"query($id: ID!) {{ package(id: $id) {{ version handBackChecklist {{ {ITEMS} }} }} }}"
SIGN_IN = "mutation($input: SignInInput!) { signIn(input: $input) { session { token } errors { code } } }"
WHO = "{ viewer { scopes } }"


@pytest.fixture
async def shop(service: Service) -> Package:
    """A package with one of each way in."""
    package = await Package.get(id=service.world.owner.packages["shop"])
    own: dict[str, Any] = {"customer_id": package.customer_id, "package_id": package.id, "created_at": NOW}
    await WebsiteApp.filter(package_id=package.id).delete()
    await HostedDatabase.filter(package_id=package.id).delete()
    await SftpAccount.filter(package_id=package.id).delete()
    await HostedDatabase.create(
        **own, name="db77001", engine="MARIADB", engine_version="11.4", host="db.example", port=3306, allowed_hosts=[],
        password_changed_at=NOW,
    )  # fmt: skip
    open_one = await SftpAccount.create(
        **own, username="web77001", directory="", access="SFTP", password_changed_at=NOW
    )
    await SftpAccount.create(**own, username="web77002", directory="htdocs", access="SSH")
    await SshKey.create(
        **own, account_id=open_one.id, type="ssh-ed25519", public_key="ssh-ed25519 AAAA", fingerprint="SHA256:abc"
    )
    domain = service.world.owner.domains["laden.example"]
    await MailAddress.create(**own, domain_id=domain, address="rechnung@laden.example", targets=["x@agentur.example"])
    return package


async def call(service: Service, token: str | None = None, **given: Any) -> dict[str, Any]:
    by = token or await service.token(Caller.OWNER, raised=True)
    payload = (await service.ask(HAND_BACK, {"i": given}, by=by)).data["packageHandBack"]
    assert isinstance(payload, dict)
    return payload


def of(payload: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [item for item in payload["checklist"] if item["kind"] == kind]


async def test_everything_is_closed_and_each_new_secret_is_told_once(service: Service, shop: Package) -> None:
    payload = await call(service, packageId=shop.id, version=shop.version, packagePassword="ROTATE")
    assert payload["errors"] == []
    left = {item["kind"] for item in payload["checklist"] if not item["done"]}
    assert left <= {"FORWARD", "CRON_JOB", "WEBSITE_APP", "WEB_HOST", "DNS"}
    secrets = [item["secret"] for item in payload["checklist"] if item["secret"]]
    mailboxes = await Mailbox.filter(package_id=shop.id).count()
    assert len(secrets) == len(set(secrets)) == 1 + mailboxes + 1 + 1
    assert [item["name"] for item in of(payload, "SFTP_ACCOUNT")] == ["web77001"], "the other has no password"
    assert not await SshKey.filter(package_id=shop.id).exists()
    assert not await ApiToken.filter(package_id=shop.id, revoked_at=None).exists()
    assert (await Package.get(id=shop.id)).version == shop.version + 1 == payload["package"]["version"]
    for caller in (Caller.PACKAGE, Caller.DOMAIN_TOKEN):
        assert (await service.ask(WHO, by=caller)).status == 401, caller
    for caller in (Caller.SIBLING, Caller.NARROW_TECHNICAL):  # another package's, and one without a package
        assert (await service.ask(WHO, by=caller)).status == 200, caller
    (password,) = of(payload, "PACKAGE_PASSWORD")
    service.clock.wait(seconds=2)
    for secret, enters in ((PACKAGE_PASSWORD, False), (password["secret"], True)):
        reply = await service.ask(SIGN_IN, {"input": {"login": "laden.example", "password": secret}})
        assert (reply.data["signIn"]["session"] is not None) == enters
    stored_text = repr(await stored())
    assert [secret for secret in secrets if secret in stored_text] == []


@pytest.mark.parametrize("caller", [Caller.PACKAGE, "token"], ids=str)
async def test_a_password_on_its_way_does_not_outlive_it(
    service: Service, shop: Package, caller: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"name": "Agentur", "packageId": shop.id, "scopes": ["PACKAGE_READ", "DATABASE_READ", "DATABASE_WRITE"]}
    raised = await service.token(Caller.OWNER, raised=True)
    text = "mutation($i: ApiTokenCreateInput!) { apiTokenCreate(input: $i) { token errors { code } } }"
    token = (await service.ask(text, {"i": given}, by=raised)).data["apiTokenCreate"]["token"]
    (database,) = await HostedDatabase.filter(package_id=shop.id)
    arrived, go, take = asyncio.Event(), asyncio.Event(), TechnicalPasswords.take

    async def slowly(self: TechnicalPasswords, *given: Any) -> str:
        arrived.set()
        await go.wait()
        return await take(self, *given)

    monkeypatch.setattr(TechnicalPasswords, "take", slowly)
    rotate = "mutation($i: DatabasePasswordRotateInput!) { databasePasswordRotate(input: $i) { errors { code } } }"
    wished = {"i": {"databaseId": database.id, "password": "Korrekt-Pferd-Batterie-77"}}
    by = token if caller == "token" else caller
    waiting = asyncio.create_task(service.ask(rotate, wished, by=by))
    await arrived.wait()
    payload = await call(service, raised, packageId=shop.id, version=shop.version)
    go.set()
    reply = await waiting
    assert [error["extensions"]["code"] for error in reply.errors] == ["UNAUTHENTICATED"]
    assert reply.json["data"] == {"databasePasswordRotate": None}
    (item,) = of(payload, "DATABASE")
    operations = await Operation.filter(subject_id=database.id, kind="database.rotate_password")
    assert [one.id for one in operations] == [item["operation"]["id"]]


async def test_the_hosts_systems_are_told_each_secret_that_the_customer_was(service: Service, shop: Package) -> None:
    payload = await call(service, packageId=shop.id, version=shop.version)
    told = {item["operation"]["id"]: item for item in payload["checklist"] if item["operation"]}
    assert {item["operation"]["kind"] for item in told.values()} == {
        "mailbox.rotate_password", "database.rotate_password", "sftp_account.rotate_password", "ssh_key.remove",
    }  # fmt: skip
    rows = await Operation.filter(id__in=list(told)).order_by("number")
    assert len(rows) == len(told)
    for row in rows:
        item = told[row.id]
        assert (row.subject_id, row.package_id) == (item["objectId"], shop.id)
        if item["secret"] is None:
            assert row.secrets_sealed is None
        else:
            opened = json.loads(Keyring(KEYS).unseal(OPERATION_SEAL, str(row.secrets_sealed)))
            assert opened == {"password": item["secret"]}
            assert item["secret"] not in json.dumps(row.desired)


async def test_what_is_chosen_is_closed_and_the_rest_is_left_and_said_so(service: Service, shop: Package) -> None:
    mailbox = await Mailbox.filter(package_id=shop.id).order_by("id").first()
    assert mailbox is not None
    payload = await call(
        service, packageId=shop.id, version=shop.version, packagePassword="KEEP", revokeApiTokens=False,
        mailboxIds=[mailbox.id, mailbox.id], databaseIds=[], sftpAccountIds=[], removeSshKeys=False,
    )  # fmt: skip
    done = [(item["kind"], item["objectId"]) for item in payload["checklist"] if item["done"]]
    assert done == [("SESSION", None), ("MAILBOX", mailbox.id)]
    assert payload["package"]["hasPackagePassword"] is True
    assert await Operation.filter(kind="mailbox.rotate_password", package_id=shop.id).count() == 1
    assert await SshKey.filter(package_id=shop.id).exists()
    assert (await service.ask(WHO, by=Caller.PACKAGE)).status == 401, "sessions end in any case"
    assert (await service.ask(WHO, by=Caller.DOMAIN_TOKEN)).status == 200


async def test_the_checklist_tells_before_what_there_is_and_who_had_a_hand_in_it(
    service: Service, shop: Package
) -> None:
    mailbox = await Mailbox.filter(package_id=shop.id).order_by("address").first()
    assert mailbox is not None
    actor = Actor(ActorKind.PACKAGE_LOGIN, shop.id, shop.customer_id, shop.id, None)

    async def write() -> None:
        for action, id in (("mailbox.import", mailbox.id), ("web_host.change", blog), ("dns.change", domain)):
            await record(actor, Client("", None, "r"), NOW, action, object_id=id, package_id=shop.id)

    house = service.world.owner
    blog, domain = house.web_hosts["blog bücher-müller.example"], house.domains["laden.example"]
    await in_unit_of_work(write)
    before = await stored()
    reply = await service.both(CHECKLIST, {"id": shop.id}, by=Caller.OWNER)
    items = reply.data["package"]["handBackChecklist"]
    assert {item["kind"] for item in items} >= {
        "SESSION", "PACKAGE_PASSWORD", "API_TOKEN", "MAILBOX", "DATABASE", "SFTP_ACCOUNT", "SSH_KEY", "FORWARD",
    }  # fmt: skip
    assert not any(item["done"] or item["secret"] or item["operation"] for item in items)
    assert [item["name"] for item in items if item["kind"] == "MAILBOX" and item["touched"]] == [mailbox.address]
    assert [item["name"] for item in items if item["kind"] == "DNS"] == ["laden.example"]
    hosts = {item["name"]: item["touched"] for item in items if item["kind"] == "WEB_HOST"}
    redirects = await WebHost.filter(package_id=shop.id, target="REDIRECT").count()
    (touched,) = (name for name, yes in hosts.items() if yes)
    assert (touched.partition(".")[0], len(hosts)) == ("blog", redirects + 1)
    assert changed(before, await stored()) == set()


async def test_the_customer_is_told_by_mail_and_the_activity_has_no_secret(service: Service, shop: Package) -> None:
    payload = await call(service, packageId=shop.id, version=shop.version, packagePassword="ROTATE")
    secrets = [item["secret"] for item in payload["checklist"] if item["secret"]]
    mail = await OutboxMessage.get(kind="mail.package_handed_back")
    event = await AuditEvent.get(action="package.hand_back")
    assert (event.object_id, event.package_id) == (shop.id, shop.id)
    assert [secret for secret in secrets if secret in f"{mail.payload}{event.detail}"] == []


@pytest.mark.parametrize("field", ["mailboxIds", "databaseIds", "sftpAccountIds"])
async def test_an_id_that_is_none_of_its_closes_nothing(field: str, service: Service, shop: Package) -> None:
    token = await service.token(Caller.OWNER, raised=True)
    foreign = service.world.owner.mailboxes["chor@verein.example"]
    for id in (foreign, nobodys("mbx"), "", "x" * 10_000):
        before = await stored()
        payload = await call(service, token, packageId=shop.id, version=shop.version, **{field: [id]})
        assert [(error["code"], error["path"]) for error in payload["errors"]] == [("NOT_FOUND", ["input", field, "0"])]
        assert changed(before, await stored()) == set()


async def test_of_many_at_once_one_wins(service: Service, shop: Package) -> None:
    token = await service.token(Caller.OWNER, raised=True)
    found = await asyncio.gather(
        *(call(service, token, packageId=shop.id, version=shop.version, packagePassword="ROTATE") for _ in range(6))
    )
    assert sorted(len(payload["errors"]) for payload in found) == [0, 1, 1, 1, 1, 1]
    assert {error["code"] for payload in found for error in payload["errors"]} == {"CONFLICT"}
    mailboxes = await Mailbox.filter(package_id=shop.id).count()
    assert await Operation.filter(kind="mailbox.rotate_password", package_id=shop.id).count() == mailboxes


async def test_only_the_customer_may_and_only_with_a_raised_session(service: Service, shop: Package) -> None:
    given = {"i": {"packageId": shop.id, "version": shop.version}}
    by_login = await service.ask(HAND_BACK, given, by=await service.token(Caller.PACKAGE, raised=True))
    assert by_login.errors[0]["extensions"] == {"code": "FORBIDDEN", "requiredScope": "PACKAGE_ACCESS"}
    refused = (await service.ask(HAND_BACK, given, by=Caller.OWNER)).data["packageHandBack"]
    assert [error["code"] for error in refused["errors"]] == ["REAUTHENTICATION_REQUIRED"]
    looked = await service.ask(CHECKLIST, {"id": shop.id}, by=Caller.PACKAGE)
    assert looked.json["data"]["package"]["handBackChecklist"] is None
