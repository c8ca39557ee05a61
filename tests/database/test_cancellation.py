"""Callers cancelled at random moments: units stay whole, no connection is lost, nothing hangs (SECURITY MO5)."""

from __future__ import annotations

import asyncio
import random

import pytest

from models import Throttle
from models.database import drain, fetch, in_unit_of_work, reading
from tests.database.throttles import add, row, stored

POOL = 10


async def write_both(number: int, randomly: random.Random) -> None:
    async def work() -> None:
        await add(f"{number}-left")
        for _ in range(randomly.randrange(3)):
            await asyncio.sleep(0)
        await Throttle.bulk_create([row(f"{number}-right")])
        if randomly.random() < 0.2:
            raise LookupError
        if randomly.random() < 0.1:
            await asyncio.Event().wait()  # ends by its limit

    await in_unit_of_work(work, limit=0.3)


async def read_some(randomly: random.Random) -> None:
    async with reading() as read:
        await read("SELECT 1", [])
        await read('SELECT "key" FROM "throttle" ORDER BY "key"', [])
    await Throttle.all().limit(randomly.randrange(1, 9))


@pytest.mark.parametrize("seed", range(4))
async def test_cancelled_callers_tear_no_unit_apart_and_lose_no_connection(database: str, seed: int) -> None:
    randomly = random.Random(seed)
    number = 0
    async with asyncio.timeout(60):
        for _ in range(6):
            tasks: list[asyncio.Task[None]] = []
            for _ in range(20):
                number += 1
                asked = write_both(number, randomly) if randomly.random() < 0.6 else read_some(randomly)
                tasks.append(asyncio.create_task(asked))
            for task in tasks:
                if randomly.random() < 0.3:
                    await asyncio.sleep(randomly.random() / 200)
                for _ in range(randomly.randrange(6)):
                    await asyncio.sleep(0)
                if randomly.random() < 0.7:
                    task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        await drain(10)

        halves = sorted(key.split("-")[0] for key in await stored())
        assert halves[::2] == halves[1::2]

        # Everything the process has can still be had at once: as many as the pool holds, each holding on to its own.
        arrived = 0
        everybody = asyncio.Event()

        async def hold() -> None:
            nonlocal arrived
            async with reading() as read:
                await read("SELECT 1", [])
                arrived += 1
                if arrived == POOL:
                    everybody.set()
                await everybody.wait()

        await asyncio.gather(*(hold() for _ in range(POOL)))
        for extra in range(POOL + 1):
            await in_unit_of_work(lambda key=f"{extra}": add(key))  # type: ignore[misc]  # bound now, on purpose


async def test_a_caller_cancelled_at_every_single_step_leaves_all_or_nothing(database: str) -> None:
    async def work() -> None:
        await add("left")
        await add("right")

    for steps in range(40):
        task = asyncio.create_task(in_unit_of_work(work))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await drain(5)
        assert await stored() in (set(), {"left", "right"})
        await in_unit_of_work(lambda: Throttle.all().delete())


async def test_a_cancelled_read_is_stopped_in_the_database(database: str, endless: str) -> None:
    async with asyncio.timeout(8):
        for _ in range(12):  # more than there are connections or threads
            task = asyncio.create_task(fetch(endless))
            await asyncio.sleep(0.02)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        if database == "postgres":
            running = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'"
            assert (await fetch(running))[0][0] == 1  # this one
        else:
            assert [tuple(found) for found in await fetch("SELECT 1")] == [(1,)]
