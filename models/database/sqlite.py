"""SQLite as an embedded server: one writer, readers beside it, and transactions that survive contention.

Tortoise's own client begins DEFERRED (two processes that read and then write fail at once, whatever the busy timeout says),
queues every read behind the writer, and never gives its lock back when beginning or committing fails.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from functools import partial
from typing import Any

import aiosqlite
from tortoise.backends.base.client import ConnectionWrapper, TransactionContext
from tortoise.backends.sqlite.client import SqliteClient

from models.database.faults import DatabaseUnavailable, OutsideUnit
from models.database.sqlite_readers import Readers
from models.database.sqlite_statement import BUSY_SECONDS, STATEMENT_SECONDS, Guard, refuse_names_as_texts, translated
from models.database.sqlite_unit import Transaction, UnitClient, lock_writer
from models.database.statements import note
from models.database.work import inside

PRAGMAS = {"journal_mode": "WAL", "synchronous": "NORMAL", "foreign_keys": "ON", "journal_size_limit": 16_777_216}


class Writer(aiosqlite.Connection):
    """The connection that writes, on a thread of its own. Every statement passes `_execute`."""

    def __init__(self, path: str, pragmas: dict[str, Any], seconds: float | None, busy_seconds: float) -> None:
        self._guard = Guard(seconds)

        def connector() -> sqlite3.Connection:
            connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
            try:
                connection.row_factory = sqlite3.Row
                for pragma, value in pragmas.items():
                    connection.execute(f"PRAGMA {pragma}={value}")
                refuse_names_as_texts(connection)
            except BaseException:
                connection.close()
                raise
            self._guard.watch(connection)
            return connection

        super().__init__(connector, iter_chunk_size=64)
        self._thread.daemon = True  # a process that dies of something else is not kept alive by it

    async def _execute(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        if not self._running or self._connection is None:
            raise DatabaseUnavailable("the database is not connected")
        statement = args[0] if args and isinstance(args[0], str) else None
        waited_for = asyncio.get_running_loop().create_future()
        if statement is None:  # COMMIT, ROLLBACK, close: never stopped half-way
            note(fn.__name__.upper())
            run = partial(fn, *args, **kwargs)
        else:
            note(statement)
            run = partial(self._guard.run, waited_for, fn, *args)
        self._tx.put_nowait((waited_for, run))
        try:
            return await waited_for
        except Exception as error:
            if (fault := translated(error)) is None:
                raise
            raise fault from error


class Client(SqliteClient):
    """The writer outside of units of work: single statements only. Reads go to `readers`, beside the writer."""

    readers: Readers | None = None

    def __init__(self, file_path: str, readers: int = 2, migrating: bool = False, **kwargs: Any) -> None:
        super().__init__(file_path, **kwargs)
        self._threads = readers
        # Rebuilding a table (the only way to alter much of one) would delete what refers to it, and takes its time.
        self.pragmas = {**PRAGMAS, "foreign_keys": "OFF"} if migrating else PRAGMAS
        self._patience = (None, 60.0) if migrating else (STATEMENT_SECONDS, BUSY_SECONDS)

    async def create_connection(self, with_db: bool) -> None:
        if self._connection is None:
            writer = Writer(self.filename, self.pragmas, *self._patience)
            try:
                self._connection = await writer
            except sqlite3.Error as error:
                await asyncio.to_thread(writer._thread.join)  # it has a last word to say to the loop
                raise (translated(error) or error) from error
            await self._post_connect()
        if self.readers is None:
            self.readers = Readers(self.filename, self._threads)

    async def close(self) -> None:
        readers, self.readers = self.readers, None
        if readers is not None:
            await readers.close()
        await super().close()

    async def replace_writer(self) -> None:
        """Close a connection whose transaction cannot be ended, which ends it; the next statement opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def read(self, sql: str, arguments: Sequence[Any], *, as_mappings: bool = False) -> list[Any]:
        """All rows of a query, beside the writer."""
        note(sql)
        if self.readers is None:
            async with _Patient(self._lock, self):  # connects
                pass
        assert self.readers is not None
        return await self.readers.fetch(sql, arguments, as_mappings=as_mappings)

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        return _Patient(self._lock, self)

    def _in_transaction(self) -> TransactionContext:
        if not inside():
            raise OutsideUnit("a transaction is begun by in_unit_of_work alone")
        return Transaction(UnitClient(self), self._lock)

    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, Sequence[dict[str, Any]]]:
        if _reads(query):
            rows = await self.read(query, values or (), as_mappings=True)
            return len(rows), rows
        return await super().execute_query(query, values)  # type: ignore[no-any-return]  # wrapped untyped by the library

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        if _reads(query):
            return [dict(row) for row in await self.read(query, values or (), as_mappings=True)]
        return await super().execute_query_dict(query, values)  # type: ignore[no-any-return]  # as above

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        raise OutsideUnit("many rows are written inside a unit of work")


def _reads(query: str) -> bool:
    return query.lstrip()[:6].upper() == "SELECT"


class _Patient(ConnectionWrapper[Any]):
    """The writer for one statement, if it is free in time."""

    async def __aenter__(self) -> Any:
        await lock_writer(self._lock)
        try:
            await self.client.create_connection(with_db=True)
        except BaseException:
            self._lock.release()
            raise
        return self.client._connection


client_class = Client
"""What Tortoise looks for in a module named as engine."""
