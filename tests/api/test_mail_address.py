"""Mail addresses without a mailbox: they lead somewhere that is there, never round, and one of a name."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gateway.auth.mail_route import read_target
from gateway.errors import GatewayError
from models import MailAddress, Operation, PackageType
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.api.test_mailbox import INFO, ask, told
from tests.world import Caller

FIELDS = "{ id address kind targets version mailbox { address } domain { name } actions { name allowed } }"
ERRORS = "errors { code message path }"
CREATE = f"""mutation($input: MailAddressCreateInput!) {{
  done: mailAddressCreate(input: $input) {{ mailAddress {FIELDS} {ERRORS} }} }}"""
CHANGE = f"""mutation($input: MailAddressChangeInput!) {{
  done: mailAddressChange(input: $input) {{ mailAddress {FIELDS} {ERRORS} }} }}"""
DELETE = f"""mutation($input: MailAddressDeleteInput!) {{
  done: mailAddressDelete(input: $input) {{ mailAddressId deletedAddresses changedAddresses {ERRORS} }} }}"""
LIST = f"query($id: ID!) {{ package(id: $id) {{ mailAddresses {{ totalCount nodes {FIELDS} }} }} }}"


async def create(service: Service, by: Any = Caller.OWNER, **given: Any) -> dict[str, Any]:
    return await ask(service, CREATE, {"domainId": service.world.owner.domains["laden.example"], **given}, by)


@pytest.mark.parametrize("caller", [Caller.OWNER, Caller.PACKAGE], ids=str)
async def test_aliases_forwards_and_what_catches_the_rest_are_made(caller: Caller, service: Service) -> None:
    house = service.world.owner
    box = house.mailboxes[INFO]
    for given, address, kind, targets in (
        ({"localPart": "Hallo", "mailboxId": box}, "hallo@laden.example", "ALIAS", []),
        ({"localPart": "weg", "targets": ["Anna@EXAMPLE.com"]}, "weg@laden.example", "FORWARD", ["Anna@example.com"]),
        ({"localPart": "zwei", "targets": ["hallo@laden.example"], "mailboxId": box}, "zwei@laden.example", "FORWARD",
         ["hallo@laden.example"]),
        ({"catchAll": True, "mailboxId": box}, "*@laden.example", "CATCH_ALL", []),
    ):  # fmt: skip
        payload = await create(service, caller, **given)
        assert payload["errors"] == []
        row = payload["mailAddress"]
        assert (row["address"], row["kind"], row["targets"], row["version"]) == (address, kind, targets, 1)
        operation = await Operation.get(subject_id=row["id"])
        assert (operation.kind, operation.desired["address"]) == ("mail_address.create", address)
        assert ("postmaster" in operation.desired.get("except", [])) == (kind == "CATCH_ALL")
    page = (await service.both(LIST, {"id": house.packages["shop"]}, by=caller)).data["package"]["mailAddresses"]
    assert [node["address"].partition("@")[0] for node in page["nodes"]] == ["*", "hallo", "verkauf", "weg", "zwei"]


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"localPart": "neu"}, ["targets"]),
        ({"targets": ["a@example.com"]}, ["localPart"]),
        ({"localPart": "neu", "catchAll": True, "targets": ["a@example.com"]}, ["localPart"]),
        ({"localPart": ".neu", "targets": ["a@example.com"]}, ["localPart"]),
        ({"localPart": "-oxroot", "targets": ["a@example.com"]}, ["localPart"]),
        ({"localPart": "neu", "targets": ["a@example.com", "b"]}, ["targets", "1"]),
        ({"localPart": "neu", "targets": ["*@example.com"]}, ["targets", "0"]),
        ({"localPart": "neu", "targets": ["a@192.0.2.1"]}, ["targets", "0"]),
        ({"localPart": "neu", "targets": ["fehlt@laden.example"]}, ["targets", "0"]),
        ({"localPart": "neu", "targets": ["NEU@laden.example"]}, ["targets", "0"]),
        ({"localPart": "neu", "targets": [f"a{n}@example.com" for n in range(21)]}, ["targets"]),
    ],
)
async def test_bad_input_is_named_and_writes_nothing(given: dict[str, Any], path: list[str], service: Service) -> None:
    before = await stored()
    assert told(await create(service, **given)) == [("BAD_USER_INPUT", ["input", *path])]
    assert changed(before, await stored()) == set()


async def test_mail_does_not_come_back_by_way_of_others(service: Service) -> None:
    first = (await create(service, localPart="a", targets=["z@example.com"]))["mailAddress"]
    await create(service, localPart="b", targets=["a@laden.example"])
    await create(service, localPart="c", targets=["b@laden.example"])
    given = {"mailAddressId": first["id"], "version": 1, "targets": ["c@laden.example"]}
    assert told(await ask(service, CHANGE, given)) == [("BAD_USER_INPUT", ["input", "targets", "0"])]


@pytest.mark.parametrize("caller", [Caller.OWNER, Caller.SIBLING], ids=str)
async def test_mail_does_not_come_back_by_way_of_another_package(caller: Caller, service: Service) -> None:
    club = service.world.owner.domains["verein.example"]
    await create(service, localPart="x", targets=["Y@verein.example"])
    assert told(await create(service, caller, domainId=club, localPart="y", targets=["x@LADEN.example"])) == [
        ("BAD_USER_INPUT", ["input", "targets", "0"])
    ]
    row = (await create(service, caller, domainId=club, localPart="y", targets=["z@example.com"]))["mailAddress"]
    given = {"mailAddressId": row["id"], "version": 1, "targets": ["X@laden.example"]}
    assert told(await ask(service, CHANGE, given, caller)) == [("BAD_USER_INPUT", ["input", "targets", "0"])]


async def test_what_catches_the_rest_in_another_package_leads_back_too(service: Service) -> None:
    club = service.world.owner.domains["verein.example"]
    await create(service, catchAll=True, targets=["y@verein.example"])
    wrong = await create(service, domainId=club, localPart="y", targets=["nobody@laden.example"])
    assert told(wrong) == [("BAD_USER_INPUT", ["input", "targets", "0"])]
    for name in (INFO, "postmaster@laden.example"):  # mail to a mailbox arrives, and that to a role is not caught
        right = await create(service, domainId=club, localPart=f"y{name[0]}", targets=[name])
        assert told(right) == []


async def test_two_changes_at_once_in_two_packages_do_not_make_a_ring(service: Service) -> None:
    club = service.world.owner.domains["verein.example"]
    payloads = await asyncio.gather(
        create(service, localPart="x", targets=["y@verein.example"]),
        create(service, domainId=club, localPart="y", targets=["x@laden.example"]),
    )
    assert sorted(told(payload) == [] for payload in payloads) == [False, True]


async def test_two_changes_at_once_do_not_make_a_ring(service: Service) -> None:
    ids = [(await create(service, localPart=name, targets=["z@example.com"]))["mailAddress"]["id"] for name in "ab"]
    wishes = zip(ids, ("b@laden.example", "a@laden.example"), strict=True)
    payloads = await asyncio.gather(
        *(ask(service, CHANGE, {"mailAddressId": id, "version": 1, "targets": [to]}) for id, to in wishes)
    )
    assert sorted(told(payload) == [] for payload in payloads) == [False, True]


async def test_a_change_names_the_version_that_was_read(service: Service) -> None:
    id = service.world.owner.mail_addresses["verkauf@laden.example"]
    given = {"mailAddressId": id, "version": 1, "targets": ["a@example.com", "A@example.com", "a@example.com"]}
    row = (await ask(service, CHANGE, given))["mailAddress"]
    assert (row["kind"], row["targets"], row["mailbox"], row["version"]) == (
        "FORWARD", ["a@example.com", "A@example.com"], None, 2,
    )  # fmt: skip
    assert told(await ask(service, CHANGE, given)) == [("CONFLICT", ["input", "version"])]


async def test_what_led_only_to_a_deleted_address_goes_too(service: Service) -> None:
    first = (await create(service, localPart="a", targets=["z@example.com"]))["mailAddress"]
    await create(service, localPart="b", targets=["a@laden.example"])
    await create(service, localPart="c", targets=["b@laden.example", "z@example.com"])
    payload = await ask(service, DELETE, {"mailAddressId": first["id"]})
    assert (payload["deletedAddresses"], payload["changedAddresses"]) == (["b@laden.example"], ["c@laden.example"])
    assert (await MailAddress.get(address="c@laden.example")).targets == ["z@example.com"]


async def test_a_mailbox_of_another_package_is_none_of_this_one(service: Service) -> None:
    house = service.world.owner
    for mailbox in (
        house.mailboxes["chor@verein.example"],
        service.world.other.mailboxes["post@konkurrenz.example"],
        "x",
    ):
        payload = await create(service, localPart="neu", mailboxId=mailbox)
        assert told(payload) == [("NOT_FOUND", ["input", "mailboxId"])]


async def test_of_many_at_once_no_more_are_made_than_the_limit_allows(service: Service) -> None:
    await PackageType.filter(id=service.world.package_type).update(mail_address_limit=3)
    wanted = [create(service, localPart=f"neu{n}", targets=["a@example.com"]) for n in range(5)]
    payloads = await asyncio.gather(*wanted)
    assert sorted(told(payload) == [] for payload in payloads) == [False] * 3 + [True] * 2
    assert await MailAddress.filter(package_id=service.world.owner.packages["shop"]).count() == 3


async def test_one_catches_the_rest_of_a_domain(service: Service) -> None:
    wanted = [create(service, catchAll=True, targets=["a@example.com"]) for _ in range(3)]
    payloads = await asyncio.gather(*wanted)
    assert sorted(told(payload) == [] for payload in payloads) == [False, False, True]


async def test_a_domain_that_idna_has_no_other_form_for_is_a_target(service: Service) -> None:
    row = (await create(service, localPart="weg", targets=["x@ab--cd.example.com"]))["mailAddress"]
    assert row["targets"] == ["x@ab--cd.example.com"]
    given = {"mailAddressId": row["id"], "version": 1, "targets": ["x@r3---sn.bücher.example"]}
    assert (await ask(service, CHANGE, given))["mailAddress"]["targets"] == ["x@r3---sn.bücher.example"]


@pytest.mark.parametrize("typed", ["a@xn--bcher-kva.example", "a@BÜCHER.example"])
def test_the_domain_of_a_target_has_one_spelling(typed: str) -> None:
    assert read_target(typed, ()) == "a@bücher.example"


@pytest.mark.parametrize(
    "typed", ["", "@", "a@", "@b.example", "a@b", "a b@c.example", "a@аpple.example", "a@b..c", "a\n@c.example"]
)
def test_what_is_no_mail_address_is_no_target(typed: str) -> None:
    with pytest.raises(GatewayError):
        read_target(typed, ())
