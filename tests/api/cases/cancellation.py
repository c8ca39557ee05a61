"""Cancellations."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from gateway.auth.auth_info import sealed_auth_info
from gateway.auth.cancellation_preview import preview_cancellation
from gateway.auth.viewer import SCOPES_OF, Viewer
from gateway.keys import Keyring
from models import Cancellation, Contract, Domain, SessionKind
from tests.api.cancelling import declare, fate
from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import KEYS, NOW, Caller, Household, World, nobodys

NOBODYS = {"subjectId": nobodys("pkg"), "previewToken": "0", "idempotencyKey": "a"}


def _of(world: World, caller: Caller) -> Household:
    return world.house(caller)


async def token(world: World, caller: Caller, subject: str) -> str:
    """The token of a preview of an add-on, as a customer gets it."""
    kind = SessionKind.CUSTOMER
    viewer = Viewer(kind, world.customer(caller), None, SCOPES_OF[kind], "")
    shown = await preview_cancellation(viewer, subject, (), 1, NOW)
    return (shown.token if shown else None) or ""


async def _add_on(world: World, caller: Caller) -> Input:
    id = _of(world, caller).add_ons["shop"]
    shown = await token(world, caller, id)
    return {"subjectId": id, "previewToken": shown, "idempotencyKey": "eins", "domains": []}


async def _undone(service: Service) -> dict[str, Any]:
    id = service.world.owner.cancellations["cancelled"]
    await Cancellation.filter(id=id).update(state="UNDONE", current_contract_id=None)
    return {"id": id}


async def _declared(world: World, caller: Caller) -> Input:
    """A cancellation of the caller's that waits; Bernd's is made to."""
    house = _of(world, caller)
    name = "shop" if caller is Caller.OTHER else "cancelled"
    id, contract = house.cancellations[name], house.contracts[name]
    await Contract.filter(id=contract).update(state="CANCELLED", ends_on="2026-07-30")
    await Cancellation.filter(id=id).update(
        state="DECLARED", settled_at=None, current_contract_id=contract,
        before={contract: {"before": {"state": "ACTIVE", "ends_on": None},
                           "after": {"state": "CANCELLED", "ends_on": "2026-07-30"}}},
    )  # fmt: skip
    return {"id": id}


async def _leaving(world: World, caller: Caller) -> Input:
    """A domain of the caller's that goes to another provider."""
    house, name = _of(world, caller), f"abschied-{uuid4().hex}.example"
    row = await Domain.create(
        customer_id=house.customer, package_id=house.packages["shop"], name=name, ascii_name=name, state="CANCELLED",
        ends_on="2026-05-05", auth_info_sealed=sealed_auth_info(Keyring(KEYS)), created_at=NOW,
    )  # fmt: skip
    return {"domainId": row.id}


async def _reused(service: Service) -> dict[str, Any]:
    add_on = service.world.owner.add_ons["shop"]
    assert (await declare(service, add_on, key="eins"))["errors"] == []
    return {"subjectId": service.world.owner.add_ons["club"], "previewToken": "0", "idempotencyKey": "eins"}


async def _stale(service: Service) -> dict[str, Any]:
    return {"subjectId": service.world.owner.add_ons["shop"], "previewToken": "0", "idempotencyKey": "a"}


async def _without_choices(service: Service) -> dict[str, Any]:
    shop = service.world.owner.packages["shop"]
    one = service.world.owner.domains["laden.example"]
    return {"subjectId": shop, "previewToken": "0", "idempotencyKey": "a", "domains": [fate(one, "DELETE")]}


async def _staying(service: Service) -> dict[str, Any]:
    return {"domainId": service.world.owner.domains["laden.example"]}


async def _receipt(world: World, caller: Caller) -> Input:
    house = _of(world, caller)
    return {"cancellationId": house.cancellations["shop" if caller is Caller.OTHER else "cancelled"]}


CASES: dict[str, Case] = {
    "cancellationDeclare": Case(
        _add_on,
        NOBODYS,
        {
            "BAD_USER_INPUT": _without_choices,
            "NOT_FOUND": always(NOBODYS),
            "CONFLICT": _stale,
            "IDEMPOTENCY_KEY_REUSED": _reused,
        },
    ),
    "cancellationUndo": Case(
        _declared,
        {"id": nobodys("can")},
        {"NOT_FOUND": always({"id": nobodys("can")}), "CONFLICT": _undone},
    ),
    "domainAuthInfoReveal": Case(
        _leaving,
        {"domainId": nobodys("dom")},
        {"NOT_FOUND": always({"domainId": nobodys("dom")}), "CONFLICT": _staying},
    ),
    "cancellationTicketCreate": Case(
        _receipt,
        {"cancellationId": nobodys("can")},
        {"NOT_FOUND": always({"cancellationId": nobodys("can")})},
    ),
}
