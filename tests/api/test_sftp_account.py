"""Accounts for the web space: made up to the limit, with passwords that are shown once, opened by keys."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from gateway.keys import OPERATION_SEAL, Keyring
from models import AuditEvent, Operation, Package, PackageType, SftpAccount, SshKey
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.world import KEYS, Caller

FIELDS = """{ id username label directory access hasPassword passwordChangedAt lastUsedAt version server { host port security }
  keys { type fingerprint label } actions { name allowed reason } }"""
ERRORS = "errors { code message path }"


def _mutation(name: str, fields: str) -> str:
    kind = f"{name[0].upper()}{name[1:]}Input"
    return f"mutation($input: {kind}!) {{ done: {name}(input: $input) {{ {fields} {ERRORS} }} }}"


CREATE = _mutation("sftpAccountCreate", f"password sftpAccount {FIELDS}")
CHANGE = _mutation("sftpAccountChange", f"sftpAccount {FIELDS}")
ROTATE = _mutation("sftpAccountPasswordRotate", f"password sftpAccount {FIELDS}")
REMOVE = _mutation("sftpAccountPasswordRemove", f"sftpAccount {FIELDS}")
DELETE = _mutation("sftpAccountDelete", "sftpAccountId")
ADD = _mutation("sshKeyAdd", "sshKey { id type fingerprint label account { username } }")
TAKE = _mutation("sshKeyRemove", "sshKeyId")
LIST = f"query($id: ID!) {{ node(id: $id) {{ ... on SftpAccount {FIELDS} }} }}"
CHOSEN = "Schwimmflügel-Teppich-19"
LINE = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDgYGJDE1UDLWFwGsNYm5PodFHczlIkmAxRy8KYCsHJS"
FINGERPRINT = "SHA256:6YF/4VzAxzjpEPHXcWhhQBVce9P6CkzRolas2Min+Xg"


async def ask(service: Service, text: str, given: dict[str, Any], by: Any = Caller.OWNER) -> dict[str, Any]:
    payload = (await service.ask(text, {"input": given}, by=by)).data["done"]
    assert isinstance(payload, dict)
    return payload


async def create(service: Service, by: Any = Caller.OWNER, **given: Any) -> dict[str, Any]:
    return await ask(service, CREATE, {"packageId": service.world.owner.packages["shop"], **given}, by)


def told(payload: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(error["code"], error["path"]) for error in payload["errors"]]


def fresh_key() -> str:
    return Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()


def unsealed(operation: Operation) -> Any:
    assert operation.secrets_sealed is not None
    return json.loads(Keyring(KEYS).unseal(OPERATION_SEAL, operation.secrets_sealed))


@pytest.mark.parametrize("caller", [Caller.OWNER, Caller.PACKAGE], ids=str)
async def test_who_has_the_care_of_a_package_makes_accounts(caller: Caller, service: Service) -> None:
    payload = await create(service, caller, directory="./shop//public/", access="SSH", label="Büro")
    assert payload["errors"] == []
    account, password = payload["sftpAccount"], payload["password"]
    identification = (await Package.get(id=service.world.owner.packages["shop"])).identification
    assert re.fullmatch(rf"{identification}-[a-z2-9]{{4}}", account["username"])
    assert account["directory"] == "shop/public"
    assert account["access"] == "SSH"
    assert account["hasPassword"] is True
    assert account["server"] == {"host": "sftp.musterhost.example", "port": 22, "security": "SSH"}
    assert {entry["name"]: entry["reason"] for entry in account["actions"]} == {
        "CHANGE": None, "PASSWORD_ROTATE": None, "PASSWORD_REMOVE": "KEY_MISSING", "KEY_ADD": None, "DELETE": None,
    }  # fmt: skip
    assert (await service.both(LIST, {"id": account["id"]}, by=caller)).data["node"] == account
    operation = await Operation.get(subject_id=account["id"])
    assert operation.kind == "sftp_account.create"
    assert operation.desired == {"username": account["username"], "directory": "shop/public", "access": "SSH"}
    assert unsealed(operation) == {"password": password}


async def test_a_password_is_nowhere_but_sealed_in_the_operation(
    service: Service, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    made = await create(service)
    chosen = await create(service, passwordMode="CHOSEN", password=CHOSEN)
    none = await create(service, passwordMode="NONE")
    assert made["password"]
    assert (chosen["password"], none["password"]) == (None, None)
    assert none["sftpAccount"]["hasPassword"] is False
    rotated = await ask(service, ROTATE, {"sftpAccountId": none["sftpAccount"]["id"]})
    assert rotated["sftpAccount"]["hasPassword"] is True
    assert (await ask(service, ROTATE, {"sftpAccountId": none["sftpAccount"]["id"], "password": CHOSEN}))[
        "password"
    ] is None
    assert (
        await Operation.get(subject_id=none["sftpAccount"]["id"], kind="sftp_account.create")
    ).secrets_sealed is None
    last = await Operation.filter(kind="sftp_account.rotate_password").order_by("-number").first()
    assert last is not None
    assert unsealed(last) == {"password": CHOSEN}
    everything = str(await stored()) + caplog.text + "".join(capfd.readouterr())
    for password in (made["password"], rotated["password"], CHOSEN):
        assert password not in everything
    assert made["sftpAccount"]["username"] in everything


BAD = [
    ({"directory": "/etc"}, "directory"), ({"directory": "a/../../b"}, "directory"), ({"directory": "a\\b"}, "directory"),
    ({"directory": "a\x00b"}, "directory"), ({"directory": "x" * 256}, "directory"), ({"label": "x" * 81}, "label"),
    ({"label": "a\nb\x07"}, "label"), ({"passwordMode": "CHOSEN"}, "password"), ({"password": CHOSEN}, "password"),
    ({"passwordMode": "NONE", "password": CHOSEN}, "password"), ({"passwordMode": "CHOSEN", "password": "sftp1"}, "password"),
    ({"passwordMode": "CHOSEN", "password": "kurz"}, "password"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "field"), BAD)
async def test_what_cannot_be_is_refused_with_its_path_and_written_nowhere(
    given: dict[str, Any], field: str, service: Service
) -> None:
    before = await stored()
    payload = await create(service, **given)
    assert told(payload) == [("BAD_USER_INPUT", ["input", field])]
    assert not changed(before, await stored())


async def test_an_account_is_changed_against_the_version_that_was_read(service: Service) -> None:
    id = service.world.owner.sftp_accounts["shop"]
    row = await SftpAccount.get(id=id)
    given = {"sftpAccountId": id, "version": 1, "directory": "", "access": "SSH", "label": "Müller"}
    payloads = await asyncio.gather(*(ask(service, CHANGE, given) for _ in range(5)))
    assert sorted("".join(code for code, _ in told(payload)) for payload in payloads) == ["", *["CONFLICT"] * 4]
    assert (await SftpAccount.get(id=id)).version == 2
    event = await AuditEvent.get(action="sftp_account.change")
    assert event.detail == {
        "name": row.username,
        "before": {"directory": row.directory, "access": "SFTP"},
        "after": {"directory": "", "access": "SSH"},
    }


async def test_keys_open_an_account_and_the_password_can_go(service: Service) -> None:
    id = (await create(service))["sftpAccount"]["id"]
    payload = await ask(service, REMOVE, {"sftpAccountId": id})
    assert told(payload) == [("CONFLICT", ["input", "sftpAccountId"])]
    assert "no key" in payload["errors"][0]["message"]
    added = await ask(service, ADD, {"sftpAccountId": id, "publicKey": f" {LINE} anna@laptop \n"}, Caller.PACKAGE)
    assert added["errors"] == []
    key = added["sshKey"]
    assert (key["type"], key["fingerprint"], key["label"]) == ("ssh-ed25519", FINGERPRINT, "anna@laptop")
    operation = await Operation.get(kind="ssh_key.add")
    assert operation.desired["publicKey"] == LINE
    again = await ask(service, ADD, {"sftpAccountId": id, "publicKey": f"{LINE} other", "label": "neu"})
    assert told(again) == [("CONFLICT", ["input", "publicKey"])]
    removed = await ask(service, REMOVE, {"sftpAccountId": id})
    assert removed["errors"] == []
    assert (removed["sftpAccount"]["hasPassword"], removed["sftpAccount"]["passwordChangedAt"]) == (False, None)
    menu = {entry["name"]: entry["reason"] for entry in removed["sftpAccount"]["actions"]}
    assert menu["PASSWORD_REMOVE"] == "PASSWORD_MISSING"
    assert told(await ask(service, REMOVE, {"sftpAccountId": id})) == [("CONFLICT", ["input", "sftpAccountId"])]
    assert (await ask(service, TAKE, {"sshKeyId": key["id"]})) == {"sshKeyId": key["id"], "errors": []}
    assert told(await ask(service, TAKE, {"sshKeyId": key["id"]})) == [("NOT_FOUND", ["input", "sshKeyId"])]
    assert (await Operation.get(kind="ssh_key.remove")).desired["fingerprint"] == FINGERPRINT


async def test_a_private_key_is_told_and_kept_nowhere(
    service: Service, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()).decode()
    before = await stored()
    payload = await ask(service, ADD, {"sftpAccountId": service.world.owner.sftp_accounts["shop"], "publicKey": pem})
    assert told(payload) == [("BAD_USER_INPUT", ["input", "publicKey"])]
    assert "private key" in payload["errors"][0]["message"]
    after = await stored()
    assert not changed(before, after)
    secret = pem.splitlines()[2]
    assert secret not in str(payload) + str(after) + caplog.text + "".join(capfd.readouterr())


async def test_an_account_has_at_most_ten_keys_also_when_they_come_at_once(service: Service) -> None:
    id = (await create(service))["sftpAccount"]["id"]
    given = [{"sftpAccountId": id, "publicKey": fresh_key()} for _ in range(12)]
    payloads = await asyncio.gather(*(ask(service, ADD, one) for one in given))
    assert sorted("".join(code for code, _ in told(p)) for p in payloads) == [*[""] * 10, "CONFLICT", "CONFLICT"]
    node = (await service.both(LIST, {"id": id}, by=Caller.PACKAGE)).data["node"]
    assert len(node["keys"]) == 10
    assert {entry["name"]: entry["reason"] for entry in node["actions"]}["KEY_ADD"] == "KEY_LIMIT_REACHED"


async def test_the_same_key_comes_once_and_a_password_never_goes_with_the_last_key(service: Service) -> None:
    id = (await create(service))["sftpAccount"]["id"]
    one = {"sftpAccountId": id, "publicKey": LINE}
    payloads = await asyncio.gather(*(ask(service, ADD, one) for _ in range(4)))
    assert sorted("".join(code for code, _ in told(p)) for p in payloads) == ["", *["CONFLICT"] * 3]


async def test_of_many_at_once_as_many_are_made_as_there_is_room_for(service: Service) -> None:
    shop = service.world.owner.packages["shop"]
    there = await SftpAccount.filter(package_id=shop).count()
    await PackageType.filter(id=service.world.package_type).update(sftp_account_limit=there + 2)
    payloads = await asyncio.gather(*(create(service) for _ in range(8)))
    assert sorted("".join(code for code, _ in told(p)) for p in payloads) == ["", "", *["CONFLICT"] * 6]
    assert await SftpAccount.filter(package_id=shop).count() == there + 2
    assert await Operation.filter(kind="sftp_account.create").count() == 2
    assert all(p["password"] is None for p in payloads if p["errors"])


async def test_an_account_goes_with_its_keys(service: Service) -> None:
    house = service.world.owner
    id = house.sftp_accounts["shop"]
    assert await ask(service, DELETE, {"sftpAccountId": id}) == {"sftpAccountId": id, "errors": []}
    assert not await SshKey.filter(account_id=id).exists()
    assert await SshKey.filter(id=house.ssh_keys["club"]).exists()
    assert told(await ask(service, DELETE, {"sftpAccountId": id})) == [("NOT_FOUND", ["input", "sftpAccountId"])]


async def test_the_menu_of_an_account_says_what_its_mutations_do(service: Service) -> None:
    house = service.world.owner
    id = house.sftp_accounts["shop"]
    for state in ("ACTIVE", "CANCELLED", "SUSPENDED", "ENDED", "PROVISIONING"):
        await Package.filter(id=house.packages["shop"]).update(state=state)
        await SftpAccount.filter(id=id).update(password_changed_at=service.clock.now)
        node = (await service.both(LIST, {"id": id}, by=Caller.OWNER)).data["node"]
        menu = {entry["name"]: entry["allowed"] for entry in node["actions"]}
        change = {"sftpAccountId": id, "version": node["version"], "directory": "", "access": "SFTP"}
        for name, text, given in (
            ("CHANGE", CHANGE, change),
            ("PASSWORD_ROTATE", ROTATE, {"sftpAccountId": id}),
            ("PASSWORD_REMOVE", REMOVE, {"sftpAccountId": id}),
            ("KEY_ADD", ADD, {"sftpAccountId": id, "publicKey": fresh_key()}),
        ):
            assert ((await ask(service, text, given))["errors"] == []) is menu[name], (state, name)
    assert menu["DELETE"] is ((await ask(service, DELETE, {"sftpAccountId": id}))["errors"] == [])
