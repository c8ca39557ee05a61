"""Units of work: whole or not at all, whatever happens around them."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime

import pytest

from models import Throttle
from models.database import NestedUnit, StatementTimeout, drain, fetch, in_unit_of_work, recording

NOW = datetime(2026, 1, 1, tzinfo=UTC)


async def add(key: str) -> None:
    await Throttle.create(key=key, failures=1, window_started_at=NOW, expires_at=NOW)


async def stored() -> set[str]:
    return {row[0] for row in await fetch('SELECT "key" FROM "throttle"')}


async def test_what_a_unit_writes_is_there_when_it_returns(database: str) -> None:
    async def work() -> str:
        await add("a")
        await add("b")
        return "done"

    assert await in_unit_of_work(work) == "done"
    assert await stored() == {"a", "b"}


async def test_an_exception_leaves_nothing(database: str) -> None:
    async def work() -> None:
        await add("a")
        raise LookupError("stop")

    with pytest.raises(LookupError, match="stop"):
        await in_unit_of_work(work)
    assert await stored() == set()


async def test_reads_inside_a_unit_see_its_own_writes(database: str) -> None:
    async def work() -> set[str]:
        await add("a")
        return await stored()

    assert await in_unit_of_work(work) == {"a"}


async def test_a_unit_inside_a_unit_is_refused(database: str) -> None:
    async def inner() -> None:
        await add("b")

    async def work() -> None:
        await add("a")
        await in_unit_of_work(inner)

    with pytest.raises(NestedUnit):
        await in_unit_of_work(work)
    assert await stored() == set()


async def test_a_unit_that_takes_too_long_is_rolled_back(database: str) -> None:
    async def work() -> None:
        await add("a")
        await asyncio.Event().wait()

    with pytest.raises(StatementTimeout):
        await in_unit_of_work(work, limit=0.05)
    assert await stored() == set()
    await in_unit_of_work(lambda: add("b"))
    assert await stored() == {"b"}


async def test_a_cancelled_caller_does_not_tear_a_unit_apart(database: str) -> None:
    """Callers cancelled at random moments: each unit has written both rows or none, and no connection is lost."""
    randomly = random.Random(7)

    async def caller(number: int) -> None:
        async def work() -> None:
            await add(f"{number}-left")
            await asyncio.sleep(0)
            await add(f"{number}-right")

        await in_unit_of_work(work)

    for start in range(0, 60, 20):
        callers = [asyncio.create_task(caller(number)) for number in range(start, start + 20)]
        for _ in range(randomly.randrange(30)):
            await asyncio.sleep(0)
        for task in callers:
            if randomly.random() < 0.7:
                task.cancel()
        await asyncio.gather(*callers, return_exceptions=True)
    await drain(5)
    keys = await stored()
    assert {key.partition("-")[0] + "-left" for key in keys} | {
        key.partition("-")[0] + "-right" for key in keys
    } == keys
    for number in range(100, 120):  # more than the pool holds: nothing leaked
        await caller(number)
    assert len(await stored()) == len(keys) + 40


async def test_draining_waits_for_units_that_are_running(database: str) -> None:
    begun = asyncio.Event()

    async def work() -> None:
        begun.set()
        await asyncio.sleep(0.05)
        await add("late")

    task = asyncio.create_task(in_unit_of_work(work))
    await begun.wait()
    task.cancel()
    await drain(5)
    assert await stored() == {"late"}


async def test_statements_are_recorded_with_the_ends_of_transactions(database: str) -> None:
    with recording() as texts:
        await fetch("SELECT 1")
        await in_unit_of_work(lambda: add("a"))
    assert texts[0] == "SELECT 1"
    assert texts[1].startswith("BEGIN")
    assert "INSERT" in texts[2]
    assert texts[-1] == "COMMIT"
