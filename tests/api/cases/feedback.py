"""Giving feedback."""

from __future__ import annotations

from typing import Any

from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import Caller, World

BAD = {"rating": 6, "text": "Sehr gut"}
GOOD = {"rating": 4, "text": "Gut erklärt", "page": "/help/mailbox-full"}
GIVE = "mutation($input: FeedbackCreateInput!) { feedbackCreate(input: $input) { errors { code } } }"


async def _feedback(world: World, caller: Caller) -> Input:
    return GOOD


async def _too_often(service: Service) -> dict[str, Any]:
    """Another session at the same address has used up what the address has."""
    for _ in range(4):
        token = await service.token(Caller.PACKAGE)
        for _ in range(10):
            await service.ask(GIVE, {"input": GOOD}, by=token)
    return GOOD


CASES: dict[str, Case] = {
    "feedbackCreate": Case(_feedback, BAD, {"BAD_USER_INPUT": always(BAD), "RATE_LIMITED": _too_often}),
}
