"""Giving the password again raises one session for five minutes and gives it a new token (SECURITY SE3, SE7)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import bcrypt
import pytest

from models import AuditEvent, Customer, Session
from tests.api.service import Reply, Service
from tests.world import NOW, PACKAGE_PASSWORD, PASSWORD, Caller

REAUTHENTICATE = """mutation($input: ReauthenticateInput!) { reauthenticate(input: $input) {
  session { id token kind scopes expiresAt idleSeconds } elevatedUntil errors { code message path retryAfter } } }"""
ELEVATED = "{ viewer { session { id elevatedUntil } } }"


async def again(service: Service, token: str, password: str = PASSWORD) -> dict[str, Any]:
    reply = await service.ask(REAUTHENTICATE, {"input": {"password": password}}, by=token)
    payload = reply.data["reauthenticate"]
    assert isinstance(payload, dict)
    return payload


async def elevated(service: Service, token: str) -> str | None:
    """What the session says of itself, by both engines."""
    session = (await service.both(ELEVATED, by=token)).data["viewer"]["session"]
    until = session["elevatedUntil"]
    assert until is None or isinstance(until, str)
    return until


async def test_the_password_raises_this_session_for_five_minutes(service: Service) -> None:
    token, other = await service.token(Caller.OWNER), await service.token(Caller.OWNER)
    assert await elevated(service, token) is None
    payload = await again(service, token)
    assert payload["errors"] == []
    assert payload["elevatedUntil"] == "2026-03-02T12:05:00Z"
    raised = payload["session"]["token"]
    assert await elevated(service, raised) == payload["elevatedUntil"]
    assert await elevated(service, other) is None
    service.clock.wait(minutes=5, microseconds=-1)
    assert await elevated(service, raised) == payload["elevatedUntil"]
    service.clock.wait(microseconds=1)
    assert await elevated(service, raised) is None


async def test_the_session_stays_the_same_and_its_old_token_is_dead(service: Service) -> None:
    token = await service.token(Caller.OWNER)
    before = (await service.ask(ELEVATED, by=token)).data["viewer"]["session"]["id"]
    expires_at = (await Session.get(id=before)).expires_at
    session = (await again(service, token))["session"]
    assert (session["id"], session["kind"], session["idleSeconds"]) == (before, "CUSTOMER", 1_800)
    assert (await Session.get(id=before)).expires_at == expires_at
    assert len(session["scopes"]) == 22
    assert (await service.ask(ELEVATED, by=token)).status == 401
    assert (await service.ask(ELEVATED, by=session["token"])).status == 200


async def test_a_raised_session_can_be_raised_again(service: Service) -> None:
    first = (await again(service, await service.token(Caller.OWNER)))["session"]["token"]
    service.clock.wait(minutes=4)
    payload = await again(service, first)
    assert payload["elevatedUntil"] == "2026-03-02T12:09:00Z"
    assert (await service.ask(ELEVATED, by=first)).status == 401


@pytest.mark.parametrize("password", ["", "guessed", PASSWORD + " ", PASSWORD.lower(), PACKAGE_PASSWORD, "x" * 60_000])
async def test_another_password_raises_nothing(service: Service, password: str) -> None:
    token = await service.token(Caller.OWNER)
    payload = await again(service, token, password)
    (error,) = payload["errors"]
    assert (error["code"], error["path"]) == ("INVALID_CREDENTIALS", ["input", "password"])
    assert (payload["session"], payload["elevatedUntil"]) == (None, None)
    assert await elevated(service, token) is None


async def test_each_attempt_costs_one_verification(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []
    real = bcrypt.checkpw
    monkeypatch.setattr(bcrypt, "checkpw", lambda given, hashed: seen.append(hashed) or real(given, hashed))
    token = await service.token(Caller.OWNER)
    for number, password in enumerate(("guessed", "", PASSWORD), 1):
        await again(service, token, password)
        assert len(seen) == number


async def test_guesses_are_slowed_down_apart_from_sign_ins(service: Service) -> None:
    token = await service.token(Caller.OWNER)
    for _ in range(5):
        assert (await again(service, token, "guessed"))["errors"][0]["code"] == "INVALID_CREDENTIALS"
    (error,) = (await again(service, token))["errors"]
    assert (error["code"], error["retryAfter"]) == ("RATE_LIMITED", 1)
    sign_in = "mutation($input: SignInInput!) { signIn(input: $input) { session { id } } }"
    given = {"login": "anna", "password": PASSWORD}
    assert (await service.ask(sign_in, {"input": given})).data["signIn"]["session"]
    service.clock.wait(seconds=1)
    assert (await again(service, token))["errors"] == []


async def test_a_password_changed_while_it_was_verified_raises_nothing(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords = service.made.passwords
    changed, real = await passwords.hash("another"), passwords.verify

    async def change_meanwhile(password: str, stored: str | None) -> Any:
        verdict = await real(password, stored)
        await Customer.filter(id=service.world.owner.customer).update(password_hash=changed)
        return verdict

    monkeypatch.setattr(passwords, "verify", change_meanwhile)
    token = await service.token(Caller.OWNER)
    assert (await again(service, token))["errors"][0]["code"] == "INVALID_CREDENTIALS"
    assert await elevated(service, token) is None
    assert (await Customer.get(id=service.world.owner.customer)).password_hash == changed


async def test_it_is_written_down(service: Service) -> None:
    token = await service.token(Caller.OWNER)
    id = (await service.ask(ELEVATED, by=token)).data["viewer"]["session"]["id"]
    await again(service, token, "guessed")
    await service.settle()
    await again(service, token)
    entries = await AuditEvent.filter(action="session.reauthenticate").order_by("id")
    assert [(e.result, e.object_id, e.session_id, e.occurred_at) for e in entries] == [
        ("INVALID_CREDENTIALS", id, id, NOW),
        ("OK", id, id, NOW),
    ]


async def test_a_package_login_has_nothing_to_raise(service: Service) -> None:
    for password in (PASSWORD, PACKAGE_PASSWORD):
        reply = await service.ask(REAUTHENTICATE, {"input": {"password": password}}, by=Caller.PACKAGE)
        assert reply.code == "FORBIDDEN"


async def test_of_parallel_requests_with_one_token_one_gets_the_new_one(service: Service) -> None:
    token, raised = await service.token(Caller.OWNER), Session.filter(elevated_until=NOW + timedelta(minutes=5))
    before = await raised.count()
    replies: list[Reply] = await asyncio.gather(
        *(service.ask(REAUTHENTICATE, {"input": {"password": PASSWORD}}, by=token) for _ in range(5))
    )
    won = [
        reply
        for reply in replies
        if reply.json.get("data") and (reply.json["data"]["reauthenticate"] or {}).get("session")
    ]
    assert len(won) == 1
    for lost in replies:
        if lost is not won[0]:
            told = {e["extensions"]["code"] for e in lost.errors} | {
                e["code"] for e in ((lost.json.get("data") or {}).get("reauthenticate") or {}).get("errors", ())
            }
            assert told <= {"UNAUTHENTICATED", "RATE_LIMITED"}
    assert await elevated(service, won[0].data["reauthenticate"]["session"]["token"]) is not None
    assert await raised.count() == before + 1
