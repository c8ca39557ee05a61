"""Trusted devices are listed, and trusted no more when the customer says so (SECURITY AU8, SE4)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from models import AuditEvent, OutboxMessage, Session, TrustedDevice
from tests.api.service import Service
from tests.world import NOW, PASSWORD, Caller, nobodys

LIST = "{ trustedDevices { totalCount nodes { id name trusted lastUsedAt expiresAt package { id } } } }"
REMOVE = (
    "mutation ($input: TrustedDeviceRemoveInput!) { trustedDeviceRemove(input: $input)"
    " { trustedDeviceId errors { code } } }"
)
REMOVE_ALL = "mutation { trustedDeviceRemoveAll { removed errors { code } } }"
SIGN_IN = "mutation ($input: SignInInput!) { signIn(input: $input) { session { id } deviceToken errors { code } } }"


async def remove(service: Service, id: str, by: Caller | str = Caller.OWNER) -> dict[str, Any]:
    payload: dict[str, Any] = (await service.ask(REMOVE, {"input": {"id": id}}, by=by)).data["trustedDeviceRemove"]
    return payload


async def test_devices_of_all_logins_are_listed_last_used_first(service: Service) -> None:
    found = (await service.both(LIST, by=Caller.OWNER)).data["trustedDevices"]
    house = service.world.owner
    assert [node["id"] for node in found["nodes"]] == [house.devices["Laptop"], house.devices["Werkstatt"]]
    assert [node["package"] for node in found["nodes"]] == [None, {"id": house.packages["shop"]}]
    assert found["totalCount"] == 2


async def test_a_device_whose_time_is_over_is_told_as_such(service: Service) -> None:
    await TrustedDevice.filter(id=service.world.owner.devices["Laptop"]).update(expires_at=NOW)
    nodes = (await service.both(LIST, by=Caller.OWNER)).data["trustedDevices"]["nodes"]
    assert {node["name"]: node["trusted"] for node in nodes} == {"Laptop": False, "Werkstatt": True}


async def test_a_session_that_has_come_to_its_end_is_told_as_such(service: Service) -> None:
    await Session.filter(id=service.world.spare_session).update(last_used_at=NOW - timedelta(seconds=1_800))
    text = "{ sessions(first: 100) { nodes { id active } } }"
    nodes = (await service.both(text, by=Caller.OWNER)).data["sessions"]["nodes"]
    ended = {node["id"] for node in nodes if not node["active"]}
    assert ended == {service.world.spare_session, service.world.sessions[Caller.EXPIRED]}


async def test_one_device_is_removed_and_the_session_goes_on(service: Service) -> None:
    house = service.world.owner
    assert await remove(service, house.devices["Werkstatt"]) == {
        "trustedDeviceId": house.devices["Werkstatt"],
        "errors": [],
    }
    assert [device.name async for device in TrustedDevice.filter(customer_id=house.customer)] == ["Laptop"]
    assert await Session.filter(package_id=house.packages["shop"], revoked_at=None).exists()
    entry = await AuditEvent.get(action="trusted_device.remove")
    assert (entry.object_id, entry.package_id) == (house.devices["Werkstatt"], house.packages["shop"])
    assert entry.detail == {"name": "Werkstatt"}
    text = "{ activity(first: 1) { nodes { summary objectKind objectLabel } } }"
    assert (await service.both(text, by=Caller.OWNER)).data["activity"]["nodes"] == [
        {"summary": "Removal of a trusted device", "objectKind": "TRUSTED_DEVICE", "objectLabel": "Werkstatt"}
    ]


async def test_foreign_missing_and_malformed_ids_are_alike(service: Service) -> None:
    before = await AuditEvent.all().count()
    for id in (service.world.other.devices["Handy"], nobodys("dev"), service.world.spare_session, "", "x" * 5_000):
        assert await remove(service, id) == {"trustedDeviceId": None, "errors": [{"code": "NOT_FOUND"}]}
    assert await TrustedDevice.filter(id=service.world.other.devices["Handy"]).exists()
    assert await AuditEvent.all().count() == before


async def test_all_devices_are_removed_and_nobody_elses(service: Service) -> None:
    payload = (await service.ask(REMOVE_ALL, by=Caller.OWNER)).data["trustedDeviceRemoveAll"]
    assert payload == {"removed": 2, "errors": []}
    assert [device.id async for device in TrustedDevice.all()] == [service.world.other.devices["Handy"]]
    assert (await AuditEvent.get(action="trusted_device.remove_all")).detail == {"removed": 2}


async def test_of_many_removals_at_once_one_wins(service: Service) -> None:
    id = service.world.owner.devices["Laptop"]
    payloads = await asyncio.gather(*(remove(service, id) for _ in range(10)))
    assert sum(payload["errors"] == [] for payload in payloads) == 1
    assert await AuditEvent.filter(action="trusted_device.remove").count() == 1


async def test_a_removed_device_is_a_new_one_at_the_next_sign_in(service: Service) -> None:
    sent = {"login": "10001", "password": PASSWORD, "deviceName": "Tablet"}
    token = (await service.ask(SIGN_IN, {"input": sent})).data["signIn"]["deviceToken"]
    known = (await service.ask(SIGN_IN, {"input": sent | {"deviceToken": token}})).data["signIn"]
    assert (known["session"] is not None, known["deviceToken"]) == (True, None)
    device = await TrustedDevice.get(name="Tablet")
    assert (await remove(service, device.id))["errors"] == []
    mails = await OutboxMessage.filter(kind="mail.new_device_sign_in").count()
    service.clock.now += timedelta(minutes=1)
    again = (await service.ask(SIGN_IN, {"input": sent | {"deviceToken": token}})).data["signIn"]
    assert again["deviceToken"] not in (None, token)
    assert await OutboxMessage.filter(kind="mail.new_device_sign_in").count() == mails + 1


async def test_a_package_login_sees_and_removes_none(service: Service) -> None:
    reply = await service.both(LIST, by=Caller.PACKAGE)
    assert (reply.json["data"], reply.code) == ({"trustedDevices": None}, "FORBIDDEN")
    for text, given in ((REMOVE, {"input": {"id": service.world.owner.devices["Werkstatt"]}}), (REMOVE_ALL, None)):
        assert (await service.ask(text, given, by=Caller.PACKAGE)).code == "FORBIDDEN"
    assert await TrustedDevice.filter(customer_id=service.world.owner.customer).count() == 2
