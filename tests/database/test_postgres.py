"""What only PostgreSQL can do wrong."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest
from tortoise.connection import get_connection

from models import Throttle
from models.database import (
    Contended,
    DatabaseUnavailable,
    Overloaded,
    StatementTimeout,
    close,
    connect,
    fetch,
    in_unit_of_work,
    postgres_pool,
    reading,
)
from tests.database.throttles import add, stored
from tests.databases import PostgresServer

ENDLESS = "SELECT pg_sleep(60)"


async def test_every_connection_has_its_limits(database: str) -> None:
    async def shown(name: str) -> str:
        return str((await fetch(f"SHOW {name}"))[0][0])

    assert await shown("statement_timeout") == "5s"
    assert await shown("lock_timeout") == "1s"
    assert await shown("idle_in_transaction_session_timeout") == "10s"
    assert await shown("application_name") == "customer-gateway"
    assert await shown("TimeZone") == "UTC"


async def test_a_lease_sends_nothing_but_the_statement(database: str) -> None:
    """asyncpg's own reset would end each lease with four statements; settings of a unit end with it all the same."""

    async def work() -> None:
        await get_connection("default").execute_query("SET LOCAL statement_timeout = '1234'")
        await add("a")

    await in_unit_of_work(work)
    assert (await fetch("SHOW statement_timeout"))[0][0] == "5s"
    assert (await fetch("SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid()"))[0][0].startswith("SELECT")


async def test_a_pool_run_dry_is_overload_for_every_way_of_asking(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_pool, "ACQUIRE_SECONDS", 0.1)
    await connect(database_url, pool_size=2)
    done, held = asyncio.Event(), asyncio.Semaphore(0)

    async def hold() -> None:
        async with reading():
            held.release()
            await done.wait()

    try:
        holders = [asyncio.create_task(hold()) for _ in range(2)]
        for _ in holders:
            await held.acquire()
        with pytest.raises(Overloaded):
            await fetch("SELECT 1")
        with pytest.raises(Overloaded):
            await Throttle.all().count()
        with pytest.raises(Overloaded):
            await in_unit_of_work(lambda: add("a"))
        done.set()
        await asyncio.gather(*holders)
        await in_unit_of_work(lambda: add("b"))
        assert await stored() == {"b"}
    finally:
        await close()


async def test_two_hundred_slow_operations_are_answered_or_refused_in_time(database_url: str) -> None:
    """SECURITY R3: a wait of at most two seconds, and a unit never needs a second connection."""
    await connect(database_url, pool_size=4)

    async def slow() -> None:
        await add(f"{id(asyncio.current_task())}")
        await fetch("SELECT pg_sleep(0.2)")

    try:
        began = asyncio.get_running_loop().time()
        ends = await asyncio.gather(*(in_unit_of_work(slow) for _ in range(200)), return_exceptions=True)
        assert asyncio.get_running_loop().time() - began < 4
        assert {type(end) for end in ends} == {type(None), Overloaded}
        assert len(await stored()) == ends.count(None) >= 20
    finally:
        await close()


async def test_a_slow_statement_is_stopped_by_the_server(database: str) -> None:
    async def work() -> None:
        client = get_connection("default")
        await client.execute_query("SET LOCAL statement_timeout = 50")
        await client.execute_query(ENDLESS)

    with pytest.raises(StatementTimeout):
        await in_unit_of_work(work)


async def test_a_row_held_by_another_is_contention(database: str) -> None:
    await in_unit_of_work(lambda: add("a"))
    held, done = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        await Throttle.select_for_update().get(key="a")
        held.set()
        await done.wait()

    holder = asyncio.create_task(in_unit_of_work(hold))
    await held.wait()
    with pytest.raises(Contended):
        await in_unit_of_work(lambda: Throttle.filter(key="a").update(failures=2))
    done.set()
    await holder


async def test_of_two_units_that_wait_for_each_other_one_goes_on(database: str) -> None:
    await in_unit_of_work(lambda: add("a"))
    await in_unit_of_work(lambda: add("b"))
    both = asyncio.Barrier(2)

    async def cross(first: str, second: str) -> None:
        client = get_connection("default")
        await client.execute_query("SET LOCAL deadlock_timeout = '50ms'")
        await Throttle.filter(key=first).update(failures=2)
        await both.wait()
        await Throttle.filter(key=second).update(failures=2)

    ends = await asyncio.gather(
        in_unit_of_work(lambda: cross("a", "b")), in_unit_of_work(lambda: cross("b", "a")), return_exceptions=True
    )
    assert sorted(type(end).__name__ for end in ends) == ["Contended", "NoneType"]


