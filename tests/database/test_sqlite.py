"""What only SQLite can do wrong."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from typing import Any

import pytest
from tortoise.connection import get_connection
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.schema_editor import SqliteSchemaEditor

from models import Throttle
from models.database import (
    Contended,
    DatabaseUnavailable,
    Overloaded,
    StatementTimeout,
    UnitBroken,
    close,
    connect,
    fetch,
    in_unit_of_work,
    sqlite_unit,
)
from models.database import sqlite as backend
from models.database import sqlite_readers as readers
from models.database import sqlite_statement as statement
from models.database.migrate import migrate
from tests.database.throttles import add, stored


async def test_the_file_is_what_a_server_needs(database: str) -> None:
    async def pragma(name: str) -> Any:
        _, rows = await get_connection("default").execute_query(f"PRAGMA {name}")
        return rows[0][0]

    assert await pragma("journal_mode") == "wal"
    assert await pragma("foreign_keys") == 1
    assert await pragma("synchronous") == 1
    assert await pragma("busy_timeout") == 5_000


async def test_a_full_disk_stops_writing_but_not_reading_and_tears_nothing_apart(database: str) -> None:
    await in_unit_of_work(lambda: add("before"))
    client = get_connection("default")
    (pages,) = (await client.execute_query("PRAGMA page_count"))[1]
    await client.execute_query(f"PRAGMA max_page_count={pages[0]}")

    async def work() -> None:
        for number in range(2_000):
            await add(f"{number:060}")

    with pytest.raises(DatabaseUnavailable):
        await in_unit_of_work(work)
    assert await stored() == {"before"}
    assert (await fetch("PRAGMA integrity_check"))[0][0] == "ok"
    await client.execute_query("PRAGMA max_page_count=1000000")
    await in_unit_of_work(lambda: add("after"))
    assert await stored() == {"before", "after"}


async def test_sqlite_ending_a_transaction_by_itself_ends_the_unit(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An interrupted INSERT rolls the whole transaction back; what follows must not be committed one by one."""
    many = (
        "INSERT INTO throttle (\"key\", failures, window_started_at, expires_at) SELECT value, 1, '', '' FROM"
        " (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n) SELECT value FROM n)"
    )
    client: Any = get_connection("default")
    monkeypatch.setattr(client._connection._guard, "_seconds", 0.05)

    async def work() -> None:
        await add("before")
        with pytest.raises(StatementTimeout):
            await get_connection("default").execute_query(many)
        await add("after")

    with pytest.raises(UnitBroken):
        await in_unit_of_work(work)
    assert await stored() == set()


async def test_a_read_that_takes_too_long_is_stopped(
    database_url: str, endless: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "STATEMENT_SECONDS", 0.1)
    await connect(database_url)
    try:
        with pytest.raises(StatementTimeout):
            await fetch(endless)
        assert await stored() == set()
    finally:
        await close()


async def test_a_read_that_finds_every_reader_busy_is_refused_in_time(
    database_url: str, endless: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "WAIT_SECONDS", 0.1)
    monkeypatch.setattr(readers, "STATEMENT_SECONDS", 1.0)
    await connect(database_url, pool_size=2)
    try:
        busy = [asyncio.create_task(fetch(endless)) for _ in range(2)]
        await asyncio.sleep(0.02)
        with pytest.raises(Overloaded):
            await fetch("SELECT 1")
        assert [type(end) for end in await asyncio.gather(*busy, return_exceptions=True)] == [StatementTimeout] * 2
        assert len(await fetch("SELECT 1")) == 1
    finally:
        await close()


async def test_readers_cannot_write(database: str) -> None:
    with pytest.raises(DatabaseUnavailable):
        await fetch("DELETE FROM throttle")


async def test_a_unit_waits_for_the_writer_only_so_long(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_unit, "WAIT_SECONDS", 0.05)
    writing, done = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        await add("a")
        writing.set()
        await done.wait()

    unit = asyncio.create_task(in_unit_of_work(work))
    await writing.wait()
    with pytest.raises(Overloaded):
        await in_unit_of_work(lambda: add("b"))
    with pytest.raises(Overloaded):
        await add("c")  # a single statement outside of any unit
    done.set()
    await unit
    await in_unit_of_work(lambda: add("b"))
    assert await stored() == {"a", "b"}


