"""Changing a tariff: what is shown is what is charged, one of several wins, and a downgrade waits for its day."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from gateway.jobs.tariff_change import change_due
from models import (
    AuditEvent,
    Contract,
    ContractEvent,
    Customer,
    Mailbox,
    OutboxMessage,
    Package,
    PackageType,
    Tariff,
    TariffChange,
)
from models.rules import tariff_change as rule
from tests.api.cases.tariff_change import larger
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.world import Caller

OPTIONS = """query($id: ID!) { package(id: $id) { tariffOptions { tariff { code } direction allowed reason message effectiveOn
  price { minorUnits } firstPrice { minorUnits } differences { resource now then used } functionsGained functionsLost
  lines { description days ofDays net { minorUnits } total { minorUnits } } token } } }"""
CHANGE = """mutation($input: TariffChangeInput!) { tariffChange(input: $input) {
  tariffChange { id state direction effectiveOn price { minorUnits } credit { minorUnits } charge { minorUnits } }
  errors { code message path } } }"""
REVOKE = "mutation($id: ID!) { tariffChangeRevoke(input: {id: $id}) { tariffChange { state } errors { code } } }"
CONTRACT = """query($id: ID!) { contract(id: $id) { tariff { code } price { minorUnits } pendingTariffChange { id }
  tariffChanges { nodes { state } } history { nodes { kind } } actions { name allowed reason } } }"""

STOCK = "query($id: ID!) { package(id: $id) { resources { name used } } }"


async def smaller() -> Tariff:
    """A cheaper tariff with room for one mailbox."""
    kind = await PackageType.create(
        code="web-s", name="Web S", family="web", functions=["SELECT", "UPGRADE", "EMAILS", "CANCEL"], mailbox_limit=1,
        domain_limit=2, database_limit=1, web_space_mb=49_999,
    )  # fmt: skip
    return await Tariff.create(
        type_id=kind.id, code="web-s-1", name="Web S monatlich", net_minor=500, gross_minor=595, vat_basis_points=1_900,
        currency="EUR", billing_months=1, minimum_term_months=12, renewal_months=0, notice_months=1,
    )  # fmt: skip


@pytest.fixture(autouse=True)
async def agreed(service: Service) -> None:
    """A consumer's contract of 1 January 2025, a month at a time, and nothing else that was changed before."""
    house = service.world.owner
    await TariffChange.filter(customer_id=house.customer).delete()
    await Customer.filter(id=house.customer).update(kind="PERSON", last_name="Anders")
    await Contract.filter(id=house.contracts["shop"]).update(starts_on=date(2025, 1, 1), billing_months=1)


async def options(service: Service) -> dict[str, dict[str, Any]]:
    reply = await service.ask(OPTIONS, {"id": service.world.owner.packages["shop"]}, by=Caller.OWNER)
    return {option["tariff"]["code"]: option for option in reply.data["package"]["tariffOptions"]}


async def change(service: Service, tariff: Tariff, token: str, key: str = "k", by: Any = None) -> dict[str, Any]:
    given = {
        "packageId": service.world.owner.packages["shop"], "tariffId": tariff.id, "previewToken": token,
        "idempotencyKey": key,
    }  # fmt: skip
    session = by or await service.token(Caller.OWNER, raised=True)
    payload = (await service.ask(CHANGE, {"input": given}, by=session)).data["tariffChange"]
    assert isinstance(payload, dict)
    return payload


async def contract(service: Service) -> dict[str, Any]:
    session = await service.token(Caller.OWNER)
    reply = await service.both(CONTRACT, {"id": service.world.owner.contracts["shop"]}, by=session)
    found = reply.data["contract"]
    assert isinstance(found, dict)
    return found


