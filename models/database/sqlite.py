"""SQLite as an embedded server: one writer, readers beside it, and transactions that survive contention.

Tortoise's own client begins DEFERRED (two processes that read and then write fail at once, whatever the busy timeout says)
and never gives its lock back when beginning fails. Units of work begin IMMEDIATE here and clean up after themselves.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionContext, SqliteTransactionWrapper
from tortoise.connection import get_connections

from models.database.faults import DatabaseUnavailable
from models.database.statements import note

BUSY_MS = 5_000
"""Milliseconds a statement waits for another process that writes."""

PRAGMAS = {"journal_mode": "WAL", "synchronous": "NORMAL", "foreign_keys": "ON", "busy_timeout": BUSY_MS}


class Client(SqliteClient):
    """The writer. Reads outside of units of work go to `Readers`."""

    def __init__(self, file_path: str, **kwargs: Any) -> None:
        super().__init__(file_path, **{**kwargs, **PRAGMAS})

    def _in_transaction(self) -> TransactionContext:
        return _Transaction(_Wrapper(self), self._lock)

    async def execute_insert(self, query: str, values: list[Any]) -> int:
        note(query)
        return await super().execute_insert(query, values)  # type: ignore[no-any-return]  # wrapped untyped by the library

    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, Sequence[dict[str, Any]]]:
        note(query)
        return await super().execute_query(query, values)  # type: ignore[no-any-return]  # wrapped untyped by the library

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        note(query)
        return await super().execute_query_dict(query, values)  # type: ignore[no-any-return]  # wrapped untyped by the library

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        note(query)
        await super().execute_many(query, values)


class _Wrapper(SqliteTransactionWrapper):
    """The writer inside a transaction."""

    async def begin(self) -> None:
        note("BEGIN IMMEDIATE")
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise DatabaseUnavailable("another process is writing") from error

    async def commit(self) -> None:
        note("COMMIT")
        await super().commit()

    async def rollback(self) -> None:
        note("ROLLBACK")
        await super().rollback()

    async def execute_insert(self, query: str, values: list[Any]) -> int:
        note(query)
        return await super().execute_insert(query, values)  # type: ignore[no-any-return]  # wrapped untyped by the library

    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, Sequence[dict[str, Any]]]:
        note(query)
        return await super().execute_query(query, values)  # type: ignore[no-any-return]  # wrapped untyped by the library

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        note(query)
        return await super().execute_query_dict(query, values)  # type: ignore[no-any-return]  # wrapped untyped by the library

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        note(query)
        await super().execute_many(query, values)


class _Transaction(SqliteTransactionContext):
    """Gives lock and context back when beginning fails."""

    async def __aenter__(self) -> TransactionalDBClient:
        await self._trxlock.acquire()
        try:
            await self.ensure_connection()
            self.token = get_connections().set(self.connection_name, self.connection)
            try:
                await self.connection.begin()
            except BaseException:
                get_connections().reset(self.token)
                raise
        except BaseException:
            self._trxlock.release()
            raise
        return self.connection  # type: ignore[no-any-return]  # typed Any by the library


client_class = Client
"""What Tortoise looks for in a module named as engine."""


class Readers:
    """Threads with a connection each: one hop to a thread per statement, beside whatever the writer does (WAL)."""

    def __init__(self, path: str, threads: int = 2) -> None:
        self._path = path
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="sqlite-reader")

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> list[Any]:
        """All rows of a query. Interrupted when the waiting task is cancelled."""
        running = _Running()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, self._fetch, sql, arguments, running)
        except asyncio.CancelledError:
            running.interrupt()
            raise

    def _fetch(self, sql: str, arguments: Sequence[Any], running: _Running) -> list[Any]:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
        if not running.start(connection):
            return []
        try:
            return connection.execute(sql, arguments).fetchall()
        finally:
            running.stop()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False, cached_statements=512)
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        connection.execute("PRAGMA query_only=ON")
        self._open.append(connection)
        return connection

    def close(self) -> None:
        """Stop the threads and close their connections."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        for connection in self._open:
            connection.close()


class _Running:
    """A statement on its way: interrupted only while it is the one that runs on its connection."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._cancelled = False

    def start(self, connection: sqlite3.Connection) -> bool:
        with self._lock:
            if not self._cancelled:
                self._connection = connection
            return not self._cancelled

    def stop(self) -> None:
        with self._lock:
            self._connection = None

    def interrupt(self) -> None:
        with self._lock:
            self._cancelled = True
            if self._connection is not None:
                self._connection.interrupt()
