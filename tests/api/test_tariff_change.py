"""Tariffs of a contract through the front door: shown, changed as shown, taken back, and carried out on the day."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from gateway.jobs.tariff_change import change_due
from models import Contract, ContractEvent, Mailbox, OutboxMessage, Package, PackageType, Tariff, TariffChange
from tests.api.service import Service
from tests.proofs import proved
from tests.tariff_change.acting import tariff
from tests.world import Caller

STATES = 60

OPTIONS = """query($id: ID!) { package(id: $id) { actions { name allowed reason }
  contract { actions { name allowed reason } pendingTariffChange { id effectiveOn } version }
  tariffOptions { tariff { id code } direction allowed reason message effectiveOn token price { minorUnits }
    firstPrice { minorUnits } differences { resource now then used } functionsGained functionsLost
    lines { description firstDay lastDay days ofDays net { minorUnits } total { minorUnits } } } } }"""

PREVIEW = """query($p: ID!, $t: ID!) { tariffChangePreview(packageId: $p, tariffId: $t) { allowed reason token } }"""

CHANGE = """mutation($input: TariffChangeInput!) { tariffChange(input: $input) { tariffChange { id state effectiveOn
  credit { minorUnits } charge { minorUnits } contract { tariff { code } version } } errors { code message path } } }"""

REVOKE = """mutation($input: TariffChangeRevokeInput!) { tariffChangeRevoke(input: $input) {
  tariffChange { id state } errors { code message } } }"""


async def shown(service: Service, by: Any = Caller.OWNER) -> dict[str, Any]:
    """The package with its options."""
    reply = await service.ask(OPTIONS, {"id": service.world.owner.packages["shop"]}, by=by)
    package = reply.data["package"]
    assert isinstance(package, dict)
    return package


def option(package: dict[str, Any], code: str) -> dict[str, Any]:
    """That of one tariff."""
    (found,) = [one for one in package["tariffOptions"] if one["tariff"]["code"] == code]
    assert isinstance(found, dict)
    return found


async def change(service: Service, tariff_id: str, token: str | None, key: str | None = None) -> dict[str, Any]:
    """The payload of a change."""
    given = {
        "packageId": service.world.owner.packages["shop"], "tariffId": tariff_id, "previewToken": token or "",
        "idempotencyKey": key or str(uuid4()),
    }  # fmt: skip
    by = await service.token(Caller.OWNER, raised=True)
    payload = (await service.ask(CHANGE, {"input": given}, by=by)).data["tariffChange"]
    assert isinstance(payload, dict)
    return payload


async def revoke(service: Service, id: str) -> list[str]:
    """The codes of taking one back."""
    by = await service.token(Caller.OWNER, raised=True)
    reply = await service.ask(REVOKE, {"input": {"id": id}}, by=by)
    return [error["code"] for error in reply.data["tariffChangeRevoke"]["errors"]]


async def test_an_upgrade_is_charged_as_shown_and_begins_at_once(service: Service) -> None:
    larger = await tariff("gross", 2_000)
    before = option(await shown(service), "gross-1")
    assert (before["direction"], before["effectiveOn"], before["allowed"]) == ("UPGRADE", "2026-03-02", True)
    credit, charge = before["lines"]
    # The period goes from 2026-03-01 to 2026-03-30: 30 days, of which 29 are left with today.
    assert (credit["days"], credit["ofDays"], credit["lastDay"]) == (29, 30, "2026-03-30")
    assert credit["net"]["minorUnits"] == -967
    assert (credit["total"]["minorUnits"], charge["total"]["minorUnits"]) == (-1_150, 2_301)
    assert before["firstPrice"]["minorUnits"] == 1_151
    payload = await change(service, larger.id, before["token"], "eins")
    assert payload["errors"] == []
    made = payload["tariffChange"]
    assert (made["state"], made["credit"]["minorUnits"], made["charge"]["minorUnits"]) == ("CARRIED_OUT", 1_150, 2_301)
    assert made["contract"]["tariff"]["code"] == "gross-1"
    assert (await Package.get(id=service.world.owner.packages["shop"])).type_id == larger.type_id
    assert (await change(service, larger.id, before["token"], "eins"))["tariffChange"]["id"] == made["id"]
    assert await OutboxMessage.filter(kind="mail.tariff_change_done").count() == 1


async def test_what_changed_since_it_was_shown_is_a_conflict(service: Service) -> None:
    larger = await tariff("gross", 2_000)
    token = option(await shown(service), "gross-1")["token"]
    await Tariff.filter(id=larger.id).update(net_minor=2_001)
    payload = await change(service, larger.id, token)
    assert [(error["code"], error["path"]) for error in payload["errors"]] == [("CONFLICT", ["input", "previewToken"])]
    assert await TariffChange.filter(to_tariff_id=larger.id).count() == 0
    token = option(await shown(service), "gross-1")["token"]
    await PackageType.filter(id=larger.type_id).update(mailbox_limit=99)
    assert (await change(service, larger.id, token))["errors"][0]["code"] == "CONFLICT"


async def test_a_tariff_that_is_too_small_says_so_with_both_numbers(service: Service) -> None:
    used = await Mailbox.filter(package_id=service.world.owner.packages["shop"]).count()
    assert used > 0
    smaller = await tariff("klein", 1, mailboxes=used - 1)
    found = option(await shown(service), "klein-1")
    assert (found["allowed"], found["reason"], found["token"]) == (False, "TOO_MANY_MAILBOXES", None)
    assert {"resource": "MAILBOXES", "now": 50, "then": used - 1, "used": used} in found["differences"]
    assert (await change(service, smaller.id, "x"))["errors"][0]["code"] == "CONFLICT"


async def scheduled(service: Service) -> dict[str, Any]:
    """A downgrade that waits."""
    smaller = await tariff("klein", 1)
    found = option(await shown(service), "klein-1")
    assert (found["direction"], found["lines"], found["effectiveOn"]) == ("DOWNGRADE", [], "2026-03-31")
    made = (await change(service, smaller.id, found["token"]))["tariffChange"]
    assert isinstance(made, dict)
    assert (made["state"], made["contract"]["tariff"]["code"]) == ("SCHEDULED", "web-l-1")
    return made


async def test_a_downgrade_waits_for_its_day_and_is_carried_out_once(service: Service) -> None:
    made = await scheduled(service)
    assert (await shown(service))["contract"]["pendingTariffChange"]["id"] == made["id"]
    await TariffChange.exclude(id=made["id"]).filter(state="SCHEDULED").update(state="REVOKED", pending_for_id=None)
    assert await change_due(datetime(2026, 3, 30, 21, 59, tzinfo=UTC)) == 0
    assert await change_due(datetime(2026, 3, 30, 22, 0, tzinfo=UTC)) == 1
    assert await change_due(datetime(2026, 3, 30, 22, 0, tzinfo=UTC)) == 0
    contract = await Contract.get(id=service.world.owner.contracts["shop"]).select_related("tariff")
    assert (contract.tariff.code, contract.net_minor) == ("klein-1", 1)
    assert await OutboxMessage.filter(kind="mail.tariff_change_done").count() == 1
    assert await revoke(service, made["id"]) == ["CONFLICT"]


async def test_what_does_not_fit_on_its_day_is_refused_and_told(service: Service) -> None:
    made = await scheduled(service)
    change = await TariffChange.get(id=made["id"]).select_related("to_tariff")
    await PackageType.filter(id=change.to_tariff.type_id).update(mailbox_limit=0)
    await TariffChange.exclude(id=made["id"]).filter(state="SCHEDULED").update(state="REVOKED", pending_for_id=None)
    assert await change_due(datetime(2026, 4, 1, tzinfo=UTC)) == 1
    after = await TariffChange.get(id=made["id"])
    assert (after.state, after.refusal, after.pending_for_id) == ("REFUSED", "TOO_MANY_MAILBOXES", None)
    contract = await Contract.get(id=service.world.owner.contracts["shop"])
    assert contract.tariff_id == service.world.tariff
    assert await OutboxMessage.filter(kind="mail.tariff_change_refused").count() == 1
    assert await ContractEvent.filter(contract_id=contract.id, kind="TARIFF_CHANGE_REFUSED").count() == 1


async def test_a_change_taken_back_leaves_everything_as_it_was(service: Service) -> None:
    made = await scheduled(service)
    assert await revoke(service, made["id"]) == []
    assert await revoke(service, made["id"]) == ["CONFLICT"]
    assert (await shown(service))["contract"]["pendingTariffChange"] is None


async def shaken(service: Service, dice: random.Random) -> None:
    """Give Anna's shop any states, as an import could."""
    owner = service.world.owner
    state = dice.choice(["ACTIVE", "ACTIVE", "ACTIVE", "CANCELLED", "ENDED"])
    package = dice.choice(["ACTIVE", "ACTIVE", "ACTIVE", "SUSPENDED", "PROVISIONING", "CANCELLED", "ENDED"])
    current = {"tariff_id": service.world.tariff, "gross_minor": 1_190, "net_minor": 1_000}
    await Contract.filter(id=owner.contracts["shop"]).update(
        **current, state=state, ends_on=None if state == "ACTIVE" else "2026-09-30"
    )
    await Package.filter(id=owner.packages["shop"]).update(
        state=package, type_id=service.world.package_type, web_space_used_mb=dice.choice([0, 900])
    )
    functions = ["SELECT", *(["UPGRADE"] if dice.random() < 0.8 else [])]
    await PackageType.filter(id=service.world.package_type).update(functions=functions)
    await PackageType.filter(code="klein").update(
        mailbox_limit=dice.choice([0, 100]),
        domain_limit=dice.choice([0, 20, 20]),
        web_space_mb=dice.choice([100, 1_000]),
    )
    await Tariff.filter(code="klein-1").update(available=dice.random() < 0.8)


