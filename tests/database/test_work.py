"""Units of work: whole or not at all, and nothing else begins a transaction."""

from __future__ import annotations

import asyncio

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from models import Throttle
from models.database import (
    DatabaseUnavailable,
    NestedUnit,
    OutsideUnit,
    StatementTimeout,
    UnitBroken,
    UnitEnded,
    at_end,
    close,
    drain,
    fetch,
    in_unit_of_work,
    inside,
    recording,
)
from models.database.statements import TRANSACTION_CONTROL
from tests.database.throttles import NOW, add, row, stored


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


async def test_what_is_left_for_the_end_is_done_once_with_everything_given(database: str) -> None:
    seen: list[list[str]] = []

    async def finish(names: list[str]) -> None:
        seen.append([*names, *sorted(await stored())])
        await add("last")

    async def work() -> None:
        at_end(finish, "x")
        at_end(finish, "y")
        await add("a")

    await in_unit_of_work(work)
    assert seen == [["x", "y", "a"]]
    assert await stored() == {"a", "last"}


async def test_an_exception_at_the_end_leaves_nothing(database: str) -> None:
    async def finish(items: list[None]) -> None:
        raise LookupError("stop")

    async def work() -> None:
        await add("a")
        at_end(finish, None)

    with pytest.raises(LookupError, match="stop"):
        await in_unit_of_work(work)
    assert await stored() == set()
    with pytest.raises(OutsideUnit):
        at_end(finish, None)


async def test_reads_inside_a_unit_see_its_own_writes_and_reads_outside_do_not(database: str) -> None:
    written, looked = asyncio.Event(), asyncio.Event()

    async def work() -> tuple[set[str], int]:
        await add("a")
        written.set()
        await looked.wait()
        return await stored(), await Throttle.all().count()

    unit = asyncio.create_task(in_unit_of_work(work))
    await written.wait()
    assert (await stored(), await Throttle.all().count()) == (set(), 0)
    looked.set()
    assert await unit == ({"a"}, 1)


async def test_a_unit_inside_a_unit_is_refused(database: str) -> None:
    async def work() -> None:
        assert inside()
        await add("a")
        await in_unit_of_work(lambda: add("b"))

    with pytest.raises(NestedUnit):
        await in_unit_of_work(work)
    assert await stored() == set()


async def test_a_transaction_outside_of_a_unit_is_refused_however_it_begins(database: str) -> None:
    with pytest.raises(OutsideUnit):
        async with in_transaction():
            pass
    with pytest.raises(OutsideUnit):
        await Throttle.bulk_create([row("a")])
    with pytest.raises(OutsideUnit):
        await Throttle.get_or_create({"failures": 1, "window_started_at": NOW, "expires_at": NOW}, key="a")
    with pytest.raises(OutsideUnit):
        await get_connection("default").execute_many("INSERT", [[]])
    assert await stored() == set()


async def test_methods_that_begin_transactions_take_part_in_a_unit(database: str) -> None:
    defaults = {"failures": 1, "window_started_at": NOW, "expires_at": NOW}

    async def work(fails: bool) -> None:
        await Throttle.bulk_create([row("a"), row("b")])
        _, fresh = await Throttle.get_or_create(defaults, key="c")
        assert fresh
        await Throttle.update_or_create({"failures": 7}, key="c")
        if fails:
            raise LookupError

    with pytest.raises(LookupError):
        await in_unit_of_work(lambda: work(fails=True))
    assert await stored() == set()
    await in_unit_of_work(lambda: work(fails=False))
    assert await stored() == {"a", "b", "c"}


async def test_a_unit_whose_statement_failed_is_not_committed_even_if_it_goes_on(database: str) -> None:
    await in_unit_of_work(lambda: add("taken"))

    async def work() -> str:
        await add("before")
        try:
            await add("taken")
        except IntegrityError:
            return "as if nothing had happened"
        return ""

    with pytest.raises(UnitBroken):
        await in_unit_of_work(work)
    assert await stored() == {"taken"}


async def test_nothing_is_sent_after_a_failed_statement(database: str) -> None:
    async def work() -> None:
        await add("a")
        with pytest.raises(IntegrityError):
            await add("a")
        await add("b")

    with pytest.raises(UnitBroken):
        await in_unit_of_work(work)
    await in_unit_of_work(lambda: add("c"))
    assert await stored() == {"c"}


async def test_a_failure_inside_a_savepoint_is_undone_and_the_unit_goes_on(database: str) -> None:
    async def part() -> None:
        async with in_transaction():
            await add("b")
            await add("a")

    async def work() -> None:
        await add("a")
        with pytest.raises(IntegrityError):
            await part()
        await add("c")

    await in_unit_of_work(work)
    assert await stored() == {"a", "c"}


