"""Databases that are set back between tests: whatever a test does to one, the next test finds it new."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest

from tests.databases import PostgresServer
from tests.postgres_copies import GROWN, Copies

pytestmark = pytest.mark.usefixtures("database_kind")

TABLES = """
CREATE TABLE city (name text PRIMARY KEY, people integer);
CREATE TABLE "user" (name text PRIMARY KEY, city text REFERENCES city);
CREATE TABLE visit (at serial);
INSERT INTO city VALUES ('Ulm', 126000), ('Bonn', 330000);
INSERT INTO "user" VALUES ('Eve', 'Ulm');
"""


@asynccontextmanager
async def inside(server: PostgresServer, name: str) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(host=server.host, port=server.port, user="postgres", database=name)
    try:
        yield connection
    finally:
        await connection.close()


async def content(server: PostgresServer, name: str) -> dict[str, list[tuple[Any, ...]]]:
    async with inside(server, name) as connection:
        return {
            table: sorted(tuple(row) for row in await connection.fetch(f"TABLE {table}"))
            for table in ("city", '"user"', "visit")
        }


@pytest.fixture(scope="module")
def copies(postgres_server: PostgresServer) -> Iterator[Copies]:
    asyncio.run(_make_template(postgres_server))
    made = Copies(postgres_server.host, postgres_server.port, "copied_from")
    yield made
    made.close()


async def _make_template(server: PostgresServer) -> None:
    await server.execute("CREATE DATABASE copied_from")
    async with inside(server, "copied_from") as connection:
        await connection.execute(TABLES)


@pytest.mark.parametrize(
    "change",
    [
        "SELECT 1",
        "UPDATE city SET people = 1 WHERE name = 'Ulm'; UPDATE city SET people = 126000 WHERE name = 'Ulm'",
        "UPDATE city SET people = people + 1",
        """DELETE FROM "user" """,
        """DELETE FROM "user"; INSERT INTO "user" VALUES ('Eve', 'Bonn')""",
        "DELETE FROM city WHERE name = 'Bonn'; INSERT INTO city VALUES ('Köln', 1000000)",
        "BEGIN; SAVEPOINT s; INSERT INTO visit DEFAULT VALUES; RELEASE s; COMMIT",
        f"INSERT INTO city SELECT 'n' || n, n FROM generate_series(1, {GROWN // 40}) AS n",
    ],
)
async def test_rows_are_as_they_were(copies: Copies, postgres_server: PostgresServer, change: str) -> None:
    name = copies.take()
    before = await content(postgres_server, name)
    for _ in range(2):
        async with inside(postgres_server, name) as connection:
            await connection.execute(change)
        copies.give_back(name)
        assert copies.take() == name
        assert await content(postgres_server, name) == before
    copies.give_back(name)


async def test_a_table_that_grew_is_small_again(copies: Copies, postgres_server: PostgresServer) -> None:
    name = copies.take()
    async with inside(postgres_server, name) as connection:
        await connection.execute("INSERT INTO visit SELECT generate_series(1, 30000)")
        assert await connection.fetchval("SELECT pg_relation_size('visit')") > GROWN
    copies.give_back(name)
    assert copies.take() == name
    async with inside(postgres_server, name) as connection:
        assert await connection.fetchval("SELECT pg_relation_size('visit')") == 0
    copies.give_back(name)


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE more (id integer)",
        "ALTER TABLE city ADD COLUMN river text",
        "ALTER TABLE city ALTER COLUMN people SET NOT NULL",
        "ALTER TABLE city ALTER COLUMN people SET DEFAULT 7",
        "ALTER TABLE city ADD CHECK (people > 0)",
        "CREATE INDEX ON city (people)",
        "DROP TABLE visit",
        "CREATE FUNCTION seven() RETURNS integer LANGUAGE sql AS 'SELECT 7'",
        "CREATE TYPE mood AS ENUM ('good')",
        "ALTER DATABASE {name} SET work_mem = '1MB'",
        """TRUNCATE city, "user" """,
    ],
)
async def test_a_database_whose_catalog_was_changed_is_not_used_again(
    copies: Copies, postgres_server: PostgresServer, change: str
) -> None:
    name = copies.take()
    before = await content(postgres_server, name)
    async with inside(postgres_server, name) as connection:
        await connection.execute(change.format(name=name))
    copies.give_back(name)
    another = copies.take()
    assert another != name
    assert await content(postgres_server, another) == before
    copies.give_back(another)


async def test_nobody_else_holds_on_to_it(copies: Copies, postgres_server: PostgresServer) -> None:
    name = copies.take()
    forgotten = await asyncpg.connect(
        host=postgres_server.host, port=postgres_server.port, user="postgres", database=name
    )
    await forgotten.execute("BEGIN; UPDATE city SET people = 0; SELECT pg_advisory_lock(7)")
    copies.give_back(name)
    assert copies.take() == name
    async with inside(postgres_server, name) as connection:
        assert await connection.fetchval("SELECT people FROM city WHERE name = 'Ulm'") == 126000
        assert await connection.fetchval("SELECT pg_try_advisory_lock(7)")
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
        await forgotten.execute("COMMIT")
    copies.give_back(name)


async def test_two_at_once_are_two(copies: Copies) -> None:
    one, other = copies.take(), copies.take()
    assert one != other
    copies.give_back(one)
    copies.give_back(other)
