"""Giving the password again."""

from __future__ import annotations

from typing import Any

from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import PASSWORD, Caller, World

WRONG = {"password": "guessed"}
RIGHT = {"password": PASSWORD}


async def _with_the_password(world: World, caller: Caller) -> Input:
    return RIGHT


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
        _with_the_password, WRONG, {"INVALID_CREDENTIALS": always(WRONG), "RATE_LIMITED": _too_often}
    ),
}
