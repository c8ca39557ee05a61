"""How often somebody may try (SECURITY AU6, AU7)."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from itertools import count

import pytest

from gateway.auth.challenges import Challenged
from gateway.auth.entering import SignedIn
from gateway.auth.sign_in import Failure
from gateway.auth.throttle import Attempt, AttemptThrottle, Reservation, Throttled
from gateway.errors import ErrorCode
from gateway.settings import Settings
from models import Throttle
from tests.auth.conftest import PACKAGE_PASSWORD, PASSWORD, START, Door, People

KNOWN_AND_UNKNOWN = ["eve", "10002", "nobody", "bäckerei.de", "leer.de", "nowhere.de", "e\x00ve"]


def waited(result: SignedIn | Challenged | Failure) -> int:
    """Seconds an attempt was told to wait; 0 when it was evaluated."""
    if isinstance(result, Failure) and result.code is ErrorCode.RATE_LIMITED:
        assert result.retry_after is not None
        return result.retry_after
    return 0


async def test_five_attempts_of_an_address_at_an_account_are_free_then_the_waits_double(
    door: Door, people: People
) -> None:
    for number, login in enumerate(KNOWN_AND_UNKNOWN):
        address = f"198.51.100.{number}"
        for _ in range(5):
            assert waited(await door.attempt(login, "wrong", address=address)) == 0, login
        for wait in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900):
            assert waited(await door.attempt(login, "wrong", address=address)) == wait, login
            door.wait(seconds=wait, microseconds=-1)
            assert waited(await door.attempt(login, "wrong", address=address)) == 1, login  # rounded up
            door.wait(microseconds=1)
            assert waited(await door.attempt(login, "wrong", address=address)) == 0, login


async def test_an_address_has_twenty_failures_in_five_minutes_whatever_it_tries(door: Door, people: People) -> None:
    for number in range(20):
        assert waited(await door.attempt(f"somebody{number}", "wrong")) == 0
        door.wait(seconds=2)
    for login in KNOWN_AND_UNKNOWN:
        assert waited(await door.attempt(login, "wrong")) == 260, login
        assert waited(await door.attempt(login, "wrong", address="198.51.100.1")) == 0, login
    door.wait(seconds=260, microseconds=-1)
    for login in KNOWN_AND_UNKNOWN:
        assert waited(await door.attempt(login, "wrong")) == 1, login
    door.wait(microseconds=1)
    for login in KNOWN_AND_UNKNOWN:
        assert waited(await door.attempt(login, "wrong")) == 0, login


async def test_an_account_has_twenty_failures_an_hour_from_anywhere_then_one_attempt_each_thirty_seconds(
    door: Door, people: People
) -> None:
    networks = count(1)

    async def attempt(login: str) -> int:
        return waited(await door.attempt(login, "wrong", address=f"2001:db8:{next(networks):x}::1"))

    for login in KNOWN_AND_UNKNOWN:
        assert [await attempt(login) for _ in range(20)] == [0] * 20, login
        for _ in range(4):
            assert await attempt(login) == 30, login
            door.wait(seconds=30)
            assert await attempt(login) == 0, login
        door.wait(hours=1)
        assert [await attempt(login) for _ in range(20)] == [0] * 20, login
        assert await attempt(login) == 30, login


async def test_an_account_is_one_account_by_whichever_name(door: Door, people: People) -> None:
    for login in ("eve", "10001", "EVE", " 10001 ", "eve"):
        assert waited(await door.attempt(login, "wrong")) == 0
    assert waited(await door.attempt("10001", "wrong")) == 1
    assert waited(await door.attempt("10002", "wrong")) == 0


async def test_an_ipv6_subscriber_is_one_address(door: Door, people: People) -> None:
    for number in range(5):
        await door.attempt("eve", "wrong", address=f"2001:db8::{number}")
    assert waited(await door.attempt("eve", "wrong", address="2001:db8::ffff")) == 1
    assert waited(await door.attempt("eve", "wrong", address="2001:db8:0:1::1")) == 0


async def test_a_success_clears_what_this_address_did_to_this_account_and_nothing_else(
    door: Door, people: People
) -> None:
    for _ in range(4):
        await door.attempt("eve", "wrong")
        await door.attempt("10002", "wrong")
    await door.enter("eve")
    for _ in range(5):
        assert waited(await door.attempt("eve", "wrong")) == 0
    assert waited(await door.attempt("eve", "wrong")) == 1
    assert waited(await door.attempt("10002", "wrong")) == 0
    assert waited(await door.attempt("10002", "wrong")) == 1
    rows = {row.failures for row in await Throttle.all()}
    assert 14 in rows  # the address: every failure, no success
    assert 9 in rows  # Eve's account


async def test_successes_do_not_use_up_anything(door: Door, people: People) -> None:
    for _ in range(40):
        await door.enter("eve")
        await door.enter("bäckerei.de", PACKAGE_PASSWORD)
    assert {row.failures for row in await Throttle.all()} == {0}


async def test_the_last_free_attempt_may_be_the_right_one(door: Door, people: People) -> None:
    for number in range(19):
        await door.attempt("10002", "wrong", address=f"198.51.100.{number}")
    await door.enter("10002", address="198.51.100.77")
    assert waited(await door.attempt("10002", "wrong", address="198.51.100.78")) == 0
    assert waited(await door.attempt("10002", "wrong", address="198.51.100.79")) == 30


async def test_a_late_success_takes_nothing_back_from_a_counter_that_started_anew(door: Door, people: People) -> None:
    late = await door.throttle.reserve(Attempt("sign_in", "id x", "192.0.2.1"), door.now)
    assert isinstance(late, Reservation)
    door.wait(hours=2)
    await door.throttle.reserve(Attempt("sign_in", "id x", "192.0.2.1"), door.now)
    await door.throttle.not_evaluated(late)
    assert sorted(row.failures for row in await Throttle.all()) == [1, 1, 1]  # the pair counted two, one is taken back


async def test_an_attempt_that_is_held_off_is_not_counted(door: Door, people: People) -> None:
    for _ in range(5):
        await door.attempt("eve", "wrong")
    before = sorted([row.failures, row.blocked_until] for row in await Throttle.all() if row.blocked_until)
    for _ in range(50):
        assert waited(await door.attempt("eve", "wrong")) == 1
    assert sorted([row.failures, row.blocked_until] for row in await Throttle.all() if row.blocked_until) == before


async def test_an_attempt_one_counter_refuses_is_undone_at_the_others(door: Door, people: People) -> None:
    attempts = [door.attempt("eve", f"guess {n}") for n in range(30)]
    await asyncio.gather(*attempts)
    assert sorted(row.failures for row in await Throttle.all()) == [5, 5, 5]


async def test_waits_are_forgiven_after_a_day_without_failure(door: Door, people: People) -> None:
    for _ in range(5):
        await door.attempt("nobody", "wrong")
    door.wait(days=1, seconds=-1)
    await door.attempt("nobody", "wrong")
    assert waited(await door.attempt("nobody", "wrong")) == 2
    door.wait(days=1)
    for _ in range(5):
        assert waited(await door.attempt("nobody", "wrong")) == 0


async def test_a_restarted_process_goes_on_counting(door: Door, people: People) -> None:
    for _ in range(5):
        await door.attempt("eve", "wrong")
    restarted = Door()
    assert waited(await restarted.attempt("eve", PASSWORD)) == 1
    await restarted.close()


@pytest.mark.parametrize("login", ["eve", "nobody"])
async def test_four_processes_lose_no_failure(door: Door, people: People, database_url: str, login: str) -> None:
    command = [sys.executable, "-m", "tests.auth.failing_process", database_url, login, "50"]
    processes = [await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE) for _ in range(4)]
    outputs = [(await process.communicate())[0].decode().split() for process in processes]
    assert outputs == [["INVALID_CREDENTIALS"] * 50] * 4
    assert [row.failures for row in await Throttle.all()] == [200, 200, 200]  # address, both, account


async def test_nothing_in_the_table_names_an_account_or_an_address(door: Door, people: People) -> None:
    await door.attempt("eve", "wrong")
    await door.attempt("nobody", "wrong")
    for row in await Throttle.all():
        assert len(row.key) == 64
        assert set(row.key) <= set("0123456789abcdef")


async def test_different_things_to_try_have_different_counters(door: Door, database: object) -> None:
    for _ in range(5):
        await door.throttle.reserve(Attempt("sign_in", "id x", "192.0.2.1"), START)
    assert isinstance(await door.throttle.reserve(Attempt("sign_in", "id x", "192.0.2.1"), START), Throttled)
    assert isinstance(await door.throttle.reserve(Attempt("totp", "id x", "192.0.2.1"), START), Reservation)


async def test_expired_counters_are_cleared_away_by_and_by(door: Door, database: object) -> None:
    for number in range(60):
        await door.throttle.reserve(Attempt("sign_in", f"login {number}", f"192.0.2.{number}"), START)
    await door.afterwards.settle()
    assert await Throttle.all().count() == 180
    later = START + timedelta(days=2)
    for number in range(50):
        await door.throttle.reserve(Attempt("sign_in", "login x", f"198.51.100.{number}"), later)
        later += timedelta(seconds=31)
    await door.afterwards.settle()
    assert await Throttle.filter(expires_at__lte=START + timedelta(days=1)).count() == 0


@pytest.mark.parametrize("longest", [1, 2, 3, 900])
async def test_limits_are_settings(door: Door, database: object, longest: int) -> None:
    strict = AttemptThrottle(
        door.keyring,
        Settings(free_failures=1, longest_wait=longest, address_failures=2, address_window=1_000_000),
        door.afterwards,
    )
    attempt, now = Attempt("sign_in", "id x", "192.0.2.1"), START
    assert isinstance(await strict.reserve(attempt, now), Reservation)
    assert await strict.reserve(attempt, now) == Throttled(1)
    now += timedelta(seconds=1)
    assert isinstance(await strict.reserve(attempt, now), Reservation)
    assert await strict.reserve(attempt, now) == Throttled(999_999)  # the address is at its limit
    now += timedelta(seconds=999_999)
    assert isinstance(await strict.reserve(attempt, now), Reservation)
    assert await strict.reserve(attempt, now) == Throttled(1)