async def test_an_upgrade_is_charged_to_the_day_as_it_was_shown(service: Service) -> None:
    tariff = await larger()
    shown = (await options(service))["web-xl-1"]
    assert (shown["direction"], shown["allowed"], shown["effectiveOn"]) == ("UPGRADE", True, "2026-03-02")
    # From 2 to 31 March: 30 of 31 days, in both tariffs.
    assert [(line["days"], line["ofDays"], line["total"]["minorUnits"]) for line in shown["lines"]] == [
        (30, 31, -1_152), (30, 31, 2_303),
    ]  # fmt: skip
    assert (shown["price"]["minorUnits"], shown["firstPrice"]["minorUnits"]) == (2_380, 1_151)
    assert {"resource": "MAILBOXES", "now": 50, "then": 100, "used": 2} in shown["differences"]
    payload = await change(service, tariff, shown["token"])
    assert payload["errors"] == []
    made = payload["tariffChange"]
    assert (made["state"], made["credit"]["minorUnits"], made["charge"]["minorUnits"]) == ("CARRIED_OUT", 1_152, 2_303)
    found = await contract(service)
    assert (found["tariff"]["code"], found["price"]["minorUnits"]) == ("web-xl-1", 2_380)
    assert found["history"]["nodes"][0]["kind"] == "TARIFF_CHANGED"
    package = await Package.get(id=service.world.owner.packages["shop"])
    assert package.type_id == tariff.type_id
    assert await OutboxMessage.filter(kind="mail.tariff_change_done").count() == 1
    assert await AuditEvent.filter(action="tariff_change.request", object_id=made["id"]).count() == 1


async def test_a_downgrade_waits_for_the_next_period_and_can_be_taken_back(service: Service) -> None:
    tariff = await smaller()
    await Mailbox.filter(package_id=service.world.owner.packages["shop"]).delete()
    shown = (await options(service))["web-s-1"]
    assert (shown["direction"], shown["effectiveOn"], shown["lines"]) == ("DOWNGRADE", "2026-04-01", [])
    assert shown["functionsLost"]
    made = (await change(service, tariff, shown["token"]))["tariffChange"]
    assert made["state"] == "SCHEDULED"
    found = await contract(service)
    assert found["pendingTariffChange"] == {"id": made["id"]}
    assert found["tariff"]["code"] == "web-l-1"
    allowed = {action["name"]: action["allowed"] for action in found["actions"]}
    assert (allowed["TARIFF_CHANGE"], allowed["TARIFF_CHANGE_REVOKE"]) == (False, True)
    assert (await options(service))["web-s-1"]["reason"] == "TARIFF_CHANGE_PENDING"
    token = await service.token(Caller.OWNER, raised=True)
    for expected in ([], ["CONFLICT"]):
        answer = (await service.ask(REVOKE, {"id": made["id"]}, by=token)).data["tariffChangeRevoke"]
        assert [error["code"] for error in answer["errors"]] == expected
    assert (await contract(service))["pendingTariffChange"] is None


async def test_on_its_day_a_downgrade_is_carried_out_once(service: Service) -> None:
    tariff = await smaller()
    await Mailbox.filter(package_id=service.world.owner.packages["shop"]).delete()
    made = (await change(service, tariff, (await options(service))["web-s-1"]["token"]))["tariffChange"]
    await Tariff.filter(id=tariff.id).update(available=False, gross_minor=9_999)  # agreed is agreed
    service.clock.wait(days=29)
    assert await change_due(service.clock.now) == 0
    service.clock.wait(days=1)
    assert [await change_due(service.clock.now) for _ in range(2)] == [1, 0]
    found = await contract(service)
    assert (found["tariff"]["code"], found["price"]["minorUnits"]) == ("web-s-1", 595)
    row = await TariffChange.get(id=made["id"])
    assert (row.state, row.pending_for_id, row.refusal) == ("CARRIED_OUT", None, None)


async def test_what_no_longer_fits_on_its_day_is_refused_and_told(service: Service) -> None:
    house, tariff = service.world.owner, await smaller()
    await Mailbox.filter(package_id=house.packages["shop"]).delete()
    made = (await change(service, tariff, (await options(service))["web-s-1"]["token"]))["tariffChange"]
    for number in range(2):
        await Mailbox.create(
            customer_id=house.customer, package_id=house.packages["shop"], address=f"m{number}@laden.example",
            quota_mb=1, created_at=service.clock.now,
        )  # fmt: skip
    service.clock.wait(days=30)
    assert await change_due(service.clock.now) == 1
    row = await TariffChange.get(id=made["id"])
    assert (row.state, row.refusal) == ("REFUSED", "TOO_MANY_MAILBOXES")
    assert (await contract(service))["tariff"]["code"] == "web-l-1"
    assert await OutboxMessage.filter(kind="mail.tariff_change_refused").count() == 1
    assert await ContractEvent.filter(kind="TARIFF_CHANGE_REFUSED").count() == 1


