"""Declarations."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from gateway.auth.allowance import Allowance
from gateway.auth.declaration_draft import Given, read_draft, sealed_draft
from gateway.auth.password_reset import mailbox
from gateway.auth.tokens import TokenKind, new_token, token_hash
from gateway.keys import Keyring
from models import Contract, Declaration, DeclarationKind
from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import KEYS, NOW, Caller, World, nobodys

EMAIL = "zoe@example.com"
GOOD = {
    "kind": "EXTRAORDINARY_CANCELLATION",
    "name": "Zoë Müller",
    "identification": "Große Straße 1, Hamburg",
    "contract": "V-00017",
    "reason": "Der Server steht seit Wochen still.",
    "requestedOn": "2026-04-30",
    "email": EMAIL,
}
BAD = GOOD | {"name": ""}
NO_TOKEN = {"token": "1:none"}
NO_CODE = {"code": "gwv_none"}
EXTRAORDINARY = {"reason": "Der Server steht still.", "requestedOn": "2026-03-31"}
NOBODYS = {**EXTRAORDINARY, "contractId": nobodys("ctr"), "idempotencyKey": "nobody"}
ASK = (
    "mutation($input: ExtraordinaryCancellationRequestInput!) "
    "{ extraordinaryCancellationRequest(input: $input) { declaration { id } errors { code } } }"
)


def token(at: datetime = NOW, **changed: Any) -> str:
    """The token of a first step at `at`."""
    values = {"identification": None, "reason": None, "requested_on": None} | changed
    given = Given(
        values.get("kind", DeclarationKind.CANCELLATION), values.get("name", "Zoë Müller"), values["identification"],
        values.get("contract", "V-00017"), values["reason"], values["requested_on"], values.get("email", EMAIL),
    )  # fmt: skip
    return sealed_draft(Keyring(KEYS), read_draft(given, 3_600, at))


async def code(at: datetime = NOW) -> str:
    """The code in the mail of a declaration that arrived at `at`."""
    sent = new_token(TokenKind.DECLARATION)
    await Declaration.create(
        kind="CANCELLATION", state="RECEIVED", number=sent[-20:].upper(), name="Zoë", email=EMAIL, contract_text="V",
        language="de", received_at=at, sha256="0" * 64, confirm_hash=token_hash(TokenKind.DECLARATION, sent),
    )  # fmt: skip
    return sent


async def _prepare(world: World, caller: Caller) -> Input:
    return GOOD


async def _confirm(world: World, caller: Caller) -> Input:
    kind, reason = DeclarationKind.EXTRAORDINARY_CANCELLATION, "Der Server steht still."
    day = NOW.date() + timedelta(days=30)
    return {"token": token(kind=kind, reason=reason, identification="10001", requested_on=day)}


async def _confirm_email(world: World, caller: Caller) -> Input:
    return {"code": await code()}


async def _request(world: World, caller: Caller) -> Input:
    house = world.house(caller)
    return {**EXTRAORDINARY, "contractId": house.contracts["shop"], "idempotencyKey": f"ask-{caller}".replace(" ", "-")}


async def _receipt(world: World, caller: Caller) -> Input:
    house = world.house(caller)
    return {"declarationId": house.declarations["waiting"]}


async def _spent(service: Service, kind: str, most: int, who: str) -> None:
    allowance = Allowance(Keyring(KEYS), kind, most=most, window=3_600)
    for _ in range(most):
        await allowance.spend(who, service.clock.now)


async def _prepared_too_often(service: Service) -> dict[str, Any]:
    most = 5 * service.made.parts.settings.declarations_per_address
    await _spent(service, "declaration preparation", most, "192.0.2.77")
    return GOOD


async def _confirmed_too_often(service: Service) -> dict[str, Any]:
    most = service.made.parts.settings.declarations_per_email
    await _spent(service, "declaration of email", most, mailbox(EMAIL))
    return {"token": token()}


async def _tried_too_often(service: Service) -> dict[str, Any]:
    most = service.made.parts.settings.declarations_per_address
    await _spent(service, "declaration confirmation", most, "192.0.2.77")
    return NO_CODE


async def _no_reason(service: Service) -> dict[str, Any]:
    return {"contractId": service.world.owner.contracts["shop"], "reason": " ", "idempotencyKey": "a"}


async def _over(service: Service) -> dict[str, Any]:
    contract = service.world.owner.contracts["club"]
    await Contract.filter(id=contract).update(state="ENDED")
    return {**EXTRAORDINARY, "contractId": contract, "idempotencyKey": "a"}


async def _reused(service: Service) -> dict[str, Any]:
    given = {**EXTRAORDINARY, "contractId": service.world.owner.contracts["shop"], "idempotencyKey": "a"}
    await service.ask(ASK, {"input": given}, by=await service.token(Caller.OWNER, raised=True))
    return given | {"reason": "Ein anderer Grund."}


async def _asked_too_often(service: Service) -> dict[str, Any]:
    most = service.made.parts.settings.declarations_per_email
    await _spent(service, "declaration of customer", most, service.world.owner.customer)
    return {**EXTRAORDINARY, "contractId": service.world.owner.contracts["shop"], "idempotencyKey": "b"}


CASES: dict[str, Case] = {
    "declarationPrepare": Case(_prepare, BAD, {"BAD_USER_INPUT": always(BAD), "RATE_LIMITED": _prepared_too_often}),
    "declarationConfirm": Case(
        _confirm, NO_TOKEN, {"BAD_USER_INPUT": always(NO_TOKEN), "RATE_LIMITED": _confirmed_too_often}
    ),
    "declarationEmailConfirm": Case(
        _confirm_email, NO_CODE, {"BAD_USER_INPUT": always(NO_CODE), "RATE_LIMITED": _tried_too_often}
    ),
    "extraordinaryCancellationRequest": Case(
        _request,
        NOBODYS,
        {
            "BAD_USER_INPUT": _no_reason,
            "NOT_FOUND": always(NOBODYS),
            "CONFLICT": _over,
            "IDEMPOTENCY_KEY_REUSED": _reused,
            "RATE_LIMITED": _asked_too_often,
        },
    ),
    "declarationTicketCreate": Case(
        _receipt, {"declarationId": nobodys("dcl")}, {"NOT_FOUND": always({"declarationId": nobodys("dcl")})}
    ),
}
