"""The customer password."""

from __future__ import annotations

from typing import Any

from gateway.auth.links import issue_link
from models import Customer, LinkPurpose
from models.database import in_unit_of_work
from tests.api.cases.case import Case, Input, always
from tests.api.service import Service
from tests.world import NOW, PASSWORD, Caller, World

NEW = "vier seltsame Quallen tauchen"
WRONG = {"currentPassword": "guessed", "newPassword": NEW}
NOBODY = {"code": "gwl_none", "newPassword": NEW}


async def reset_code(customer_id: str, lifetime: int = 1_800) -> str:
    """The code of a link that was sent to a customer just now."""
    email = (await Customer.get(id=customer_id)).email
    return await in_unit_of_work(
        lambda: issue_link(customer_id, LinkPurpose.PASSWORD_RESET, email, NOW, lifetime),
    )


async def _with_the_password(world: World, caller: Caller) -> Input:
    return {"currentPassword": PASSWORD, "newPassword": NEW}


async def _guessed_too_often(service: Service) -> dict[str, Any]:
    change = "mutation($input: PasswordChangeInput!) { passwordChange(input: $input) { errors { code } } }"
    token = await service.token(Caller.OWNER, raised=True)
    for _ in range(5):
        await service.ask(change, {"input": WRONG}, by=token)
    return {"currentPassword": PASSWORD, "newPassword": NEW}


async def _a_customer(world: World, caller: Caller) -> Input:
    return {"customerNumber": "10001", "email": "anna@example.com"}


async def _asked_too_often(service: Service) -> dict[str, Any]:
    ask = "mutation($input: PasswordResetRequestInput!) { passwordResetRequest(input: $input) { errors { code } } }"
    given = {"customerNumber": "10001", "email": "anna@example.com"}
    for _ in range(service.made.parts.settings.password_resets_per_hour):
        await service.ask(ask, {"input": given})
    return given


async def _with_a_code(world: World, caller: Caller) -> Input:
    # Of the other customer: the owner's reset would end the sessions that callers of the world have.
    return {"code": await reset_code(world.other.customer), "newPassword": f"{NEW} im Teich"}


async def _tried_too_often(service: Service) -> dict[str, Any]:
    reset = "mutation($input: PasswordResetInput!) { passwordReset(input: $input) { errors { code } } }"
    for _ in range(service.made.parts.settings.address_failures):
        await service.ask(reset, {"input": NOBODY})
    return NOBODY


CASES: dict[str, Case] = {
    "passwordChange": Case(
        _with_the_password,
        WRONG,
        {
            "BAD_USER_INPUT": always({"currentPassword": PASSWORD, "newPassword": "short"}),
            "INVALID_CREDENTIALS": always(WRONG),
            "RATE_LIMITED": _guessed_too_often,
        },
    ),
    "passwordResetRequest": Case(
        _a_customer,
        {"customerNumber": "", "email": "anna@example.com"},
        {
            "BAD_USER_INPUT": always({"customerNumber": "10001", "email": "anna"}),
            "RATE_LIMITED": _asked_too_often,
        },
    ),
    "passwordReset": Case(_with_a_code, NOBODY, {"BAD_USER_INPUT": always(NOBODY), "RATE_LIMITED": _tried_too_often}),
}
