"""Migrating: whole or not at all, however it is disturbed."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from models.database import DatabaseUnavailable, close, connect, fetch
from models.database.migrate import known, migrate, pending

KILLED = """
import asyncio, os, signal, sys
from models.database import postgres_unit, sqlite
from models.database.migrate import migrate
seen = 0
def note(text):
    global seen
    seen += 1
    if seen == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
sqlite.note = postgres_unit.note = note
asyncio.run(migrate(sys.argv[1]))
"""


@pytest.fixture
async def empty_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if database_kind == "sqlite":
        return f"sqlite:///{tmp_path}/empty.sqlite3"
    server = request.getfixturevalue("postgres_server")
    await server.execute("DROP DATABASE IF EXISTS empty WITH (FORCE)")
    await server.execute("CREATE DATABASE empty")
    return str(server.url("empty"))


async def test_an_empty_database_lacks_everything_and_a_migrated_one_nothing(empty_url: str) -> None:
    await connect(empty_url)
    try:
        assert await pending() == list(known()) != []
    finally:
        await close()
    assert await migrate(empty_url) == list(known())
    await connect(empty_url)
    try:
        assert await pending() == []
    finally:
        await close()


async def test_migrating_again_applies_nothing(database_url: str) -> None:
    assert await migrate(database_url) == []


@pytest.mark.parametrize("statement", [3, 20, 90])
async def test_killed_in_the_middle_it_has_done_nothing_and_can_be_repeated(empty_url: str, statement: int) -> None:
    killed = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, empty_url, str(statement))
    assert await killed.wait() == -9
    await connect(empty_url)
    try:
        assert await pending() == list(known())
        with pytest.raises(DatabaseUnavailable):
            await fetch("SELECT 1 FROM customer")
    finally:
        await close()
    assert await migrate(empty_url) == list(known())


async def test_a_process_that_is_connected_cannot_be_connected_again(database_url: str) -> None:
    await connect(database_url)
    try:
        with pytest.raises(RuntimeError, match="already"):
            await connect(database_url)
        with pytest.raises(RuntimeError, match="already"):
            await migrate(database_url)
        assert len(await fetch("SELECT 1")) == 1
    finally:
        await close()


async def test_when_the_database_cannot_be_asked_nothing_is_said_about_its_migrations(database: str) -> None:
    await close()
    with pytest.raises((RuntimeError, DatabaseUnavailable)):
        await pending()
