"""The tables: Tortoise's own migrations, applied one process at a time."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tortoise.connection import get_connection
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.graph import MigrationKey

from models.database.connect import close, configuration, connect
from models.database.target import SQLITE, Target, parse

LOCK = 7_304_221_905
"""The advisory lock of PostgreSQL that says: somebody migrates."""


async def migrate(url: str) -> list[str]:
    """Bring the database up to date; the names of what was applied. Several at once wait for one another."""
    target = parse(url)
    async with _alone(target):
        await connect(url, pool_size=2)
        try:
            waiting = await pending()
            await _executor().migrate()
            return waiting
        finally:
            await close()


async def pending() -> list[str]:
    """The migrations that the connected database still lacks."""
    executor = _executor()
    await executor.loader.build_graph()
    try:
        applied = set(await executor.recorder.applied_migrations())
    except Exception:  # no table of applied migrations yet, in words that differ by database
        applied = set()
    known: list[MigrationKey] = list(executor.loader.graph.nodes)
    return sorted(key.name for key in known if key not in applied)


def _executor() -> MigrationExecutor:
    app = configuration(Target(SQLITE, "-"), 1)["apps"]["models"]
    return MigrationExecutor(get_connection("default"), {"models": app})


@asynccontextmanager
async def _alone(target: Target) -> AsyncIterator[None]:
    if target.dialect == SQLITE:
        path = Path(f"{target.path}.migrating")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w") as file:  # noqa: ASYNC230 - nothing else runs while a database is migrated
            await asyncio.to_thread(fcntl.flock, file, fcntl.LOCK_EX)
            yield
        return
    import asyncpg  # an extra: SQLite needs none of it

    connection = await asyncpg.connect(**target.server)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", LOCK)
        yield
    finally:
        await connection.close()
