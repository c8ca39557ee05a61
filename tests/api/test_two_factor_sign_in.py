"""Signing in takes a second step where there is a second factor (SECURITY T1–T7, AU8, SE3)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from models import AuditEvent, Authenticator, Customer, OutboxMessage, RecoveryCode, Session, SignInChallenge
from tests.api.authenticators import RECOVERY_CODE, SECRET, add_device, shown, switch_off, switch_on
from tests.api.cases.two_factor import OTHER_SECRET, wrong
from tests.api.conftest import Serve
from tests.api.service import Service
from tests.world import NOW, PACKAGE_PASSWORD, PASSWORD

PAYLOAD = """{ session { id token kind scopes expiresAt idleSeconds } twoFactorChallenge { token expiresAt } deviceToken
  errors { code message path retryAfter } }"""
SIGN_IN = f"mutation($input: SignInInput!) {{ signIn(input: $input) {PAYLOAD} }}"
SECOND_STEP = f"mutation($input: SignInTwoFactorInput!) {{ signInTwoFactor(input: $input) {PAYLOAD} }}"
WIDE_OPEN = {"free_failures": 1_000, "address_failures": 1_000, "account_failures": 1_000}

OVER = ("INVALID_CREDENTIALS", ["input", "token"])
REFUSED = ("TWO_FACTOR_INVALID", ["input", "code"])


async def first(service: Service, **more: Any) -> dict[str, Any]:
    given = {"login": "anna", "password": PASSWORD, **more}
    payload = (await service.ask(SIGN_IN, {"input": given})).data["signIn"]
    assert isinstance(payload, dict)
    return payload


async def challenge(service: Service, **more: Any) -> str:
    """The token of a sign-in that waits for its second step."""
    payload = await first(service, **more)
    assert payload["session"] is None, "the account has no second factor"
    return str(payload["twoFactorChallenge"]["token"])


async def second(service: Service, token: str, **proof: str) -> dict[str, Any]:
    payload = (await service.ask(SECOND_STEP, {"input": {"token": token, **proof}})).data["signInTwoFactor"]
    assert isinstance(payload, dict)
    return payload


def told(payload: dict[str, Any]) -> tuple[str, list[str]]:
    """Code and path of the one error, with which there is nothing else."""
    (error,) = payload["errors"]
    assert {name: value for name, value in payload.items() if value is not None} == {"errors": [error]}
    return error["code"], error["path"]


@pytest.fixture
async def on(service: Service) -> Service:
    """The gateway, and Anna has an authenticator."""
    await switch_on(service.world.owner.customer)
    return service


async def test_the_password_alone_gives_a_challenge_and_no_session(on: Service) -> None:
    before = await Session.all().count()
    payload = await first(on)
    assert payload["errors"] == []
    assert (payload["session"], payload["deviceToken"]) == (None, None)
    assert payload["twoFactorChallenge"]["expiresAt"] == "2026-03-02T12:05:00Z"
    assert await Session.all().count() == before


async def test_a_code_of_the_app_finishes_it(on: Service) -> None:
    token = await challenge(on, deviceName="Tablet", remember=True)
    payload = await second(on, token, code=shown(SECRET, NOW))
    assert payload["errors"] == []
    session = payload["session"]
    assert (session["kind"], session["idleSeconds"], len(session["scopes"])) == ("CUSTOMER", 2_592_000, 22)
    stored = await Session.get(id=session["id"])
    assert (stored.device_name, stored.remembered) == ("Tablet", True)
    viewer = (await on.ask("{ viewer { session { id } customer { number } } }", by=session["token"])).data["viewer"]
    assert viewer == {"session": {"id": session["id"]}, "customer": {"number": "10001"}}
    device = await Authenticator.get(customer_id=on.world.owner.customer)
    assert device.last_used_at == NOW


async def test_a_wrong_password_is_answered_as_without_a_second_factor(on: Service) -> None:
    wrong_password = await on.ask(SIGN_IN, {"input": {"login": "anna", "password": "guessed"}})
    await switch_off(on.world.owner.customer)
    again = await on.ask(SIGN_IN, {"input": {"login": "anna", "password": "guessed"}})
    assert wrong_password.body == again.body


async def test_a_package_login_has_no_second_step(on: Service) -> None:
    given = {"login": "laden.example", "password": PACKAGE_PASSWORD}
    payload = (await on.ask(SIGN_IN, {"input": given})).data["signIn"]
    assert payload["session"]["kind"] == "PACKAGE"


async def test_a_device_that_only_waits_for_its_code_changes_nothing(service: Service) -> None:
    assert await Authenticator.filter(customer_id=service.world.owner.customer, confirmed_at=None).count() == 1
    assert (await first(service))["session"] is not None


@pytest.mark.parametrize(("steps", "accepted"), [(-2, False), (-1, True), (0, True), (1, False), (2, False)])
@pytest.mark.parametrize("within", [0, 29.999], ids=["as the step begins", "as it ends"])
async def test_the_code_of_this_step_and_of_the_one_before_are_good(
    on: Service, steps: int, accepted: bool, within: float
) -> None:
    assert on.clock.now.timestamp() % 30 == 0
    on.clock.wait(seconds=within)
    token = await challenge(on)
    payload = await second(on, token, code=shown(SECRET, NOW, steps=steps))
    if accepted:
        assert payload["session"]
    else:
        assert told(payload) == REFUSED


async def test_a_code_is_good_once(on: Service) -> None:
    code = shown(SECRET, NOW)
    assert (await second(on, await challenge(on), code=code))["session"]
    assert told(await second(on, await challenge(on), code=code)) == REFUSED
    assert told(await second(on, await challenge(on), code=shown(SECRET, NOW, steps=-1))) == REFUSED
    on.clock.wait(seconds=30)
    assert told(await second(on, await challenge(on), code=code)) == REFUSED
    assert (await second(on, await challenge(on), code=shown(SECRET, on.clock.now)))["session"]


NO_CODES = [
    "", " ", "12345", "1234567", " 123456", "123456\n", "１２３４５６", "١٢٣٤٥٦", "१२३४५६", "12345６", "-12345", "+12345",
    "12 456", "0x1234", "1e5678", "\x00" * 6, "9" * 60_000,
]  # fmt: skip


async def test_what_is_not_six_ascii_digits_is_no_code(serve: Serve) -> None:
    async with serve(**WIDE_OPEN) as service:
        await switch_on(service.world.owner.customer)
        code = shown(SECRET, NOW)
        full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
        arabic = "".join(chr(ord(digit) - 0x30 + 0x0660) for digit in code)
        for text in [*NO_CODES, full_width, arabic, f"{code} ", f"{code}\n", f" {code}", code[:3] + " " + code[3:]]:
            assert told(await second(service, await challenge(service), code=text)) == REFUSED, ascii(text)[:20]
        assert (await second(service, await challenge(service), code=code))["session"], "none of them used it up"


async def test_a_megabyte_is_refused_at_the_door(on: Service) -> None:
    token = await challenge(on)
    reply = await on.ask(SECOND_STEP, {"input": {"token": token, "code": "1" * 1_048_576}})
    assert reply.status == 413


async def test_five_wrong_codes_void_the_sign_in_and_are_told_by_mail(on: Service) -> None:
    token = await challenge(on)
    for _ in range(5):
        assert told(await second(on, token, code=wrong())) == REFUSED
        on.clock.wait(seconds=1)
    code = shown(SECRET, on.clock.now)
    assert told(await second(on, token, code=code)) == OVER
    mail = await OutboxMessage.get(kind="mail.two_factor_guessed")
    assert (mail.customer_id, mail.payload["address"]) == (on.world.owner.customer, "192.0.2.0")
    on.clock.wait(seconds=30)
    assert (await second(on, await challenge(on), code=shown(SECRET, on.clock.now)))["session"]


async def test_the_fifth_code_may_be_the_right_one(on: Service) -> None:
    token = await challenge(on)
    for _ in range(4):
        assert told(await second(on, token, code=wrong())) == REFUSED
    assert (await second(on, token, code=shown(SECRET, NOW)))["session"]
    assert await OutboxMessage.filter(kind="mail.two_factor_guessed").count() == 0


async def test_a_sign_in_can_be_finished_for_five_minutes(on: Service) -> None:
    early, late = await challenge(on), await challenge(on)
    on.clock.wait(minutes=5, microseconds=-1)
    assert (await second(on, early, code=shown(SECRET, on.clock.now)))["session"]
    on.clock.wait(seconds=30)
    assert told(await second(on, late, code=shown(SECRET, on.clock.now))) == OVER


async def test_whatever_is_wrong_with_a_challenge_is_told_in_the_same_words(on: Service) -> None:
    async def answer(token: str) -> bytes:
        given = {"token": token, "code": shown(SECRET, on.clock.now)}
        return (await on.ask(SECOND_STEP, {"input": given})).body

    used = await challenge(on)
    assert (await second(on, used, code=shown(SECRET, NOW)))["session"]
    answers = {await answer(text) for text in ("", "x", "gwc_" + "0" * 72, "gws" + used[3:], used, used.upper())}
    changed = await challenge(on)
    await Customer.filter(id=on.world.owner.customer).update(password_hash="v1$2b$04$" + "x" * 53)
    answers.add(await answer(changed))
    await Customer.filter(id=on.world.owner.customer).update(disabled_at=NOW)
    answers.add(await answer(changed))
    on.clock.wait(minutes=5)
    answers.add(await answer(changed))
    assert len(answers) == 1
    assert b"INVALID_CREDENTIALS" in answers.pop()


async def test_a_challenge_of_a_disabled_customer_opens_nothing(on: Service) -> None:
    token = await challenge(on)
    await Customer.filter(id=on.world.owner.customer).update(disabled_at=NOW)
    assert told(await second(on, token, code=shown(SECRET, NOW))) == OVER
    assert await Authenticator.filter(last_step__gt=0).count() == 0, "no code was used up"


async def test_a_challenge_ends_when_the_second_factor_is_switched_off(on: Service) -> None:
    token = await challenge(on)
    await Authenticator.filter(customer_id=on.world.owner.customer).delete()
    assert told(await second(on, token, recoveryCode=RECOVERY_CODE)) == OVER


async def test_a_recovery_code_does_it_too_once_and_is_told_by_mail(on: Service) -> None:
    before = await OutboxMessage.all().count()
    payload = await second(on, await challenge(on), recoveryCode=RECOVERY_CODE.upper().replace("-", " "))
    assert payload["session"]
    mail = await OutboxMessage.get(kind="mail.recovery_code_used")
    assert (mail.payload["to"], mail.payload["left"]) == (["anna@example.com"], 0)
    assert await OutboxMessage.all().count() == before + 2, "and one about the new device"
    again = await second(on, await challenge(on), recoveryCode=RECOVERY_CODE)
    assert told(again) == ("TWO_FACTOR_INVALID", ["input", "recoveryCode"])


@pytest.mark.parametrize("text", ["", "x" * 60_000, "０" * 16, "0000-0000-0000-0000", "\x00", "7k3f-9mqx-02ha"])
async def test_another_text_is_no_recovery_code(on: Service, text: str) -> None:
    payload = await second(on, await challenge(on), recoveryCode=text)
    assert told(payload) == ("TWO_FACTOR_INVALID", ["input", "recoveryCode"])
    assert await RecoveryCode.filter(customer_id=on.world.owner.customer, used_at=None).count() == 1


async def test_a_recovery_code_is_of_one_customer(on: Service) -> None:
    await switch_on(on.world.other.customer)
    await RecoveryCode.filter(customer_id=on.world.owner.customer).delete()
    assert told(await second(on, await challenge(on), recoveryCode=RECOVERY_CODE))[0] == "TWO_FACTOR_INVALID"


async def test_without_a_proof_or_with_two_nothing_is_used_up(on: Service) -> None:
    token = await challenge(on)
    assert told(await second(on, token)) == ("TWO_FACTOR_REQUIRED", ["input", "code"])
    both = await second(on, token, code=shown(SECRET, NOW), recoveryCode=RECOVERY_CODE)
    assert told(both) == ("BAD_USER_INPUT", ["input", "recoveryCode"])
    assert (await SignInChallenge.get(customer_id=on.world.owner.customer)).failures == 0
    assert (await second(on, token, code=shown(SECRET, NOW)))["session"]


async def test_any_of_several_devices_will_do(on: Service) -> None:
    await add_device(on.world.owner.customer, name="Tablet", secret=OTHER_SECRET)
    assert (await second(on, await challenge(on), code=shown(OTHER_SECRET, NOW)))["session"]
    assert (await second(on, await challenge(on), code=shown(SECRET, NOW)))["session"]
    used = {device.name: device.last_step for device in await Authenticator.filter(last_step__gt=0)}
    assert used == {"Tablet": NOW.timestamp() // 30, "Handy": NOW.timestamp() // 30}


async def test_a_trusted_device_is_trusted_after_the_second_step_and_needs_it_again(on: Service) -> None:
    token = await challenge(on)
    payload = await second(on, token, code=shown(SECRET, NOW))
    device = payload["deviceToken"]
    assert device.startswith("gwd_")
    on.clock.wait(seconds=30)
    before = await OutboxMessage.all().count()
    again = await second(on, await challenge(on, deviceToken=device), code=shown(SECRET, on.clock.now))
    assert again["session"]
    assert again["deviceToken"] is None, "the one that was sent stays good"
    assert await OutboxMessage.all().count() == before, "no mail about a device that is known"


async def test_wrong_codes_are_slowed_down_across_sign_ins(on: Service) -> None:
    for _ in range(5):
        assert told(await second(on, await challenge(on), code=wrong())) == REFUSED
    payload = await second(on, await challenge(on), code=shown(SECRET, NOW))
    (error,) = payload["errors"]
    assert (error["code"], error["retryAfter"]) == ("RATE_LIMITED", 1)
    on.clock.wait(seconds=1)
    assert (await second(on, await challenge(on), code=shown(SECRET, NOW)))["session"]


async def test_wrong_codes_of_strangers_do_not_hold_off_a_trusted_device(on: Service) -> None:
    payload = await second(on, await challenge(on), code=shown(SECRET, NOW))
    on.clock.wait(seconds=30)
    for _ in range(5):
        assert told(await second(on, await challenge(on), code=wrong(on.clock.now))) == REFUSED
    code = shown(SECRET, on.clock.now)
    assert told(await second(on, await challenge(on), code=code))[0] == "RATE_LIMITED"
    assert (await second(on, await challenge(on, deviceToken=payload["deviceToken"]), code=code))["session"]


async def test_right_passwords_without_a_second_step_do_not_count_as_guesses(on: Service) -> None:
    for _ in range(30):
        await challenge(on)
    assert await SignInChallenge.filter(customer_id=on.world.owner.customer).count() == 20, "the oldest are dropped"


async def test_a_right_password_does_not_pardon_wrong_ones(on: Service) -> None:
    for _ in range(4):
        assert told(await first(on, password="guessed"))[0] == "INVALID_CREDENTIALS"
    await challenge(on)
    assert told(await first(on, password="guessed"))[0] == "INVALID_CREDENTIALS"
    assert told(await first(on, password="guessed"))[0] == "RATE_LIMITED"


async def test_each_step_is_written_down(on: Service) -> None:
    token = await challenge(on)
    await second(on, token, code=wrong())
    await second(on, token, code=shown(SECRET, NOW))
    entries = await AuditEvent.filter(action="session.sign_in").order_by("id")
    assert [(e.result, e.detail and e.detail.get("second_factor")) for e in entries] == [
        ("TWO_FACTOR_REQUIRED", None),
        ("TWO_FACTOR_INVALID", None),
        ("OK", "code"),
    ]


@pytest.mark.parametrize("one_challenge", [True, False], ids=["one sign-in", "twenty sign-ins"])
async def test_of_fifty_parallel_uses_of_a_code_one_signs_in(serve: Serve, one_challenge: bool) -> None:
    async with serve(**WIDE_OPEN, challenge_tries=20) as service:
        await switch_on(service.world.owner.customer)
        tokens = [await challenge(service) for _ in range(1 if one_challenge else 20)]
        code = shown(SECRET, NOW)
        payloads = await asyncio.gather(*(second(service, tokens[n % len(tokens)], code=code) for n in range(50)))
        assert sum(payload["session"] is not None for payload in payloads) == 1
        assert await AuditEvent.filter(action="session.sign_in", result="OK").count() == 1
        codes = {payload["errors"][0]["code"] for payload in payloads if payload["errors"]}
        assert codes <= {"TWO_FACTOR_INVALID", "INVALID_CREDENTIALS", "RATE_LIMITED", "UNAVAILABLE"}


async def test_of_fifty_parallel_uses_of_a_recovery_code_one_signs_in(serve: Serve) -> None:
    async with serve(**WIDE_OPEN, challenge_tries=20) as service:
        await switch_on(service.world.owner.customer)
        tokens = [await challenge(service) for _ in range(20)]
        payloads = await asyncio.gather(
            *(second(service, tokens[n % 20], recoveryCode=RECOVERY_CODE) for n in range(50))
        )
        assert sum(payload["session"] is not None for payload in payloads) == 1


async def test_a_copy_of_the_database_holds_no_secret(on: Service) -> None:
    from tests.auth.test_secrets_at_rest import dump

    token = await challenge(on)
    payload = await second(on, token, code=shown(SECRET, NOW))
    everything = await dump()
    for secret in (
        SECRET,
        RECOVERY_CODE,
        RECOVERY_CODE.replace("-", ""),
        token,
        token[4:],
        payload["session"]["token"],
    ):
        assert secret not in everything
    assert (await SignInChallenge.get(customer_id=on.world.owner.customer)).token_hash in everything
    device = await Authenticator.get(customer_id=on.world.owner.customer)
    assert device.secret_sealed.startswith("1:"), "the number of its key"


async def test_the_lifetime_of_a_sign_in_is_a_setting(serve: Serve) -> None:
    async with serve(challenge_lifetime=60, challenge_tries=1) as service:
        await switch_on(service.world.owner.customer)
        token = await challenge(service)
        assert told(await second(service, token, code=wrong())) == REFUSED
        assert told(await second(service, token, code=shown(SECRET, NOW))) == OVER
        late = await challenge(service)
        service.clock.now += timedelta(seconds=60)
        assert told(await second(service, late, code=shown(SECRET, service.clock.now))) == OVER
