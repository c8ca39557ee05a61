"""Giving the password again."""

from __future__ import annotations

from typing import Any

from tests.api.authenticators import RECOVERY_CODE, shown, switch_off, switch_on
from tests.api.cases.case import Case, Failing, Input, always
from tests.api.service import Service
from tests.world import NOW, PASSWORD, TOTP_SECRET, Caller, World

WRONG = {"password": "guessed"}
RIGHT = {"password": PASSWORD}


async def _with_the_password(world: World, caller: Caller) -> Input:
    await switch_off(world.customer(caller))
    return RIGHT


def _with_two_factor(**given: Any) -> Failing:
    async def gives(service: Service) -> dict[str, Any]:
        await switch_on(service.world.owner.customer)
        return RIGHT | given

    return gives


async def _too_often(service: Service) -> dict[str, Any]:
    for _ in range(5):
        await service.ask(
            "mutation($input: ReauthenticateInput!) { reauthenticate(input: $input) { errors { code } } }",
            {"input": WRONG},
            by=Caller.OWNER,
        )
    return RIGHT


CASES: dict[str, Case] = {
    "reauthenticate": Case(
        _with_the_password,
        WRONG,
        {
            "INVALID_CREDENTIALS": always(WRONG),
            "TWO_FACTOR_REQUIRED": _with_two_factor(),
            "TWO_FACTOR_INVALID": _with_two_factor(recoveryCode="0000-0000-0000-0000"),
            "BAD_USER_INPUT": always({**RIGHT, "code": shown(TOTP_SECRET, NOW), "recoveryCode": RECOVERY_CODE}),
            "RATE_LIMITED": _too_often,
        },
    ),
}
