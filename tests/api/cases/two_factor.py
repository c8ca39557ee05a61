"""The second factor: signing in with it, devices, recovery codes, switching it off."""

from __future__ import annotations

from typing import Any

from tests.api.authenticators import (
    RECOVERY_CODE,
    SECRET,
    add_device,
    add_pending,
    shown,
    switch_off,
    switch_on,
)
from tests.api.cases.case import Case, Failing, Input, always
from tests.api.service import Service
from tests.world import NOW, PASSWORD, Caller, World, nobodys

SIGN_IN = (
    """mutation($input: SignInInput!) { signIn(input: $input) { twoFactorChallenge { token } errors { code } } }"""
)
SECOND_STEP = "mutation($input: SignInTwoFactorInput!) { signInTwoFactor(input: $input) { errors { code } } }"
CONFIRM = "mutation($input: TwoFactorConfirmInput!) { twoFactorConfirm(input: $input) { errors { code } } }"
DISABLE = "mutation($input: TwoFactorDisableInput!) { twoFactorDisable(input: $input) { errors { code } } }"
OTHER_SECRET = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
NO_TOKEN = {"token": "gwc_" + "0" * 72, "code": "123456"}
NO_DEVICE = {"id": nobodys("aut")}


async def challenge(service: Service) -> str:
    """A sign-in of the owner that waits for its second step."""
    await switch_on(service.world.owner.customer)
    reply = await service.ask(SIGN_IN, {"input": {"login": "anna", "password": PASSWORD}})
    return str(reply.data["signIn"]["twoFactorChallenge"]["token"])


def wrong(at: Any = NOW) -> str:
    """Six digits that are no code now."""
    near = {shown(SECRET, at, steps=step) for step in (-1, 0, 1)}
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in near)


def second_step(**given: Any) -> Failing:
    async def gives(service: Service) -> dict[str, Any]:
        return {"token": await challenge(service), **given}

    return gives


async def _guessed_too_often(service: Service) -> dict[str, Any]:
    token = await challenge(service)
    for _ in range(5):
        await service.ask(SECOND_STEP, {"input": {"token": token, "code": wrong()}})
    return {"token": await challenge(service), "code": shown(SECRET, NOW)}


async def _waiting(world: World, caller: Caller) -> Input:
    await switch_off(world.customer(caller))
    id = await add_pending(world.customer(caller))
    return {"deviceId": id, "code": shown(SECRET, NOW)}


async def _not_signed_in_twice(world: World, caller: Caller) -> Input:
    # Made straight in the tables: the case knows no service to sign in with.
    from gateway.auth.challenges import Challenges, Waiting
    from gateway.settings import Settings
    from models import Customer

    customer = await Customer.get(id=world.owner.customer)
    await switch_on(customer.id)
    waiting = Waiting(customer.id, customer.password_hash, None, "Tablet", remembered=True)
    challenged = await Challenges(Settings()).issue(waiting, NOW)
    return {"token": challenged.token, "code": shown(SECRET, NOW)}


async def _a_name(world: World, caller: Caller) -> Input:
    await switch_off(world.customer(caller))
    return {"name": "Handy"}


async def _a_device(world: World, caller: Caller) -> Input:
    return {"id": await switch_on(world.customer(caller)), "name": "Altes Handy", "version": 1}


async def _one_of_two(world: World, caller: Caller) -> Input:
    await switch_on(world.customer(caller))
    return {"id": await add_device(world.customer(caller), secret=OTHER_SECRET)}


async def _the_password_and_a_code(world: World, caller: Caller) -> Input:
    await switch_on(world.customer(caller))
    return {"password": PASSWORD, "code": shown(SECRET, NOW)}


async def _codes(world: World, caller: Caller) -> Input:
    await switch_on(world.customer(caller))
    return None


def with_two_factor(**given: Any) -> Failing:
    """An input while the owner has it."""

    async def gives(service: Service) -> dict[str, Any]:
        await switch_on(service.world.owner.customer)
        return given

    return gives


