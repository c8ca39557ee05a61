"""Signing in and out, and ending sessions."""

from __future__ import annotations

from typing import Any

from tests.api.authenticators import switch_off
from tests.api.cases.case import Case, Input, always, nothing
from tests.api.service import Service
from tests.world import PASSWORD, Caller, World, nobodys, open_session

WRONG = {"login": "anna", "password": "guessed"}


async def _sign_in(world: World, caller: Caller) -> Input:
    await switch_off(world.owner.customer)
    return {"login": "anna", "password": PASSWORD, "deviceName": "Tablet", "remember": True}


async def _session_of_the_customer(world: World, caller: Caller) -> Input:
    id, _ = await open_session(world.customer(caller))
    return {"id": id}


async def _too_often(service: Service) -> dict[str, Any]:
    for _ in range(6):
        await service.ask(
            "mutation($input: SignInInput!) { signIn(input: $input) { errors { code } } }", {"input": WRONG}
        )
    return {"login": "anna", "password": PASSWORD}


CASES: dict[str, Case] = {
    "signIn": Case(
        _sign_in,
        WRONG,
        {
            "INVALID_CREDENTIALS": always(WRONG),
            "RATE_LIMITED": _too_often,
            "BAD_USER_INPUT": always({"login": "x" * 10_000, "password": PASSWORD}),
        },
        empty=frozenset({"SignInPayload.twoFactorChallenge"}),
    ),
    "signOut": Case(nothing),
    "sessionEnd": Case(_session_of_the_customer, {"id": nobodys("ses")}, {"NOT_FOUND": always({"id": nobodys("ses")})}),
    "sessionEndOthers": Case(nothing),
}
