"""The tables: Tortoise's own migrations, whole or not at all, and one process at a time."""

from __future__ import annotations

from functools import cache
from pkgutil import iter_modules
from typing import Any

from tortoise.connection import get_connection

from models import migrations
from models.database.connect import MIGRATIONS, close, connect, dialect
from models.database.faults import TablesDiffer
from models.database.migration_state import Executor
from models.database.rows import fetch
from models.database.target import POSTGRES
from models.database.work import in_unit_of_work

LOCK = 7_304_221_905
"""The advisory lock of PostgreSQL that says: somebody migrates."""


async def migrate(url: str) -> list[str]:
    """Bring the database up to date; the names of what was applied.

    All of it is one transaction: killed in the middle, nothing has happened. Several at once wait for one another.
    """
    await connect(url, pool_size=2, migrating=True)
    try:
        return await in_unit_of_work(_migrate, limit=None)
    finally:
        await close()


async def _migrate() -> list[str]:
    client: Any = get_connection("default")  # the unit's; migrations take part by savepoints
    if dialect() == POSTGRES:
        await client.execute_script("SET LOCAL lock_timeout = 0")
        await client.execute_query(f"SELECT pg_advisory_xact_lock({LOCK})")
        await client.execute_script("SET LOCAL lock_timeout TO DEFAULT")
    executor = Executor(client, {"models": {"models": ["models"], "migrations": MIGRATIONS}})
    await executor.recorder.ensure_schema(executor._schema_editor())
    waiting = await pending()
    if waiting:
        await executor.migrate()
    if dialect() != POSTGRES:
        _, broken = await client.execute_query("PRAGMA foreign_key_check")
        if broken:
            raise RuntimeError(f"the migration leaves rows without what they refer to: {broken[0]['table']}")
    return waiting


async def pending() -> list[str]:
    """The migrations that the connected database still lacks, in order. One small statement."""
    try:
        rows = await fetch("SELECT name FROM tortoise_migrations WHERE app = 'models'")
    except TablesDiffer:  # no table to remember them in: nothing was ever applied
        return list(known())
    applied = {row[0] for row in rows}
    return [name for name in known() if name not in applied]


@cache
def known() -> tuple[str, ...]:
    """The migrations of this version, in order."""
    return tuple(sorted(name for _, name, _ in iter_modules(migrations.__path__) if name[0] not in "_~"))