async def test_what_is_offered_is_taken_and_what_is_refused_is_refused(service: Service) -> None:
    dice, cases = random.Random(5), 0
    wanted = [await tariff("gross", 2_000), await tariff("klein", 1)]
    seen: set[tuple[str, bool]] = set()
    for number in range(STATES):
        await TariffChange.filter(state="SCHEDULED").update(state="REVOKED", pending_for_id=None)
        await shaken(service, dice)
        if dice.random() < 0.2:
            await _waiting(service, wanted[1])
        to = wanted[number % 2]
        reply = await service.both(OPTIONS, {"id": service.world.owner.packages["shop"]}, by=Caller.OWNER)
        package = reply.data["package"]
        of_contract = {one["name"]: (one["allowed"], one["reason"]) for one in package["contract"]["actions"]}
        of_package = {one["name"]: (one["allowed"], one["reason"]) for one in package["actions"]}
        assert of_package.get("UPGRADE", of_contract["TARIFF_CHANGE"]) == of_contract["TARIFF_CHANGE"]
        variables = {"p": service.world.owner.packages["shop"], "t": to.id}
        preview = (await service.ask(PREVIEW, variables, by=Caller.OWNER)).data["tariffChangePreview"]
        # The menu says whether the contract can change at all, the preview whether to this very tariff.
        if not of_contract["TARIFF_CHANGE"][0]:
            assert (preview["allowed"], preview["reason"]) == of_contract["TARIFF_CHANGE"]
        codes = [error["code"] for error in (await change(service, to.id, preview["token"]))["errors"]]
        assert codes == ([] if preview["allowed"] else ["CONFLICT"]), (preview, codes)
        seen |= {("MENU", of_contract["TARIFF_CHANGE"][0]), ("TARIFF", preview["allowed"])}
        cases += 1
        latest = await TariffChange.filter(contract_id=service.world.owner.contracts["shop"]).order_by("-id").first()
        assert latest is not None
        actions = (await shown(service))["contract"]["actions"]
        (may,) = [one["allowed"] for one in actions if one["name"] == "TARIFF_CHANGE_REVOKE"]
        pending = await TariffChange.get_or_none(pending_for_id=service.world.owner.contracts["shop"])
        assert await revoke(service, (pending or latest).id) == ([] if may else ["CONFLICT"])
        seen.add(("REVOKE", may))
        cases += 1
    assert seen == {(name, allowed) for name in ("MENU", "TARIFF", "REVOKE") for allowed in (True, False)}
    proved(f"action ⇔ mutation cases of tariff changes ({cases})")


async def _waiting(service: Service, to: Tariff) -> None:
    owner = service.world.owner
    await TariffChange.create(
        customer_id=owner.customer, package_id=owner.packages["shop"], contract_id=owner.contracts["shop"],
        from_tariff_id=service.world.tariff, to_tariff_id=to.id, pending_for_id=owner.contracts["shop"],
        direction="DOWNGRADE", state="SCHEDULED", effective_on="2026-05-01", net_minor=1, gross_minor=1, currency="EUR",
        requested_at=service.clock.now,
    )  # fmt: skip


async def test_a_package_login_sees_no_tariffs(service: Service) -> None:
    reply = await service.ask(
        "query($id: ID!) { package(id: $id) { tariffOptions { token } } }",
        {"id": service.world.owner.packages["shop"]}, by=Caller.PACKAGE,
    )  # fmt: skip
    assert reply.json["data"]["package"]["tariffOptions"] is None
    assert reply.code == "FORBIDDEN"
