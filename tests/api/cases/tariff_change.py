"""Changes of tariffs."""

from __future__ import annotations

from typing import Any

from gateway.auth.idempotency import KEPT
from gateway.auth.tariff_options import find_agreement, find_option
from gateway.auth.viewer import SCOPES_OF, Viewer
from models import PackageFunction, PackageType, SessionKind, Tariff, TariffChange
from models.ids import new_id
from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import NOW, Caller, World, nobodys


async def larger() -> Tariff:
    """A tariff of the same family that is dearer and has more of everything."""
    found = await Tariff.get_or_none(code="web-xl-1")
    if found is not None:
        return found
    kind = await PackageType.create(
        code="web-xl", name="Web XL", family="web", functions=[f.value for f in PackageFunction],
        mailbox_limit=100, domain_limit=20, database_limit=10, web_space_mb=100_000,
    )  # fmt: skip
    return await Tariff.create(
        code="web-xl-1", type_id=kind.id, name="Web XL monatlich", net_minor=2_000, gross_minor=2_380,
        vat_basis_points=1_900, currency="EUR", billing_months=1, minimum_term_months=12, renewal_months=0, notice_months=1,
    )  # fmt: skip


async def token_of(customer: str, package: str, tariff: str) -> str:
    """What the preview would show as its token."""
    viewer = Viewer(SessionKind.CUSTOMER, customer, None, SCOPES_OF[SessionKind.CUSTOMER], "")
    agreement = await find_agreement(viewer, package, NOW)
    option = None if agreement is None else await find_option(viewer, agreement, tariff)
    return (option and option.token) or ""


async def _change(world: World, caller: Caller) -> Input:
    house, tariff = world.house(caller), await larger()
    package = house.packages["shop"]
    return {
        "packageId": package, "tariffId": tariff.id, "idempotencyKey": new_id("idk"),
        "previewToken": await token_of(house.customer, package, tariff.id),
    }  # fmt: skip


async def _pending(world: World, caller: Caller) -> Input:
    house, tariff = world.house(caller), await larger()
    contract = house.contracts["shop" if caller is Caller.OTHER else "club"]
    package = house.packages["shop" if caller is Caller.OTHER else "club"]
    await TariffChange.filter(pending_for_id=contract).update(pending_for_id=None, state="REVOKED")
    row = await TariffChange.create(
        customer_id=house.customer, package_id=package, contract_id=contract, from_tariff_id=world.tariff,
        to_tariff_id=tariff.id, pending_for_id=contract, direction="DOWNGRADE", state="SCHEDULED",
        effective_on=(NOW + 30 * KEPT).date(), net_minor=1, gross_minor=1, currency="EUR", requested_at=NOW,
    )  # fmt: skip
    return {"id": row.id}


async def _stale(service: Service) -> dict[str, Any]:
    given = await _change(service.world, Caller.OWNER)
    assert given is not None
    return {**given, "previewToken": "0" * 64}


async def _reused(service: Service) -> dict[str, Any]:
    given = await _change(service.world, Caller.OWNER)
    assert given is not None
    token = await service.token(Caller.OWNER, raised=True)
    change = "mutation($input: TariffChangeInput!) { tariffChange(input: $input) { errors { code } } }"
    assert (await service.ask(change, {"input": given}, by=token)).data["tariffChange"]["errors"] == []
    return {**given, "previewToken": "other"}


async def _settled(service: Service) -> dict[str, Any]:
    given = await _pending(service.world, Caller.OWNER)
    assert given is not None
    await TariffChange.filter(id=given["id"]).update(state="REVOKED", pending_for_id=None)
    return given


NOBODYS = {"packageId": nobodys("pkg"), "tariffId": nobodys("trf"), "previewToken": "x", "idempotencyKey": "k"}

CASES: dict[str, Case] = {
    "tariffChange": Case(
        _change,
        NOBODYS,
        {
            "BAD_USER_INPUT": always({**NOBODYS, "idempotencyKey": ""}),
            "NOT_FOUND": always(NOBODYS),
            "CONFLICT": _stale,
            "IDEMPOTENCY_KEY_REUSED": _reused,
        },
    ),
    "tariffChangeRevoke": Case(
        _pending, {"id": nobodys("tch")}, {"NOT_FOUND": always({"id": nobodys("tch")}), "CONFLICT": _settled}
    ),
}
