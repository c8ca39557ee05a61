"""What the menu and the previews say of a change of the tariff is what the mutations do, in many states."""

from __future__ import annotations

import random
from typing import Any
from uuid import uuid4

from models import Contract, Package, PackageType, Tariff, TariffChange
from tests.api.service import Service
from tests.proofs import counted
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


async def test_a_limit_that_changed_since_it_was_shown_is_a_conflict(service: Service) -> None:
    larger = await tariff("gross", 2_000)
    token = option(await shown(service), "gross-1")["token"]
    await PackageType.filter(id=larger.type_id).update(mailbox_limit=99)
    payload = await change(service, larger.id, token)
    assert [(error["code"], error["path"]) for error in payload["errors"]] == [("CONFLICT", ["input", "previewToken"])]
    assert await TariffChange.filter(to_tariff_id=larger.id).count() == 0


async def test_a_longer_period_that_runs_already_is_charged_for_its_rest(service: Service) -> None:
    yearly = await tariff("jahr", 6_000)
    await Tariff.filter(id=yearly.id).update(billing_months=12)
    found = option(await shown(service), "jahr-1")
    (line,) = found["lines"]
    # The contract began on 2025-01-31: its year ends on 2027-01-30, and the downgrade begins on 2026-03-31.
    assert (found["direction"], line["firstDay"], line["lastDay"]) == ("DOWNGRADE", "2026-03-31", "2027-01-30")
    assert (line["days"], line["ofDays"], line["total"]["minorUnits"]) == (306, 365, 5_986)
    assert found["firstPrice"]["minorUnits"] == 5_986


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
    counted("action ⇔ mutation cases", cases, of="tariff changes")


async def _waiting(service: Service, to: Tariff) -> None:
    owner = service.world.owner
    await TariffChange.create(
        customer_id=owner.customer, package_id=owner.packages["shop"], contract_id=owner.contracts["shop"],
        from_tariff_id=service.world.tariff, to_tariff_id=to.id, pending_for_id=owner.contracts["shop"],
        direction="DOWNGRADE", state="SCHEDULED", effective_on="2026-05-01", net_minor=1, gross_minor=1, currency="EUR",
        requested_at=service.clock.now,
    )  # fmt: skip