async def test_a_tariff_that_is_too_small_says_so_before_and_refuses(service: Service) -> None:
    tariff = await smaller()
    shown = (await options(service))["web-s-1"]
    assert (shown["allowed"], shown["reason"], shown["token"]) == (False, "TOO_MANY_MAILBOXES", None)
    assert {"resource": "MAILBOXES", "now": 50, "then": 1, "used": 2} in shown["differences"]
    token = await service.token(Caller.OWNER, raised=True)
    before = await stored()
    (error,) = (await change(service, tariff, "x", by=token))["errors"]
    assert (error["code"], error["path"], error["message"]) == ("CONFLICT", ["input", "tariffId"], shown["message"])
    assert changed(before, await stored()) == set()


@pytest.mark.parametrize("name", list(rule.LIMITS))
async def test_everything_a_package_has_a_number_of_has_to_fit(name: str, service: Service) -> None:
    package = await Package.get(id=service.world.owner.packages["shop"])
    tariff = await larger()
    await PackageType.filter(id=tariff.type_id).update(**{rule.LIMITS[name]: 0})
    shown = (await options(service))["web-xl-1"]
    (difference,) = (one for one in shown["differences"] if one["resource"] == name)
    resources = (await service.ask(STOCK, {"id": package.id}, by=Caller.OWNER)).data["package"]["resources"]
    used = {one["name"]: one["used"] for one in resources}
    if name in rule.COUNTED:
        assert difference["used"] == used[rule.COUNTED[name].name]
    assert (difference["then"], difference["used"] > 0) == (0, True)
    assert (shown["allowed"], shown["reason"], shown["token"]) == (False, rule.TOO_MUCH[name], None)
    assert shown["message"]


@pytest.mark.parametrize("what", ["price", "contract", "day", "package"])
async def test_what_is_not_as_it_was_shown_is_not_done(what: str, service: Service) -> None:
    house, tariff = service.world.owner, await larger()
    shown = (await options(service))["web-xl-1"]
    if what == "price":
        await Tariff.filter(id=tariff.id).update(gross_minor=2_381)
    elif what == "contract":
        await Contract.filter(id=house.contracts["shop"]).update(version=9)
    elif what == "day":
        service.clock.wait(days=1)
    else:
        await Package.filter(id=house.packages["shop"]).update(type_id=tariff.type_id)
    (error,) = (await change(service, tariff, shown["token"]))["errors"]
    assert error["code"] == "CONFLICT"
    assert await TariffChange.filter(customer_id=house.customer).count() == 0


async def test_the_same_key_gives_the_same_change_and_changes_once(service: Service) -> None:
    tariff = await larger()
    token = (await options(service))["web-xl-1"]["token"]
    first, again = [await change(service, tariff, token, "once") for _ in range(2)]
    assert first == again
    assert await TariffChange.filter(customer_id=service.world.owner.customer).count() == 1
    (error,) = (await change(service, tariff, "other", "once"))["errors"]
    assert error["code"] == "IDEMPOTENCY_KEY_REUSED"


async def test_of_many_at_once_one_wins(service: Service) -> None:
    tariff = await larger()
    token, session = (await options(service))["web-xl-1"]["token"], await service.token(Caller.OWNER, raised=True)
    payloads = await asyncio.gather(*(change(service, tariff, token, f"k{n}", session) for n in range(10)))
    codes = sorted("".join(error["code"] for error in payload["errors"]) for payload in payloads)
    assert codes == ["", *["CONFLICT"] * 9]
    assert await TariffChange.filter(customer_id=service.world.owner.customer).count() == 1


async def test_the_menu_allows_what_the_mutation_takes(service: Service) -> None:
    tariff, house = await larger(), service.world.owner
    for state in ("ACTIVE", "CANCELLED", "ENDED"):
        ends_on = None if state == "ACTIVE" else service.clock.now.date() + timedelta(days=9)
        await Contract.filter(id=house.contracts["shop"]).update(state=state, ends_on=ends_on)
        allowed = {action["name"]: action["allowed"] for action in (await contract(service))["actions"]}
        shown = (await options(service))["web-xl-1"]
        assert allowed["TARIFF_CHANGE"] == shown["allowed"] == (state == "ACTIVE")
        if state != "ACTIVE":
            (error,) = (await change(service, tariff, "x", state))["errors"]
            assert error["message"] == shown["message"]


async def test_a_package_login_sees_none_of_it(service: Service) -> None:
    given = {"id": service.world.owner.packages["shop"]}
    assert (await service.ask(OPTIONS, given, by=Caller.PACKAGE)).code == "FORBIDDEN"
