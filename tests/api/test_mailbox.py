"""Mailboxes: made up to the limit, changed against the version that was read, and their passwords told to nobody else."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest

from gateway.jobs.importing.mailbox import MailboxRecord
from gateway.keys import OPERATION_SEAL, Keyring
from models import AuditEvent, MailAddress, Mailbox, Operation, Package, PackageType
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.world import KEYS, Caller

FIELDS = """{ id address displayName quotaMb usedMb spamFilter virusFilter version
  autoReply { subject text from to activeNow } passwordChangedAt actions { name allowed reason } aliases { totalCount } }"""
ERRORS = "errors { code message path }"


def mutation(name: str, result: str = f"mailbox {FIELDS}") -> str:
    kind = f"{name[0].upper()}{name[1:]}Input"
    return f"mutation($input: {kind}!) {{ done: {name}(input: $input) {{ {result} {ERRORS} }} }}"


CREATE = mutation("mailboxCreate", f"password mailbox {FIELDS}")
CHANGE = mutation("mailboxChange")
PASSWORD = mutation("mailboxPasswordChange", "password mailbox { passwordChangedAt }")
SET, CLEAR = mutation("mailboxAutoReplySet"), mutation("mailboxAutoReplyClear")
DELETE = mutation("mailboxDelete", "mailboxId deletedAddresses changedAddresses")
LIST = f"query($id: ID!) {{ node(id: $id) {{ ... on Mailbox {FIELDS} }} }}"
INFO = "info@laden.example"


async def ask(service: Service, text: str, given: dict[str, Any], by: Any = Caller.OWNER) -> dict[str, Any]:
    payload = (await service.ask(text, {"input": given}, by=by)).data["done"]
    assert isinstance(payload, dict)
    return payload


async def create(service: Service, by: Any = Caller.OWNER, **given: Any) -> dict[str, Any]:
    house = service.world.owner
    where = {"packageId": house.packages["shop"], "domainId": house.domains["laden.example"]}
    return await ask(service, CREATE, {**where, "localPart": "neu", "quotaMb": 500, **given}, by)


def info(service: Service, **more: Any) -> dict[str, Any]:
    return {"mailboxId": service.world.owner.mailboxes[INFO], **more}


def told(payload: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(error["code"], error["path"]) for error in payload["errors"]]


def secret_of(operation: Operation) -> Any:
    assert operation.secrets_sealed is not None
    return json.loads(Keyring(KEYS).unseal(OPERATION_SEAL, operation.secrets_sealed))


@pytest.mark.parametrize("caller", [Caller.OWNER, Caller.PACKAGE], ids=str)
async def test_who_has_the_care_of_a_package_makes_mailboxes(caller: Caller, service: Service) -> None:
    payload = await create(service, caller, localPart="Neu.Büro".replace("ü", "ue"), displayName=" Das  Büro ")
    assert payload["errors"] == []
    row = payload["mailbox"]
    assert (row["address"], row["displayName"], row["quotaMb"]) == ("neu.buero@laden.example", "Das Büro", 500)
    assert (row["spamFilter"], row["virusFilter"], row["autoReply"], row["version"]) == ("FOLDER", True, None, 1)
    assert {"name": "AUTO_REPLY_CLEAR", "allowed": False, "reason": "NO_AUTO_REPLY"} in row["actions"]
    assert (await service.both(LIST, {"id": row["id"]}, by=caller)).data["node"] == row
    operation = await Operation.get(subject_id=row["id"])
    assert (operation.kind, operation.desired["address"]) == ("mailbox.create", "neu.buero@laden.example")
    assert secret_of(operation) == {"password": payload["password"]}


async def test_the_address_of_an_internationalised_domain_is_shown_in_unicode(service: Service) -> None:
    domain = service.world.owner.domains["bücher-müller.example"]
    payload = await create(service, domainId=domain)
    assert payload["mailbox"]["address"] == "neu@bücher-müller.example"


async def test_a_password_is_shown_once_and_found_nowhere_else(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    chosen = "korrekt-Pferd-Batterie-Klammer-77"
    given = await create(service, password=chosen)
    assert (given["errors"], given["password"]) == ([], None)
    made = (await ask(service, PASSWORD, info(service)))["password"]
    assert len(made) > 20
    refused = await ask(service, PASSWORD, info(service, password="schwach"))
    assert told(refused) == [("BAD_USER_INPUT", ["input", "password"])]
    everything = repr(await stored()) + caplog.text + json.dumps([given, refused])
    for password in (chosen, made, "schwach"):
        assert password not in everything
    assert INFO in everything, "there is something to search"


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"localPart": "a..b"}, "localPart"),
        ({"localPart": "*"}, "localPart"),
        ({"localPart": "аdmin"}, "localPart"),
        ({"localPart": "x" * 65}, "localPart"),
        ({"quotaMb": 50_001}, "quotaMb"),
        ({"quotaMb": 0}, "quotaMb"),
        ({"quotaMb": -5}, "quotaMb"),
        ({"displayName": "a\nBcc: b@example.com"}, "displayName"),
        ({"displayName": "x" * 81}, "displayName"),
        ({"displayName": "Anna" + " " * 1_400 + "X\nBcc: y"}, "displayName"),
        ({"displayName": "\u200d\u200c"}, "displayName"),
        ({"password": "neu"}, "password"),
    ],
)
async def test_bad_input_is_named_and_writes_nothing(given: dict[str, Any], path: str, service: Service) -> None:
    before = await stored()
    payload = await create(service, **given)
    assert told(payload) == [("BAD_USER_INPUT", ["input", path])]
    assert changed(before, await stored()) == set()


async def test_an_address_is_there_once_over_mailboxes_and_mail_addresses(service: Service) -> None:
    for taken in ("INFO", "verkauf"):
        assert told(await create(service, localPart=taken)) == [("CONFLICT", ["input", "localPart"])]


async def test_a_domain_of_another_package_takes_no_mailbox_here(service: Service) -> None:
    house = service.world.owner
    for domain in (house.domains["verein.example"], service.world.other.domains["konkurrenz.example"], "dom_x"):
        assert told(await create(service, domainId=domain)) == [("NOT_FOUND", ["input", "domainId"])]


async def test_a_change_names_the_version_that_was_read(service: Service) -> None:
    payload = await ask(service, CHANGE, info(service, version=1, quotaMb=2_000, displayName="", spamFilter="REJECT"))
    row = payload["mailbox"]
    assert (row["quotaMb"], row["displayName"], row["spamFilter"], row["virusFilter"]) == (2_000, None, "REJECT", True)
    assert row["version"] == 2
    again = await ask(service, CHANGE, info(service, version=1, virusFilter=False))
    assert told(again) == [("CONFLICT", ["input", "version"])]
    below = await ask(service, CHANGE, info(service, version=2, quotaMb=16))
    assert told(below) == [("BAD_USER_INPUT", ["input", "quotaMb"])]
    entry = await AuditEvent.get(action="mailbox.change")
    assert entry.detail["before"] == {"quotaMb": 1_000, "displayName": "Büro", "spamFilter": "FOLDER"}


async def test_an_automatic_reply_runs_on_its_days(service: Service) -> None:
    reply = {"subject": "Im Urlaub", "text": "Bis bald.\r\nAnna", "from": "2026-03-10", "to": "2026-03-12"}
    payload = await ask(service, SET, info(service, version=1, **reply))
    assert payload["mailbox"]["autoReply"] == {**reply, "text": "Bis bald.\nAnna", "activeNow": False}
    assert "Bis bald" not in repr([entry.detail for entry in await AuditEvent.all()])
    open_ended = await ask(service, SET, info(service, version=2, subject="Weg", text="Ja."))
    assert open_ended["mailbox"]["autoReply"]["activeNow"] is True
    cleared = await ask(service, CLEAR, info(service, version=3))
    assert cleared["mailbox"]["autoReply"] is None
    assert told(await ask(service, CLEAR, info(service, version=4))) == [("CONFLICT", ["input", "mailboxId"])]
    kinds = [row.kind for row in await Operation.filter(subject_id=info(service)["mailboxId"]).order_by("number")]
    assert kinds[-3:] == ["mailbox.set_auto_reply", "mailbox.set_auto_reply", "mailbox.clear_auto_reply"]


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"subject": "a\nb", "text": "Ja."}, "subject"),
        ({"subject": "a", "text": ""}, "text"),
        ({"subject": "a", "text": "x" * 4_001}, "text"),
        ({"subject": "a", "text": "b", "from": "2026-05-02", "to": "2026-05-01"}, "to"),
        ({"subject": "a", "text": "b", "to": "2020-01-01"}, "to"),
    ],
)
async def test_a_reply_that_cannot_be_is_refused(given: dict[str, Any], path: str, service: Service) -> None:
    assert told(await ask(service, SET, info(service, version=1, **given))) == [("BAD_USER_INPUT", ["input", path])]


async def test_deleting_names_the_addresses_that_go_with_it(service: Service) -> None:
    house, mailbox = service.world.owner, service.world.owner.mailboxes[INFO]
    own: dict[str, Any] = {
        "customer_id": house.customer,
        "package_id": house.packages["shop"],
        "created_at": service.clock.now,
    }
    own |= {"domain_id": house.domains["laden.example"]}
    await MailAddress.create(**own, address="hallo@laden.example", mailbox_id=mailbox, targets=[])
    await MailAddress.create(**own, address="kette@laden.example", targets=["hallo@laden.example"])
    await MailAddress.create(**own, address="rest@laden.example", targets=[INFO, "anna@example.com"])
    payload = await ask(service, DELETE, info(service))
    assert payload["errors"] == []
    assert payload["mailboxId"] == mailbox
    assert payload["deletedAddresses"] == ["hallo@laden.example", "kette@laden.example"]
    assert payload["changedAddresses"] == ["rest@laden.example", "verkauf@laden.example"]
    assert (await MailAddress.get(address="rest@laden.example")).targets == ["anna@example.com"]
    assert (await MailAddress.get(address="verkauf@laden.example")).mailbox_id is None
    assert not await Mailbox.filter(id=mailbox).exists()
    asked = [row.kind for row in await Operation.filter(state="QUEUED").order_by("number")]
    assert sorted(asked) == ["mail_address.change"] * 2 + ["mail_address.delete"] * 2 + ["mailbox.delete"]


async def test_of_many_at_once_no_more_are_made_than_the_limit_allows(service: Service) -> None:
    await PackageType.filter(id=service.world.package_type).update(mailbox_limit=4)
    payloads = await asyncio.gather(*(create(service, localPart=f"neu{number}") for number in range(5)))
    assert sorted(told(payload) == [] for payload in payloads) == [False] * 3 + [True] * 2
    assert {one[0] for payload in payloads for one in told(payload)} == {"CONFLICT"}
    assert await Mailbox.filter(package_id=service.world.owner.packages["shop"]).count() == 4


async def test_of_many_who_want_one_address_one_has_it(service: Service) -> None:
    payloads = await asyncio.gather(*(create(service) for _ in range(4)))
    assert sorted(told(payload) == [] for payload in payloads) == [False] * 3 + [True]
    assert await Operation.filter(kind="mailbox.create", state="QUEUED").count() == 1


async def test_a_suspended_package_takes_none(service: Service) -> None:
    await Package.filter(id=service.world.owner.packages["shop"]).update(state="SUSPENDED")
    assert told(await create(service)) == [("CONFLICT", ["input", "packageId"])]
    assert told(await ask(service, DELETE, info(service))) == [("CONFLICT", ["input", "mailboxId"])]


def test_an_import_reads_addresses_as_they_are_stored() -> None:
    record = MailboxRecord(address="Info@laden.example", package="p1", quota_mb=5)
    assert record.address == "info@laden.example"