async def test_a_task_that_outlives_its_unit_writes_nothing(database: str) -> None:
    ended = asyncio.Event()
    tasks: list[asyncio.Task[None]] = []

    async def late(write: bool) -> None:
        await ended.wait()
        await (add("late") if write else in_unit_of_work(lambda: add("late")))

    async def work() -> None:
        await add("a")
        tasks.extend([asyncio.create_task(late(True)), asyncio.create_task(late(False))])

    await in_unit_of_work(work)

    async def other() -> None:  # what is late must not land in here either
        await add("b")
        ended.set()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(result) for result in results] == [UnitEnded, UnitEnded]

    await in_unit_of_work(other)
    assert await stored() == {"a", "b"}


async def test_a_unit_that_takes_too_long_is_rolled_back_and_frees_its_connection(database: str) -> None:
    async def work() -> None:
        await add("a")
        await asyncio.Event().wait()

    for _ in range(12):  # more than the pool has
        with pytest.raises(StatementTimeout):
            await in_unit_of_work(work, limit=0.02)
    await in_unit_of_work(lambda: add("b"))
    assert await stored() == {"b"}


async def test_a_unit_is_rolled_back_in_the_middle_of_a_statement(database: str, endless: str) -> None:
    async def work() -> None:
        await add("a")
        await get_connection("default").execute_query(endless)

    began = asyncio.get_running_loop().time()
    with pytest.raises(StatementTimeout):
        await in_unit_of_work(work, limit=0.1)
    assert asyncio.get_running_loop().time() - began < 2
    await in_unit_of_work(lambda: add("b"))
    assert await stored() == {"b"}


async def test_a_timeout_of_the_work_itself_is_no_timeout_of_the_unit(database: str) -> None:
    async def work() -> None:
        raise TimeoutError("of the mail server")

    with pytest.raises(TimeoutError, match="of the mail server"):
        await in_unit_of_work(work)


async def test_a_commit_that_fails_leaves_nothing_and_the_next_unit_succeeds(database: str) -> None:
    async def work() -> None:
        client = get_connection("default")
        if database == "sqlite":
            await client.execute_query("PRAGMA defer_foreign_keys=ON")
        else:
            await client.execute_query('ALTER TABLE "outbox_message" ALTER CONSTRAINT "fk_outbox" DEFERRABLE')
            await client.execute_query("SET CONSTRAINTS ALL DEFERRED")
        await add("a")
        await client.execute_query(
            "INSERT INTO outbox_message (id, customer_id, kind, payload, created_at, available_at, attempts)"
            " VALUES ('x', 'nobody', 'k', '{}', '2026-01-01', '2026-01-01', 0)"
        )

    if database == "postgres":
        await get_connection("default").execute_script(
            "DO $$ DECLARE name text; BEGIN SELECT conname INTO name FROM pg_constraint"
            " WHERE conrelid = 'outbox_message'::regclass AND contype = 'f';"
            " EXECUTE format('ALTER TABLE outbox_message RENAME CONSTRAINT %I TO fk_outbox', name); END $$"
        )
    with pytest.raises(IntegrityError):
        await in_unit_of_work(work)
    await in_unit_of_work(lambda: add("b"))
    assert await stored() == {"b"}


async def test_draining_waits_for_units_that_are_running(database: str) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await go.wait()
        await add("late")

    task = asyncio.create_task(in_unit_of_work(work))
    await begun.wait()
    task.cancel()
    draining = asyncio.create_task(drain(5))
    await asyncio.sleep(0)
    go.set()
    await draining
    assert await stored() == {"late"}


async def test_draining_rolls_back_what_takes_longer(database: str) -> None:
    begun = asyncio.Event()

    async def work() -> None:
        await add("late")
        begun.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(in_unit_of_work(work))
    await begun.wait()
    await drain(0.01)
    with pytest.raises(StatementTimeout):
        await task
    assert await stored() == set()


async def test_after_closing_no_unit_begins(database: str) -> None:
    await close()
    with pytest.raises(DatabaseUnavailable):
        await in_unit_of_work(lambda: add("a"))


async def test_statements_are_recorded_with_the_bounds_of_transactions(database: str) -> None:
    async def work() -> None:
        async with in_transaction():
            await Throttle.bulk_create([row("a")])
        await Throttle.filter(key="a").update(failures=2)

    with recording() as texts:
        await fetch("SELECT 1")
        await Throttle.all().count()
        await in_unit_of_work(work)
    kinds = [text.split()[0] for text in texts]
    assert kinds == ["SELECT", "SELECT", "BEGIN", "SAVEPOINT", "INSERT", "RELEASE", "UPDATE", "COMMIT"]
    assert len([text for text in texts if not text.startswith(TRANSACTION_CONTROL)]) == 4
