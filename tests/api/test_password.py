"""The customer password: its rule as data, how strong one would be, and changing it (SECURITY AU4, AU9, SE4)."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import bcrypt
import pytest

from gateway.auth import new_passwords
from gateway.auth.strength import Strength
from models import AuditEvent, Authenticator, Customer, LinkCode, OutboxMessage, Session, SignInChallenge, TrustedDevice
from tests.api.authenticators import switch_off, switch_on
from tests.api.cases.password import NEW, reset_code
from tests.api.conftest import Serve
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.http.asking import Log
from tests.world import NOW, PACKAGE_PASSWORD, PASSWORD, Caller

POLICY = "{ passwordPolicy { text minLength minLengthWithTwoFactor maxLength minScore } }"
STRENGTH = """query($password: String!) {
  passwordStrength(password: $password) { score acceptable suggestions } }"""
CHANGE = """mutation($input: PasswordChangeInput!) { passwordChange(input: $input) {
  sessionsEnded errors { code message path retryAfter } } }"""
SIGN_IN = """mutation($input: SignInInput!) { signIn(input: $input) {
  session { token } twoFactorChallenge { token } deviceToken errors { code } } }"""
WHO = "{ viewer { session { id } } }"
SHORT = "Xp7!kQ-wv"  # hard to guess; one character less is not, however it is made


@pytest.fixture
async def token(service: Service) -> str:
    """A raised session of a customer without a second factor."""
    await switch_off(service.world.owner.customer)
    return await service.token(Caller.OWNER, raised=True)


async def change(
    service: Service, token: str, current: str = PASSWORD, new: str = NEW, **options: Any
) -> dict[str, Any]:
    given = {"currentPassword": current, "newPassword": new}
    payload = (await service.ask(CHANGE, {"input": given}, by=token, **options)).data["passwordChange"]
    assert isinstance(payload, dict)
    return payload


async def strength(service: Service, password: str, **options: Any) -> dict[str, Any]:
    reply = await service.ask(STRENGTH, {"password": password}, **{"by": Caller.OWNER, **options})
    found = reply.data["passwordStrength"]
    assert isinstance(found, dict)
    return found


async def sign_in(service: Service, login: str, password: str, **more: Any) -> dict[str, Any]:
    reply = await service.ask(SIGN_IN, {"input": {"login": login, "password": password, **more}})
    payload = reply.data["signIn"]
    assert isinstance(payload, dict)
    return payload


async def test_the_rule_is_data_for_everybody(service: Service) -> None:
    english = (await service.both(POLICY)).data["passwordPolicy"]
    assert {name: english[name] for name in english if name != "text"} == {
        "minLength": 12, "minLengthWithTwoFactor": 8, "maxLength": 256, "minScore": 3,
    }  # fmt: skip
    assert "12 to 256 characters" in english["text"]
    german = (await service.both(POLICY, headers={"accept-language": "de"})).data["passwordPolicy"]
    assert "12 bis 256 Zeichen" in german["text"]


async def test_the_new_password_signs_in_and_the_old_one_does_not(service: Service, token: str) -> None:
    assert (await change(service, token))["errors"] == []
    assert (await sign_in(service, "anna", NEW))["session"]
    assert (await sign_in(service, "anna", PASSWORD))["errors"][0]["code"] == "INVALID_CREDENTIALS"
    assert (await Customer.get(id=service.world.owner.customer)).password_changed_at == NOW


async def test_all_that_was_open_ends_but_this_session_and_package_logins(service: Service, token: str) -> None:
    device = (await sign_in(service, "anna", PASSWORD))["deviceToken"]
    others = [await service.token(Caller.OWNER, raised=True) for _ in range(3)]
    code = await reset_code(service.world.owner.customer)
    before = await Session.filter(customer_id=service.world.owner.customer, package_id=None, revoked_at=None).count()
    payload = await change(service, token)
    assert payload["sessionsEnded"] == before - 1
    assert (await service.ask(WHO, by=token)).status == 200
    for other in others:
        assert (await service.ask(WHO, by=other)).status == 401
    for caller in (Caller.PACKAGE, Caller.SIBLING, Caller.OTHER):
        assert (await service.ask(WHO, by=caller)).status == 200
    assert not await TrustedDevice.filter(customer_id=service.world.owner.customer, package_id=None).exists()
    assert (await sign_in(service, "anna", NEW, deviceToken=device))["deviceToken"] is not None
    reset = "mutation($input: PasswordResetInput!) { passwordReset(input: $input) { errors { path } } }"
    reply = await service.ask(reset, {"input": {"code": code, "newPassword": NEW + "!"}})
    assert reply.data["passwordReset"]["errors"] == [{"path": ["input", "code"]}]
    assert not await LinkCode.filter(customer_id=service.world.owner.customer).exists()


async def test_a_change_is_told_by_mail_and_written_down(service: Service, token: str) -> None:
    await change(service, token)
    mail = await OutboxMessage.get(kind="mail.password_changed")
    assert (mail.payload["to"], mail.payload["address"]) == (["anna@example.com"], "192.0.2.0")
    entry = await AuditEvent.get(action="password.change")
    assert (entry.result, entry.object_id, entry.occurred_at) == ("OK", service.world.owner.customer, NOW)


@pytest.mark.parametrize("current", ["", "guessed", PASSWORD + " ", PACKAGE_PASSWORD, NEW])
async def test_without_the_current_password_nothing_changes(service: Service, token: str, current: str) -> None:
    before = await stored()
    payload = await change(service, token, current)
    (error,) = payload["errors"]
    assert (payload["sessionsEnded"], error["code"]) == (None, "INVALID_CREDENTIALS")
    assert error["path"] == ["input", "currentPassword"]
    await service.settle()
    assert changed(before, await stored()) <= {"audit_event", "audit_chain"}


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("Xp7!kQ-wv93", "at least 12"),
        ("", "at least 12"),
        (SHORT, "at least 12"),
        ("vier seltsame Quallen " * 12, "at most 256"),
        ("x" * 60_000, "at most 256"),
        (NEW + "\n", "cannot be typed"),
        (NEW + "\x00", "cannot be typed"),
        ("passwortpasswort", "easy to guess"),
        ("anna@example.com", "easy to guess"),
        ("Große Straße 1", "easy to guess"),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "easy to guess"),
        (PASSWORD, "already"),
    ],
)
async def test_a_new_password_that_will_not_do_is_refused(service: Service, token: str, new: str, says: str) -> None:
    before = await stored()
    (error,) = (await change(service, token, new=new))["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", "newPassword"])
    assert says in error["message"]
    assert changed(before, await stored()) == set()


async def test_with_a_second_factor_a_shorter_one_will_do(service: Service, token: str) -> None:
    assert (await strength(service, SHORT))["acceptable"] is False
    await switch_on(service.world.owner.customer)
    assert (await strength(service, SHORT))["acceptable"] is True
    assert (await change(service, token, new=SHORT[:7]))["errors"][0]["message"].startswith(
        "The password has at least 8 characters"
    )
    assert (await change(service, token, new=SHORT))["errors"] == []
    assert await Authenticator.filter(customer_id=service.world.owner.customer).count() == 1


@pytest.mark.parametrize("new", ["ü" * 3 + "Quallen tauchen vier", "x9!Ærø-kLm²Ω§ " * 8, "😀 Klabauter 🚢 Kombüse"])
async def test_any_character_can_be_in_a_password(service: Service, token: str, new: str) -> None:
    assert (await change(service, token, new=new))["errors"] == []
    assert (await sign_in(service, "10001", new))["session"]


async def test_a_sign_in_that_waits_for_its_second_step_is_void(service: Service, token: str) -> None:
    await switch_on(service.world.owner.customer)
    assert (await sign_in(service, "anna", PASSWORD))["twoFactorChallenge"]
    await change(service, token)
    assert not await SignInChallenge.filter(customer_id=service.world.owner.customer).exists()


async def test_guesses_are_slowed_down_and_good_attempts_are_not(service: Service, token: str) -> None:
    for _ in range(8):
        assert (await change(service, token, new="passwortpasswort"))["errors"][0]["code"] == "BAD_USER_INPUT"
    for _ in range(5):
        assert (await change(service, token, "guessed"))["errors"][0]["code"] == "INVALID_CREDENTIALS"
    (error,) = (await change(service, token))["errors"]
    assert (error["code"], error["retryAfter"]) == ("RATE_LIMITED", 1)
    assert (await sign_in(service, "anna", PASSWORD))["session"]  # counted apart
    service.clock.wait(seconds=1)
    assert (await change(service, token))["errors"] == []


async def test_each_guess_costs_one_verification(service: Service, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []
    real = bcrypt.checkpw
    monkeypatch.setattr(bcrypt, "checkpw", lambda given, hashed: seen.append(hashed) or real(given, hashed))
    for number, current in enumerate(("guessed", "", PASSWORD), 1):
        await change(service, token, current)
        assert len(seen) == number


async def test_of_parallel_changes_one_wins(service: Service) -> None:
    await switch_off(service.world.owner.customer)
    tokens = [await service.token(Caller.OWNER, raised=True) for _ in range(5)]
    replies = await asyncio.gather(
        *(
            service.ask(CHANGE, {"input": {"currentPassword": PASSWORD, "newPassword": f"{NEW} {n}"}}, by=token)
            for n, token in enumerate(tokens)
        )
    )
    won = [n for n, reply in enumerate(replies) if reply.status == 200 and not reply.data["passwordChange"]["errors"]]
    assert len(won) == 1
    assert await OutboxMessage.filter(kind="mail.password_changed").count() == 1
    assert (await sign_in(service, "anna", f"{NEW} {won[0]}"))["session"]
    assert (await service.ask(WHO, by=tokens[won[0]])).status == 200


async def test_what_a_password_is_worth_is_told_with_what_would_help(service: Service, token: str) -> None:
    weak = await strength(service, "anna&toechter")
    assert weak["score"] < 3
    assert weak["acceptable"] is False
    assert "Leave out your name" in " ".join(weak["suggestions"])
    german = await strength(service, "anna&toechter", headers={"accept-language": "de"})
    assert "Lassen Sie Ihren Namen" in " ".join(german["suggestions"])
    strong = await strength(service, NEW)
    assert strong == {"score": 4, "acceptable": True, "suggestions": []}


@pytest.mark.parametrize("password", ["", "\x00", "x" * 60_000, "\u202e", "4@8({[<3691!|70$5+7%2" * 3])
async def test_any_text_has_a_strength(service: Service, password: str) -> None:
    assert 0 <= (await strength(service, password))["score"] <= 4


async def test_questions_are_counted_for_each_customer(service: Service) -> None:
    for _ in range(30):
        await strength(service, "")
    reply = await service.ask(STRENGTH, {"password": NEW}, by=Caller.OWNER)
    assert (reply.code, reply.json["data"]) == ("RATE_LIMITED", {"passwordStrength": None})
    assert (await strength(service, NEW, by=Caller.OTHER))["score"] == 4
    service.clock.wait(minutes=1)
    assert (await strength(service, NEW))["score"] == 4


@pytest.mark.parametrize("caller", [Caller.PACKAGE, Caller.NARROW_TECHNICAL, Caller.ANONYMOUS], ids=str)
async def test_only_who_may_change_the_password_is_told(service: Service, caller: Caller) -> None:
    reply = await service.ask(STRENGTH, {"password": "anna"}, by=caller)
    assert reply.code in ("FORBIDDEN", "UNAUTHENTICATED")


async def test_others_are_answered_while_a_password_is_looked_at(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at, answered, waited = threading.Event(), threading.Event(), []

    def slowly(password: str, own: Any) -> Strength:
        looked_at.set()
        waited.append(answered.wait(30))
        return Strength(4)

    monkeypatch.setattr(new_passwords, "estimate", slowly)
    asking = asyncio.create_task(strength(service, NEW))
    assert await asyncio.to_thread(looked_at.wait, 30)
    reply = await service.ask("{ passwordPolicy { minLength } }")
    answered.set()
    await asking
    assert (reply.errors, waited) == ([], [True])


async def test_sign_ins_have_their_places_while_passwords_are_looked_at(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = threading.Event()

    def slowly(password: str, own: Any) -> Strength:
        looked_at.wait(30)
        return Strength(4)

    monkeypatch.setattr(new_passwords, "estimate", slowly)
    asked = " ".join(f'a{n}: passwordStrength(password: "{NEW}") {{ score }}' for n in range(15))
    async with serve(password_queue=3) as service:
        tried, all_tried, real = 0, asyncio.Event(), service.made.passwords.estimate

        async def counting(function: Any) -> Any:
            nonlocal tried
            tried += 1
            if tried == 15:
                all_tried.set()
            return await real(function)

        monkeypatch.setattr(service.made.passwords, "estimate", counting)
        asking = asyncio.create_task(service.ask(f"{{ {asked} }}", by=Caller.OWNER))
        entering = await asyncio.gather(*(sign_in(service, "10001", PASSWORD) for _ in range(3)))
        assert not any(payload["errors"] for payload in entering)
        await all_tried.wait()
        assert not asking.done()
        looked_at.set()
        reply = await asking
    assert {error["extensions"]["code"] for error in reply.errors} == {"UNAVAILABLE"}
    assert (
        len([answer for answer in reply.json["data"].values() if answer]) == 4
    )  # one that is looked at, three that wait


async def test_a_session_that_ended_while_the_password_was_verified_changes_nothing(
    service: Service, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords = service.made.passwords
    real = passwords.verify

    async def end_meanwhile(password: str, stored: str | None) -> Any:
        verdict = await real(password, stored)
        await Session.filter(elevated_until__isnull=False).update(revoked_at=NOW)
        return verdict

    monkeypatch.setattr(passwords, "verify", end_meanwhile)
    reply = await service.ask(CHANGE, {"input": {"currentPassword": PASSWORD, "newPassword": NEW}}, by=token)
    assert reply.code == "UNAUTHENTICATED"
    assert not await OutboxMessage.exists()
    monkeypatch.undo()
    assert (await sign_in(service, "anna", PASSWORD))["session"]


async def test_no_password_reaches_the_log_or_the_database(service: Service, token: str, log: Log) -> None:
    await strength(service, "geheim-probiert")
    await change(service, token, "geheim-geraten")
    await change(service, token, new="geheim-zu-schwach")
    await change(service, token)
    await service.settle()
    everything = log.text + repr(await stored())
    for secret in ("geheim-probiert", "geheim-geraten", "geheim-zu-schwach", NEW, PASSWORD):
        assert secret not in everything