def with_a_device(**given: Any) -> Failing:
    """An input about the owner's only device."""

    async def gives(service: Service) -> dict[str, Any]:
        return {"id": await switch_on(service.world.owner.customer), **given}

    return gives


async def _wrong_first_code(service: Service) -> dict[str, Any]:
    return {"deviceId": await add_pending(service.world.owner.customer), "code": wrong()}


async def _wrong_first_code_too_often(service: Service) -> dict[str, Any]:
    given = await _wrong_first_code(service)
    for _ in range(5):
        await service.ask(CONFIRM, {"input": given}, by=Caller.OWNER)
    return {**given, "code": shown(SECRET, NOW)}


async def _wrong_password_too_often(service: Service) -> dict[str, Any]:
    await switch_on(service.world.owner.customer)
    for _ in range(5):
        await service.ask(DISABLE, {"input": {"password": "guessed"}}, by=Caller.OWNER)
    return {"password": PASSWORD, "code": shown(SECRET, NOW)}


async def _too_many_devices(service: Service) -> dict[str, Any]:
    for _ in range(10):
        await add_pending(service.world.owner.customer)
    return {"name": "Handy"}


async def _switched_off(service: Service) -> None:
    await switch_off(service.world.owner.customer)


CASES: dict[str, Case] = {
    "signInTwoFactor": Case(
        _not_signed_in_twice,
        NO_TOKEN,
        {
            "INVALID_CREDENTIALS": always(NO_TOKEN),
            "TWO_FACTOR_REQUIRED": second_step(),
            "TWO_FACTOR_INVALID": second_step(code=wrong()),
            "RATE_LIMITED": _guessed_too_often,
            "BAD_USER_INPUT": second_step(code="123456", recoveryCode=RECOVERY_CODE),
        },
        empty=frozenset({"SignInPayload.twoFactorChallenge"}),
    ),
    "twoFactorBegin": Case(
        _a_name, {"name": " "}, {"BAD_USER_INPUT": always({"name": "x" * 81}), "CONFLICT": _too_many_devices}
    ),
    "twoFactorConfirm": Case(
        _waiting,
        {"deviceId": nobodys("aut"), "code": "123456"},
        {
            "NOT_FOUND": always({"deviceId": nobodys("aut"), "code": "123456"}),
            "TWO_FACTOR_INVALID": _wrong_first_code,
            "RATE_LIMITED": _wrong_first_code_too_often,
        },
    ),
    "twoFactorDeviceRename": Case(
        _a_device,
        {**NO_DEVICE, "name": "Handy", "version": 1},
        {
            "BAD_USER_INPUT": with_a_device(name="a\x00b", version=1),
            "NOT_FOUND": always({**NO_DEVICE, "name": "Handy", "version": 1}),
            "CONFLICT": with_a_device(name="Handy", version=7),
        },
    ),
    "twoFactorDeviceRemove": Case(
        _one_of_two, NO_DEVICE, {"NOT_FOUND": always(NO_DEVICE), "CONFLICT": with_a_device()}
    ),
    "twoFactorDisable": Case(
        _the_password_and_a_code,
        {"password": "guessed", "code": "123456"},
        {
            "INVALID_CREDENTIALS": with_two_factor(password="guessed", code=shown(SECRET, NOW)),
            "TWO_FACTOR_REQUIRED": with_two_factor(password=PASSWORD),
            "TWO_FACTOR_INVALID": with_two_factor(password=PASSWORD, code=wrong()),
            "CONFLICT": always({"password": PASSWORD}),
            "RATE_LIMITED": _wrong_password_too_often,
            "BAD_USER_INPUT": always({"password": PASSWORD, "code": "123456", "recoveryCode": RECOVERY_CODE}),
        },
    ),
    "recoveryCodesRegenerate": Case(_codes, None, {"CONFLICT": always({})}),
}
