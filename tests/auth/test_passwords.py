"""How passwords are stored and verified (SECURITY AU2, AU3; for AU5 the places)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Any

import bcrypt
import pytest

from gateway.auth.passwords import Passwords
from gateway.errors import ErrorCode, GatewayError
from gateway.keys import Keyring

KEYS = {1: b"1" * 32}


@pytest.fixture
async def passwords() -> AsyncIterator[Passwords]:
    made = Passwords(Keyring(KEYS), cost=4, workers=2, queue=20)
    yield made
    await made.close()


@pytest.fixture
def verifications(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The costs of all bcrypt verifications from here on."""
    seen: list[int] = []
    real = bcrypt.checkpw

    def counted(password: bytes, hashed: bytes) -> bool:
        seen.append(int(hashed[4:6]))
        return real(password, hashed)

    monkeypatch.setattr(bcrypt, "checkpw", counted)
    return seen


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "",
        "x" * 71,
        "x" * 72,
        "x" * 73,
        "x" * 1_024,
        "ü" * 300,
        "before\x00after",
        "🐎🔋📎",
        "\ud83d",  # half of an emoji: JSON can say it, UTF-8 cannot
        "e" + "\u0301" * 30_000,
        "long " * 200_000,
    ],
    ids=lambda text: f"{text[:8]!a}x{len(text)}",
)
async def test_any_text_is_a_password_and_matches_itself_alone(passwords: Passwords, password: str) -> None:
    stored = await passwords.hash(password)
    assert stored.startswith("v1$2b$04$")
    assert len(stored) <= 80
    assert (await passwords.verify(password, stored)).matches
    assert not (await passwords.verify(password + "x", stored)).matches
    assert not (await passwords.verify(password[:-1] if password else "x", stored)).matches


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x" * 72 + "a", "x" * 72 + "b"),
        ("x" * 1_024 + "a", "x" * 1_024 + "b"),
        ("same\x00one", "same\x00other"),
        ("\ud83d", "\ud83e"),
        ("\ud83d", "?"),
        ("Straße", "Strasse"),
        ("Passwort", "passwort"),
        (" passwort", "passwort"),
        ("ﬁne", "fine"),
    ],
)
async def test_texts_that_differ_anywhere_are_different_passwords(passwords: Passwords, one: str, other: str) -> None:
    assert not (await passwords.verify(other, await passwords.hash(one))).matches


async def test_an_umlaut_is_the_same_password_composed_or_decomposed(passwords: Passwords) -> None:
    stored = await passwords.hash("M\u00fcnchen")
    assert (await passwords.verify("Mu\u0308nchen", stored)).matches


async def test_equal_passwords_are_stored_as_different_texts(passwords: Passwords) -> None:
    assert await passwords.hash("same") != await passwords.hash("same")


async def test_without_the_pepper_of_its_time_a_stored_password_matches_nothing(passwords: Passwords) -> None:
    stored = await passwords.hash("secret")
    elsewhere = Passwords(Keyring({1: b"2" * 32}), cost=4, workers=1)
    without = Passwords(Keyring({2: b"1" * 32}), cost=4, workers=1)
    assert not (await elsewhere.verify("secret", stored)).matches
    assert not (await without.verify("secret", stored)).matches
    await elsewhere.close()
    await without.close()


async def test_a_right_password_is_rehashed_when_the_pepper_is_old_and_only_then(passwords: Passwords) -> None:
    stored = await passwords.hash("secret")
    assert (await passwords.verify("secret", stored)).rehashed is None
    rotated = Passwords(Keyring({**KEYS, 2: b"2" * 32}), cost=4, workers=1)
    assert (await rotated.verify("wrong", stored)).rehashed is None
    renewed = (await rotated.verify("secret", stored)).rehashed
    assert renewed is not None
    assert renewed.startswith("v2$2b$04$")
    assert (await rotated.verify("secret", renewed)).matches
    await rotated.close()


@pytest.mark.parametrize(("before", "after"), [(4, 6), (6, 4)])
async def test_a_right_password_is_rehashed_when_the_cost_is_another(before: int, after: int) -> None:
    old = Passwords(Keyring(KEYS), cost=before, workers=1)
    new = Passwords(Keyring(KEYS), cost=after, workers=1)
    verdict = await new.verify("secret", await old.hash("secret"))
    assert verdict.matches
    assert verdict.rehashed is not None
    assert verdict.rehashed.startswith(f"v1$2b$0{after}$")
    await old.close()
    await new.close()


GARBAGE = [
    None,
    "",
    "secret",
    "v1$2b$04$short",
    "v9$2b$04$" + "." * 53,
    "v1$2b$31$" + "." * 53,  # would take days
    "v1$2b$00$" + "." * 53,
    "$2b$04$" + "." * 53,
    "v1$2b$04$" + "." * 53 + "\n",
]


