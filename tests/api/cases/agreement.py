"""Data processing agreements."""

from __future__ import annotations

from typing import Any

from models import Agreement, AgreementEvent, AgreementFile, AgreementVersion
from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import Caller, World

SIGNED = {"version": "2026-1", "signatory": "Jürgen Ärmel"}


async def _take_back(world: World, caller: Caller) -> Input:
    """Bernd has concluded this version: not any more."""
    if caller is Caller.OTHER:
        id = world.other.agreements["new"]
        await AgreementFile.filter(agreement_id=id).delete()
        await AgreementEvent.filter(agreement_id=id).delete()
        await Agreement.filter(id=id).delete()
    return None


async def _not_concluded_yet(world: World, caller: Caller) -> Input:
    await _take_back(world, caller)
    return SIGNED


async def _concluded_by_somebody_else(service: Service) -> dict[str, Any]:
    reply = await service.ask(
        "mutation($input: AgreementConcludeInput!) { agreementConclude(input: $input) { errors { code } } }",
        {"input": {**SIGNED, "signatory": "Karla Ärmel"}},
        by=await service.token(Caller.OWNER, raised=True),
    )
    assert reply.data == {"agreementConclude": {"errors": []}}
    return SIGNED


async def _nothing_on_offer(service: Service) -> dict[str, Any]:
    await AgreementVersion.all().update(valid_from="2027-01-01")
    return {}


CASES: dict[str, Case] = {
    "agreementRequest": Case(_take_back, None, {"NOT_FOUND": _nothing_on_offer}),
    "agreementConclude": Case(
        _not_concluded_yet,
        {**SIGNED, "version": "1999-1"},
        {
            "BAD_USER_INPUT": always({**SIGNED, "signatory": "X"}),
            "NOT_FOUND": always({**SIGNED, "version": "1999-1"}),
            "CONFLICT": _concluded_by_somebody_else,
        },
    ),
}
