"""Reads straight from the driver."""

from __future__ import annotations

import asyncio
import sys

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import OperationalError

from models import Throttle
from models.database import DatabaseUnavailable, TablesDiffer, close, dialect, fetch, in_unit_of_work, reading
from tests.database.throttles import add, stored


def placeholder(kind: str, number: int) -> str:
    return f"${number}" if kind == "postgres" else f"?{number}"


async def test_rows_are_indexed_by_position(database: str) -> None:
    await in_unit_of_work(lambda: add("a"))
    mark = placeholder(database, 1)
    async with reading() as read:
        (found,) = await read(f'SELECT "key", failures, blocked_until FROM "throttle" WHERE "key" = {mark}', ["a"])
        assert (found[0], found[1], found[2]) == ("a", 1, None)
        assert list(await read(f'SELECT "key" FROM "throttle" WHERE "key" = {mark}', ["b"])) == []


async def test_the_dialect_is_told(database: str) -> None:
    assert dialect() == database


async def test_reads_go_on_beside_a_unit_that_writes(database: str) -> None:
    writing, done = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        await add("a")
        writing.set()
        await done.wait()

    unit = asyncio.create_task(in_unit_of_work(work))
    await writing.wait()
    async with asyncio.timeout(1):
        assert await stored() == set()
        assert await Throttle.filter(key="a").values_list("key") == []
        assert await Throttle.get_or_none(key="a") is None
    done.set()
    await unit


async def test_a_missing_table_or_column_is_told_apart_from_a_mistake(database: str) -> None:
    for missing in ("SELECT nope FROM throttle", "SELECT 1 FROM nope"):
        with pytest.raises(TablesDiffer):
            await fetch(missing)
        with pytest.raises(TablesDiffer):
            await get_connection("default").execute_query(missing)
    with pytest.raises(OperationalError):
        await get_connection("default").execute_query("SELECT FROM WHERE")


async def test_a_column_dropped_or_altered_under_the_program_gives_a_fault_and_never_a_wrong_row(database: str) -> None:
    await in_unit_of_work(lambda: add("a"))
    asked = 'SELECT "key", failures FROM "throttle"'
    for _ in range(3):
        assert [tuple(found) for found in await fetch(asked)] == [("a", 1)]
        await Throttle.get(key="a")
    client = get_connection("default")
    await client.execute_script('ALTER TABLE "throttle" ADD COLUMN extra INTEGER DEFAULT 5')
    assert [tuple(found) for found in await fetch(asked)] == [("a", 1)]
    await client.execute_script('ALTER TABLE "throttle" DROP COLUMN failures')
    with pytest.raises(TablesDiffer):
        await fetch(asked)
    if database == "postgres" or sys.version_info >= (3, 12):  # SQLite takes "failures" for a text before
        with pytest.raises(TablesDiffer):
            await Throttle.get(key="a")
    await client.execute_script("ALTER TABLE \"throttle\" ADD COLUMN failures VARCHAR(9) NOT NULL DEFAULT 'seven'")
    assert [tuple(found) for found in await fetch(asked)] == [("a", "seven")]


@pytest.mark.parametrize("value", [2**70, "\ud800"])
async def test_a_value_the_database_has_no_room_for_is_no_outage(database: str, value: object) -> None:
    column = "failures" if isinstance(value, int) else '"key"'
    sql = f'SELECT 1 FROM "throttle" WHERE {column} = {placeholder(database, 1)}'
    with pytest.raises(OperationalError):
        await fetch(sql, [value])
    with pytest.raises(OperationalError):
        await get_connection("default").execute_query(sql, [value])


async def test_after_closing_reads_are_refused(database: str) -> None:
    await close()
    with pytest.raises((RuntimeError, DatabaseUnavailable)):
        await fetch("SELECT 1")