async def test_another_process_that_writes_for_too_long_is_contention_not_a_crash(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend, "BUSY_SECONDS", 0.1)
    await connect(database_url)
    other = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Contended):
            await in_unit_of_work(lambda: add("a"))
        other.execute("COMMIT")
        await in_unit_of_work(lambda: add("a"))
        assert await stored() == {"a"}
    finally:
        other.close()
        await close()


async def test_a_writer_that_cannot_end_its_transaction_is_replaced(database: str) -> None:
    client: Any = get_connection("default")
    first = client._connection

    async def refused() -> None:
        raise sqlite3.OperationalError("disk I/O error")

    async def work() -> None:
        await add("a")
        first.rollback = refused
        raise LookupError

    with pytest.raises(LookupError):
        await in_unit_of_work(work)
    await in_unit_of_work(lambda: add("b"))
    assert client._connection is not first
    assert await stored() == {"b"}


async def test_a_file_that_is_no_database_is_told_at_once(tmp_path: Any) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear customer, " * 100)
    for url in (f"sqlite:///{path}", f"sqlite:///{tmp_path}"):
        with pytest.raises(DatabaseUnavailable):
            await connect(url)


def test_a_process_that_forgets_to_close_still_ends(tmp_path: Any) -> None:
    forgetful = (
        "import asyncio\nfrom models.database import connect, fetch\n"
        f"async def main():\n await connect('sqlite:///{tmp_path}/x.sqlite3')\n await fetch('SELECT 1')\n"
        "asyncio.run(main())"
    )
    subprocess.run([sys.executable, "-c", forgetful], check=True, timeout=60)


def test_a_statement_stays_under_watch_only_while_it_runs() -> None:
    loop = asyncio.new_event_loop()
    guard = statement.Guard(seconds=0.05)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    guard.watch(connection)
    endless = "WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        guard.run(loop.create_future(), connection.execute, endless)
    bounded = "WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 100000) SELECT count(*) FROM n"
    assert connection.execute(bounded).fetchone() == (100_000,)
    given_up = loop.create_future()
    given_up.cancel()
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        statement.Guard(seconds=None).run(given_up, _watched(given_up).execute, bounded)
    loop.close()


def _watched(given_up: asyncio.Future[Any]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    guard = statement.Guard(seconds=None)
    guard._waited_for = given_up
    guard.watch(connection)
    return connection


async def test_rebuilding_a_table_in_a_migration_keeps_what_refers_to_it(database_url: str) -> None:
    """SQLite alters a table by making it anew; with foreign keys on, dropping the old one would delete or refuse."""
    await migrated_by_hand(database_url, "INSERT INTO throttle VALUES ('a', 1, '', NULL, '')")
    await connect(database_url, migrating=True)
    try:

        async def rebuild() -> None:
            client: Any = get_connection("default")
            await client.execute_script(
                'CREATE TABLE note (id TEXT PRIMARY KEY, about TEXT NOT NULL REFERENCES throttle ("key") ON DELETE CASCADE);'
                "INSERT INTO note VALUES ('n', 'a')"
            )
            await SqliteSchemaEditor(client)._remake_table(Throttle)

        await in_unit_of_work(rebuild)
        assert [tuple(found) for found in await fetch("SELECT id, about FROM note")] == [("n", "a")]
        assert [tuple(found) for found in await fetch("PRAGMA foreign_key_check")] == []
    finally:
        await close()


async def test_a_migration_that_leaves_rows_without_what_they_refer_to_is_undone(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def careless(self: Any) -> None:
        await get_connection("default").execute_query(
            "INSERT INTO phone_number (id, customer_id, kind, number) VALUES ('p', 'nobody', 'MOBILE', '+491')"
        )

    monkeypatch.setattr(MigrationExecutor, "migrate", careless)
    await migrated_by_hand(database_url, "DELETE FROM tortoise_migrations")
    with pytest.raises(RuntimeError, match="phone_number"):
        await migrate(database_url)
    await connect(database_url)
    try:
        assert await fetch("SELECT 1 FROM phone_number") == []
    finally:
        await close()


async def migrated_by_hand(url: str, statement: str) -> None:
    await connect(url)
    await get_connection("default").execute_query(statement)
    await close()