@pytest.mark.parametrize("stored", GARBAGE)
async def test_nothing_or_nonsense_stored_costs_one_verification_and_matches_nothing(
    passwords: Passwords, verifications: list[int], stored: str | None
) -> None:
    for password in ("", "secret", "x" * 100_000):
        verifications.clear()
        verdict = await passwords.verify(password, stored)
        assert not verdict.matches
        assert verdict.rehashed is None
        assert verifications == [4]


async def test_right_and_wrong_passwords_cost_one_verification_each(
    passwords: Passwords, verifications: list[int]
) -> None:
    stored = await passwords.hash("secret")
    for password in ("secret", "wrong", "", "x" * 100_000):
        verifications.clear()
        await passwords.verify(password, stored)
        assert verifications == [4]


async def test_an_old_cheap_hash_is_filled_up_to_the_work_of_the_current_cost(
    monkeypatch: pytest.MonkeyPatch, verifications: list[int]
) -> None:
    old = Passwords(Keyring(KEYS), cost=4, workers=1)
    stored = await old.hash("secret")
    new = Passwords(Keyring(KEYS), cost=8, workers=1)
    fillers: list[int] = []
    real = bcrypt.hashpw

    def counted(password: bytes, salt: bytes) -> bytes:
        fillers.append(int(salt[4:6]))
        return real(password, salt)

    monkeypatch.setattr(bcrypt, "hashpw", counted)
    await new.verify("wrong", stored)
    assert verifications == [4]
    assert sum(2**cost for cost in verifications + fillers) == 2**8
    await old.close()
    await new.close()


class SlowBcrypt:
    """Stands where bcrypt stands, holding its threads until told to go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go_on = threading.Event()
        self.started = threading.Semaphore(0)
        self.calls = 0
        real = bcrypt.checkpw

        def slow(password: bytes, hashed: bytes) -> bool:
            self.calls += 1
            self.started.release()
            assert self.go_on.wait(20)
            return real(password, hashed)

        monkeypatch.setattr(bcrypt, "checkpw", slow)


async def refusal(computation: Any) -> GatewayError:
    with pytest.raises(GatewayError) as refused:
        await computation
    return refused.value


async def test_beyond_workers_and_queue_an_attempt_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    passwords = Passwords(Keyring(KEYS), cost=4, workers=2, queue=3)
    slow = SlowBcrypt(monkeypatch)
    taken = [asyncio.create_task(passwords.verify("x", None)) for _ in range(5)]
    await asyncio.sleep(0)
    error = await refusal(passwords.verify("x", None))
    assert error.code is ErrorCode.UNAVAILABLE
    assert error.extensions == {"retryAfter": 1}
    assert (await refusal(passwords.hash("x"))).code is ErrorCode.UNAVAILABLE
    slow.go_on.set()
    assert [verdict.matches for verdict in await asyncio.gather(*taken)] == [False] * 5
    assert not (await passwords.verify("x", None)).matches  # all places are free again
    await passwords.close()


async def test_callers_who_leave_give_their_place_back_when_their_computation_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    passwords = Passwords(Keyring(KEYS), cost=4, workers=1, queue=1)
    for _ in range(10):
        slow = SlowBcrypt(monkeypatch)
        gone = [asyncio.create_task(passwords.verify("x", None)) for _ in range(2)]
        await asyncio.to_thread(slow.started.acquire)  # one runs, one waits
        for task in gone:
            task.cancel()
        results = await asyncio.gather(*gone, return_exceptions=True)
        assert all(isinstance(result, asyncio.CancelledError) for result in results)
        # The running thread still has its place; the waiting one was dropped unevaluated.
        last = asyncio.create_task(passwords.verify("x", None))
        await asyncio.sleep(0)
        assert (await refusal(passwords.verify("x", None))).code is ErrorCode.UNAVAILABLE
        slow.go_on.set()
        assert not (await last).matches
        assert slow.calls == 2
        monkeypatch.undo()
    await passwords.close()


async def test_closing_ends_what_runs_and_refuses_what_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    passwords = Passwords(Keyring(KEYS), cost=4, workers=1, queue=2)
    slow = SlowBcrypt(monkeypatch)
    running, waiting = (asyncio.create_task(passwords.verify("x", None)) for _ in range(2))
    await asyncio.to_thread(slow.started.acquire)
    closing = asyncio.create_task(passwords.close())
    assert (await refusal(waiting)).code is ErrorCode.UNAVAILABLE
    slow.go_on.set()
    await closing
    assert not (await running).matches
    assert (await refusal(passwords.verify("x", None))).code is ErrorCode.UNAVAILABLE
