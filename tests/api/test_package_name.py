"""Renaming a package: by the customer and by the package login, as the menu says, once for each version."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from models import AuditEvent, Package
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.world import Caller

RENAME = """mutation($input: PackageRenameInput!) { packageRename(input: $input) {
  package { id name version } errors { code message path } } }"""


async def rename(service: Service, package: str, name: str, version: int = 1, by: Any = Caller.OWNER) -> dict[str, Any]:
    reply = await service.ask(RENAME, {"input": {"id": package, "version": version, "name": name}}, by=by)
    payload = reply.data["packageRename"]
    assert isinstance(payload, dict)
    return payload


@pytest.mark.parametrize("caller", [Caller.OWNER, Caller.PACKAGE], ids=str)
async def test_a_package_gets_another_name_and_is_found_by_it(caller: Caller, service: Service) -> None:
    shop = service.world.owner.packages["shop"]
    renamed = await rename(service, shop, "  Ärger   im Büro 🦆 ", by=caller)
    assert renamed == {"package": {"id": shop, "name": "Ärger im Büro 🦆", "version": 2}, "errors": []}
    found = '{ packages(search: "arger im buro") { nodes { id name } } }'
    assert (await service.both(found, by=caller)).data["packages"]["nodes"] == [
        {"id": shop, "name": "Ärger im Büro 🦆"}
    ]
    event = await AuditEvent.get(action="package.rename")
    assert (event.package_id, event.detail["after"]) == (shop, "Ärger im Büro 🦆")


@pytest.mark.parametrize(
    "name",
    ["", " ", "\t\n", "x" * 81, "a\u0000b", "a\u202eb", "\u200b", "\x7f", "\u200d", "\u2800", "a" + " " * 640 + "b"],
)
async def test_a_name_that_will_not_do_is_refused_with_its_place(name: str, service: Service) -> None:
    before = await stored()
    payload = await rename(service, service.world.owner.packages["shop"], name)
    (error,) = payload["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", "name"])
    assert changed(before, await stored()) == set()


@pytest.mark.parametrize("name", ["x" * 80, "👩‍👩‍👧", "Ελλάς", "日本", "<b>&amp;"])
async def test_other_names_are_taken_as_they_are(name: str, service: Service) -> None:
    payload = await rename(service, service.world.owner.packages["shop"], name)
    assert payload["package"]["name"] == name


async def test_the_mutation_is_accepted_exactly_where_the_menu_offers_it(service: Service) -> None:
    reply = await service.ask(
        "{ packages(first: 100) { nodes { id version actions { name allowed } } } }", by=Caller.OWNER
    )
    seen = set()
    for package in reply.data["packages"]["nodes"]:
        allowed = next(a["allowed"] for a in package["actions"] if a["name"] == "RENAME")
        payload = await rename(service, package["id"], "Neu", package["version"])
        assert [error["code"] for error in payload["errors"]] == ([] if allowed else ["CONFLICT"])
        seen.add(allowed)
    assert seen == {True, False}


async def test_of_many_renamings_of_one_version_one_wins(service: Service) -> None:
    shop = service.world.owner.packages["shop"]
    tokens = [await service.token(Caller.OWNER) for _ in range(8)]
    payloads = await asyncio.gather(*(rename(service, shop, f"Name {n}", by=token) for n, token in enumerate(tokens)))
    codes = sorted(error["code"] for payload in payloads for error in payload["errors"])
    assert codes == ["CONFLICT"] * 7
    assert (await Package.get(id=shop)).version == 2
    assert await AuditEvent.filter(action="package.rename").count() == 1