async def test_a_debit_that_is_conditional_in_its_statement_is_won_once(database: str) -> None:
    """SQLite's one writer hides this race; a read that decides before the write would win several times here."""
    await in_unit_of_work(lambda: add("open"))

    async def debit() -> int:
        return await Throttle.filter(key="open", failures=1).update(failures=2)

    assert sorted(await asyncio.gather(*(in_unit_of_work(debit) for _ in range(10)))) == [0] * 9 + [1]


async def test_a_connection_held_for_too_long_is_dropped(database: str) -> None:
    """A server or network that went silent answers neither the statement nor the request to cancel it."""
    lease = await _client().lease(0.1)
    try:
        with pytest.raises(DatabaseUnavailable):
            await lease.read(ENDLESS, [])
    finally:
        await lease.end()
    assert len(await fetch("SELECT 1")) == 1


async def test_a_statement_of_a_killed_connection_is_an_outage_and_the_next_one_succeeds(
    database: str, postgres_server: PostgresServer
) -> None:
    async def work() -> None:
        await add("a")
        (own,) = (await get_connection("default").execute_query("SELECT pg_backend_pid() AS pid"))[1]
        await postgres_server.execute(f"SELECT pg_terminate_backend({own['pid']})")
        await add("b")

    with pytest.raises(DatabaseUnavailable):
        await in_unit_of_work(work)
    await in_unit_of_work(lambda: add("c"))
    assert await stored() == {"c"}


async def test_a_restart_under_load_gives_outages_only_and_is_over_in_five_seconds(
    database: str, postgres_server: PostgresServer
) -> None:
    """SECURITY R8."""
    ending = asyncio.Event()
    written: set[str] = set()
    strange: list[BaseException] = []

    async def client(number: int) -> None:
        turn = 0
        while not ending.is_set():
            turn += 1
            key = f"{number}-{turn}"
            try:
                await in_unit_of_work(lambda key=key: add(key))  # type: ignore[misc]  # bound now, on purpose
                written.add(key)
                await Throttle.filter(key=key).count()
                await fetch("SELECT 1")
            except DatabaseUnavailable:
                await asyncio.sleep(0.01)
            except Exception as error:
                strange.append(error)

    load = [asyncio.create_task(client(number)) for number in range(12)]
    await asyncio.sleep(0.3)
    await asyncio.to_thread(postgres_server.restart)
    loop = asyncio.get_running_loop()
    back = loop.time()
    before = len(written)
    while len(written) < before + 50:
        await asyncio.sleep(0.02)
        assert loop.time() - back < 5
    ending.set()
    await asyncio.gather(*load)
    assert strange == []
    assert written <= await stored()  # what was promised is kept


async def test_a_server_that_is_away_is_an_outage_and_no_reason_not_to_start(
    database_kind: str, unused_tcp_port: int
) -> None:
    await connect(f"postgres://nobody:secret@127.0.0.1:{unused_tcp_port}/nothing")
    try:
        for _ in range(2):
            with pytest.raises(DatabaseUnavailable) as raised:
                await fetch("SELECT 1")
            assert "secret" not in str(raised.value)
            with pytest.raises(DatabaseUnavailable):
                await in_unit_of_work(lambda: add("a"))
    finally:
        await close()


async def test_a_server_that_answers_nothing_is_given_up_in_time(
    database_kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_pool, "ACQUIRE_SECONDS", 0.2)
    silent = await asyncio.start_server(lambda reader, writer: asyncio.sleep(60), "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    await connect(f"postgres://nobody@127.0.0.1:{port}/nothing?sslmode=disable", pool_size=2)
    try:
        async with asyncio.timeout(2):
            ends = await asyncio.gather(*(fetch("SELECT 1") for _ in range(20)), return_exceptions=True)
        assert all(isinstance(end, DatabaseUnavailable) for end in ends)
    finally:
        with suppress(TimeoutError):
            await close()
        silent.close()


def _client() -> Any:
    return get_connection("default")
