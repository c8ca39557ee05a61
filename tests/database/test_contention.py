"""Several processes on one database."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime

from models import Throttle
from models.database import close, connect, fetch, in_unit_of_work
from models.database.migrate import known, migrate

NOW = datetime(2026, 1, 1, tzinfo=UTC)


async def run(*arguments: str) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stderr=asyncio.subprocess.PIPE)
    _, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()


async def test_two_processes_that_read_and_then_write_lose_no_update(database_url: str) -> None:
    await connect(database_url)
    await in_unit_of_work(lambda: Throttle.create(key="shared", failures=0, window_started_at=NOW, expires_at=NOW))
    contender = ("-m", "tests.database.contender", database_url, "150")
    await asyncio.gather(run(*contender), run(*contender))
    try:
        assert [tuple(row) for row in await fetch('SELECT failures FROM "throttle"')] == [(300,)]
    finally:
        await close()


async def test_parallel_migrations_apply_each_migration_once(database_kind: str, request, tmp_path) -> None:  # type: ignore[no-untyped-def]
    if database_kind == "sqlite":
        url = f"sqlite:///{tmp_path}/fresh.sqlite3"
    else:
        server = request.getfixturevalue("postgres_server")
        await server.execute("DROP DATABASE IF EXISTS parallel_migrations")
        await server.execute("CREATE DATABASE parallel_migrations")
        url = server.url("parallel_migrations")
    code = "print(len(asyncio.run(migrate(sys.argv[1]))))"
    script = f"import asyncio, sys\nfrom models.database.migrate import migrate\n{code}"
    processes = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", script, url, stdout=asyncio.subprocess.PIPE)
        for _ in range(3)
    ]
    applied = sorted([int((await process.communicate())[0]) for process in processes])
    assert applied == [0, 0, len(known())]
    assert await migrate(url) == []
