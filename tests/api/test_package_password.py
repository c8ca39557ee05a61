"""The package password: set, changed and removed by the customer, and what becomes of the sessions of its login."""

from __future__ import annotations

from typing import Any

import pytest

from models import AuditEvent, OutboxMessage, Package
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.world import PACKAGE_PASSWORD, Caller

NEW = "sieben Möwen zählen Kutter"
SET = """mutation($input: PackagePasswordSetInput!) { packagePasswordSet(input: $input) {
  package { id hasPackagePassword } sessionsEnded errors { code message path } } }"""
REMOVE = """mutation($input: PackagePasswordRemoveInput!) { packagePasswordRemove(input: $input) {
  package { id hasPackagePassword } sessionsEnded errors { code message path } } }"""
SIGN_IN = "mutation($input: SignInInput!) { signIn(input: $input) { session { token kind } errors { code } } }"
LOGIN = "laden.example"


async def call(service: Service, text: str, given: dict[str, Any], by: Any = None) -> dict[str, Any]:
    token = by or await service.token(Caller.OWNER, raised=True)
    (payload,) = (await service.ask(text, {"input": given}, by=token)).data.values()
    assert isinstance(payload, dict)
    return payload


async def enters(service: Service, password: str) -> str | None:
    reply = await service.ask(SIGN_IN, {"input": {"login": LOGIN, "password": password}})
    session = reply.data["signIn"]["session"]
    return session and str(session["token"])


async def test_somebody_with_the_new_password_signs_in_and_nobody_with_the_old(service: Service) -> None:
    shop = service.world.owner.packages["shop"]
    payload = await call(service, SET, {"packageId": shop, "password": NEW})
    assert payload == {
        "package": {"id": shop, "hasPackagePassword": True}, "sessionsEnded": 1, "errors": [],
    }  # fmt: skip
    assert (await service.ask("{ viewer { scopes } }", by=Caller.PACKAGE)).status == 401
    assert (await service.ask("{ viewer { scopes } }", by=Caller.SIBLING)).status == 200
    service.clock.wait(seconds=2)
    assert await enters(service, PACKAGE_PASSWORD) is None
    token = await enters(service, NEW)
    assert token is not None
    assert (await service.ask("{ viewer { package { id } } }", by=token)).data["viewer"]["package"]["id"] == shop


async def test_removing_it_closes_the_door(service: Service) -> None:
    shop = service.world.owner.packages["shop"]
    payload = await call(service, REMOVE, {"packageId": shop})
    assert (payload["package"]["hasPackagePassword"], payload["sessionsEnded"]) == (False, 1)
    assert await enters(service, PACKAGE_PASSWORD) is None
    assert (await service.ask("{ viewer { scopes } }", by=Caller.PACKAGE)).status == 401
    again = await call(service, REMOVE, {"packageId": shop})
    assert [error["code"] for error in again["errors"]] == ["CONFLICT"]


async def test_the_customer_is_told_by_mail_and_finds_an_entry_without_the_password(service: Service) -> None:
    await call(service, SET, {"packageId": service.world.owner.packages["shop"], "password": NEW})
    mail = await OutboxMessage.get(kind="mail.package_password_set")
    event = await AuditEvent.get(action="package_password.set")
    assert NEW not in f"{mail.payload}{event.detail}"
    assert event.package_id == service.world.owner.packages["shop"]


@pytest.mark.parametrize("password", ["", "kurz", "passwort1234", "laden.example", "x" * 257, "anna@example.com"])
async def test_a_password_that_will_not_do_is_refused_and_nothing_written(password: str, service: Service) -> None:
    token = await service.token(Caller.OWNER, raised=True)
    before = await stored()
    payload = await call(service, SET, {"packageId": service.world.owner.packages["shop"], "password": password}, token)
    (error,) = payload["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", "password"])
    assert not password or password not in error["message"]
    assert changed(before, await stored()) == set()


async def test_the_mutation_is_accepted_exactly_where_the_menu_offers_it(service: Service) -> None:
    reply = await service.ask("{ packages(first: 100) { nodes { id actions { name allowed } } } }", by=Caller.OWNER)
    seen = set()
    for package in reply.data["packages"]["nodes"]:
        allowed = next(a["allowed"] for a in package["actions"] if a["name"] == "SECURITY")
        payload = await call(service, SET, {"packageId": package["id"], "password": NEW})
        assert [error["code"] for error in payload["errors"]] == ([] if allowed else ["CONFLICT"])
        seen.add(allowed)
    assert seen == {True, False}


async def test_a_package_login_never_sets_its_own(service: Service) -> None:
    before = await stored()
    token = await service.token(Caller.PACKAGE, raised=True)
    given = {"packageId": service.world.owner.packages["shop"], "password": NEW}
    reply = await service.ask(SET, {"input": given}, by=token)
    assert reply.errors[0]["extensions"] == {"code": "FORBIDDEN", "requiredScope": "PACKAGE_ACCESS"}
    assert changed({**before, "session": []}, {**await stored(), "session": []}) == set()
    shop = await Package.get(id=service.world.owner.packages["shop"])
    assert shop.password_hash is not None
